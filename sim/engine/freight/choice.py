"""Which corridor how many shippers choose: a logit on what each costs, among those they accept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp


def logit(costs: Sequence[float], sensitivity: float) -> list[float]:
    """The share of each alternative: exp(-cost / sensitivity), scaled to add up to 1 (McFadden 1974).

    Costs and sensitivity are in one unit of money per unit of cargo.
    """
    least = min(costs)
    weights = [exp((least - cost) / sensitivity) for cost in costs]
    total = sum(weights)
    return [weight / total for weight in weights]


def shares(costs: Sequence[float], refused: Sequence[float], sensitivity: float) -> tuple[list[float], float]:
    """The share of shippers on each corridor, and of those who accept none.

    `refused` is the share of shippers who refuse each corridor. Whoever refuses one refuses all that
    are refused by more: those with the most scruples are the same people everywhere.
    """
    found = [0.0] * len(costs)
    nowhere = 0.0
    for begin, end in pairwise(sorted({0.0, 1.0, *refused})):
        accepted = [n for n, share in enumerate(refused) if share <= begin]
        if not accepted:
            nowhere += end - begin
            continue
        for n, share in zip(accepted, logit([costs[n] for n in accepted], sensitivity), strict=True):
            found[n] += (end - begin) * share
    return found, nowhere
