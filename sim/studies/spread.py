"""Prediction interval of one more run, to compare an observation with (it is one run, not a mean)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.series import Numbers
from sim.studies.estimates import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Spread:
    """The range in which the next run falls with a probability of `coverage`, at most 95 %.

    It needs no distribution: the next of n runs is equally likely to rank anywhere among them, so the
    range from the lowest to the highest has a coverage of (n - 1) / (n + 1). From 39 runs on the range
    is narrowed to 95 % (Wilks 1941, Annals of Mathematical Statistics 12).
    """

    low: float
    high: float
    coverage: float

    def has(self, value: float) -> bool:
        """Return whether a value lies in the range."""
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        return self.low - slack <= value <= self.high + slack


def spread_of(values: Numbers) -> Spread | None:
    """Return the spread of the runs that have a value; None if there are fewer than two."""
    present = values[~np.isnan(values)]
    count = len(present)
    if count < 2:
        return None
    ends = (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2)
    low, high = np.quantile(present, ends, method="weibull")
    return Spread(float(low), float(high), coverage(count))


def coverage(count: int) -> float:
    """Return the probability that the run after `count` others falls in their spread."""
    return min(CONFIDENCE, (count - 1) / (count + 1))
