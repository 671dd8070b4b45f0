"""Stress tests: each element shut for some lengths, and what that costs."""
