"""Colours, hatches and dashes of all charts: colour-blind safe (Okabe–Ito), distinct in grey."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Literal, NamedTuple

INK = "#222222"
FAINT = "#6B6B6B"
CLOSED = "#C1121F"
UNPLANNED = "#D55E00"
PLANNED = "#7A7A7A"
BOYCOTTED = "#8F4A78"
THROTTLED = "#CC79A7"
MORE = "#0072B2"
LESS = "#D55E00"
OTHER = "#BBBBBB"

Dash = Literal["solid", "dash", "dot", "dashdot", "longdash"]


class Fill(NamedTuple):
    """Colour and hatch of an area; hatches are matplotlib's."""

    colour: str
    hatch: str = ""


class Stroke(NamedTuple):
    """Colour and dashes of a line."""

    colour: str
    dash: Dash = "solid"


FILLS = (
    Fill("#0072B2"),
    Fill("#E69F00", "//"),
    Fill("#009E73"),
    Fill("#F0E442", "\\\\"),
    Fill("#D55E00"),
    Fill("#56B4E9", ".."),
    Fill("#8F4A78"),
    Fill("#BBBBBB", "xx"),
)
STROKES = (
    Stroke(INK),
    Stroke("#D55E00", "dash"),
    Stroke("#0072B2", "dashdot"),
    Stroke("#009E73", "dot"),
    Stroke("#8F4A78", "longdash"),
)
CROSSED = "++"
"""Hatch added to fills that a long stack uses for the second time."""


def _scale(colours: str) -> tuple[str, ...]:
    return tuple(f"#{colour}" for colour in colours.split())


SCALES = {
    "more": _scale("F7FBFF DEEBF7 C6DBEF 9ECAE1 6BAED6 4292C6 2171B5 08519C 08306B"),
    "less": _scale("FFF5EB FEE6CE FDD0A2 FDAE6B FD8D3C F16913 D94801 A63603 7F2704"),
    "neither": _scale("F7FCF5 E5F5E0 C7E9C0 A1D99B 74C476 41AB5D 238B45 006D2C 00441B"),
}
"""Colours of heat maps from low to high, by which direction is better (ColorBrewer)."""


def fills(count: int) -> list[Fill]:
    """Return fills for a stack of `count` layers, neighbours differing in brightness and hatch."""
    crossed = [fill._replace(hatch=fill.hatch + CROSSED) for fill in FILLS]
    return list(islice(cycle((*FILLS, *crossed)), count))


def strokes(count: int) -> list[Stroke]:
    """Return strokes for `count` lines."""
    return list(islice(cycle(STROKES), count))
