"""Statistics over replications: means, 95 % intervals, and probabilities adjusted for many comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
NINE_IN_TEN = (0.05, 0.95)
ROUNDING = 1e-12  # of a mean: a smaller half-width is rounding error


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and the half-width of its 95 % interval, None from a single one."""

    mean: float
    half_width: float | None
    replications: int

    @property
    def is_near_zero(self) -> bool:
        """Return whether the interval includes zero, so that no percentage of the mean is meaningful."""
        return abs(self.mean) <= (self.half_width or 0.0)


def estimate(values: Sequence[float] | NDArray[np.float64]) -> Estimate:
    """Return the mean of at least one value and its Student-t interval."""
    count = len(values)
    mean = float(np.mean(values))
    if count < 2:
        return Estimate(mean, None, count)
    half_width = quantile(count - 1) * float(np.std(values, ddof=1)) / count**0.5
    return Estimate(mean, half_width if half_width > ROUNDING * abs(mean) else 0.0, count)


def estimate_of(values: NDArray[np.float64]) -> Estimate | None:
    """Return the estimate of the values that are not nan; None if there are none."""
    present = values[~np.isnan(values)]
    return estimate(present) if len(present) else None


def nine_in_ten(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Return the 5 % and 95 % quantiles of the values that are not nan."""
    present = values[~np.isnan(values)]
    if not len(present):
        return None, None
    low, high = np.quantile(present, NINE_IN_TEN).tolist()
    return low, high


def quantile(freedom: int) -> float:
    """Return the half-width of the interval in standard errors, for some degrees of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))


def p_value(difference: Estimate) -> float:
    """Return the two-sided p-value of a mean difference, by Student's t-test against zero.

    Where all differences are equal it is 0, or 1 if they are all zero.
    """
    from scipy.special import stdtr

    if not difference.half_width:
        return 0.0 if difference.mean else 1.0
    freedom = difference.replications - 1
    return float(2.0 * stdtr(freedom, -abs(difference.mean) / difference.half_width * quantile(freedom)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted by Holm's rule, which bounds the chance of any false alarm among them.

    The smallest is multiplied by their number, the next by one less, and so on, none falling below the
    one before it. The rule holds for dependent measures too (Holm 1979, Scandinavian Journal of
    Statistics 6).
    """
    adjusted = [1.0] * len(p_values)
    largest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda index: p_values[index])):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = largest
    return adjusted
