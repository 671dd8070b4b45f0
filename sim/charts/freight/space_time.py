"""Time-distance diagram: consignments along the main corridor of a cargo, level where they wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.charts.chart import Chart, Line, NumberAxis, Panel, Paths, Zone
from sim.charts.freight.groups import dry_cargoes, main_corridor
from sim.charts.freight.string_lines import Course, Profile, abreast, courses, profile_of
from sim.charts.over_time import time_chart
from sim.charts.style import INK, UNPLANNED, Stroke
from sim.charts.wording import day_and_month, number
from sim.measures.intervals import event_intervals
from sim.measures.record import Record
from sim.network.freight.elements import Corridor
from sim.network.network import Network

HEIGHT = 380.0
MAX_EACH_WAY = 48
ABREAST = 1.7  # points between those who wait together
STORM = 0.016  # of the corridor's length, to either side of a port
LABEL = 11.5  # points between places that are named
WAYS = {True: ("Westward", Stroke("#56B4E9")), False: ("Eastward", Stroke("#E69F00", "dash"))}


def corridor_drawn(record: Record) -> Corridor | None:
    """Return the main corridor of the first cargo."""
    cargoes = dry_cargoes(record)
    return main_corridor(record, cargoes[0].id) if cargoes else None


def space_time(record: Record, reference: Record | None = None) -> Chart:
    """Return the time-distance diagram of the first cargo's main corridor, the slowest consignment marked.

    It shows up to `MAX_EACH_WAY` consignments each way, of any corridor of the same group, where they share
    the main corridor's lines.
    """
    corridor = corridor_drawn(record)
    assert corridor is not None
    profile = profile_of(record.network, corridor)
    length = profile.length
    drawn = courses(record, corridor, profile, MAX_EACH_WAY)
    slowest = slowest_of(drawn)
    ticks = _ticks(record.network, profile)
    panel = Panel(
        name="Distance along the corridor",
        unit="km",
        marks=(
            *_paths(abreast(drawn, length * ABREAST / HEIGHT)),
            *_storms(record, profile),
            *([_slowest(slowest)] if slowest else []),
        ),
        y=NumberAxis(low=-0.03 * length, high=1.03 * length, ticks=ticks),
        height=HEIGHT,
        empty="Nothing travelled here",
    )
    cargo = record.network.cargoes[corridor.cargo].name.lower()
    return time_chart(
        record,
        "freight",
        name="space-time",
        finding=finding(record, slowest),
        subject=f"{corridor.name}: {len(drawn)} consignments of {cargo}, level where they wait",
        panels=[panel],
    )


def slowest_of(drawn: Sequence[Course]) -> Course | None:
    """Return the consignment that took longest, of those that arrived within the run."""
    arrived = [course for course in drawn if course.arrived]
    return max(arrived, key=lambda course: course.duration, default=None)


def finding(record: Record, slowest: Course | None) -> str:
    """Return how long the slowest consignment took and stood still."""
    if slowest is None:
        return "No consignment that is drawn arrived within the run"
    left = day_and_month(record.start, float(np.nanmin(slowest.days)))
    took, stood = number(slowest.duration), number(slowest.standing)
    return f"The slowest consignment, of {left}, took {took} days here, {stood} of them standing"


def _paths(drawn: Sequence[Course]) -> Iterator[Paths]:
    for westward, (name, stroke) in WAYS.items():
        of_way = tuple((course.days, course.kilometres) for course in drawn if course.westward == westward)
        if of_way:
            yield Paths(name=name, paths=of_way, stroke=stroke)


def _slowest(course: Course) -> Line:
    name, stroke = "Slowest consignment drawn", Stroke(INK)
    return Line(name=name, x=course.days, values=course.kilometres, stroke=stroke, width=2.4)


def _storms(record: Record, profile: Profile) -> Iterator[Zone]:
    half = STORM * profile.length
    for place, at in profile.places.items():
        stormy = event_intervals(record.journal.events, "storm", "calm", place, record.days).pairs()
        if stormy:
            yield Zone(
                name="Storm at a port",
                intervals=tuple(stormy),
                colour=UNPLANNED,
                low=at - half,
                high=at + half,
                opacity=0.85,
            )


def _ticks(network: Network, profile: Profile) -> dict[float, str]:
    """Return labels of places by their km, ends and stops first, without those too close to another."""
    room = profile.length * 1.06 * LABEL / HEIGHT
    ends = {0.0, profile.length}
    order = sorted(
        profile.places.items(), key=lambda item: (item[1] not in ends, item[0] not in profile.stops, item[1])
    )
    labels: dict[float, str] = {}
    for id, at in order:
        if all(abs(at - other) >= room for other in labels):
            labels[at] = f"{network.places[id].name}  {at:,.0f}"
    return dict(sorted(labels.items()))
