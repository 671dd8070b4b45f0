"""Captions of a map: its title with its finding, the subject drawn, and the runs compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import floor

from sim.charts.freight.groups import dry_cargoes
from sim.charts.map.closed import closed_during
from sim.charts.map.disruptions import Disruption
from sim.charts.map.playback import ways_of
from sim.charts.map.timeline import Timeline
from sim.charts.map.ways import Way, differs
from sim.charts.wording import count, listed, number, percent
from sim.measures.smoothing import smoothing_name

BY_SEA = 0.8  # weight of a change at sea: the title names the pipeline rather than the tankers behind it


def finding(times: Timeline, ways: Sequence[Way]) -> str:
    """Return the way whose flow is farthest from normal, how far into the disruption that is, and the date.

    During a closure it is a way that this concerns; if no such way has another flow than normal, the title
    does not name the closure.
    """
    disruption = times.disruption
    changed = [way for way in ways if way.normal is not None and differs(way.flow, way.normal)]
    if disruption is not None and disruption.kind != "boycott":
        concerned = _concerned(times, disruption, changed)
        changed, disruption = (concerned, disruption) if concerned or not changed else (changed, None)
    day, _ = times.window
    days = int(day - floor(disruption.start)) if disruption else 0
    since = f"{count(days, 'day')} into" if days > 0 else "on the first day of"
    into = f", {since} the {disruption.kind} “{disruption.name}”" if disruption else ""
    return f"{_flows(times, ways, changed)}{into} ({_full_date(times, day)})"


def _concerned(times: Timeline, disruption: Disruption, ways: Sequence[Way]) -> list[Way]:
    """Return the ways that a closure closes, or else those to or from the places that it closes."""
    spans = [span for span in times.record.spans if span.label == disruption.label]
    closed = closed_during(times.record.network, spans, times.window, times.side)
    lines = ways_of(times.record.network, times.side)
    near = [way for way in ways if {lines[way.id].origin, lines[way.id].destination} & closed.places.keys()]
    return [way for way in ways if way.id in closed.ways] or near


def _flows(times: Timeline, ways: Sequence[Way], changed: Sequence[Way]) -> str:
    if changed:
        way = max(changed, key=_weight)
        return f"{way.name}: {_compared(way.flow, way.normal or 0.0, times.unit)}"
    largest = max(ways, key=lambda way: way.flow)
    if not largest.flow > 0.0:
        return "Nothing moves"
    flow = f"{number(largest.flow)} {times.unit}/day on {largest.name}"
    return f"Every flow is normal, at most {flow}" if times.normal else f"Flows of up to {flow}"


def _weight(way: Way) -> float:
    is_at_sea = all(course.mode == "sea" for course in way.courses)
    return abs(way.flow - (way.normal or 0.0)) * (BY_SEA if is_at_sea else 1.0)


def _compared(flow: float, normal: float, unit: str) -> str:
    """Return a flow and what part of its normal value that is, in words."""
    if flow <= 0.0:
        return f"no flow, normally {number(normal)} {unit}/day"
    if normal <= 0.0:
        part = "normally none"
    elif flow < 2.0 * normal:
        part = f"{percent(flow, normal)} of normal"
    else:
        part = f"{number(flow / normal, 2)} times normal"
    return f"{number(flow)} {unit}/day, {part}"


def subject(times: Timeline) -> str:
    """Return the flows drawn, with their averaging, and the disruptions of the map's day."""
    cargoes = [cargo.name.lower() for cargo in dry_cargoes(times.record)]
    flows = "oil" if times.side == "oil" else f"{listed(cargoes)}, both ways together"
    parts = [f"Flow of {flows}, {smoothing_name(times.record.days)}"]
    first, last = times.window
    now = [item.title for item in times.disruptions if item.start < last and item.end > first]
    parts += [f"in force: {listed(now)}"] if now else []
    lines = times.record.network.lines.values() if times.side == "freight" else ()
    ocean = sum(times.flow(line.id) for line in lines if line.mode == "ocean")
    parts += [f"the ocean, not drawn, carries {number(ocean)} {times.unit}/day"] if ocean else []
    return "; ".join(parts)


def context(times: Timeline) -> str:
    """Return the run's title, and with what its flows are compared."""
    title = times.record.title
    if times.reference is not None:
        return f"{title}; normal flow: “{times.reference.title}” on the same day"
    if times.normal_until is not None:
        return f"{title}; normal flow: mean before {_full_date(times, times.normal_until)}"
    return title


def _full_date(times: Timeline, day: float) -> str:
    at = times.record.start + timedelta(days=int(day))
    return f"{at.day} {at:%B} {at.year}"
