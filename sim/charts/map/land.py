"""Land, countries and seas behind a map (`land.md` states their sources)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sim.charts.map.projection import WIDTH, Plane, unit_vectors
from sim.measures.series import Flags, Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sea:
    """A sea: a point well inside it, and the distance (km) within which its name may move."""

    name: str
    longitude: float
    latitude: float
    reach: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backdrop:
    """Land behind a map, as lines in points on its sheet, and the country in each point.

    `ground` (rows, columns) has a value for each point of the sheet: 0 at sea, else 1 + the number of the
    country in `countries`. A country without a name is land all the same.
    """

    rings: list[Numbers]
    coasts: list[Numbers]
    borders: list[Numbers]
    countries: tuple[str, ...]
    ground: NDArray[np.int32]

    def within(self, country: str, points: Numbers) -> Flags:
        """Return which points lie in a country."""
        flags: Flags = self._at(points) == 1 + self.countries.index(country)
        return flags

    def on_land(self, points: Numbers) -> Flags:
        """Return which points lie on land."""
        return self._at(points) > 0

    def _at(self, points: Numbers) -> NDArray[np.int32]:
        rows, columns = self.ground.shape
        x, y = points.astype(int).T
        numbers: NDArray[np.int32] = self.ground[np.clip(y, 0, rows - 1), np.clip(x, 0, columns - 1)]
        return numbers


def backdrop(plane: Plane) -> Backdrop:
    """Return the land, coasts and borders that a sheet shows."""
    outlines = _outlines()
    rings = _on_sheet(outlines.rings, plane)
    return Backdrop(
        rings=list(rings.values()),
        coasts=list(_on_sheet(outlines.coasts, plane).values()),
        borders=list(_on_sheet(outlines.borders, plane).values()),
        countries=outlines.countries,
        ground=_ground({number: (outlines.owners[number], ring) for number, ring in rings.items()}, plane),
    )


@cache
def seas() -> tuple[Sea, ...]:
    """Return the seas of the Earth, large ones in several parts of one name."""
    text = files("sim.charts.map").joinpath("seas.csv").read_text(encoding="utf-8")
    return tuple(
        Sea(name=name, latitude=float(latitude), longitude=float(longitude), reach=float(reach))
        for name, latitude, longitude, reach in list(csv.reader(text.splitlines()))[1:]
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Outlines:
    """Lines on the globe, as unit vectors; `owners` has the number of each ring's country, 0 for a hole."""

    countries: tuple[str, ...]
    rings: list[Numbers]
    owners: list[int]
    coasts: list[Numbers]
    borders: list[Numbers]


@cache
def _outlines() -> _Outlines:
    data = json.loads(files("sim.charts.map").joinpath("land.json").read_text(encoding="utf-8"))
    coordinates = np.cumsum(np.reshape(data["steps"], (-1, 2)), axis=0) / 100.0
    arcs = np.split(unit_vectors(coordinates), np.cumsum(data["lengths"])[:-1])
    rings = [
        (0 if is_hole else owner, np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))
        for owner, polygons in enumerate(data["countries"].values(), 1)
        for polygon in polygons
        for is_hole, ring in enumerate(polygon)
    ]
    return _Outlines(
        countries=tuple(data["countries"]),
        rings=[ring for _, ring in rings],
        owners=[owner for owner, _ in rings],
        coasts=[arcs[n] for n in data["coasts"]],
        borders=[arcs[n] for n in data["borders"]],
    )


def _on_sheet(lines: list[Numbers], plane: Plane) -> dict[int, Numbers]:
    """Return by number the lines whose boxes meet the sheet, in points; none that is all beyond its reach."""
    vectors = np.concatenate(lines)
    starts = np.cumsum([0, *(len(line) for line in lines)])[:-1]
    points = plane.place(vectors)
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    near = np.logical_or.reduceat(plane.reaches(vectors), starts)
    meets = near & np.all((low <= [WIDTH, plane.height]) & (high >= 0.0), axis=1)
    return {n: points[starts[n] : starts[n] + len(lines[n])] for n in np.flatnonzero(meets).tolist()}


def _ground(rings: dict[int, tuple[int, Numbers]], plane: Plane) -> NDArray[np.int32]:
    """Return the country in each point of a sheet: large rings first, then holes and enclaves."""
    image = Image.new("I", (ceil(WIDTH), ceil(plane.height)))
    draw = ImageDraw.Draw(image)
    for owner, ring in sorted(rings.values(), key=lambda item: (-np.ptp(item[1], axis=0).prod(), item[0])):
        draw.polygon(ring.ravel().tolist(), fill=owner)
    return np.asarray(image, dtype=np.int32)
