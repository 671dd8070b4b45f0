"""Stress tests: each element closed for some lengths, with the losses and the time to recover."""
