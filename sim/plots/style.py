"""Colours, type and page that all plots share: colour-blind safe (Okabe–Ito) and readable in grey."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any, NamedTuple, ParamSpec, TypeVar

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.typing import LineStyleType

P = ParamSpec("P")
T = TypeVar("T")

INK = "#222222"
FAINT = "#6B6B6B"
CLOSED = "#C1121F"
UNPLANNED = "#D55E00"
PLANNED = "#7A7A7A"
BOYCOTTED = "#8F4A78"
THROTTLED = "#CC79A7"

RATE_UNITS = {"t": (1e3, "kt"), "TEU": (1.0, "TEU")}

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.unicode_minus": True,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "svg.hashsalt": "chokepoint",
    "path.simplify": True,
}


class Fill(NamedTuple):
    """How one layer of a stack is filled."""

    colour: str
    hatch: str


class Stroke(NamedTuple):
    """How one of several lines is drawn."""

    colour: str
    dashes: LineStyleType


AGAIN = "++"
FILLS = (
    Fill("#0072B2", ""),
    Fill("#E69F00", "//"),
    Fill("#009E73", ""),
    Fill("#F0E442", "\\\\"),
    Fill("#D55E00", ""),
    Fill("#56B4E9", ".."),
    Fill("#8F4A78", ""),
    Fill("#BBBBBB", "xx"),
)

STROKES = (
    Stroke(INK, "-"),
    Stroke("#D55E00", "--"),
    Stroke("#0072B2", "-."),
    Stroke("#009E73", ":"),
    Stroke("#8F4A78", (0, (6, 1.5, 1, 1.5, 1, 1.5))),
)


def fills(count: int) -> list[Fill]:
    """Fills for a stack of `count` layers, neighbours told apart by brightness and hatch."""
    again = [fill._replace(hatch=fill.hatch + AGAIN) for fill in FILLS]
    return list(islice(cycle((*FILLS, *again)), count))


def strokes(count: int) -> list[Stroke]:
    """Strokes for `count` lines."""
    return list(islice(cycle(STROKES), count))


def styled(draw: Callable[P, T]) -> Callable[P, T]:
    """Let a plot be drawn in the house style, whatever the caller's matplotlib settings are."""

    @functools.wraps(draw)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return wrapped


def blank(width: float = 10.0, height: float = 5.0) -> Axes:
    """Empty axes on a figure of their own (inches), free of pyplot's global state."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_subplot()
