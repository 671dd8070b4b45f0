"""Ways of a map: where each runs, as what (pipeline, rail, road, sea), and as wide as its flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from sim.charts.map.palette import MODES, Mode
from sim.charts.map.playback import stretches
from sim.charts.map.projection import Plane, great_circle
from sim.measures.series import Flags, Numbers
from sim.network import Network
from sim.network.elements import Link
from sim.network.freight.elements import Line

Change = Literal["", "less", "more"]
MAX_WIDTH, MIN_WIDTH = 11.0, 0.9
MIN_CHANGE = 0.05  # of the larger of two flows: less counts as equal
MIN_VISIBLE = 0.01  # of the largest flow: a smaller change is not drawn
STEP = 3.0  # points between the samples of a course
MIN_CROSSING = 120.0  # km over water from which a rail or road link is a ferry there


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """Part of a way in one mode: points (n, 2) on the sheet."""

    mode: Mode
    points: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Way:
    """A link or line on a map, with its flow on the map's day and its normal flow there, if known.

    `closed` and `refused` say whether a closure or a boycott concerns it on that day. `largest` is the flow
    that is drawn `MAX_WIDTH` wide; widths are in points.
    """

    id: str
    name: str
    note: str
    courses: tuple[Course, ...]
    flow: float
    normal: float | None
    largest: float
    closed: bool
    refused: bool

    @property
    def change(self) -> Change:
        """Return whether less or more than normal flows."""
        if self.normal is None or not differs(self.flow, self.normal):
            return ""
        if abs(self.flow - self.normal) < MIN_VISIBLE * self.largest:
            return ""
        return "less" if self.flow < self.normal else "more"

    @property
    def core(self) -> float:
        """Width of the line itself: of the flow, or of its normal part where there is more."""
        flow = self.normal if self.change == "more" and self.normal is not None else self.flow
        return line_width(flow, self.largest)

    @property
    def edge(self) -> float:
        """Width of the outline behind the line: of the normal flow, or of what is more; 0 for no change."""
        return line_width(max(self.flow, self.normal or 0.0), self.largest) if self.change else 0.0


def differs(flow: float, normal: float) -> bool:
    """Return whether a flow is clearly more or less than normal."""
    return abs(flow - normal) > MIN_CHANGE * max(flow, normal)


def line_width(flow: float, largest: float) -> float:
    """Return points of line for a flow, in proportion down to the thinnest line that can be seen."""
    return max(MIN_WIDTH, MAX_WIDTH * flow / largest) if flow > 0.0 and largest > 0.0 else 0.0


def course_coordinates(network: Network, way: Link | Line) -> Numbers:
    """Return the longitudes and latitudes of a link or line, by its waypoints, along great circles."""
    origin, destination = network.places[way.origin], network.places[way.destination]
    points = [
        (origin.longitude, origin.latitude),
        *((longitude, latitude) for latitude, longitude in way.via),
        (destination.longitude, destination.latitude),
    ]
    return great_circle(np.asarray(points, dtype=float))


def courses_of(
    ways: Mapping[str, Link | Line],
    coordinates: Mapping[str, Numbers],
    plane: Plane,
    on_land: Callable[[Numbers], Flags],
) -> dict[str, tuple[Course, ...]]:
    """Return the courses of ways on a sheet: a railway or road that crosses a sea is a sea leg there."""
    courses = {}
    for id, way in ways.items():
        mode: Mode = next(
            (mode for mode in MODES if mode == way.mode), "rail"
        )  # a border crossing is a railway
        points = plane.points(coordinates[id])
        is_by_land = mode in ("rail", "road")
        courses[id] = _split(sampled(points, STEP), mode, plane, on_land) if is_by_land else ()
        courses[id] = courses[id] or (Course(mode=mode, points=points),)
    return courses


def sampled(line: Numbers, step: float) -> Numbers:
    """Return points along a line, at most `step` apart, its corners among them."""
    pieces = [line[:1]]
    for start, end in pairwise(line):
        count = int(np.hypot(*(end - start)) / step) + 1
        pieces.append(start + (end - start) * (np.arange(1, count + 1)[:, None] / count))
    return np.concatenate(pieces)


def _split(
    line: Numbers, mode: Mode, plane: Plane, on_land: Callable[[Numbers], Flags]
) -> tuple[Course, ...]:
    """Return the parts of a way by land and sea; nothing if it crosses no water wide enough for a ferry."""
    at_sea = np.zeros(len(line) - 1, dtype=bool)
    for first, end in stretches(~on_land(line)):
        crossing = slice(max(first - 1, 0), end)
        length = np.hypot(*np.diff(line, axis=0)[crossing].T).sum()
        at_sea[crossing] = plane.kilometres(float(length)) >= MIN_CROSSING
    if not at_sea.any():
        return ()
    cuts = [0, *(np.flatnonzero(np.diff(at_sea)) + 1).tolist(), len(at_sea)]
    return tuple(
        Course(mode="sea" if at_sea[first] else mode, points=line[first : last + 1])
        for first, last in pairwise(cuts)
    )
