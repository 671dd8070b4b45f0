"""A plot over time that answers to the mouse: its rows, its dates, and the closures named above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from typing import Any

from sim.measures import Record
from sim.plots import lettering
from sim.plots.style import FAINT, INK
from sim.report.html import strip
from sim.report.html.concerns import About
from sim.report.html.curves import Curve, plain
from sim.report.html.shown import Shown

HEAD, GAP, FOOT = 30.0, 20.0, 30.0  # pixels: of the buttons, above each row for its name, of the dates
TALL, LOW = 250.0, 92.0  # pixels of a row
LEGEND_LINE, LEGEND_SIGN = 19.0, 48.0  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a plot: what its height shows, and the curves in it."""

    name: str
    curves: list[Curve]
    height: float = TALL
    top: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot: what it shows in words, and what plotly draws of it."""

    id: str
    title: str
    told: str
    height: float
    data: list[Curve]
    layout: dict[str, Any]


def figure(shown: Shown, id: str, title: str, told: str, rows: Sequence[Row], about: About) -> Figure:
    """A plot of some rows, one above the other, over the dates of the page's run."""
    record = shown.record
    named = strip.named(record, about)
    top = strip.height_of(named) + sum(GAP + row.height for row in rows)
    whole, top = top, top - strip.height_of(named)
    layout = _layout(record)
    notes, data = strip.notes(record, named, whole), []
    for number, row in enumerate(rows, 1):
        name = "" if number == 1 else str(number)
        high = (top - GAP) / whole
        top -= GAP + row.height
        layout[f"yaxis{name}"] = _axis(row, max(top / whole, 0.0), high)
        notes.append(_row_name(row, high))
        data += [{**one, "yaxis": f"y{name}"} for one in row.curves]
    layout |= {"shapes": strip.shapes(record, named, whole), "annotations": notes}
    legend = _legend_height([one["name"] for one in data if one.get("showlegend", True)])
    layout["legend"]["y"] = -(FOOT + 4.0) / whole
    layout["margin"]["b"] = FOOT + legend
    layout["height"] = HEAD + whole + FOOT + legend
    return Figure(id=id, title=title, told=told, height=layout["height"], data=data, layout=layout)


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


def _legend_height(names: Sequence[str]) -> float:
    """The pixels of a legend below a narrow plot, where its columns are all as wide as its widest name."""
    if len(names) < 2:
        return 0.0
    widest = max(lettering.width(name, 9.0) for name in names) * 4 / 3 + LEGEND_SIGN
    return LEGEND_LINE * ceil(len(names) / max(1, int(strip.NARROW * 1.5 / widest))) + 10.0


def _layout(record: Record) -> dict[str, Any]:
    end = record.start + timedelta(days=record.days)
    return {
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 66, "r": 24, "t": HEAD, "b": FOOT},
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverlabel": {"namelength": -1, "bgcolor": "rgba(255,255,255,0.94)"},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "yanchor": "top", "traceorder": "normal"},
        "xaxis": {
            "type": "date",
            "range": [str(record.start), str(end)],
            "hoverformat": "%-d %b %Y",
            "anchor": "free",
            "position": 0.0,
            "showgrid": False,
            "showline": True,
            "linecolor": FAINT,
            "ticks": "outside",
            "zeroline": False,
        },
    }


def _axis(row: Row, low: float, high: float) -> dict[str, Any]:
    return {
        "domain": [low, high],
        "nticks": 5 if row.height > LOW else 3,
        "gridcolor": "#dddddd",
        "showline": True,
        "linecolor": FAINT,
        "zeroline": False,
        **({"range": [0.0, row.top * 1.06]} if row.top else {"rangemode": "tozero"}),
    }


def _row_name(row: Row, high: float) -> dict[str, Any]:
    return {
        "text": plain(row.name),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": high,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11.5, "color": INK},
    }
