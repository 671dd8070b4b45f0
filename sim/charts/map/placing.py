"""Placement of names on a map: no name covers another name, a sign, a disc or the edge.

Greedy: the most important names first, each at the cheapest of the positions about its place. A
name may cover a way where there is nothing better. Positions and sizes are in points, y from the top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

import numpy as np

from sim.charts.map.projection import WIDTH
from sim.measures.series import Numbers

Box = tuple[float, float, float, float]
"""Left, right, top, bottom."""
DISTANCES = (5.0, 11.0, 19.0, 30.0, 44.0, 60.0)
DIRECTIONS = (
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -0.8),
    (-1.0, -0.8),
    (1.0, 0.8),
    (-1.0, 0.8),
    (0.5, -1.0),
    (-0.5, -1.0),
    (0.5, 1.0),
    (-0.5, 1.0),
)
LEADER_FROM = 9.0
DISTANCE_COST, LINE_COST = 14.0, 4.0
EDGE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The middle of a name, and the point at which a leader from its place meets it, if it is far off."""

    x: float
    y: float
    leader: tuple[float, float] | None = None


@dataclass(slots=True, kw_only=True)
class Layout:
    """What a map has room for: `boxes` are taken, `lines` (n, 2) are points along its ways."""

    height: float
    lines: Numbers
    boxes: list[Box] = field(default_factory=list)

    def reserve(self, x: float, y: float, half_width: float, half_height: float) -> None:
        """Take a box about a point out of the room for names."""
        self.boxes.append((x - half_width, x + half_width, y - half_height, y + half_height))

    def place_near(self, anchor: Numbers, size: tuple[float, float]) -> Position | None:
        """Place a name of some size beside a point; None if there is no room."""
        half = np.asarray(size) / 2.0
        offsets = [np.asarray(turn) * (half + far) for far in DISTANCES for turn in DIRECTIONS]
        prices = [
            DISTANCE_COST * far + turn for far in range(len(DISTANCES)) for turn in range(len(DIRECTIONS))
        ]
        best = self._cheapest(anchor + np.asarray(offsets), size, np.asarray(prices))
        if best is None:
            return None
        x, y = best
        gap = np.maximum(np.abs(np.asarray(best) - anchor) - half, 0.0)
        far = hypot(*gap.tolist()) > LEADER_FROM
        return Position(x=x, y=y, leader=_edge(anchor, np.asarray(best), half) if far else None)

    def place_at_cheapest(
        self, centres: Numbers, size: tuple[float, float], prices: Numbers
    ) -> Position | None:
        """Place a name at the cheapest of some points; None if there is no room at any."""
        best = self._cheapest(centres, size, prices)
        return None if best is None else Position(x=best[0], y=best[1])

    def _cheapest(
        self, centres: Numbers, size: tuple[float, float], prices: Numbers
    ) -> tuple[float, float] | None:
        if not len(centres):
            return None
        half = np.asarray(size) / 2.0 + 1.0
        low, high = centres - half, centres + half
        free = np.all((low >= EDGE) & (high <= [WIDTH - EDGE, self.height - EDGE]), axis=1)
        if self.boxes:
            left, right, top, bottom = np.asarray(self.boxes).T
            free &= ~np.any(
                (left < high[:, :1]) & (right > low[:, :1]) & (top < high[:, 1:]) & (bottom > low[:, 1:]),
                axis=1,
            )
        if not free.any():
            return None
        x, y = self.lines.T
        covered = (x > low[free, :1]) & (x < high[free, :1]) & (y > low[free, 1:]) & (y < high[free, 1:])
        costs = prices[free] + LINE_COST * covered.sum(axis=1)
        x_best, y_best = centres[free][int(np.argmin(costs))].tolist()
        self.reserve(x_best, y_best, *half.tolist())
        return x_best, y_best


def _edge(anchor: Numbers, centre: Numbers, half: Numbers) -> tuple[float, float]:
    """Return where a line from a place to the middle of its name meets the name."""
    way = centre - anchor
    share = 1.0 - 1.0 / float((np.abs(way) / half).max())
    x, y = (anchor + way * max(0.0, share)).tolist()
    return x, y
