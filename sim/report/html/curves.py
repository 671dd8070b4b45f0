"""The curves of a plot, as plotly takes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from sim.measures.series import Numbers
from sim.plots.style import CLOSED, INK, Fill
from sim.report.html.shown import Shown, short

Curve = dict[str, Any]
DAY = 86_400_000  # milliseconds
HATCHES = {"//": "/", "\\\\": "\\", "..": ".", "xx": "x"}
CROSSED = "+"


def curve(
    shown: Shown, name: str, values: Numbers, colour: str, dash: str = "solid", width: float = 1.8,
    **more: Any,
) -> Curve:  # fmt: skip
    """A line over the frames."""
    step = float(shown.edges[1] - shown.edges[0])
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x0": str(shown.record.start),
        "dx": round(step * DAY),
        "y": short(values),
        "line": {"color": colour, "dash": dash, "width": width},
        **more,
    }


def layer(shown: Shown, name: str, values: Numbers, fill: Fill, stack: str) -> Curve:
    """A layer of a stack over the frames, told apart by hatch as well as colour."""
    made = curve(shown, name, values, "#ffffff", width=0.5, stackgroup=stack)
    if not fill.hatch:
        return {**made, "fillcolor": fill.colour}
    shape = HATCHES.get(fill.hatch, CROSSED)
    look = {"shape": shape, "bgcolor": fill.colour, "fgcolor": "#ffffff", "size": 7, "solidity": 0.2}
    return {**made, "fillpattern": look}


def baseline_curve(shown: Shown, name: str, values: Numbers) -> Curve:
    """The line of the run beside, among curves that are drawn large."""
    return curve(shown, name, values, INK, "dash", 1.6)


def dotted(shown: Shown, name: str, values: Numbers) -> Curve:
    """The line of the run beside, where there is little room."""
    return curve(shown, name, values, INK, "dot", 1.3)


def limit(shown: Shown, name: str, value: float) -> Curve:
    """A level line across the plot: a capacity."""
    record = shown.record
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x": [str(record.start), str(record.start + timedelta(days=record.days))],
        "y": short(np.array([value, value])),
        "line": {"color": CLOSED, "dash": "dash", "width": 1.1},
        "hoverinfo": "skip",
    }


def plain(text: str) -> str:
    """Text in which plotly takes nothing for markup."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(mark, written)
    return text
