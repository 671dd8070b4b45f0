"""A plot over time that answers to the mouse: its rows, its dates, and the closures named above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import numpy as np

from sim.measures import Record
from sim.measures.series import Numbers
from sim.plots.closures import Entry, boycott_entries, entries, placed
from sim.plots.style import BOYCOTTED, CLOSED, FAINT, INK, PLANNED, UNPLANNED, Fill
from sim.report.html.shown import Shown, short

DAY = 86_400_000  # milliseconds
LINE, GAP, FOOT = 16.0, 20.0, 30.0  # heights in pixels: a line of names, above each row, of the dates
TALL, LOW = 250.0, 92.0  # pixels of a row
NARROW = 430.0  # points: on plots at least this wide no name runs into another
HATCHES = {"": "", "//": "/", "\\\\": "\\", "..": ".", "xx": "x"}
DASHES = {"-": "solid", "--": "dash", "-.": "dashdot", ":": "dot"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a plot: what its height shows, and the curves in it."""

    name: str
    curves: list[dict[str, Any]]
    height: float = TALL
    top: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot: what it shows in words, and what plotly draws of it."""

    id: str
    title: str
    told: str
    height: float
    data: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)


def figure(shown: Shown, id: str, title: str, told: str, rows: Sequence[Row], boycotts: bool = False) -> Figure:
    """A plot of some rows, one above the other, over the dates of the page's run."""
    record = shown.record
    refused = boycott_entries(record.boycotts, record.days) if boycotts else []
    named = placed([*refused, *entries(record.spans, record.days)], record.days, NARROW)
    strip = LINE * max((entry.row + 1 for entry in named), default=0)
    whole = strip + sum(GAP + row.height for row in rows)
    layout = _layout(record, whole)
    shapes, notes = _closures(record, named, whole)
    data, top = [], whole - strip
    for number, row in enumerate(rows, 1):
        name = "" if number == 1 else str(number)
        high = (top - GAP) / whole
        top -= GAP + row.height
        layout[f"yaxis{name}"] = _axis(row, max(top / whole, 0.0), high)
        notes.append(_row_name(row, high))
        data += [{**one, "yaxis": f"y{name}"} for one in row.curves]
    layout |= {"shapes": shapes, "annotations": notes}
    names = {one["name"] for one in data if one.get("showlegend", True)}
    legend = 24.0 + 20.0 * (len(names) // 4) if len(names) > 1 else 0.0
    layout["legend"]["y"] = -(FOOT + 4.0) / whole
    layout["margin"]["b"] = FOOT + legend
    layout["height"] = whole + FOOT + legend + 8.0
    return Figure(id=id, title=title, told=told, height=layout["height"], data=data, layout=layout)


def curve(
    shown: Shown, name: str, values: Numbers, colour: str, dash: str = "solid", width: float = 1.8, **more: Any
) -> dict[str, Any]:
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


def layer(shown: Shown, name: str, values: Numbers, fill: Fill, stack: str, **more: Any) -> dict[str, Any]:
    """A layer of a stack over the frames, told apart by hatch as well as colour."""
    pattern = {"shape": HATCHES.get(fill.hatch, "+"), "bgcolor": fill.colour, "fgcolor": "#ffffff",
               "size": 7, "solidity": 0.2}  # fmt: skip
    shape = {"fillpattern": pattern} if fill.hatch else {"fillcolor": fill.colour}
    made = curve(shown, name, values, fill.colour, width=0.0, stackgroup=stack, **shape, **more)
    return {**made, "line": {"width": 0.5, "color": "#ffffff"}}


def baseline_curve(shown: Shown, name: str, values: Numbers, **more: Any) -> dict[str, Any]:
    """The line of the run beside."""
    return curve(shown, name, values, INK, "dash", 1.6, **more)


def limit(shown: Shown, name: str, value: float, **more: Any) -> dict[str, Any]:
    """A level line across the plot: a capacity."""
    ends = [str(shown.record.start), str(shown.record.start + timedelta(days=shown.record.days))]
    return {
        "type": "scatter", "mode": "lines", "name": plain(name), "x": ends, "y": short(np.array([value, value])),
        "line": {"color": CLOSED, "dash": "dash", "width": 1.1}, "hoverinfo": "skip", **more,
    }  # fmt: skip


def plain(text: str) -> str:
    """Text in which plotly takes nothing for markup."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(mark, written)
    return text


def _layout(record: Record, height: float) -> dict[str, Any]:
    end = record.start + timedelta(days=record.days)
    return {
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 66, "r": 24, "t": 8, "b": FOOT},
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverlabel": {"namelength": -1, "bgcolor": "rgba(255,255,255,0.94)"},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "yanchor": "top", "traceorder": "normal"},
        "xaxis": {
            "type": "date", "range": [str(record.start), str(end)], "showgrid": False, "ticks": "outside",
            "hoverformat": "%-d %b %Y", "linecolor": FAINT, "showline": True, "zeroline": False,
            "anchor": "free", "position": 0.0,
        },
    }  # fmt: skip


def _axis(row: Row, low: float, high: float) -> dict[str, Any]:
    scale: dict[str, Any] = {"range": [0.0, row.top * 1.06]} if row.top else {"rangemode": "tozero"}
    return {
        "domain": [low, high], "nticks": 5 if row.height > LOW else 3,
        "gridcolor": "#dddddd", "linecolor": FAINT, "showline": True, "zeroline": False, **scale,
    }  # fmt: skip


def _row_name(row: Row, high: float) -> dict[str, Any]:
    return {
        "text": plain(row.name), "x": 0, "xref": "paper", "xanchor": "left", "y": high, "yref": "paper",
        "yanchor": "bottom", "showarrow": False, "font": {"size": 11.5, "color": INK},
    }  # fmt: skip


def _closures(record: Record, named: Sequence[Entry], height: float) -> tuple[list[Any], list[Any]]:
    """Shaded stretches, lines at their edges, and bars above the rows that name them."""
    shapes: list[dict[str, Any]] = []
    notes = []
    for entry in named:
        colour = BOYCOTTED if entry.boycott else PLANNED if entry.planned else UNPLANNED
        top = 1.0 - entry.row * LINE / height
        bottom = top - (LINE - 3.0) / height
        for first, last in entry.intervals:
            ends = {"x0": _date(record, first), "x1": _date(record, last), "xref": "x", "yref": "paper"}
            bare = {"type": "rect", "line": {"width": 0}, "fillcolor": colour, "layer": "below"}
            shapes.append({**bare, **ends, "y0": bottom, "y1": top, "opacity": 0.34})
            if not entry.boycott:
                shapes.append({**bare, **ends, "y0": 0.0, "y1": bottom, "opacity": 0.11})
            if not entry.planned:
                dashed = {"type": "line", "line": {"color": colour, "width": 1, "dash": "dot"}, "layer": "below"}
                for edge in (first, last) if last < record.days or not entry.boycott else (first,):
                    at = {"x0": _date(record, edge), "x1": _date(record, edge), "xref": "x", "yref": "paper"}
                    shapes.append({**dashed, **at, "y0": 0.0, "y1": bottom})
        notes.append(
            {
                "text": plain(entry.name), "x": _date(record, entry.text_at), "xref": "x", "xanchor": "left",
                "xshift": 3, "y": (top + bottom) / 2, "yref": "paper", "yanchor": "middle", "showarrow": False,
                "font": {"size": 10.5, "color": INK},
            }
        )  # fmt: skip
    return shapes, notes


def _date(record: Record, day: float) -> str:
    return record.when(day).isoformat(sep=" ")


def legend_once(rows: Sequence[Row]) -> list[Row]:
    """The rows with each name in the legend only once, and switched on and off together."""
    told: set[str] = set()
    made = []
    for row in rows:
        curves = []
        for one in row.curves:
            curves.append({**one, "legendgroup": one["name"], "showlegend": one["name"] not in told})
            told.add(one["name"])
        made.append(replace(row, curves=curves))
    return made
