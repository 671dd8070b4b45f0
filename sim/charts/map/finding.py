"""Finding of a map, its title: the day, the disruption, and the flow that is farthest from normal."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from sim.charts.map.courses import Way
from sim.charts.map.moment import Disruption, differs, on_date
from sim.charts.map.timeline import Timeline
from sim.charts.wording import count, number, percent

BY_SEA = 0.8  # weight of a change at sea: the title names the pipeline rather than the tankers behind it


def finding(times: Timeline, ways: Sequence[Way]) -> str:
    """Return the date, how far into the disruption it is, and the way whose flow is farthest from normal.

    During a closure that is a closed way, if any of those has another flow than normal.
    """
    day, _ = times.window
    disruption = times.moment.disruption
    begins = on_date(times.record.start, day)
    if disruption is not None:
        begins = f"{begins}, {_since(disruption, day)}"
    changed = [way for way in ways if way.normal is not None and differs(way.flow, way.normal)]
    if disruption is not None and disruption.kind != "boycott":
        changed = [way for way in changed if way.closed] or changed
    if changed:
        return f"{begins}: {_compared(max(changed, key=_weight), times.unit)}"
    largest = max(ways, key=lambda way: way.flow)
    if not largest.flow > 0.0:
        return f"{begins}: nothing moves"
    flow = f"{number(largest.flow)} {times.unit}/day on {largest.name}"
    return f"{begins}: every flow is normal, at most {flow}" if times.normal else f"{begins}: up to {flow}"


def _weight(way: Way) -> float:
    is_at_sea = all(course.mode == "sea" for course in way.courses)
    return abs(way.flow - (way.normal or 0.0)) * (BY_SEA if is_at_sea else 1.0)


def _compared(way: Way, unit: str) -> str:
    """Return the flow on a way and what part of its normal value that is, in words."""
    flow, normal = way.flow, way.normal or 0.0
    if flow <= 0.0:
        return f"no flow on {way.name}, normally {number(normal)} {unit}/day"
    rate = f"{number(flow)} {unit}/day on {way.name}"
    if normal <= 0.0:
        return f"{rate}, normally none"
    if flow < 2.0 * normal:
        return f"{rate}, {percent(flow, normal)} of normal"
    return f"{rate}, {number(flow / normal, 2)} times normal"


def _since(disruption: Disruption, day: float) -> str:
    days = int(day - floor(disruption.start))
    since = f"{count(days, 'day')} into" if days > 0 else "on the first day of"
    return f"{since} the {disruption.kind} “{disruption.name}”"
