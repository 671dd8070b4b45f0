"""Sweeps: one to three numbers varied, and the values at which measures break even."""
