"""Signs of a map: places with their names, discs of tank farms and yards, names of countries and seas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from sim.charts import text_metrics
from sim.charts.map.land import Backdrop, Flags, seas
from sim.charts.map.placing import Layout, Position
from sim.charts.map.projection import EARTH_RADIUS, WIDTH, Plane
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.elements import Place, Stock
from sim.network.freight.elements import Yard

NAME_SIZE, AREA_SIZE = 8.0, 7.5
LINE_HEIGHT = NAME_SIZE * 1.25
MIN_RADIUS, MAX_RADIUS = 3.2, 9.0
DISC_GAP = 2.0
SIGN_RADIUS = 4.5
AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
GRID = 12.0  # points between the positions tried for the name of a country
SEA_STEPS = 11  # positions tried for the name of a sea, from side to side
MIN_INSIDE, MIN_AT_SEA = 0.7, 0.9  # of the name of a country or a sea that lies in it
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
    kind: Literal["country", "sea"]
    x: float
    y: float


def sign_of(place: Place, at: Numbers, layout: Layout, note: str) -> Sign:
    """Return the sign of a place, its name placed where there is room."""
    width = text_metrics.width(place.name, NAME_SIZE, bold=True) + 2.0
    height = LINE_HEIGHT
    if note:
        width, height = max(width, text_metrics.width(note, NAME_SIZE, bold=True) + 2.0), 2 * LINE_HEIGHT
    x, y = at.tolist()
    return Sign(
        id=place.id,
        name=place.name,
        kind=place.kind,
        shape=SHAPES.get(place.kind, "dot"),
        x=x,
        y=y,
        position=layout.place_near(at, (width, height)),
        note=note,
    )


def by_importance(places: Sequence[Place], notes: Mapping[str, str]) -> list[Place]:
    """Return places in the order in which their names are placed: closed ones first, then by kind."""
    return sorted(places, key=lambda place: (place.id not in notes, IMPORTANCE.index(place.kind)))


def discs(
    network: Network,
    stocks: Sequence[Stock | Yard],
    at: Mapping[str, Numbers],
    layout: Layout,
    fills: Mapping[str, float],
    strained: frozenset[str],
) -> list[Disc]:
    """Return the stocks of each place in a row beside it, by area as large as what they hold, in tonnes."""
    weights = {
        stock.id: stock.capacity * network.cargoes[stock.cargo].tonnes
        for stock in stocks
        if stock.place in at
    }
    largest = max(weights.values(), default=1.0) or 1.0
    radii = {id: max(MIN_RADIUS, MAX_RADIUS * sqrt(weight / largest)) for id, weight in weights.items()}
    placed = []
    for place in dict.fromkeys(stock.place for stock in stocks if stock.id in radii):
        row = [stock for stock in stocks if stock.place == place]
        widths = [2 * radii[stock.id] for stock in row]
        half = np.array([(sum(widths) + DISC_GAP * (len(row) - 1)) / 2, max(widths) / 2])
        centre = _free(at[place], half, layout)
        layout.reserve(float(centre[0]), float(centre[1]), *(half + 1.0).tolist())
        left = float(centre[0] - half[0])
        for stock in row:
            placed.append(
                Disc(
                    id=stock.id,
                    name=stock.name,
                    capacity=f"{stock.capacity:,.0f} {network.cargoes[stock.cargo].unit}",
                    x=left + radii[stock.id],
                    y=float(centre[1]),
                    radius=radii[stock.id],
                    fill=fills.get(stock.id, 0.0),
                    strained=stock.id in strained,
                )
            )
            left += 2 * radii[stock.id] + DISC_GAP
    return placed


def _free(point: Numbers, half: Numbers, layout: Layout) -> Numbers:
    """Return the centre beside a place at which a row of discs covers least of what is there."""
    centres = [point + np.array(turn) * (half + SIGN_RADIUS + far) for far in (0.0, 8.0) for turn in AROUND]
    return min(centres, key=lambda centre: _covered(centre, half, layout))


def _covered(centre: Numbers, half: Numbers, layout: Layout) -> float:
    boxes = np.array(layout.boxes)
    low = np.maximum(boxes[:, (0, 2)], centre - half)
    high = np.minimum(boxes[:, (1, 3)], centre + half)
    outside = np.maximum(half - centre, 0.0) + np.maximum(centre + half - [WIDTH, layout.height], 0.0)
    return float(np.prod(np.maximum(high - low, 0.0), axis=1).sum() + 1e3 * outside.sum())


def country_names(plane: Plane, land: Backdrop, layout: Layout) -> list[AreaName]:
    """Return the names of the countries that have room for them, the largest first."""
    x, y = np.meshgrid(np.arange(GRID / 2, WIDTH, GRID), np.arange(GRID / 2, plane.height, GRID))
    grid = np.column_stack((x.ravel(), y.ravel()))
    inside = {name: grid[land.within(name, grid)] for name in land.countries if name}
    by_size = sorted(inside, key=lambda name: -len(inside[name]))
    names = [_country(name, inside[name], land, layout) for name in by_size if len(inside[name])]
    return [name for name in names if name is not None]


def _country(name: str, points: Numbers, land: Backdrop, layout: Layout) -> AreaName | None:
    size = _size(name)
    own = _share(points, size, lambda box: land.within(name, box))
    fits = own >= MIN_INSIDE
    prices = np.hypot(*(points - points.mean(axis=0)).T) / 4.0 + 100.0 * (1.0 - own)
    position = layout.place_at_cheapest(points[fits], size, prices[fits])
    return AreaName(name=name, kind="country", x=position.x, y=position.y) if position else None


def sea_names(plane: Plane, land: Backdrop, layout: Layout) -> list[AreaName]:
    """Return the names of the seas that have room for them."""
    named: dict[str, AreaName] = {}
    for sea in seas():
        ((x, y),) = plane.points(np.array([(sea.longitude, sea.latitude)])).tolist()
        reach = sea.reach * plane.scale / EARTH_RADIUS
        near = plane.angle(sea.longitude, sea.latitude) < plane.reach
        if (
            sea.name in named
            or not near
            or not (-reach < x < WIDTH + reach and -reach < y < plane.height + reach)
        ):
            continue
        steps = np.linspace(-reach, reach, SEA_STEPS)
        offsets = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
        offsets = offsets[np.hypot(*offsets.T) <= reach]
        points = np.add(offsets, [x, y])
        at_sea = _share(points, _size(sea.name), lambda box: ~land.on_land(box))
        fits = at_sea >= MIN_AT_SEA
        prices = np.hypot(*offsets.T) / 4.0
        position = layout.place_at_cheapest(points[fits], _size(sea.name), prices[fits])
        if position is not None:
            named[sea.name] = AreaName(name=sea.name, kind="sea", x=position.x, y=position.y)
    return list(named.values())


def _size(name: str) -> tuple[float, float]:
    return text_metrics.width(name, AREA_SIZE) + 2.0, AREA_SIZE * 1.2


def _share(points: Numbers, size: tuple[float, float], test: Callable[[Numbers], Flags]) -> Numbers:
    """Return for each point what share of a name about it passes a test."""
    across = np.linspace(-0.5, 0.5, 5)[:, None] * [size[0], 0.0]
    box = np.concatenate((np.subtract(across, [0.0, size[1] / 3]), np.add(across, [0.0, size[1] / 3])))
    flags = test((points[:, None, :] + box).reshape(-1, 2)).reshape(len(points), len(box))
    share: Numbers = flags.mean(axis=1)
    return share
