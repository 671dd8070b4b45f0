"""Concentration of an amount on few routes or corridors."""

from __future__ import annotations

from sim.measures.series import Numbers

DEFINITION = (
    "Herfindahl-Hirschman index: the sum of the squared shares, from 1/n for n equal ones to 1 for a single "
    "one (times 10,000 where shares are in per cent; Rhoades 1993, *Federal Reserve Bulletin* 79)"
)


def concentration(amounts: Numbers) -> float | None:
    """Return the Herfindahl-Hirschman index of some amounts, 1/n to 1; None if all are zero."""
    total = float(amounts.sum())
    return float(((amounts / total) ** 2).sum()) if total > 0.0 else None
