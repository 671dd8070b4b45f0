"""Scene of a map: all that it shows on one day of a run, in points on a sheet, free of any drawing library.

A scene is built once and drawn by `static` (matplotlib: PNG, SVG) and by the page, which also plays its
timeline back. Names, positions, widths and colours stand here and nowhere else, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.charts.map.closed import Closed, closed_during
from sim.charts.map.courses import Course, Way, course_coordinates, courses_of, line_width, sampled
from sim.charts.map.finding import finding
from sim.charts.map.land import Backdrop, backdrop
from sim.charts.map.legend import Entry, legend, marks_on
from sim.charts.map.placing import Layout
from sim.charts.map.playback import stocks_of, ways_of
from sim.charts.map.projection import Plane, plane_of
from sim.charts.map.signs import (
    SIGN_RADIUS,
    AreaName,
    Disc,
    Sign,
    by_importance,
    country_names,
    discs,
    sea_names,
    sign_of,
)
from sim.charts.map.timeline import Timeline, timeline
from sim.charts.wording import RATE_UNITS, number
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
    plane: Plane
    land: Backdrop
    areas: tuple[AreaName, ...]
    ways: tuple[Way, ...]
    """The widest first, so that none hides another."""
    discs: tuple[Disc, ...]
    signs: tuple[Sign, ...]
    legend: tuple[Entry, ...]

    @property
    def finding(self) -> str:
        return finding(self.timeline, self.ways)

    @property
    def subject(self) -> str:
        return self.timeline.subject

    @property
    def context(self) -> str:
        return self.timeline.context


def has_map(network: Network, side: Side) -> bool:
    """Whether a network has anything for a map of one side: contracts and links, or demands and lines."""
    return bool(ways_of(network, side)) and bool(network.contracts if side == "oil" else network.demands)


def map_scene(record: Record, side: Side, reference: Record | None = None, day: float | None = None) -> Scene:
    """Return the scene of a run's map on a day, by default on which its costliest disruption bites most.

    Flows are compared with those of the reference run on the same date, else with the mean before the first
    disruption.
    """
    times = timeline(record, side, reference, day)
    network, ways = record.network, ways_of(record.network, side)
    plane = plane_of(np.concatenate([course_coordinates(network, way) for way in ways.values()]))
    land = backdrop(plane)
    closed = closed_during(network, record.spans, times.window, side)
    drawn = _ways(times, courses_of(network, ways, plane, land.on_land), closed)
    at = {
        end: plane.points(np.array([(network.places[end].longitude, network.places[end].latitude)]))[0]
        for way in ways.values()
        for end in (way.origin, way.destination)
    }
    layout = Layout(height=plane.height, lines=np.concatenate([_along(way) for way in drawn]))
    for x, y in (point.tolist() for point in at.values()):
        layout.reserve(x, y, SIGN_RADIUS, SIGN_RADIUS)
    stocks = _discs(times, at, layout)
    seas = sea_names(plane, land, layout)
    places = [place for place in network.places.values() if place.id in at]
    signs = tuple(
        sign_of(place, at[place.id], layout, closed.places.get(place.id, ""))
        for place in by_importance(places, closed.places)
    )
    return Scene(
        timeline=times,
        plane=plane,
        land=land,
        areas=(*seas, *country_names(plane, land, layout)),
        ways=drawn,
        discs=stocks,
        signs=signs,
        legend=legend(drawn, signs, times.unit, side == "freight", marks_on(drawn, signs, stocks)),
    )


def _ways(times: Timeline, courses: dict[str, tuple[Course, ...]], closed: Closed) -> tuple[Way, ...]:
    record, frame = times.record, times.moment.frame
    first, last = times.window
    refused = {
        element
        for boycott in (record.boycotts if times.side == "freight" else ())
        if boycott.start < last and boycott.end > first
        for element in boycott.elements
    }
    ways = []
    for id, way in ways_of(record.network, times.side).items():
        total, normal = times.runs[0].total(id), times.normal.get(id)
        ways.append(
            Way(
                id=id,
                name=way.name,
                note=_limit(record.network, way),
                courses=courses[id],
                flow=0.0 if total is None else float(np.nan_to_num(total[frame])),
                normal=None if normal is None or np.isnan(normal[frame]) else float(normal[frame]),
                largest=times.largest,
                closed=id in closed.ways,
                refused=id in refused,
            )
        )
    return tuple(sorted(ways, key=lambda way: -max(way.core, way.edge)))


def _discs(times: Timeline, at: dict[str, Numbers], layout: Layout) -> tuple[Disc, ...]:
    run, frame = times.runs[0], times.moment.frame
    first, last = times.window
    strained = {id for id, spans in run.strained.items() if any(a < last and b > first for a, b in spans)}
    stocks = list(stocks_of(times.record.network, times.side).values())
    fills = {id: float(np.nan_to_num(fill[frame])) for id, fill in run.fills.items()}
    return tuple(discs(times.record.network, stocks, at, layout, fills, frozenset(strained)))


def _along(way: Way) -> Numbers:
    step = WIDE_STEP if line_width(way.flow, way.largest) >= WIDE else LINE_STEP
    return np.concatenate([sampled(course.points, step) for course in way.courses])


def _limit(network: Network, way: Link | Line) -> str:
    """Return what limits a way, in words; nothing if there is no limit."""
    if isinstance(way, Link):
        divisor, unit = RATE_UNITS[network.cargoes[way.cargo].unit]
        return "" if way.capacity is None else f"capacity {number(way.capacity / divisor)} {unit}/day"
    return "" if way.paths is None else f"{way.paths:g} trains a day each way"
