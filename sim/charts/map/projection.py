"""Projection of a map: Lambert azimuthal equal-area about the middle of what it shows.

It has no seam and no pole, so a network may lie anywhere on Earth. Formulas: J. P. Snyder, "Map Projections:
A Working Manual", USGS Professional Paper 1395 (1987), pp. 185–187, for a sphere of radius 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin

import numpy as np

from sim.measures.series import Numbers

WIDTH = 688.0
"""Width of every map, in points."""
MARGIN = 26.0
MIN_SPAN = 0.05  # of the sphere's radius: about 320 km from side to side
MIN_RATIO, MAX_RATIO = 1.3, 2.3  # width to height
MAX_ARC = radians(2.0)
EARTH_RADIUS = 6371.0  # km
Centre = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The sheet of a map, in points: x from the left, y from the top, `WIDTH` by `height`.

    `centre` (longitude, latitude) touches the sphere at `origin`; `scale` is in points per radius.
    """

    centre: Centre
    origin: tuple[float, float]
    scale: float
    height: float

    @property
    def reach(self) -> float:
        """Angle from the centre to just beyond the farthest corner; nothing farther needs its true place."""
        x, y = self.origin
        corner = hypot(max(x, WIDTH - x), max(y, self.height - y)) / self.scale
        return float(min(2.0 * asin(min(1.0, corner / 2.0)) * 1.2 + 0.05, 0.97 * pi))

    def points(self, coordinates: Numbers) -> Numbers:
        """Return longitudes and latitudes (n, 2) as points on the sheet, those beyond its reach moved in."""
        return np.asarray(self.origin) + _projected(coordinates, self.centre, self.reach) * [
            self.scale,
            -self.scale,
        ]

    def angle(self, longitude: float, latitude: float) -> float:
        """Return the angle at the middle of the Earth between a point and the centre."""
        here, there = _vectors(np.array([self.centre, (longitude, latitude)]))
        return float(np.arccos(np.clip(here @ there, -1.0, 1.0)))

    def kilometres(self, points: float) -> float:
        """Return a distance on the sheet in kilometres on the ground, at the centre."""
        return points / self.scale * EARTH_RADIUS


def plane_of(coordinates: Numbers) -> Plane:
    """Return a sheet that shows all of some longitudes and latitudes (n, 2), north on top in its middle."""
    centre = _mean(coordinates)
    for _ in range(2):
        low, high = _bounds(coordinates, centre)
        centre = _unprojected((low + high) / 2.0, centre)
    low, high = _bounds(coordinates, centre)
    across, up = np.maximum(high - low, [MIN_SPAN, MIN_SPAN / MAX_RATIO]).tolist()
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / across, (WIDTH / MIN_RATIO - 2 * MARGIN) / up)
    height = min(max(up * scale + 2 * MARGIN, WIDTH / MAX_RATIO), WIDTH / MIN_RATIO)
    middle = (low + high) / 2.0
    origin = (WIDTH / 2 - float(middle[0]) * scale, height / 2 + float(middle[1]) * scale)
    return Plane(centre=centre, origin=origin, scale=scale, height=round(height, 1))


def great_circle(coordinates: Numbers) -> Numbers:
    """Return a course through some longitudes and latitudes with points at least every two degrees."""
    pieces = [coordinates[:1]]
    for start, end in pairwise(_vectors(coordinates)):
        angle = atan2(float(np.linalg.norm(np.cross(start, end))), float(start @ end))
        count = max(1, int(angle / MAX_ARC))
        share = np.arange(1, count + 1)[:, None] / count
        if sin(angle) > 1e-6:
            start, end = (
                np.sin((1.0 - share) * angle) * start / sin(angle),
                np.sin(share * angle) * end / sin(angle),
            )
        else:
            start, end = (1.0 - share) * start, share * end
        pieces.append(_coordinates(start + end))
    return np.concatenate(pieces)


def _bounds(coordinates: Numbers, centre: Centre) -> tuple[Numbers, Numbers]:
    points = _projected(coordinates, centre, 0.97 * pi)
    return points.min(axis=0), points.max(axis=0)


def _mean(coordinates: Numbers) -> Centre:
    mean = _vectors(coordinates).mean(axis=0)
    if np.linalg.norm(mean) < 1e-6:
        mean = _vectors(coordinates)[0]
    longitude, latitude = _coordinates(mean[None])[0].tolist()
    return longitude, latitude


def _vectors(coordinates: Numbers) -> Numbers:
    longitude, latitude = np.radians(coordinates).T
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


def _coordinates(vectors: Numbers) -> Numbers:
    x, y, z = vectors.T
    coordinates: Numbers = np.degrees(np.column_stack((np.arctan2(y, x), np.arctan2(z, np.hypot(x, y)))))
    return coordinates


def _projected(coordinates: Numbers, centre: Centre, reach: float) -> Numbers:
    longitude, latitude = np.radians(coordinates[:, 0] - centre[0]), np.radians(coordinates[:, 1])
    middle = radians(centre[1])
    east = np.cos(latitude) * np.sin(longitude)
    north = cos(middle) * np.sin(latitude) - sin(middle) * np.cos(latitude) * np.cos(longitude)
    towards = sin(middle) * np.sin(latitude) + cos(middle) * np.cos(latitude) * np.cos(longitude)
    radius = 2.0 * np.sin(np.minimum(np.arccos(np.clip(towards, -1.0, 1.0)), reach) / 2.0)
    length = np.hypot(east, north)
    share = radius / np.where(length > 1e-12, length, 1.0)
    return np.column_stack((east * share, north * share))


def _unprojected(point: Numbers, centre: Centre) -> Centre:
    x, y = point.tolist()
    radius = hypot(x, y)
    if radius < 1e-12:
        return centre
    angle, middle = 2.0 * asin(min(1.0, radius / 2.0)), radians(centre[1])
    latitude = asin(max(-1.0, min(1.0, cos(angle) * sin(middle) + y * sin(angle) * cos(middle) / radius)))
    longitude = atan2(x * sin(angle), radius * cos(middle) * cos(angle) - y * sin(middle) * sin(angle))
    return (centre[0] + degrees(longitude) + 180.0) % 360.0 - 180.0, degrees(latitude)
