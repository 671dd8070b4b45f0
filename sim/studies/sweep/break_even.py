"""Where a measure reaches a level, between the values that a sweep has tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The value of a number at which a measure reaches a level, and between what it may as well lie.

    `low` and `high` are where the ends of the 95 % interval reach it; None where none of them does among
    the values tried.
    """

    at: float
    low: float | None = None
    high: float | None = None


def break_evens(line: Sequence[tuple[float, float, float]]) -> list[BreakEven]:
    """Where a line changes its sign; its points, in order, are value, height and half-width of the height."""
    values = [value for value, _, _ in line]
    ends = [
        end
        for side in (-1.0, 1.0)
        for end in crossings(values, [height + side * half_width for _, height, half_width in line])
    ]
    return [
        BreakEven(
            at=at,
            low=max((end for end in ends if end < at), default=None),
            high=min((end for end in ends if end > at), default=None),
        )
        for at in crossings(values, [height for _, height, _ in line])
    ]


def crossings(x: Sequence[float], y: Sequence[float]) -> list[float]:
    """Where straight lines between points meet zero; of a stretch that is zero throughout, both its ends."""
    found: dict[float, None] = {}
    for n, (here, there) in enumerate(pairwise(y)):
        if here * there < 0.0:
            found[x[n] + (x[n + 1] - x[n]) * here / (here - there)] = None
        elif here == 0.0 != there:
            found[x[n]] = None
        elif there == 0.0 != here:
            found[x[n + 1]] = None
    return list(found)
