"""What stands still on a map: the courses of ways, the places with their names, the discs of stocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from sim.charts import text_metrics
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.elements import Link, Place, Stock
from sim.network.freight.elements import Line, Yard
from sim.plots.land import BOUNDS, Extent
from sim.plots.map import extent_of
from sim.plots.map_places import IMPORTANCE, seen_places
from sim.plots.map_ways import Way, path_of
from sim.plots.placing import Placed, place_names
from sim.report.html.map_plane import WIDE, Plane, land, path

SIZE = 10.5  # of names, in units of the drawing
LEAST_DISC, WIDEST_DISC = 4.0, 11.0
APART = 3.0  # units between the discs of one place
SIGN = 5.0  # units that a place's sign reaches
AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
SHAPES = {"field": "triangle", "port": "square", "terminal": "square", "market": "ring", "region": "ring"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A stock or yard on the map: where, how large, and how much it holds."""

    id: str
    name: str
    capacity: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place on the map, where the middle of its name stands, if there was room, and what leads to it."""

    id: str
    name: str
    kind: str
    shape: str
    x: float
    y: float
    text: tuple[float, float] | None
    leader: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """All that stands still on one map."""

    height: float
    land: str
    borders: str
    courses: dict[str, str]
    places: list[Named]
    discs: list[Disc]


def sketch(network: Network, ways: Sequence[Link | Line], stocks: Sequence[Stock | Yard]) -> Sketch:
    """The still parts of a map of some ways and of what cargo waits in along them."""
    drawn = [
        Way(
            id=one.id,
            mode=one.mode,
            ends=(one.origin, one.destination),
            path=path_of(network, one),
            flow=1.0,
            unit="",
        )
        for one in ways
    ]
    plane = Plane(extent=_extent([way.path for way in drawn]))
    seen = seen_places(network, drawn, plane.extent)
    at = {place.id: plane.points(np.array([place.longitude, place.latitude])) for place in seen}
    discs = _discs(network, stocks, at)
    courses = {way.id: plane.points(way.path) for way in drawn}
    outline, borders = land(plane)
    return Sketch(
        height=plane.height,
        land=outline,
        borders=borders,
        courses={id: path(points) for id, points in courses.items()},
        places=_named(seen, at, list(courses.values()), discs, plane.height),
        discs=discs,
    )


def _extent(courses: Sequence[Numbers]) -> Extent:
    """What a map shows: as other maps do, or, of a network beyond the land that is known, all of it."""
    points = np.concatenate(courses)
    known = (points > [BOUNDS[0], BOUNDS[2]]) & (points < [BOUNDS[1], BOUNDS[3]])
    if known.all(axis=1).any():
        return extent_of(courses)
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    high = max((north - south) * 0.1 + 0.8, ((east - west) * 0.3 - (north - south)) / 2)
    wide = (east - west) * 0.1 + 0.8
    return west - wide, east + wide, south - high, north + high


def _discs(network: Network, stocks: Sequence[Stock | Yard], at: dict[str, Numbers]) -> list[Disc]:
    """The stocks of each place in a row beside it, larger for more tonnes of room, clear of each other."""
    here = [one for one in stocks if one.place in at]
    weights = {one.id: one.capacity * network.cargoes[one.cargo].tonnes for one in here}
    most = max(weights.values(), default=1.0) or 1.0
    radii = {id: max(LEAST_DISC, WIDEST_DISC * sqrt(weight / most)) for id, weight in weights.items()}
    rows = {place: [one for one in here if one.place == place] for place in at}
    rows = {place: row for place, row in rows.items() if row}
    taken = [(*point - SIGN, *point + SIGN) for point in at.values()]
    discs = []
    for place in sorted(rows, key=lambda place: -max(radii[one.id] for one in rows[place])):
        row = rows[place]
        half = np.array([sum(radii[one.id] + APART / 2 for one in row), max(radii[one.id] for one in row)])
        centre = _free(at[place], half, taken)
        taken.append((*centre - half, *centre + half))
        left = float(centre[0] - half[0]) + APART / 2
        for one in row:
            discs.append(
                Disc(
                    id=one.id,
                    name=one.name,
                    capacity=f"{one.capacity:,.0f} {network.cargoes[one.cargo].unit}",
                    x=round(left + radii[one.id], 1),
                    y=round(float(centre[1]), 1),
                    radius=round(radii[one.id], 1),
                )
            )
            left += 2 * radii[one.id] + APART
    return discs


def _free(point: Numbers, half: Numbers, taken: Sequence[tuple[float, ...]]) -> Numbers:
    """The centre of a row of discs beside its place where it covers least of what is there."""
    centres = [point + np.array(turn) * (half + SIGN + far) for far in (0.0, 8.0) for turn in AROUND]
    return min(centres, key=lambda centre: _covered(centre, half, taken))


def _covered(centre: Numbers, half: Numbers, taken: Sequence[tuple[float, ...]]) -> float:
    boxes = np.array(taken)
    low, high = np.maximum(boxes[:, :2], centre - half), np.minimum(boxes[:, 2:], centre + half)
    return float(np.prod(np.maximum(high - low, 0.0), axis=1).sum())


def _named(
    seen: Sequence[Place], at: dict[str, Numbers], courses: Sequence[Numbers], discs: Sequence[Disc],
    height: float,
) -> list[Named]:  # fmt: skip
    """The places with their names placed so that these cover no other name and few lines."""
    ordered = sorted(seen, key=lambda place: IMPORTANCE.index(place.kind))
    up = np.array([1.0, -1.0])  # names are placed on a plane that goes upwards
    anchors = np.array([at[place.id] * up for place in ordered]).reshape(-1, 2)
    sizes = np.array([(text_metrics.width(place.name, SIZE, bold=True), SIZE * 1.2) for place in ordered])
    spared = np.concatenate([_along(line * up) for line in courses] + [_round(disc) * up for disc in discs])
    texts = place_names(anchors, sizes.reshape(-1, 2), (0.0, WIDE, -height, 0.0), spared)
    return [
        Named(
            id=place.id,
            name=place.name,
            kind=place.kind,
            shape=SHAPES.get(place.kind, "dot"),
            x=round(float(at[place.id][0]), 1),
            y=round(float(at[place.id][1]), 1),
            text=(round(text.x, 1), round(-text.y, 1)) if text else None,
            leader=_edge(at[place.id], text, size) if text and text.leader else None,
        )
        for place, text, size in zip(ordered, texts, sizes, strict=True)
    ]


def _edge(point: Numbers, text: Placed, size: Numbers) -> tuple[float, float]:
    """Where a line from a place to the middle of its name meets the name."""
    far = np.array([text.x, -text.y]) - point
    inside = np.abs(far) / (size / 2)
    x, y = (point + far * max(0.0, 1.0 - 1.0 / float(inside.max()))).tolist()
    return round(x, 1), round(y, 1)


def _along(line: Numbers) -> Numbers:
    legs = [
        a + (b - a) * np.linspace(0.0, 1.0, max(2, int(np.hypot(*(b - a)) / 2.5)))[:, None]
        for a, b in pairwise(line)
    ]
    return np.concatenate(legs)


def _round(disc: Disc) -> Numbers:
    """Points over a disc, so that names keep off it."""
    offsets = np.linspace(-1.0, 1.0, 5) * disc.radius
    x, y = np.meshgrid(disc.x + offsets, disc.y + offsets)
    return np.column_stack((x.ravel(), y.ravel()))
