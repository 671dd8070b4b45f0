"""What a comparison found, in plain words."""

from __future__ import annotations

from math import floor, log10

from sim.studies.differences import Difference
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest

LESS_AND_MORE = {"less": ("saves", "adds"), "more": ("loses", "gains"), "neither": ("lowers by", "raises by")}
COMES = {"throttled after", "recovered after", "loading stopped", "throttled"}  # when something comes about
OF = {
    "curtailed": "curtailment",
    "mean wait": "waiting",
    "long wait": "waiting",
    "days throttled": "throttling",
    "transit days": "transit",
    "long transit": "transit",
    "held": "being held",
}


def verdict(found: Difference) -> str:
    """What a difference comes to: `saves 1.9 ± 0.3 Mt of curtailment`, `identical`, or that none is seen."""
    if found.identical:
        return "identical"
    there = [one.replications if one else 0 for one in (found.before, found.after)]
    count, pairs = there[0] + found.missed[0], found.difference.replications if found.difference else 0
    if found.difference is None or found.adjusted is None:
        return f"too few to tell: {found.base} has it in {there[0]}, {found.variant} in {there[1]} of {count}"
    where = f", in the {pairs} of {count} pairs that have it" if pairs < count else ""
    if not found.is_detected:
        return f"no detectable difference at {count} replications{where}"
    return _said(found, found.difference) + where


def _said(found: Difference, told: Estimate) -> str:
    size = f"{spread(Estimate(abs(told.mean), told.half_width, told.replications))}"
    is_more = told.mean > 0
    if found.wanted.measure in COMES:
        return f"{size} {unit_apart(found.wanted)} {'later' if is_more else 'sooner'}"
    words = f"{LESS_AND_MORE[found.wanted.better][is_more]} {size} {unit_apart(found.wanted)}".rstrip()
    of = OF.get(found.wanted.measure)
    return f"{words} of {of}" if of else words


def unit_apart(wanted: MeasureRequest) -> str:
    """The unit of a difference between two values of a measure: two dates are days apart."""
    return {"%": "percentage points", "date": "days"}.get(wanted.unit, wanted.unit)


def spread(found: Estimate) -> str:
    """A mean and its half-width with as many digits as they deserve: `1.92 ± 0.31`."""
    decimals = decimals_of(found)
    if found.half_width is None:
        return f"{found.mean:,.{decimals}f}"
    return f"{found.mean:,.{decimals}f} ± {found.half_width:,.{decimals}f}"


def decimals_of(found: Estimate) -> int:
    """So many that the half-width has two digits, or where it is nothing the mean has four."""
    size, digits = (found.half_width, 2) if found.half_width else (abs(found.mean), 4)
    if not size:
        return 0
    return min(max(digits - 1 - floor(log10(size)), 0), 6)
