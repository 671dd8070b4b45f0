"""Where the names on a map go, so that no name covers another name, a marker or the edge.

Greedy: the most important names first; each takes the cheapest of the positions about its place.
Lines may be covered when there is no better way. All positions and sizes are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from sim.measures.series import Numbers

DISTANCES = (5.0, 12.0, 22.0, 34.0, 48.0)
DIRECTIONS = (
    (1, 0),
    (-1, 0),
    (0, 1),
    (0, -1),
    (1, 0.8),
    (-1, 0.8),
    (1, -0.8),
    (-1, -0.8),
    (0.5, 1),
    (-0.5, 1),
    (0.5, -1),
    (-0.5, -1),
)
BLOCKED = 1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The centre of a name, and whether it is far enough from its place to need a leader."""

    x: float
    y: float
    leader: bool


def place_names(
    anchors: Numbers, sizes: Numbers, room: tuple[float, float, float, float], lines: Numbers
) -> list[Placed | None]:
    """A position for each name, in order of importance; None where no free one is left.

    `anchors` and `sizes` are (n, 2); `room` is left, right, bottom, top; `lines` is (m, 2), points
    along what is drawn.
    """
    boxes = [(x - 5, x + 5, y - 5, y + 5) for x, y in anchors]
    found: list[Placed | None] = []
    for anchor, size in zip(anchors, sizes, strict=True):
        options = _options(anchor, size)
        costs = [_cost(option, size, boxes, room, lines) + price for option, price in options]
        best = int(np.argmin(costs))
        if costs[best] >= BLOCKED:
            found.append(None)
            continue
        (x, y), _ = options[best]
        boxes.append(_box(x, y, size))
        away = hypot(max(abs(x - anchor[0]) - size[0] / 2, 0), max(abs(y - anchor[1]) - size[1] / 2, 0))
        found.append(Placed(x=x, y=y, leader=away > 10.0))
    return found


def _options(anchor: Numbers, size: Numbers) -> list[tuple[tuple[float, float], float]]:
    options = []
    for far, distance in enumerate(DISTANCES):
        for turn, (right, up) in enumerate(DIRECTIONS):
            x = anchor[0] + right * (size[0] / 2 + distance)
            y = anchor[1] + up * (size[1] / 2 + distance)
            options.append(((float(x), float(y)), 14.0 * far + turn))
    return options


def _box(x: float, y: float, size: Numbers) -> tuple[float, float, float, float]:
    return x - size[0] / 2 - 1, x + size[0] / 2 + 1, y - size[1] / 2 - 1, y + size[1] / 2 + 1


def _cost(
    at: tuple[float, float],
    size: Numbers,
    boxes: Sequence[tuple[float, float, float, float]],
    room: tuple[float, float, float, float],
    lines: Numbers,
) -> float:
    left, right, bottom, top = _box(*at, size)
    if left < room[0] + 2 or right > room[1] - 2 or bottom < room[2] + 2 or top > room[3] - 2:
        return BLOCKED
    taken = np.asarray(boxes)
    if np.any((taken[:, 0] < right) & (taken[:, 1] > left) & (taken[:, 2] < top) & (taken[:, 3] > bottom)):
        return BLOCKED
    x, y = lines[:, 0], lines[:, 1]
    return 4.0 * float(np.count_nonzero((x > left) & (x < right) & (y > bottom) & (y < top)))
