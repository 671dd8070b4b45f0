"""Results of studies as text, alike in tables, charts and pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.stress.impact import ClosureImpact
from sim.studies.verdicts import rounded_mean, spread
from sim.units import spelled

HEADLINES = (("curtailed", "*"), ("exported", "*>*"), ("freight", "*"), ("not sent", "*"))
LARGER = {"t": "kt", "t/day": "kt/day"}  # for numbers of thousands
NONE = "–"


def headlines(requests: Sequence[MeasureRequest]) -> list[MeasureRequest]:
    """Return the measures that tables and charts show first: all of a few, else the main totals."""
    if len(requests) <= len(HEADLINES):
        return list(requests)
    totals = [request for key in HEADLINES for request in requests if request.key == key]
    return totals or list(requests[: len(HEADLINES)])


def format_recovery(impact: ClosureImpact) -> str:
    """Format the days until full recovery, such as `36 ± 2`, and the number of runs without one."""
    if not impact.fell:
        return NONE
    recovery = impact.recovery
    days = f"{recovery.mean:.0f}" if recovery else ""
    if recovery and recovery.half_width and recovery.half_width >= 0.5:
        days = f"{rounded_mean(recovery):.0f} ± {recovery.half_width:.0f}"
    never = f"not back in {impact.lasting} of {impact.fell}" if impact.lasting else ""
    return ", ".join(filter(None, (days, never)))


def format_range(ranged: Ranged) -> str:
    """Format the range of a number: `636 to 954 kt`, or shares of itself where it has several values."""
    if isnan(ranged.value):
        return f"{ranged.low:.0%} to {ranged.high:.0%} of itself"
    ends = (ranged.value * ranged.low, ranged.value * ranged.high)
    low, high = (format_value(end, ranged.number.unit, ranged.value) for end in ends)
    return f"{low.partition(' ')[0]} to {high}"


def format_value(value: float, unit: str, like: float | None = None) -> str:
    """Format a number in its customary unit: 795 kt, not 795000 t; 6 h, not 0.25 day; 90 %, not 0.9.

    The unit is that in which `like` would be formatted, if given.
    """
    if isnan(value):
        return "several"
    size = abs(value if like is None else like)
    if unit in LARGER and size >= 1000:
        value, unit = value / 1000, LARGER[unit]
    elif unit == "day" and 0 < size < 1:
        value, unit = 24 * value, "h"
    elif unit == "" and 0 < size <= 2:
        value, unit = 100 * value, "%"
    return minus(f"{value:,.4g} {spelled(unit)}".strip())


def format_estimate(estimate: Estimate | None) -> str:
    """Format a mean: `5.07 ± 0.25`, `0` where nothing differs, a dash where there is no value."""
    if estimate is None:
        return NONE
    if not estimate.mean and not estimate.half_width:
        return "0"
    return minus(spread(estimate))


def format_change(estimate: Estimate | None) -> str:
    """Format a mean change with its sign: `+0.12 ± 0.05`."""
    return ("+" if estimate and estimate.mean > 0 else "") + format_estimate(estimate)


def minus(text: str) -> str:
    """Return the text with a minus sign in place of a leading hyphen."""
    return text.replace("-", "−", 1) if text.startswith("-") else text
