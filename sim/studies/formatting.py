"""Results of studies as text, alike in tables, charts and pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sim.measures.freight.selectors import ALL
from sim.studies.differences import Difference
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.stress.blow import Blow
from sim.studies.stress.found import Stress
from sim.studies.verdicts import spread, unit_apart
from sim.units import spelled

HEADLINES = (("curtailed", "*"), ("exported", "*>*"), ("freight", "*"), ("not sent", "*"))
LARGER = {"t": "kt", "t/day": "kt/day"}  # for numbers of thousands


def headlines(wanted: Sequence[MeasureRequest]) -> list[MeasureRequest]:
    """Return the measures that tables and charts show first: all of a few, else the main totals."""
    if len(wanted) <= len(HEADLINES):
        return list(wanted)
    totals = [one for key in HEADLINES for one in wanted if one.key == key]
    return totals or list(wanted[: len(HEADLINES)])


def format_loss(results: Stress, one: Blow) -> str:
    """Format the loss by the measure of the largest one: `5.07 ± 0.25`, or `310 ± 23 middle (41%)`."""
    place = results.worst(one)
    loss, share = format_estimate(one.loss(place)), results.shares(one)[place]
    if len(results.wanted) == 1 or loss == "0":
        return loss
    wanted, percent = results.wanted[place], f" ({share:.0%})" if results.whole(place) else ""
    return f"{loss} {wanted.measure if wanted.element == ALL else wanted.element}{percent}"


def format_recovery(one: Blow) -> str:
    """Format the days until full recovery, such as `36 ± 2`, and the number of runs without one."""
    if not one.fell:
        return "–"
    back = one.recovery
    among = f" ± {back.half_width:.0f}" if back and back.half_width and back.half_width >= 0.5 else ""
    never = f"not back in {one.lasting} of {one.fell}" if one.lasting else ""
    return ", ".join(filter(None, (f"{back.mean:.0f}{among}" if back else "", never)))


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
    return f"{value:,.4g} {spelled(unit)}".strip().replace("-", "−")


def format_difference(one: Difference) -> str:
    """Format a difference: `−0.33 ± 0.05 Mt`; that of two shares in percentage points (pp)."""
    if one.difference is None:
        return "–"
    unit = unit_apart(one.wanted).replace("percentage points", "pp")
    return f"{spread(one.difference)} {unit}".strip().replace("-", "−")


def format_estimate(estimate: Estimate | None) -> str:
    """Format a mean: `5.07 ± 0.25`, `0` where nothing differs, a dash where there is no value."""
    return (
        "–"
        if estimate is None
        else "0"
        if not estimate.mean and not estimate.half_width
        else spread(estimate)
    )
