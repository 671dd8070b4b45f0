"""Paired differences: a variant less the base, replication by replication on the same random draws."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np

from sim.measures.series import Numbers
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, estimate_of, p_value, quantile
from sim.studies.request import MeasureRequest

FALSE_ALARMS = 0.05  # probability that a comparison reports any difference where there is none
ROUNDING = 1e-9  # of the values: a smaller difference is rounding error
MIN_BASE = 0.1  # of a difference: no percentage is given of a smaller base


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure of a variant less that of the base, over the pairs of replications in which both have it.

    `p_value` is that of a t-test, `adjusted_p_value` the same after Holm's rule over all differences of a
    comparison; both are None where no test is possible. `missed` counts the replications in which
    the base and the variant have no value.
    """

    variant: str
    base: str
    request: MeasureRequest
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None
    identical: bool
    missed: tuple[int, int]
    p_value: float | None = None
    adjusted_p_value: float | None = None

    @property
    def unpaired(self) -> float | None:
        """Half-width that the difference would have on independent random draws."""
        errors, freedom = [], 0
        for side in (self.before, self.after):
            if side is None or side.half_width is None:
                return None
            errors.append(side.half_width / quantile(side.replications - 1))
            freedom += side.replications - 1
        return quantile(freedom) * hypot(*errors)

    @property
    def is_detected(self) -> bool:
        """Return whether the difference is significant after adjustment."""
        return self.adjusted_p_value is not None and self.adjusted_p_value < FALSE_ALARMS

    @property
    def share(self) -> float | None:
        """Difference as a share of the base; None of a percentage, a date, or a base close to zero."""
        if self.before is None or self.difference is None or self.request.unit in ("%", "date"):
            return None
        base = abs(self.before.mean)
        if self.before.is_near_zero or base <= MIN_BASE * abs(self.difference.mean):
            return None
        return self.difference.mean / base

    @property
    def helps(self) -> bool | None:
        """Return whether the variant is better; None where that is not significant or has no better side."""
        if not self.is_detected or self.difference is None or self.request.better == "neither":
            return None
        return (self.difference.mean > 0) == (self.request.better == "more")


def difference(base: Ensemble, other: Ensemble, request: MeasureRequest) -> Difference:
    """Return the difference of a variant from the base in one measure, not yet adjusted."""
    before, after = base.column(request), other.column(request)
    pairs = paired_differences(before, after)
    both = pairs[~np.isnan(pairs)]
    identical = not both.any() and bool((np.isnan(before) == np.isnan(after)).all())
    mean = estimate_of(both)
    return Difference(
        variant=other.label,
        base=base.label,
        request=request,
        before=base.estimate(request),
        after=other.estimate(request),
        difference=mean,
        identical=identical,
        missed=(base.missed(request), other.missed(request)),
        p_value=p_value(mean) if mean and mean.half_width is not None and not identical else None,
    )


def paired_differences(before: Numbers, after: Numbers) -> Numbers:
    """Return `after` less `before` pair by pair, rounding errors as 0, nan where either has no value."""
    pairs = after - before
    present = ~np.isnan(pairs)
    scale = np.max(np.abs([before[present], after[present]]), initial=0.0)
    pairs[present & (np.abs(pairs) <= ROUNDING * scale)] = 0.0
    return pairs
