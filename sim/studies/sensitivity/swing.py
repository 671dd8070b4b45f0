"""What one number does to the answer where it is smaller and where it is larger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.measures.series import Numbers
from sim.studies.differences import differing
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Ranged


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swing:
    """What a number does to some measures (columns), replication by replication (rows), at both its ends."""

    ranged: Ranged
    low: Numbers
    high: Numbers

    @property
    def name(self) -> str:
        return self.ranged.number.name

    @property
    def moves(self) -> bool:
        """Whether anything is different at one of its ends, in any replication."""
        return bool(np.nan_to_num(self.low).any() or np.nan_to_num(self.high).any())

    def ends(self, place: int = 0) -> tuple[Estimate | None, Estimate | None]:
        """How much a measure differs from what it is, where the number is smaller and where it is larger."""
        return estimate_of(self.low[:, place]), estimate_of(self.high[:, place])

    def size(self, place: int = 0) -> float:
        """From the lowest to the highest mean of a measure at its ends and between them."""
        means = [0.0, *(end.mean for end in self.ends(place) if end is not None)]
        return max(means) - min(means)

    def square(self, place: int = 0) -> float:
        """The mean square of its effect down and up, free of luck; one replication alone cannot tell."""
        return (_square(self.low[:, place]) + _square(self.high[:, place])) / 2


def swing(
    ranged: Ranged, base: Ensemble, low: Ensemble, high: Ensemble, wanted: Sequence[MeasureRequest]
) -> Swing:
    """What the two ends of a number make different, pair by pair of replications on the same luck."""
    apart = [
        np.array([differing(base.column(one), end.column(one)) for one in wanted]).T for end in (low, high)
    ]
    return Swing(ranged=ranged, low=apart[0], high=apart[1])


def _square(values: Numbers) -> float:
    """The square of the mean that some values scatter about: the mean product of two different ones."""
    there = values[~np.isnan(values)]
    count = len(there)
    if count < 2:
        return 0.0
    return float((there.sum() ** 2 - (there**2).sum()) / (count * (count - 1)))
