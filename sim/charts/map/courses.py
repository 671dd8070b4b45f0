"""Ways of a map: where each runs, as what (pipeline, rail, road, sea), and as wide as its flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from sim.charts.map.land import Flags
from sim.charts.map.moment import differs
from sim.charts.map.projection import Plane, great_circle
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.elements import Link
from sim.network.freight.elements import Line

Mode = Literal["pipeline", "rail", "road", "sea"]
Change = Literal["", "less", "more"]
MODES: dict[Mode, str] = {"pipeline": "#3B3B3B", "rail": "#E69F00", "road": "#009E73", "sea": "#0072B2"}
"""Colours; roads and sea legs are dashed as well, so that they differ in grey too."""
DASHES: dict[Mode, tuple[float, float]] = {"road": (0.8, 0.5), "sea": (1.8, 0.6)}
"""Dash and gap in line widths, of a line at least `MIN_DASHED` wide."""
MIN_DASHED = 2.5
MAX_WIDTH, MIN_WIDTH = 11.0, 0.9
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

    `closed` and `refused` say whether a closure or a boycott concerns it on that day. `widths` are in points.
    """

    id: str
    name: str
    note: str
    courses: tuple[Course, ...]
    flow: float
    normal: float | None
    largest: float
    """Flow that is drawn `MAX_WIDTH` wide."""
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


def line_width(flow: float, largest: float) -> float:
    """Return points of line for a flow, in proportion down to the thinnest line that can be seen."""
    return max(MIN_WIDTH, MAX_WIDTH * flow / largest) if flow > 0.0 and largest > 0.0 else 0.0


def dashes(mode: Mode, width: float) -> tuple[float, float] | None:
    """Return dash and gap, in points, of a line of some width; None for a solid one."""
    if mode not in DASHES:
        return None
    dash, gap = DASHES[mode]
    return dash * max(width, MIN_DASHED), gap * max(width, MIN_DASHED)


def mode_of(way: Link | Line) -> Mode:
    """Return how a way is drawn; a border crossing as a railway."""
    return next((mode for mode in MODES if mode == way.mode), "rail")


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
    network: Network, ways: Mapping[str, Link | Line], plane: Plane, on_land: Callable[[Numbers], Flags]
) -> dict[str, tuple[Course, ...]]:
    """Return the courses of ways on a sheet: a railway or road that crosses a sea is a sea leg there."""
    points = {id: plane.points(course_coordinates(network, way)) for id, way in ways.items()}
    by_land = [id for id, way in ways.items() if mode_of(way) in ("rail", "road")]
    dense = {id: sampled(points[id], STEP) for id in by_land}
    land = on_land(np.concatenate(list(dense.values()))) if dense else np.zeros(0, dtype=bool)
    parts = np.split(land, np.cumsum([len(dense[id]) for id in by_land])[:-1]) if dense else []
    courses: dict[str, tuple[Course, ...]] = {}
    courses |= {id: (Course(mode=mode_of(way), points=points[id]),) for id, way in ways.items()}
    for id, flags in zip(by_land, parts, strict=True):
        crossings = _crossings(dense[id], flags, plane)
        if crossings:
            courses[id] = _split(dense[id], crossings, mode_of(ways[id]))
    return courses


def sampled(line: Numbers, step: float) -> Numbers:
    """Return points along a line, at most `step` apart, its corners among them."""
    pieces = [line[:1]]
    for start, end in pairwise(line):
        count = max(1, int(np.hypot(*(end - start)) / step) + 1)
        pieces.append(start + (end - start) * (np.arange(1, count + 1)[:, None] / count))
    return np.concatenate(pieces)


def _crossings(line: Numbers, land: Flags, plane: Plane) -> list[tuple[int, int]]:
    """Return the first and last sample of each stretch of water that is long enough for a ferry."""
    turns = np.flatnonzero(np.diff(np.concatenate(([1], land.astype(np.int8), [1]))))
    crossings = []
    for first, end in turns.reshape(-1, 2).tolist():
        first, last = max(first - 1, 0), min(end, len(line) - 1)
        length = float(np.hypot(*np.diff(line[first : last + 1], axis=0).T).sum())
        if plane.kilometres(length) >= MIN_CROSSING:
            crossings.append((first, last))
    return crossings


def _split(line: Numbers, crossings: list[tuple[int, int]], mode: Mode) -> tuple[Course, ...]:
    courses, at = [], 0
    for first, last in crossings:
        courses += [(mode, at, first), ("sea", first, last)]
        at = last
    courses.append((mode, at, len(line) - 1))
    return tuple(
        Course(mode=mode, points=line[first : last + 1]) for mode, first, last in courses if last > first
    )
