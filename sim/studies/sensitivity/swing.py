"""Swing of a measure: its change where one number is smaller and where it is larger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.measures.series import Numbers
from sim.studies.differences import paired_differences
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Ranged

Changes = Mapping[MeasureRequest, Numbers]
"""Paired differences from the base by measure, an array with a value for each replication."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swing:
    """The changes of measures with a number at the low and at the high end of its range."""

    ranged: Ranged
    low: Changes
    high: Changes

    @property
    def name(self) -> str:
        return self.ranged.number.name

    @property
    def replications(self) -> int:
        return len(next(iter(self.low.values())))

    @property
    def has_effect(self) -> bool:
        """Return whether any measure differs at either end, in any replication."""
        return any(
            bool(np.nan_to_num(values).any())
            for changes in (self.low, self.high)
            for values in changes.values()
        )

    def ends(self, request: MeasureRequest) -> tuple[Estimate | None, Estimate | None]:
        """Return the mean change of a measure at the low and at the high end."""
        return estimate_of(self.low[request]), estimate_of(self.high[request])

    def size(self, request: MeasureRequest) -> float:
        """Return the distance from the lowest to the highest mean of a measure at base and both ends."""
        means = [0.0, *(end.mean for end in self.ends(request) if end is not None)]
        return max(means) - min(means)

    def square(self, request: MeasureRequest) -> float:
        """Return the mean square of both changes, unbiased by randomness; 0 from a single replication."""
        return (_mean_square(self.low[request]) + _mean_square(self.high[request])) / 2


def swing(ranged: Ranged, base: Ensemble, low: Ensemble, high: Ensemble) -> Swing:
    """Return the paired differences of both ends of a number from the base."""
    changes = [
        {request: paired_differences(base.column(request), end.column(request)) for request in base.requests}
        for end in (low, high)
    ]
    return Swing(ranged=ranged, low=changes[0], high=changes[1])


def _mean_square(values: Numbers) -> float:
    """Return an unbiased estimate of the squared mean: the mean product of two different replications."""
    present = values[~np.isnan(values)]
    count = len(present)
    if count < 2:
        return 0.0
    return float((present.sum() ** 2 - (present**2).sum()) / (count * (count - 1)))
