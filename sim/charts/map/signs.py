"""Signs of a map: places with their names, discs of tank farms and yards, names of countries and seas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from math import sqrt
from typing import Literal

import numpy as np

from sim.charts import text_metrics
from sim.charts.map.land import Backdrop, seas
from sim.charts.map.placing import Layout, Position
from sim.charts.map.playback import stocks_of
from sim.charts.map.projection import EARTH_RADIUS, WIDTH, Plane, unit_vectors
from sim.charts.map.timeline import Timeline
from sim.measures.series import Numbers
from sim.network.elements import Place

NAME_SIZE, AREA_SIZE = 8.0, 7.5
LINE_HEIGHT = NAME_SIZE * 1.25
MIN_RADIUS, MAX_RADIUS = 3.2, 9.0
DISC_GAP = 2.0
SIGN_RADIUS = 4.5
AROUND = np.array([(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)])
OUTSIDE_COST = 30.0
GRID = 8.0  # points between the positions tried for the name of a country or a sea
MIN_INSIDE = {"country": 0.7, "sea": 0.9}  # of a name that lies in what it names
Area = Literal["country", "sea"]
Shape = Literal["triangle", "square", "diamond", "dot"]
SHAPES: dict[str, Shape] = {
    "field": "triangle",
    "port": "square",
    "terminal": "square",
    "market": "diamond",
    "region": "diamond",
}
IMPORTANCE = ("market", "region", "terminal", "port", "field", "border", "tank farm", "station")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A place on the map; its name stands at `position`, a note of what is closed there below the name."""

    id: str
    name: str
    kind: str
    shape: Shape
    x: float
    y: float
    position: Position | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A tank farm or yard: its radius by what it can hold, and how full it is on the map's day (%)."""

    id: str
    name: str
    capacity: str
    x: float
    y: float
    radius: float
    fill: float
    strained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaName:
    """Name of a country or a sea, about a point."""

    name: str
    kind: Area
    x: float
    y: float


def signs_of(
    places: Sequence[Place], at: Mapping[str, Numbers], notes: Mapping[str, str], layout: Layout
) -> tuple[Sign, ...]:
    """Return the signs of places, their names placed where there is room: closed ones first, then by kind."""
    ordered = sorted(places, key=lambda place: (place.id not in notes, IMPORTANCE.index(place.kind)))
    return tuple(_sign(place, at[place.id], notes.get(place.id, ""), layout) for place in ordered)


def _sign(place: Place, at: Numbers, note: str, layout: Layout) -> Sign:
    lines = [place.name, note] if note else [place.name]
    width = max(text_metrics.width(line, NAME_SIZE, bold=True) for line in lines) + 2.0
    x, y = at.tolist()
    return Sign(
        id=place.id,
        name=place.name,
        kind=place.kind,
        shape=SHAPES.get(place.kind, "dot"),
        x=x,
        y=y,
        position=layout.place_near(at, (width, len(lines) * LINE_HEIGHT)),
        note=note,
    )


def discs_of(times: Timeline, at: Mapping[str, Numbers], layout: Layout) -> tuple[Disc, ...]:
    """Return the stocks of each place in a row beside it, by area as large as what they hold, in tonnes."""
    network, run, frame = times.record.network, times.runs[0], times.frame
    stocks = [stock for stock in stocks_of(network, times.side).values() if stock.place in at]
    weights = {stock.id: stock.capacity * network.cargoes[stock.cargo].tonnes for stock in stocks}
    largest = max(weights.values(), default=1.0) or 1.0
    radii = {id: max(MIN_RADIUS, MAX_RADIUS * sqrt(weight / largest)) for id, weight in weights.items()}
    discs = []
    for place in dict.fromkeys(stock.place for stock in stocks):
        row = [stock for stock in stocks if stock.place == place]
        widths = [2 * radii[stock.id] for stock in row]
        half = np.array([(sum(widths) + DISC_GAP * (len(row) - 1)) / 2, max(widths) / 2]) + 1.0
        centres = [at[place] + AROUND * (half + SIGN_RADIUS + far) for far in (0.0, 8.0)]
        x, y = layout.place_anyhow(np.concatenate(centres), half)
        left = x - float(half[0]) + 1.0
        for stock in row:
            disc = Disc(
                id=stock.id,
                name=stock.name,
                capacity=f"{stock.capacity:,.0f} {network.cargoes[stock.cargo].unit}",
                x=left + radii[stock.id],
                y=y,
                radius=radii[stock.id],
                fill=float(np.nan_to_num(run.fill(stock)[frame])),
                strained=any(first <= frame < end for first, end in run.strained(stock)),
            )
            discs.append(disc)
            left += 2 * radii[stock.id] + DISC_GAP
    return tuple(discs)


def area_names(kind: Area, plane: Plane, land: Backdrop, layout: Layout) -> tuple[AreaName, ...]:
    """Return the names of the countries, the largest first, or of the seas that have room for them."""
    x, y = np.meshgrid(np.arange(GRID / 2, WIDTH, GRID), np.arange(GRID / 2, plane.height, GRID))
    grid = np.column_stack((x.ravel(), y.ravel()))
    names: dict[str, AreaName] = {}
    for name, points, middle in _seas(plane, grid) if kind == "sea" else _countries(land, grid):
        area = None if name in names else _area_name(kind, name, points, middle, land, layout)
        names |= {name: area} if area else {}
    return tuple(names.values())


def _countries(land: Backdrop, grid: Numbers) -> Iterator[tuple[str, Numbers, Numbers]]:
    """Return for each country the points of a grid that lie in it, and their middle."""
    inside = {name: grid[land.within(name, grid)] for name in land.countries if name}
    for name, points in sorted(inside.items(), key=lambda item: -len(item[1])):
        if len(points):
            yield name, points, points.mean(axis=0)


def _seas(plane: Plane, grid: Numbers) -> Iterator[tuple[str, Numbers, Numbers]]:
    """Return for each part of a sea the points of a grid near its middle, and that."""
    coordinates = np.array([(sea.longitude, sea.latitude) for sea in seas()])
    middles, reached = plane.points(coordinates), plane.reaches(unit_vectors(coordinates))
    for sea, middle in zip(compress(seas(), reached), middles[reached], strict=True):
        near = np.hypot(*(grid - middle).T) <= sea.reach * plane.scale / EARTH_RADIUS
        yield sea.name, np.vstack((middle, grid[near])), middle


def _area_name(
    kind: Area, name: str, points: Numbers, middle: Numbers, land: Backdrop, layout: Layout
) -> AreaName | None:
    """Return a name at one of some points, most of it inside its area, near the middle and off the ways.

    A country is dropped if ways are everywhere; a sea is larger and its name may cross them.
    """
    size = (text_metrics.width(name, AREA_SIZE) + 2.0, AREA_SIZE * 1.2)
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 5) * size[0], [-size[1] / 3, size[1] / 3])
    box = np.column_stack((x.ravel(), y.ravel()))
    covered = (points[:, None] + box).reshape(-1, 2)
    flags = land.within(name, covered) if kind == "country" else ~land.on_land(covered)
    inside = flags.reshape(len(points), -1).mean(axis=1)
    fits = inside >= MIN_INSIDE[kind]
    prices = np.hypot(*(points - middle).T) / 4.0 + OUTSIDE_COST * (1.0 - inside)
    position = layout.place_at_cheapest(points[fits], size, prices[fits], off_lines=kind == "country")
    return AreaName(name=name, kind=kind, x=position.x, y=position.y) if position else None
