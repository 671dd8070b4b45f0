"""What many runs say together of one number: a mean and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
NINE_IN_TEN = (0.05, 0.95)
ROUNDING = 1e-12  # of a mean: a spread of less is none


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and the half-width of its 95 % interval, None from a single one."""

    mean: float
    half_width: float | None
    replications: int

    @property
    def is_near_zero(self) -> bool:
        """Whether it cannot be told from nothing, so that no percentage of it means anything."""
        return abs(self.mean) <= (self.half_width or 0.0)


def estimate(values: Sequence[float] | NDArray[np.float64]) -> Estimate:
    """The mean of at least one value, and its Student-t interval."""
    count = len(values)
    mean = float(np.mean(values))
    if count < 2:
        return Estimate(mean, None, count)
    half_width = quantile(count - 1) * float(np.std(values, ddof=1)) / count**0.5
    return Estimate(mean, half_width if half_width > ROUNDING * abs(mean) else 0.0, count)


def estimate_of(values: NDArray[np.float64]) -> Estimate | None:
    """The same of those values that are there, nan standing for none; None if none is."""
    there = values[~np.isnan(values)]
    return estimate(there) if len(there) else None


def cells(found: Estimate | None) -> tuple[float | None, float | None]:
    """A mean and its half-width, as tables hold them."""
    return (found.mean, found.half_width) if found else (None, None)


def nine_in_ten(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Between what nine in ten of those values lie that are there."""
    there = values[~np.isnan(values)]
    if not len(there):
        return None, None
    low, high = np.quantile(there, NINE_IN_TEN).tolist()
    return low, high


def quantile(freedom: int) -> float:
    """How many standard errors the interval reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))


def chance(of: Estimate) -> float:
    """How probable a mean so far from nothing, or farther, would be if there were nothing (two-sided).

    Of differences that are all the same: 0, or 1 when they are all nothing.
    """
    from scipy.special import stdtr

    if not of.half_width:
        return 0.0 if of.mean else 1.0
    freedom = of.replications - 1
    return float(2.0 * stdtr(freedom, -abs(of.mean) / of.half_width * quantile(freedom)))


def holm(chances: Sequence[float]) -> list[float]:
    """Probabilities adjusted for how many they are, by Holm's rule, so that together they err as one would.

    The smallest is multiplied by how many there are, the next by one less, and so on, none below those
    before it. It holds however the measures hang together (Holm 1979, Scandinavian Journal of Statistics 6).
    """
    adjusted = [1.0] * len(chances)
    standing = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        standing = max(standing, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = standing
    return adjusted
