"""Legend of a map: an entry for everything that is drawn on it, and for nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from sim.charts.map.palette import Mode
from sim.charts.map.signs import Disc, Shape, Sign
from sim.charts.map.ways import Way, line_width
from sim.charts.wording import number
from sim.measures.sides import Side

EntryKind = Literal[
    "mode", "width", "still", "less", "more", "closed", "refused", "sign", "disc", "strained", "storm"
]
SHAPE_NAMES: dict[Shape, str] = {
    "triangle": "Field",
    "square": "Port or terminal",
    "diamond": "Market",
    "dot": "Station or border",
}
MODE_NAMES: dict[Mode, str] = {"pipeline": "Pipeline", "rail": "Rail", "road": "Road", "sea": "Sea or ferry"}

MARK_NAMES: dict[EntryKind, str] = {
    "still": "No flow",
    "less": "Less than normal: outline of what is missing",
    "more": "More than normal",
    "closed": "Closed or limited",
    "refused": "Refused by some shippers",
    "storm": "Storm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the legend; `mode`, `shape` or `width` where its kind has one."""

    kind: EntryKind
    text: str
    mode: Mode | None = None
    shape: Shape | None = None
    width: float = 0.0


def legend(
    ways: Sequence[Way],
    signs: Sequence[Sign],
    unit: str,
    side: Side,
    marks: frozenset[EntryKind],
) -> tuple[Entry, ...]:
    """Return the legend of a map of places, of the modes and widths of ways, and of `marks`."""
    names = SHAPE_NAMES | ({"diamond": "Region that trades"} if side == "freight" else {})
    shapes = {sign.shape for sign in signs}
    modes = {course.mode for way in ways for course in way.courses}
    texts: dict[EntryKind, str] = {
        **MARK_NAMES,
        "disc": "Yard, by fill" if side == "freight" else "Tank farm, by fill",
        "strained": "Turns trains or ships away" if side == "freight" else "Throttles its intake",
    }
    largest = max((way.largest for way in ways), default=0.0)
    return (
        *(Entry(kind="sign", text=names[shape], shape=shape) for shape in SHAPE_NAMES if shape in shapes),
        *(Entry(kind="mode", text=text, mode=mode) for mode, text in MODE_NAMES.items() if mode in modes),
        *(Entry(kind=kind, text=texts[kind]) for kind in texts if kind in marks),
        *(
            Entry(kind="width", text=f"{number(flow)} {unit}/day", width=line_width(flow, largest))
            for flow in round_flows(largest)
        ),
    )


def marks_on(ways: Sequence[Way], signs: Sequence[Sign], discs: Sequence[Disc]) -> frozenset[EntryKind]:
    """Return the marks that stand on a map on the day that it shows."""
    drawn: dict[EntryKind, bool] = {
        "still": any(not way.core and not way.edge for way in ways),
        "less": any(way.change == "less" for way in ways),
        "more": any(way.change == "more" for way in ways),
        "closed": any(way.closed for way in ways) or any(sign.note for sign in signs),
        "refused": any(way.refused and not way.closed for way in ways),
        "disc": bool(discs),
        "strained": any(disc.strained for disc in discs),
    }
    return frozenset(kind for kind, is_drawn in drawn.items() if is_drawn)


def round_flows(largest: float) -> list[float]:
    """Return three round flows that span the widths drawn, the largest first; none without any flow."""
    if not largest > 0.0:
        return []
    power = 10.0 ** floor(log10(largest))
    top = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= largest * (1 + 1e-9))
    return [top, top * (0.4 if top / power > 4.0 else 0.5), top / 10]
