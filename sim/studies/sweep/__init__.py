"""Sweeps: one to three numbers varied, and where measures break even."""
