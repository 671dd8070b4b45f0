"""Panel of named rows of stacked bars, each with a text behind it and the dot of a reference run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.charts.chart import Bars, Dots, Mark, Panel, Row, Text
from sim.charts.style import INK, Fill

HEIGHT = 21.0  # points of a row
BEYOND_DOT = 0.015  # of the longest bar: where a text begins
PERCENT_TICKS = {float(tick): str(tick) for tick in range(0, 101, 20)}


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """A row: the length of each layer by name, the text behind the bar, and the total of a reference run."""

    name: str
    parts: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    reference: float | None = None
    heading: bool = False

    @property
    def total(self) -> float:
        return sum(self.parts.values())


def bar_panel(rows: Sequence[BarRow], looks: Mapping[str, Fill], reference: str, empty: str) -> Panel:
    """Return the panel of some rows, its layers in the order of `looks`; `reference` names the dots."""
    bars = [
        Bars(
            name=name,
            lengths=np.array([row.parts.get(name, np.nan) for row in rows]),
            fill=fill,
            stack="bars",
        )
        for name, fill in looks.items()
        if any(row.parts.get(name) for row in rows)
    ]
    room = BEYOND_DOT * max((row.total for row in rows), default=0.0)
    texts = [
        Text(x=max(row.total, (row.reference or 0.0) + room), y=float(index), text=row.text, behind_bar=True)
        for index, row in enumerate(rows)
        if row.text
    ]
    return Panel(
        rows=tuple(Row(name=row.name, heading=row.heading) for row in rows),
        marks=(*bars, *texts, *_dots(rows, reference)),
        empty=empty,
        height=HEIGHT * max(len(rows), 2),
    )


def _dots(rows: Sequence[BarRow], name: str) -> list[Mark]:
    points = [(row.reference, float(index)) for index, row in enumerate(rows) if row.reference is not None]
    if not points:
        return []
    x, y = (np.array(column) for column in zip(*points, strict=True))
    return [Dots(name=name, x=x, y=y, colour=INK, marker="D", hollow=[True] * len(points))]
