"""The curves of a plot, as plotly takes them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np

from sim.measures.series import Numbers
from sim.plots.style import CLOSED, INK, Fill
from sim.report.html.shown import short, stretches

Curve = dict[str, Any]
DAY = 86_400_000  # milliseconds
HATCHES = {"//": "/", "\\\\": "\\", "..": ".", "xx": "x"}
CROSSED = "+"
DASHES = {"-": "solid", "--": "dash", "-.": "dashdot", ":": "longdash"}
OTHER_DASH = "longdashdot"


class Dates(Protocol):
    """What plots over time are drawn over: the first day, how many there are, and the days between values."""

    @property
    def start(self) -> date: ...
    @property
    def days(self) -> float: ...
    @property
    def step(self) -> float: ...


def curve(
    dates: Dates, name: str, values: Numbers, colour: str, dash: str = "solid", width: float = 1.8,
    **more: Any,
) -> Curve:  # fmt: skip
    """A line over the frames."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x0": str(dates.start),
        "dx": round(dates.step * DAY),
        "y": short(values),
        "line": {"color": colour, "dash": dash, "width": width},
        **more,
    }


def layer(dates: Dates, name: str, values: Numbers, fill: Fill, stack: str) -> Curve:
    """A layer of a stack over the frames, told apart by hatch as well as colour."""
    made = curve(dates, name, values, "#ffffff", width=0.5, stackgroup=stack)
    if not fill.hatch:
        return {**made, "fillcolor": fill.colour}
    return {**made, "fillpattern": pattern(fill)}


def pattern(fill: Fill) -> dict[str, Any]:
    """The hatch of a fill."""
    shape = HATCHES.get(fill.hatch, CROSSED) if fill.hatch else ""
    return {"shape": shape, "bgcolor": fill.colour, "fgcolor": "#ffffff", "size": 7, "solidity": 0.2}


def baseline_curve(dates: Dates, name: str, values: Numbers) -> Curve:
    """The line of the run beside, among curves that are drawn large."""
    return curve(dates, name, values, INK, "dash", 1.6)


def dotted(dates: Dates, name: str, values: Numbers) -> Curve:
    """The line of the run beside, where there is little room."""
    return curve(dates, name, values, INK, "dot", 1.3)


def limit(dates: Dates, name: str, value: float) -> Curve:
    """A level line across the plot: a capacity."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x": [str(dates.start), str(dates.start + timedelta(days=dates.days))],
        "y": short(np.array([value, value])),
        "line": {"color": CLOSED, "dash": "dash", "width": 1.1},
        "hoverinfo": "skip",
    }


def dashed(dashes: object) -> str:
    """The name that plotly has for a dash pattern of the pictures; dots are left to the run beside."""
    return DASHES.get(dashes, OTHER_DASH) if isinstance(dashes, str) else OTHER_DASH


def shade(dates: Dates, low: Numbers, high: Numbers, colour: str, opacity: float, group: str) -> list[Curve]:
    """A band between two lines that have no gaps, shown and hidden with the curves of its group."""
    more: dict[str, Any] = {"legendgroup": group, "showlegend": False, "hoverinfo": "skip"}
    looks = {"fill": "tonexty", "fillcolor": see_through(colour, opacity)}
    return [
        curve(dates, "", low, colour, width=0.0, **more),
        curve(dates, "", high, colour, width=0.0, **more, **looks),
    ]


def area(dates: Dates, low: Numbers, high: Numbers, colour: str, opacity: float, group: str) -> Curve:
    """A band between two lines that may have gaps, shown and hidden with the curves of its group."""
    x: list[str | None] = []
    y: list[float | None] = []
    for first, until in stretches(~np.isnan(low) & ~np.isnan(high)):
        days = [str(dates.start + timedelta(days=number * dates.step)) for number in range(first, until)]
        x += [*days, *reversed(days), None]
        y += [*short(low[first:until]), *reversed(short(high[first:until])), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"width": 0.0},
        "fill": "toself",
        "fillcolor": see_through(colour, opacity),
        "hoverinfo": "skip",
        "showlegend": False,
        "legendgroup": group,
        "name": "",
    }


def see_through(colour: str, opacity: float) -> str:
    """A colour such as #0072B2 that lets show what lies below."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def plain(text: str) -> str:
    """Text in which plotly takes nothing for markup, its lines broken."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(mark, written)
    return text
