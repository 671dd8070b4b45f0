"""Shares of shippers by corridor: a logit of generalised costs among the corridors they accept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp


def logit(costs: Sequence[float], sensitivity: float) -> list[float]:
    """Return the share of each alternative: exp(-cost / sensitivity), scaled to sum to 1 (McFadden 1974).

    Costs and sensitivity are in one unit of money per unit of cargo.
    """
    least = min(costs)
    weights = [exp((least - cost) / sensitivity) for cost in costs]
    total = sum(weights)
    return [weight / total for weight in weights]


def shares(costs: Sequence[float], refused: Sequence[float], sensitivity: float) -> tuple[list[float], float]:
    """Return the share of shippers on each corridor, and the share of those who accept none.

    `refused` is the share of shippers who refuse each corridor. Refusals are nested: a shipper who refuses
    one corridor also refuses every more widely refused one.
    """
    by_corridor = [0.0] * len(costs)
    nowhere = 0.0
    for begin, end in pairwise(sorted({0.0, 1.0, *refused})):
        accepted = [n for n, share in enumerate(refused) if share <= begin]
        if not accepted:
            nowhere += end - begin
            continue
        for n, share in zip(accepted, logit([costs[n] for n in accepted], sensitivity), strict=True):
            by_corridor[n] += (end - begin) * share
    return by_corridor, nowhere
