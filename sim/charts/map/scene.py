"""Scene of a map: all that it shows on one day of a run, in points on a sheet, free of any drawing library.

A scene is built once and drawn by `static` (matplotlib: PNG, SVG) and by the page, which also plays the runs
back. Names, positions, widths and colours stand here and nowhere else, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.charts.map import captions
from sim.charts.map.closed import closed_during
from sim.charts.map.land import Backdrop, backdrop
from sim.charts.map.legend import Entry, legend, marks_on
from sim.charts.map.placing import Layout
from sim.charts.map.playback import ways_of
from sim.charts.map.projection import Plane, plane_of
from sim.charts.map.signs import (
    SIGN_RADIUS,
    AreaName,
    Disc,
    Sign,
    area_names,
    discs_of,
    signs_of,
)
from sim.charts.map.timeline import Timeline, timeline
from sim.charts.map.ways import Course, Way, course_coordinates, courses_of, line_width, sampled
from sim.charts.wording import number, scale_of
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.sides import Side
from sim.network import Network
from sim.network.elements import Link
from sim.network.freight.elements import Line

SIDES: tuple[Side, ...] = ("oil", "freight")
LINE_STEP = 4.0  # points between the samples of ways that names keep clear of
WIDE, WIDE_STEP = 3.0, 1.5  # wide ways weigh more


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """A map of one side of a run on one day, and the timeline by which the page plays the run back.

    `finding` is its title, `subject` says what is drawn, `context` names the runs.
    """

    timeline: Timeline
    finding: str
    subject: str
    context: str
    plane: Plane
    land: Backdrop
    areas: tuple[AreaName, ...]
    ways: tuple[Way, ...]
    """The widest first, so that none hides another."""
    discs: tuple[Disc, ...]
    signs: tuple[Sign, ...]
    legend: tuple[Entry, ...]


def has_map(network: Network, side: Side) -> bool:
    """Return whether a network has a map of one side: contracts and links, or demands and lines."""
    return bool(ways_of(network, side)) and bool(network.contracts if side == "oil" else network.demands)


def map_scene(record: Record, side: Side, reference: Record | None = None, day: float | None = None) -> Scene:
    """Return the scene of a run's map on a day, by default on which its costliest disruption bites most.

    Flows are compared with those of the reference run on the same date, else with the mean before the first
    disruption.
    """
    times = timeline(record, side, reference, day)
    network, lines = record.network, ways_of(record.network, side)
    coordinates = {id: course_coordinates(network, line) for id, line in lines.items()}
    plane = plane_of(np.concatenate(list(coordinates.values())))
    land = backdrop(plane)
    closed = closed_during(network, record.spans, times.window, side)
    ways = _ways(times, courses_of(lines, coordinates, plane, land.on_land), closed.ways)
    ends = dict.fromkeys(end for line in lines.values() for end in (line.origin, line.destination))
    places = [place for place in network.places.values() if place.id in ends]
    points = plane.points(np.array([(place.longitude, place.latitude) for place in places]))
    at = dict(zip((place.id for place in places), points, strict=True))
    layout = Layout(height=plane.height, lines=np.concatenate([_along(way) for way in ways]))
    for x, y in points.tolist():
        layout.reserve(x, y, SIGN_RADIUS, SIGN_RADIUS)
    discs = discs_of(times, at, layout)
    seas = area_names("sea", plane, land, layout)
    signs = signs_of(places, at, closed.places, layout)
    return Scene(
        timeline=times,
        finding=captions.finding(times, ways),
        subject=captions.subject(times),
        context=captions.context(times),
        plane=plane,
        land=land,
        areas=(*seas, *area_names("country", plane, land, layout)),
        ways=ways,
        discs=discs,
        signs=signs,
        legend=legend(ways, signs, times.unit, side, marks_on(ways, signs, discs)),
    )


def _ways(
    times: Timeline, courses: Mapping[str, tuple[Course, ...]], closed: frozenset[str]
) -> tuple[Way, ...]:
    first, last = times.window
    refused = {
        element
        for boycott in (times.record.boycotts if times.side == "freight" else ())
        if boycott.start < last and boycott.end > first
        for element in boycott.elements
    }
    ways = [
        Way(
            id=id,
            name=way.name,
            note=_limit(times.record.network, way),
            courses=courses[id],
            flow=times.flow(id),
            normal=times.normal_flow(id),
            largest=times.largest,
            closed=id in closed,
            refused=id in refused,
        )
        for id, way in ways_of(times.record.network, times.side).items()
    ]
    return tuple(sorted(ways, key=lambda way: -max(way.core, way.edge)))


def _along(way: Way) -> Numbers:
    step = WIDE_STEP if line_width(way.flow, way.largest) >= WIDE else LINE_STEP
    return np.concatenate([sampled(course.points, step) for course in way.courses])


def _limit(network: Network, way: Link | Line) -> str:
    """Return what limits a way, in words; nothing if there is no limit."""
    if isinstance(way, Link):
        divisor, unit = scale_of(network.cargoes[way.cargo])
        return "" if way.capacity is None else f"capacity {number(way.capacity / divisor)} {unit}/day"
    return "" if way.paths is None else f"{way.paths:g} trains a day each way"
