"""What a variant makes different in one measure, pair by pair of replications on the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np

from sim.measures.series import Numbers
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, chance, estimate, quantile
from sim.studies.request import MeasureRequest

FALSE_ALARMS = 0.05  # how often a comparison may find a difference, any at all, where there is none
ROUNDING = 1e-9  # of the values: less is no difference
LEAST_BASE = 0.1  # of a difference: the percentage of a smaller base is told to nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure of a variant less that of the base, over the pairs of replications in which both have it.

    `chance` is how probable such a difference would be by luck alone, `adjusted` the same in view of how
    many differences a comparison looks at; both are None where nothing can be told. `missed` is in how
    many replications the base and the variant have no value.
    """

    variant: str
    base: str
    wanted: MeasureRequest
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None
    identical: bool
    missed: tuple[int, int]
    chance: float | None = None
    adjusted: float | None = None

    @property
    def unpaired(self) -> float | None:
        """The half-width that the difference would have if each had luck of its own."""
        errors, freedom = [], 0
        for one in (self.before, self.after):
            if one is None or one.half_width is None:
                return None
            errors.append(one.half_width / quantile(one.replications - 1))
            freedom += one.replications - 1
        return quantile(freedom) * hypot(*errors)

    @property
    def is_detected(self) -> bool:
        return self.adjusted is not None and self.adjusted < FALSE_ALARMS

    @property
    def share(self) -> float | None:
        """The difference as a share of the base; None where the base is too near to nothing.

        Nor has a percentage or a date a share.
        """
        if self.before is None or self.difference is None or self.wanted.unit in ("%", "date"):
            return None
        base = abs(self.before.mean)
        if self.before.is_near_zero or base <= LEAST_BASE * abs(self.difference.mean):
            return None
        return self.difference.mean / base

    @property
    def helps(self) -> bool | None:
        """Whether it goes the way that one would wish; None where it is no difference, or neither is."""
        if not self.is_detected or self.difference is None or self.wanted.better == "neither":
            return None
        return (self.difference.mean > 0) == (self.wanted.better == "more")


def difference(base: Ensemble, other: Ensemble, wanted: MeasureRequest) -> Difference:
    """What a variant makes different in one measure, not adjusted for others."""
    before, after = base.column(wanted), other.column(wanted)
    apart = differing(before, after)
    both = apart[~np.isnan(apart)]
    missed = base.missed(wanted), other.missed(wanted)
    identical = not both.any() and bool((np.isnan(before) == np.isnan(after)).all())
    found = estimate(both) if len(both) else None
    return Difference(
        variant=other.label,
        base=base.label,
        wanted=wanted,
        before=base.estimate(wanted),
        after=other.estimate(wanted),
        difference=found,
        identical=identical,
        missed=missed,
        chance=chance(found) if found and found.half_width is not None and not identical else None,
    )


def differing(before: Numbers, after: Numbers) -> Numbers:
    """Pair by pair the one less the other, without what is only rounding; nan where either has no value."""
    apart = after - before
    there = ~np.isnan(apart)
    scale = np.max(np.abs([before[there], after[there]]), initial=0.0)
    apart[there & (np.abs(apart) <= ROUNDING * scale)] = 0.0
    return apart
