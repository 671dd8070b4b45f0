"""Land, countries and seas behind a map (`land.md` states their sources)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from sim.charts.map.projection import WIDTH, Plane
from sim.measures.series import Numbers

MAX_STEP = 2.0  # degrees between the points of an outline
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sea:
    """A sea: a point well inside it, and the distance (km) within which its name may move."""

    name: str
    longitude: float
    latitude: float
    reach: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backdrop:
    """What lies behind a map, in points on its sheet: rings by country, and lines."""

    countries: dict[str, list[Numbers]]
    coasts: list[Numbers]
    borders: list[Numbers]

    def within(self, country: str, points: Numbers) -> Flags:
        """Return which points lie in a country."""
        inside = np.zeros(len(points), dtype=bool)
        low, high = points.min(axis=0, initial=np.inf), points.max(axis=0, initial=-np.inf)
        for ring in self.countries.get(country, []):
            if np.all(ring.min(axis=0) <= high) and np.all(ring.max(axis=0) >= low):
                inside ^= Path(ring).contains_points(points)
        return inside

    def on_land(self, points: Numbers) -> Flags:
        """Return which points lie on land."""
        inside = np.zeros(len(points), dtype=bool)
        for country in self.countries:
            inside |= self.within(country, points)
        return inside


def backdrop(plane: Plane) -> Backdrop:
    """Return the land, coasts and borders that a sheet shows."""
    outlines = _outlines()
    placed = np.split(plane.points(outlines.points), outlines.breaks)
    countries = {
        name: [
            points
            for polygon in polygons
            for ring in polygon
            if _meets(points := np.concatenate([_run(placed, n) for n in ring]), plane)
        ]
        for name, polygons in outlines.countries.items()
    }
    return Backdrop(
        countries={name: rings for name, rings in countries.items() if rings},
        coasts=[placed[n] for n in outlines.coasts if _meets(placed[n], plane)],
        borders=[placed[n] for n in outlines.borders if _meets(placed[n], plane)],
    )


@cache
def seas() -> tuple[Sea, ...]:
    """Return the seas of the Earth, some of them in several parts of one name."""
    text = files("sim.charts.map").joinpath("seas.csv").read_text(encoding="utf-8")
    return tuple(
        Sea(
            name=row["name"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            reach=float(row["reach"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Outlines:
    """Arcs, one after another in `points`, and what they make up by their numbers."""

    points: Numbers
    breaks: list[int]
    countries: dict[str, list[list[list[int]]]]
    coasts: list[int]
    borders: list[int]


@cache
def _outlines() -> _Outlines:
    data = json.loads(files("sim.charts.map").joinpath("land.json").read_text(encoding="utf-8"))
    arcs = [_dense(np.asarray(arc, dtype=float).reshape(-1, 2)) for arc in data.pop("arcs")]
    breaks = np.cumsum([len(arc) for arc in arcs])[:-1].tolist()
    return _Outlines(points=np.concatenate(arcs), breaks=breaks, **data)


def _dense(line: Numbers) -> Numbers:
    """Return a line with more points where two are far apart: a parallel is an arc on the sheet."""
    steps = np.abs(np.diff(line, axis=0)).max(axis=1, initial=0.0)
    if not np.any((steps > MAX_STEP) & (steps < 180.0)):
        return line
    pieces = [line[:1]]
    for (start, end), step in zip(pairwise(line), steps.tolist(), strict=True):
        count = int(step / MAX_STEP) + 1 if step < 180.0 else 1
        pieces.append(start + (end - start) * (np.arange(1, count + 1)[:, None] / count))
    return np.concatenate(pieces)


def _run(placed: list[Numbers], number: int) -> Numbers:
    return placed[number] if number >= 0 else placed[~number][::-1]


def _meets(line: Numbers, plane: Plane) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    inside = np.all(low <= [WIDTH, plane.height]) and np.all(high >= 0.0)
    beyond = np.hypot(*(line - np.asarray(plane.origin)).T).min() > plane.scale * _rim(plane)
    return bool(inside and not beyond)


def _rim(plane: Plane) -> float:
    return 2.0 * float(np.sin(plane.reach / 2.0)) - 1e-6
