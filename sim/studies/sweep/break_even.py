"""Break-evens: the values at which a measure reaches a level, between the points of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The value of a number at which a measure reaches a level, with its 95 % interval.

    `low` and `high` are where the ends of the measure's interval reach the level; None where they do not
    within the values of the sweep.
    """

    at: float
    low: float | None = None
    high: float | None = None


def break_evens(line: Sequence[tuple[float, float, float]]) -> list[BreakEven]:
    """Return where a line crosses zero; its points are value, height and half-width, in order of value."""
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
    """Return where straight lines between points meet zero, and both ends of a section that is all zero."""
    zeros: dict[float, None] = {}
    for index, (here, there) in enumerate(pairwise(y)):
        if here * there < 0.0:
            zeros[x[index] + (x[index + 1] - x[index]) * here / (here - there)] = None
        elif here == 0.0 != there:
            zeros[x[index]] = None
        elif there == 0.0 != here:
            zeros[x[index + 1]] = None
    return list(zeros)
