"""Marks of a panel as traces of plotly, validated by plotly when they are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from plotly import graph_objects as go
from plotly.basedatatypes import BaseTraceType

from sim.charts.chart import (
    Band,
    Bars,
    Chart,
    Contour,
    Dots,
    Heat,
    Layer,
    Limit,
    Line,
    Mark,
    Panel,
    Paths,
    Text,
    TimeAxis,
    Zone,
)
from sim.charts.geometry import joined, with_bases, x_range, y_range
from sim.charts.style import INK, Fill, Stroke
from sim.measures.series import Numbers

DAY = 86_400_000  # milliseconds
THICKNESS = 0.56  # of a row, of its bars: on a phone the name of the row stands above them
DIGITS = 5  # of the values on a page
VALUE = "%{y:,.4~r}"
HATCHES = {"//": "/", "\\\\": "\\", "..": ".", "xx": "x"}
CROSSED = "+"
MARKERS = {
    "o": "circle",
    "s": "square",
    "^": "triangle-up",
    "v": "triangle-down",
    "D": "diamond",
    "X": "x",
}


def plain(text: str) -> str:
    """Return a text of which plotly takes nothing for markup, its lines broken."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(sign, written)
    return text


def translucent(colour: str, opacity: float) -> str:
    """Return a colour such as #0072B2 that lets through what lies below."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def short(values: ArrayLike) -> list[float | None]:
    """Return values with the digits that a page needs, None where there is no value."""
    numbers = np.asarray(values, dtype=float).tolist()
    return [float(f"{value:.{DIGITS}g}") if isfinite(value) else None for value in numbers]


def on_axis(chart: Chart, x: Sequence[float] | Numbers) -> list[Any]:
    """Return x as the axis takes it: dates, or numbers; None where there is none."""
    if not isinstance(chart.x, TimeAxis):
        return short(x)
    begin = datetime.combine(chart.x.start, time())
    days = np.asarray(x).tolist()
    return [_date(begin, day) if np.isfinite(day) else None for day in days]


def axes_of(chart: Chart, number: int) -> tuple[str, str]:
    """Return the names of the axes of a panel by its number (from 1); panels over time share their x."""
    end = "" if number == 1 else str(number)
    return "x" if isinstance(chart.x, TimeAxis) else f"x{end}", f"y{end}"


def traces(chart: Chart, panel: Panel, number: int) -> Iterator[BaseTraceType]:
    """Yield the traces of a panel, on the axes of its number (from 1)."""
    axes = dict(zip(("xaxis", "yaxis"), axes_of(chart, number), strict=True))
    for mark, base in with_bases(panel):
        match mark:
            case Layer():
                yield _layer(chart, panel, mark, axes, number)
            case Line():
                yield _line(chart, panel, mark, axes)
            case Bars():
                yield _bars(panel, mark, base, axes)
            case Dots():
                yield _dots(chart, panel, mark, axes)
            case Heat():
                yield _heat(chart, mark, axes)
            case Text():
                continue
            case _:
                yield _shape(chart, panel, mark, axes)


def _date(begin: datetime, day: float) -> str:
    at = begin + timedelta(seconds=round(day * 86_400))
    return str(at) if at.time() != time() else str(at.date())


def _xs(chart: Chart, x: Numbers) -> dict[str, Any]:
    """The x of a trace: first and step where dates follow each other evenly, which is much shorter."""
    steps = np.diff(x)
    if isinstance(chart.x, TimeAxis) and len(steps) > 1 and np.allclose(steps, steps[0]):
        return {"x0": on_axis(chart, x[:1])[0], "dx": round(float(steps[0]) * DAY)}
    return {"x": on_axis(chart, x)}


def _named(mark: Mark, name: str) -> dict[str, Any]:
    """The name of a trace, in the legend unless it is written at the end of the line."""
    is_listed = bool(name) and not getattr(mark, "label_at_end", False)
    return {"name": plain(name), "legendgroup": plain(name), "showlegend": is_listed}


def _stroke(stroke: Stroke, width: float) -> dict[str, Any]:
    return {"color": stroke.colour, "dash": stroke.dash, "width": width}


def _pattern(fill: Fill) -> dict[str, Any]:
    shape = HATCHES.get(fill.hatch, CROSSED) if fill.hatch else ""
    return {"shape": shape, "bgcolor": fill.colour, "fgcolor": "#ffffff", "size": 7, "solidity": 0.15}


def _whisker(errors: Numbers | None, **look: Any) -> dict[str, Any] | None:
    """The half-widths of intervals about the points of a trace."""
    return (
        None
        if errors is None
        else {"array": short(np.nan_to_num(errors)), "thickness": 1.1, "width": 3, **look}
    )


def _layer(chart: Chart, panel: Panel, layer: Layer, axes: dict[str, str], number: int) -> go.Scatter:
    looks = {"fillpattern": _pattern(layer.fill)} if layer.fill.hatch else {"fillcolor": layer.fill.colour}
    return go.Scatter(
        mode="lines",
        y=short(np.nan_to_num(layer.values)),
        line={"color": layer.fill.colour, "width": 0.0, "shape": "hv" if layer.steps else "linear"},
        stackgroup=f"{number} {layer.stack}",
        hovertemplate=f"{VALUE} {plain(panel.unit)}",
        **looks,
        **_xs(chart, layer.x),
        **_named(layer, layer.name),
        **axes,
    )


def _line(chart: Chart, panel: Panel, line: Line, axes: dict[str, str]) -> go.Scatter:
    return go.Scatter(
        mode="lines+markers" if line.marker else "lines",
        y=short(line.values),
        line={**_stroke(line.stroke, line.width), "shape": "hv" if line.steps else "linear"},
        marker={"symbol": MARKERS[line.marker], "size": 6} if line.marker else None,
        error_y=_whisker(line.errors),
        opacity=None if line.name else 0.45,
        hovertemplate=f"{VALUE} {plain(panel.unit)}" if line.name else None,
        hoverinfo=None if line.name else "skip",
        **_xs(chart, line.x),
        **_named(line, line.name),
        **axes,
    )


def _bars(panel: Panel, bars: Bars, base: Numbers, axes: dict[str, str]) -> go.Bar:
    offset = {"full": 0.0, "upper": -THICKNESS / 4, "lower": THICKNESS / 4}[bars.place]
    there = np.flatnonzero(~np.isnan(bars.lengths))
    unit = panel.x.unit if panel.x else ""
    texts = [f"{panel.rows[row].name}\n{bars.name}: {bars.lengths[row]:,.4g} {unit}" for row in there]
    return go.Bar(
        orientation="h",
        y=short(there + offset),
        x=short(bars.lengths[there]),
        base=short(base[there]),
        width=THICKNESS if bars.place == "full" else THICKNESS / 2,
        marker={"color": bars.fill.colour, "line": {"width": 0}, "pattern": _pattern(bars.fill)},
        error_x=None if bars.errors is None else _whisker(bars.errors[there], color=INK),
        hovertext=[plain(text.strip()) for text in texts],
        hoverinfo="text",
        **_named(bars, bars.name),
        **axes,
    )


def _dots(chart: Chart, panel: Panel, dots: Dots, axes: dict[str, str]) -> go.Scatter:
    hollow = dots.hollow or [False] * len(dots.x)
    look = {"color": dots.colour, "thickness": 1.5}
    return go.Scatter(
        mode="markers",
        x=on_axis(chart, dots.x),
        y=short(dots.y),
        marker={
            "symbol": MARKERS[dots.marker],
            "size": 8,
            "color": ["#ffffff" if each else dots.colour for each in hollow],
            "line": {"color": dots.colour, "width": 1.5},
        },
        hovertext=[plain(text) for text in _dot_texts(chart, panel, dots)],
        hoverinfo="text",
        error_x=_whisker(dots.x_errors, **look),
        error_y=_whisker(dots.y_errors, **look),
        **_named(dots, dots.name),
        **axes,
    )


def _dot_texts(chart: Chart, panel: Panel, dots: Dots) -> list[str]:
    """Texts shown where a dot is pointed at: row, name, value with its interval and unit."""
    is_row = bool(panel.rows)
    values, errors = (dots.x, dots.x_errors) if is_row else (dots.y, dots.y_errors)
    unit = (panel.x.unit if panel.x else "") if is_row else panel.unit
    texts = []
    for number, value in enumerate(values):
        error = f" ± {errors[number]:,.3g}" if errors is not None and errors[number] > 0.0 else ""
        row = ""
        if is_row:
            row = panel.rows[min(max(round(dots.y[number]), 0), len(panel.rows) - 1)].name + "\n"
        texts.append(f"{row}{dots.name}: {value:,.4g}{error} {unit}".strip())
    return texts


def _heat(chart: Chart, heat: Heat, axes: dict[str, str]) -> go.Heatmap | go.Scatter:
    number = f",.{heat.decimals}f"
    common = {"x": on_axis(chart, heat.x), "y": short(heat.y), "name": plain(heat.name), "showlegend": False}
    if not heat.is_grid:
        texts = [plain(f"{heat.name}: {value:{number}} {heat.unit}".strip()) for value in heat.values]
        line = {"color": INK, "width": 0.7}
        marker = {"color": short(heat.values), "coloraxis": "coloraxis", "size": 10, "line": line}
        return go.Scatter(mode="markers", marker=marker, hovertext=texts, hoverinfo="text", **common, **axes)
    return go.Heatmap(
        z=[short(row) for row in heat.values],
        coloraxis="coloraxis",
        texttemplate=f"%{{z:{number}}}" if heat.values.size <= 90 else None,
        hovertemplate=f"%{{z:{number}}} {plain(heat.unit)}",
        **common,
        **axes,
    )


def _shape(chart: Chart, panel: Panel, mark: Mark, axes: dict[str, str]) -> go.Scatter:
    """Trace of a mark that shows no values under the pointer: band, limit, zone, paths or contour."""
    looks: dict[str, Any]
    match mark:
        case Band():
            x, y = _outlines(mark)
            looks = _area(mark)
        case Zone():
            corners = [np.array([first, last, last, first, np.nan]) for first, last in mark.intervals]
            x = np.concatenate(corners)
            y = np.tile([mark.low, mark.low, mark.high, mark.high, np.nan], len(corners))
            looks = _area(mark)
        case Limit():
            ends = x_range(chart, panel, 500.0) if mark.axis == "y" else y_range(panel)
            x, y = np.array(ends), np.full(2, mark.at)
            x, y = (x, y) if mark.axis == "y" else (y, x)
            looks = {"line": _stroke(mark.stroke, 1.2)}
        case Paths():
            x, y = joined(mark.paths)
            looks = {"line": _stroke(mark.stroke, mark.width), "opacity": mark.opacity}
        case Contour():
            x, y = joined(mark.lines)
            looks = {"line": {"color": INK, "width": 2.5}}
        case _:
            raise TypeError(f"no trace for {type(mark).__name__}")
    name = mark.name or (mark.group if isinstance(mark, Band) else "")
    named = _named(mark, name) | {"showlegend": bool(mark.name)}
    return go.Scatter(
        mode="lines", x=on_axis(chart, x), y=short(y), hoverinfo="skip", **looks, **named, **axes
    )


def _area(mark: Band | Zone) -> dict[str, Any]:
    colour = translucent(mark.colour, mark.opacity)
    return {"fill": "toself", "fillcolor": colour, "line": {"width": 0}}


def _outlines(band: Band) -> tuple[Numbers, Numbers]:
    """The outline of each stretch of a band that has values, with a gap between each two."""
    there = ~np.isnan(band.low) & ~np.isnan(band.high)
    turns = np.flatnonzero(np.diff(np.concatenate(([0], there.astype(np.int8), [0])))).reshape(-1, 2)
    lines = []
    for first, last in turns:
        x, low, high = band.x[first:last], band.low[first:last], band.high[first:last]
        lines.append((np.concatenate((x, x[::-1])), np.concatenate((low, high[::-1]))))
    return joined(lines)
