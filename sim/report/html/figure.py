"""A plot over time that answers to the mouse: its rows, its dates, and the closures named above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil
from typing import Any

from sim.charts import text_metrics
from sim.plots.closures import Entry
from sim.plots.style import FAINT, INK
from sim.report.html import strip
from sim.report.html.curves import DAY, Curve, Dates, plain

GAP, LINE, FOOT = 20.0, 14.0, 30.0  # pixels: above each row for its name, each more line of it, the dates
TALL, LOW = 250.0, 92.0  # pixels of a row
LEGEND_LINE, LEGEND_SIGN = 19.0, 48.0  # pixels
VALUE = "%{y:,.4~r}"
NAME = 11.5  # pixels: the letters of a row's name
MARKERS = ("circle", "square", "triangle-up", "diamond", "triangle-down")  # of several series


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How a plot stands on a page: its margins, and the least width between them, in pixels."""

    left: float
    right: float
    head: float
    least: float
    drag: str | bool


WIDE = Page(left=66.0, right=24.0, head=30.0, least=573.0, drag="zoom")
PHONE = Page(left=46.0, right=14.0, head=34.0, least=260.0, drag=False)  # a finger scrolls the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a plot: what its height shows in which unit, and the curves in it.

    `top` is where its axis ends; one that is `signed` also shows what is less than nothing.
    """

    name: str
    unit: str
    curves: list[Curve]
    height: float = TALL
    top: float | None = None
    signed: bool = False

    @property
    def title(self) -> str:
        return f"{self.name}, {self.unit}" if self.name else self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot: what it shows in words, what plotly draws of it, and how on a wide page and on a phone.

    `others` show the same of something else, one of all being chosen by its title.
    """

    id: str
    title: str
    caption: str
    data: list[Curve]
    layout: dict[str, Any]
    phone: dict[str, Any]
    others: list[Figure] = field(default_factory=list)


def figure(
    dates: Dates, id: str, title: str, told: str, rows: Sequence[Row], closed: Sequence[Entry]
) -> Figure:
    """A plot of some rows, one above the other, over dates of which some are closed."""
    data = [
        {"hovertemplate": f"{VALUE} {plain(row.unit)}", **one, "yaxis": f"y{'' if number == 1 else number}"}
        for number, row in enumerate(rows, 1)
        for one in row.curves
    ]
    names = [one["name"] for one in data if one.get("showlegend", True)]
    wide, phone = (_layout(dates, rows, closed, names, page) for page in (WIDE, PHONE))
    return Figure(id=id, title=title, caption=told, data=data, layout=wide, phone=phone)


def legend_once(rows: Sequence[Row]) -> list[Row]:
    """The rows with each name in the legend only once, and switched on and off together."""
    told: set[str] = set()
    made = []
    for row in rows:
        curves = []
        for one in row.curves:
            if one.get("showlegend", True):
                one = {**one, "legendgroup": one["name"], "showlegend": one["name"] not in told}
                told.add(one["name"])
            curves.append(one)
        made.append(replace(row, curves=curves))
    return made


def legend_height(names: Sequence[str], page: Page) -> float:
    """The pixels of a legend below a narrow plot, where its columns are all as wide as its widest name."""
    if len(names) < 2:
        return 0.0
    widest = max(text_metrics.width(name, 9.0) for name in names) * 4 / 3 + LEGEND_SIGN
    return LEGEND_LINE * ceil(len(names) / max(1, int((page.least + page.right) / widest))) + 10.0


def surrounded(page: Page, whole: float, below: float) -> dict[str, Any]:
    """What is common to the layouts of all plots: letters, margins, a legend of so many pixels `below`."""
    return {
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "height": page.head + whole + FOOT + below,
        "margin": {"l": page.left, "r": page.right, "t": page.head, "b": FOOT + below},
        "dragmode": page.drag,
        "hoverlabel": {"namelength": -1, "bgcolor": "rgba(255,255,255,0.94)"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": -(FOOT + 4.0) / whole,
            "yanchor": "top",
            "traceorder": "normal",
        },
    }


def written_at(text: str, high: float) -> dict[str, Any]:
    """A note that stands on a height of the plot, at its left edge."""
    return {
        "text": plain(text),
        "align": "left",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": high,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": NAME, "color": INK},
    }


def _layout(
    dates: Dates, rows: Sequence[Row], closed: Sequence[Entry], names: Sequence[str], page: Page
) -> dict[str, Any]:
    named = strip.named(dates, closed, page.least)
    titles = [text_metrics.wrapped(row.title, NAME * strip.POINTS, page.least * strip.POINTS) for row in rows]
    above = [GAP + LINE * title.count("\n") for title in titles]
    strip_height = strip.height_of(named)
    whole = strip_height + sum(above) + sum(row.height for row in rows)
    layout = {
        **surrounded(page, whole, legend_height(names, page)),
        "hovermode": "x unified",
        "xaxis": _dates(dates),
    }
    notes, top = strip.notes(dates, named, whole, page.least), whole - strip_height
    for number, (row, title, room) in enumerate(zip(rows, titles, above, strict=True), 1):
        high = (top - room) / whole
        top -= room + row.height
        layout[f"yaxis{'' if number == 1 else number}"] = _axis(row, max(top / whole, 0.0), high)
        notes.append(written_at(title, high))
    return layout | {"shapes": strip.shapes(dates, named, whole), "annotations": notes}


def _dates(dates: Dates) -> dict[str, Any]:
    return {
        "type": "date",
        "range": [str(dates.start), str(dates.start + timedelta(days=dates.days))],
        "hoverformat": "%-d %b %Y",
        "tickformatstops": [
            {"dtickrange": [None, DAY - 1.0], "value": "%-d %b %H:%M"},
            {"dtickrange": [DAY, "M1"], "value": "%-d %b %Y"},
            {"dtickrange": ["M1", None], "value": "%b %Y"},
        ],
        "tickangle": 0,
        "anchor": "free",
        "position": 0.0,
        "showgrid": False,
        "showline": True,
        "linecolor": FAINT,
        "ticks": "outside",
        "zeroline": False,
    }


def _axis(row: Row, low: float, high: float) -> dict[str, Any]:
    reach = {"range": [0.0, row.top * 1.06]} if row.top else {"rangemode": "tozero"}
    return {
        "domain": [low, high],
        "nticks": 5 if row.height > LOW else 3,
        "gridcolor": "#dddddd",
        "showline": True,
        "linecolor": FAINT,
        "separatethousands": True,
        "zeroline": row.signed,
        **({} if row.signed else reach),
    }
