"""The range in which one more run would fall: what happened is one draw of luck, not a mean of many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.series import Numbers
from sim.studies.estimates import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Spread:
    """The range in which the next run falls with a probability of `coverage`, at most 95 %.

    It is read off the order of the runs, whatever their distribution: of n runs, the next is as likely
    to come before, between or after any of them, so (n - 1) / (n + 1) is what lowest and highest hold.
    From 39 runs on that is enough, and the range is narrower (Wilks 1941, Annals of Mathematical
    Statistics 12).
    """

    low: float
    high: float
    coverage: float

    def has(self, value: float) -> bool:
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        return self.low - slack <= value <= self.high + slack


def spread_of(values: Numbers) -> Spread | None:
    """The spread of the runs that have a value; None if there are not two."""
    there = values[~np.isnan(values)]
    count = len(there)
    if count < 2:
        return None
    ends = (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2)
    low, high = np.quantile(there, ends, method="weibull")
    return Spread(float(low), float(high), coverage(count))


def coverage(count: int) -> float:
    """How probable it is that the next of so many runs falls in their spread."""
    return min(CONFIDENCE, (count - 1) / (count + 1))
