"""Results in words: verdicts on differences, and means with digits that suit their intervals."""

from __future__ import annotations

from math import floor, log10

from sim.studies.differences import Difference
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest

LESS_AND_MORE = {"less": ("saves", "adds"), "more": ("loses", "gains"), "neither": ("lowers by", "raises by")}
DATES = {"throttled after", "recovered after", "loading stopped", "throttled"}  # sooner or later
MAX_DECIMALS = 6
MIN_AMOUNT = 0.1  # smaller amounts are written in the next smaller unit
ONE_DIGIT_FROM = 3.55  # leading digits of a half-width that is rounded to one digit
SMALLER_UNIT = {"Mt": "kt", "kt": "t"}
OBJECTS = {
    "curtailed": "curtailment",
    "mean wait": "waiting",
    "long wait": "waiting",
    "days throttled": "throttling",
    "transit days": "transit",
    "long transit": "transit",
    "held": "being held",
}


def verdict(difference: Difference) -> str:
    """Return a difference in words: `saves 1.9 ± 0.3 Mt of curtailment`, or `identical`."""
    if difference.identical:
        return "identical"
    present = [side.replications if side else 0 for side in (difference.before, difference.after)]
    count = present[0] + difference.missed[0]
    pairs = difference.difference.replications if difference.difference else 0
    if difference.difference is None or difference.adjusted_p_value is None:
        return (
            f"too few runs: {difference.base} has a value in {present[0]}, "
            f"{difference.variant} in {present[1]} of {count}"
        )
    where = f", in the {pairs} of {count} pairs with a value" if pairs < count else ""
    if not difference.is_detected:
        return f"no detectable difference at {count} replications{where}"
    return _effect(difference.request, difference.difference) + where


def _effect(request: MeasureRequest, mean: Estimate) -> str:
    absolute = Estimate(abs(mean.mean), mean.half_width, mean.replications)
    size, is_more = spread_with_unit(absolute, difference_unit(request)), mean.mean > 0
    if request.measure in DATES:
        return f"{size} {'later' if is_more else 'sooner'}"
    words = f"{LESS_AND_MORE[request.better][is_more]} {size}"
    thing = OBJECTS.get(request.measure)
    return f"{words} of {thing}" if thing else words


def difference_unit(request: MeasureRequest) -> str:
    """Return the unit of a difference: percentage points between percentages, days between dates."""
    return {"%": "percentage points", "date": "days"}.get(request.unit, request.unit)


def spread(estimate: Estimate) -> str:
    """Format a mean and its half-width, both rounded by the size of the half-width: `1.92 ± 0.31`."""
    decimals, mean = decimals_of(estimate), rounded_mean(estimate)
    if not estimate.half_width:
        return f"{mean:,.{decimals}f}"
    half_width = round(estimate.half_width, _last_decimal(estimate))
    return f"{mean:,.{decimals}f} ± {half_width:,.{decimals}f}"


def spread_with_unit(estimate: Estimate, unit: str) -> str:
    """Format a mean with its half-width and unit, a smaller unit for small amounts: `8.20 ± 0.04 kt`."""
    size = max(abs(estimate.mean), estimate.half_width or 0.0)
    while unit in SMALLER_UNIT and 0.0 < size < MIN_AMOUNT:
        unit, size = SMALLER_UNIT[unit], 1000.0 * size
        half_width = None if estimate.half_width is None else 1000.0 * estimate.half_width
        estimate = Estimate(1000.0 * estimate.mean, half_width, estimate.replications)
    return f"{spread(estimate)} {unit}".rstrip()


def rounded_mean(estimate: Estimate) -> float:
    """Return the mean rounded as its half-width deserves, to tens or hundreds where that is large."""
    return round(estimate.mean, _last_decimal(estimate)) + 0.0


def decimals_of(estimate: Estimate) -> int:
    """Return the number of decimals of a mean that its half-width supports.

    The half-width keeps two digits from 10 to 35 and one digit above, by the rule of the Particle Data
    Group (Review of Particle Physics, 5.3). Without a half-width, the mean keeps four digits.
    """
    return max(_last_decimal(estimate), 0)


def _last_decimal(estimate: Estimate) -> int:
    """Return the position of the last digit that is written, negative for tens and above."""
    if not estimate.half_width:
        return max(_position(abs(estimate.mean), 4), 0)
    leading = estimate.half_width / 10.0 ** floor(log10(estimate.half_width))
    return _position(estimate.half_width, 2 if leading < ONE_DIGIT_FROM else 1)


def _position(size: float, digits: int) -> int:
    return min(digits - 1 - floor(log10(size)), MAX_DECIMALS) if size else 0
