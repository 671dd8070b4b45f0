"""Series read back from what the two renderers have drawn: names, colours and totals."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from plotly import graph_objects as go
from totals import Series, area, integral

from sim.charts.chart import Chart, TimeAxis

NO_NAME = re.compile(r"^_child\d+$")  # labels of artists that were given none
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def drawn_series(chart: Chart, figure: Figure) -> list[Series]:
    """Read the series from the artists of a picture, which have the kind of their mark in their id."""
    origin = float(date2num(chart.x.start)) if isinstance(chart.x, TimeAxis) else 0.0
    series = []
    for number, ax in enumerate(figure.axes[: len(chart.panels)]):
        for bars in ax.containers:
            if isinstance(bars, BarContainer):
                colours = {to_hex(bar.get_facecolor()) for bar in bars.patches}
                total = sum(bar.get_width() for bar in bars.patches)
                series.append(Series(panel=number, name=bars.get_label(), colour=colours.pop(), total=total))
        for artist in ax.get_children():
            kind = str(artist.get_gid() or "").split("-")[0]
            if kind in READERS:
                colour, total = READERS[kind](artist, origin)
                series.append(
                    Series(
                        panel=number,
                        name=NO_NAME.sub("", artist.get_label()),
                        colour=to_hex(colour),
                        total=total,
                    )
                )
    return series


def _filled(artist: PolyCollection, origin: float) -> tuple[Any, float]:
    corners = [path.vertices for path in artist.get_paths()]
    return artist.get_facecolor()[0], sum(area(*_open(each).T) for each in corners)


def _open(corners: Numbers) -> Numbers:
    return corners[:-1] if np.array_equal(corners[0], corners[-1]) else corners


def _line(artist: Any, origin: float) -> tuple[Any, float]:
    return artist.get_color(), float(np.nansum(artist.get_ydata()))


def _limit(artist: Any, origin: float) -> tuple[Any, float]:
    x, y = artist.get_data()
    return artist.get_color(), float(x[0] - origin if x[0] == x[1] else y[0])


def _paths(artist: Any, origin: float) -> tuple[Any, float]:
    return artist.get_color()[0], sum(float(np.nansum(path.vertices[:, 1])) for path in artist.get_paths())


def _dots(artist: Any, origin: float) -> tuple[Any, float]:
    places = np.ma.filled(artist.get_offsets(), np.nan)
    return artist.get_edgecolor()[0], float(np.nansum(places[:, 0] - origin) + np.nansum(places[:, 1]))


def _heat(artist: Any, origin: float) -> tuple[Any, float]:
    return artist.get_cmap()(1.0), float(np.nansum(np.ma.filled(artist.get_array(), np.nan)))


READERS = {
    "Layer": _filled,
    "Band": _filled,
    "Zone": _filled,
    "Line": _line,
    "Contour": _line,
    "Limit": _limit,
    "Paths": _paths,
    "Dots": _dots,
    "Heat": _heat,
}


def page_series(chart: Chart, figure: go.Figure) -> list[Series]:
    """Read the series from the traces of a page's figure."""
    drawn = figure.to_plotly_json()
    scale = drawn["layout"].get("coloraxis", {}).get("colorscale", [[0, ""]])
    series = []
    for trace in drawn["data"]:
        colour, total = _trace(chart, trace, scale[-1][1])
        number = int(trace["yaxis"][1:] or 1) - 1
        series.append(
            Series(panel=number, name=html.unescape(trace["name"]), colour=colour.lower(), total=total)
        )
    return series


def _trace(chart: Chart, trace: dict[str, Any], darkest: str) -> tuple[str, float]:
    if trace["type"] == "bar":
        return trace["marker"]["color"], float(np.nansum(_numbers(trace["x"])))
    if trace["type"] == "heatmap":
        return darkest, float(np.nansum(_numbers(np.ravel(trace["z"]))))
    marker = trace.get("marker", {})
    x, y = _days(chart, trace), _numbers(trace["y"])
    if "coloraxis" in marker:
        return darkest, float(np.nansum(_numbers(marker["color"])))
    if trace.get("mode") == "markers":
        return marker["line"]["color"], float(np.nansum(x) + np.nansum(y))
    if "stackgroup" in trace:
        colour = trace.get("fillcolor") or trace["fillpattern"]["bgcolor"]
        return colour, integral(x, y, trace["line"]["shape"] == "hv")
    if trace.get("fill") == "toself":
        return _opaque(trace["fillcolor"]), sum(area(x[part], y[part]) for part in _parts(y))
    total = float(x[0] if len(y) == 2 and x[0] == x[1] else y[0] if len(set(y)) == 1 else np.nansum(y))
    return trace["line"]["color"], total


def _parts(values: Numbers) -> Iterator[slice]:
    begin = 0
    for gap in [*np.flatnonzero(np.isnan(values)), len(values)]:
        if gap > begin:
            yield slice(begin, gap)
        begin = gap + 1


def _opaque(colour: str) -> str:
    red, green, blue, _ = colour.removeprefix("rgba(").removesuffix(")").split(",")
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"


def _numbers(values: Any) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _days(chart: Chart, trace: dict[str, Any]) -> Numbers:
    if not isinstance(chart.x, TimeAxis):
        return _numbers(trace["x"])
    begin = datetime.combine(chart.x.start, time())

    def day(text: str | None) -> float:
        return np.nan if text is None else (datetime.fromisoformat(text) - begin).total_seconds() / 86_400

    if "x" in trace:
        return np.array([day(text) for text in trace["x"]])
    return day(trace["x0"]) + np.arange(len(trace["y"])) * trace["dx"] / 86_400_000
