"""Closures and boycotts on a plot: shaded stretches, and bars above the rows that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sim.charts import text_metrics
from sim.measures import Record
from sim.measures.sides import Side, spans_of
from sim.plots.closures import SIZE, Entry, boycott_entries, entries, placed
from sim.plots.style import BOYCOTTED, INK, PLANNED, UNPLANNED
from sim.report.html.curves import Dates, plain

LINE, BAR = 16.0, 13.0  # pixels: from one line of names to the next, and of a bar
POINTS = 0.75  # in a pixel
NEARLY = 1e-6  # days


def told_about(record: Record, about: Side) -> list[Entry]:
    """The closures of oil, or the closures and boycotts of dry cargo."""
    refused = boycott_entries(record.boycotts, record.days) if about == "freight" else []
    return [*refused, *entries(spans_of(record, about), record.days)]


def named(dates: Dates, some: Sequence[Entry], pixels: float) -> list[Entry]:
    """The names in lines, such that none runs into another on a plot at least so wide."""
    return placed(some, dates.days, pixels * POINTS)


def height_of(some: Sequence[Entry]) -> float:
    """The pixels that the names take."""
    return LINE * max((entry.row + 1 for entry in some), default=0)


def shapes(dates: Dates, some: Sequence[Entry], height: float) -> list[dict[str, Any]]:
    """What is shaded, lined and barred, on a plot of a height in pixels."""
    return [shape for entry in some for shape in _shapes(dates, entry, height)]


def notes(dates: Dates, some: Sequence[Entry], height: float, pixels: float) -> list[dict[str, Any]]:
    """The names beside the bars, as they were placed on a plot so wide."""
    per_point = dates.days / (pixels * POINTS)
    return [_note(dates, entry, height, per_point) for entry in some]


def _shapes(dates: Dates, entry: Entry, height: float) -> Iterator[dict[str, Any]]:
    colour = BOYCOTTED if entry.boycott else PLANNED if entry.planned else UNPLANNED
    top, bottom = _ends(entry, height)
    where = {"xref": "x", "yref": "paper", "layer": "below"}
    area = {**where, "type": "rect", "fillcolor": colour, "line": {"width": 0}}
    dots = {"color": colour, "width": 1, "dash": "dot"}
    line = {**where, "type": "line", "line": dots, "y0": 0.0, "y1": bottom}
    for first, last in entry.intervals:
        ends = {"x0": _date(dates, first), "x1": _date(dates, last)}
        yield {**area, **ends, "y0": bottom, "y1": top, "opacity": 0.34}
        if not entry.boycott:
            yield {**area, **ends, "y0": 0.0, "y1": bottom, "opacity": 0.11}
        if not entry.planned:
            to_stay = entry.boycott and last >= dates.days
            for edge in (first,) if to_stay else (first, last):
                yield {**line, "x0": _date(dates, edge), "x1": _date(dates, edge)}


def _note(dates: Dates, entry: Entry, height: float, per_point: float) -> dict[str, Any]:
    """A name where there is room for it; one that stands before its bar ends at it, however wide the plot."""
    first = entry.intervals[0][0]
    room = (text_metrics.width(entry.name, SIZE) + 6.0) * per_point
    before = abs(entry.text_at + room - first) < NEARLY
    return {
        "text": plain(entry.name),
        "x": _date(dates, first if before else entry.text_at),
        "xref": "x",
        "xanchor": "right" if before else "left",
        "xshift": -3 if before else 3,
        "y": sum(_ends(entry, height)) / 2,
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 10.5, "color": INK},
    }


def _ends(entry: Entry, height: float) -> tuple[float, float]:
    """Top and bottom of an entry's bar, as parts of the plot's height."""
    top = 1.0 - entry.row * LINE / height
    return top, top - BAR / height


def _date(dates: Dates, day: float) -> str:
    begins = datetime.combine(dates.start, time())
    return (begins + timedelta(days=day)).isoformat(sep=" ")
