"""Placement of names and discs on a map: none covers another, a sign or the edge.

Greedy: the most important first, each at the cheapest of the positions open to it. Positions and sizes are
in points, y from the top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from math import inf

import numpy as np

from sim.charts.map.projection import WIDTH
from sim.measures.series import Numbers

Point = tuple[float, float]
DISTANCES = (5.0, 11.0, 19.0, 30.0, 44.0, 60.0)
SIDES = np.array([(1, 0), (-1, 0), (0, -1), (0, 1)])
CORNERS = np.array([(1, -1), (-1, -1), (1, 1), (-1, 1)])
DIRECTIONS = np.concatenate((SIDES, CORNERS * [1.0, 0.8], CORNERS * [0.5, 1.0]))
LEADER_FROM = 9.0
DISTANCE_COST, LINE_COST, OVERLAP_COST = 14.0, 4.0, 1e3
GAP, EDGE = 1.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The middle of a name, and the point at which a leader from its place meets it, if it is far off."""

    x: float
    y: float
    leader: Point | None = None


@dataclass(slots=True, kw_only=True)
class Layout:
    """Room on a map: `boxes` (left, top, right, bottom) are taken, `lines` (n, 2) are points along ways."""

    height: float
    lines: Numbers
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def reserve(self, x: float, y: float, half_width: float, half_height: float) -> None:
        """Take a box about a point out of the room."""
        self.boxes.append((x - half_width, y - half_height, x + half_width, y + half_height))

    def place_near(self, anchor: Numbers, size: Point) -> Position | None:
        """Place a name beside a point; None if there is no room."""
        half = np.asarray(size) / 2.0
        offsets = np.concatenate([DIRECTIONS * (half + far) for far in DISTANCES])
        prices = [
            DISTANCE_COST * far + turn for far, turn in product(range(len(DISTANCES)), range(len(DIRECTIONS)))
        ]
        best = self.place_at_cheapest(anchor + offsets, size, np.asarray(prices))
        if best is None:
            return None
        way = np.array([best.x, best.y]) - anchor
        if np.hypot(*np.maximum(np.abs(way) - half, 0.0)) <= LEADER_FROM:
            return best
        x, y = (anchor + way * (1.0 - 1.0 / float((np.abs(way) / half).max()))).tolist()
        return Position(x=best.x, y=best.y, leader=(x, y))

    def place_at_cheapest(
        self, centres: Numbers, size: Point, prices: Numbers, *, off_lines: bool = False
    ) -> Position | None:
        """Place a name at the cheapest of some points; None if there is no room at any.

        A name may cover ways where there is nothing better, unless it must stay `off_lines`.
        """
        half = np.asarray(size) / 2.0 + GAP
        free = self._covered(centres, half) == 0.0
        centres, prices = centres[free], prices[free]
        if not len(centres):
            return None
        low, high = centres.min(axis=0) - half, centres.max(axis=0) + half
        near = self.lines[np.all((self.lines > low) & (self.lines < high), axis=1)]
        lines = np.all(np.abs(near[:, None] - centres) < half, axis=2).sum(axis=0)
        costs = prices + np.where(lines > 0, inf if off_lines else LINE_COST * lines, 0.0)
        if costs.min() == inf:
            return None
        x, y = centres[int(np.argmin(costs))].tolist()
        self.reserve(x, y, *half.tolist())
        return Position(x=x, y=y)

    def place_anyhow(self, centres: Numbers, half: Numbers) -> Point:
        """Place a box at that of some points where it covers least, be it little or much."""
        x, y = centres[int(np.argmin(self._covered(centres, half)))].tolist()
        self.reserve(x, y, *half.tolist())
        return x, y

    def _covered(self, centres: Numbers, half: Numbers) -> Numbers:
        """Return the area that a box about each point shares with others, and beyond the edge of the map."""
        low, high = centres - half, centres + half
        over = np.maximum(EDGE - low, 0.0) + np.maximum(high - [WIDTH - EDGE, self.height - EDGE], 0.0)
        boxes = np.asarray(self.boxes).reshape(-1, 4)
        shared = np.minimum(high[:, None], boxes[:, 2:]) - np.maximum(low[:, None], boxes[:, :2])
        area: Numbers = np.maximum(shared, 0.0).prod(axis=2).sum(axis=1) + OVERLAP_COST * over.sum(axis=1)
        return area
