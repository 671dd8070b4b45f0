"""Sensitivity: which numbers move the answer most, and how much rests on assumed ones."""
