"""Layouts of a chart on a page: on a wide one and on a phone. Sizes are in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from typing import Any

from sim.charts import text_metrics
from sim.charts.chart import Chart, NumberAxis, Panel, TimeAxis
from sim.charts.geometry import axis_of, end_labels, heat_of, legend_marks, x_range, y_range
from sim.charts.interactive.notes import (
    LANE_BAR,
    LANE_ROW,
    MAX_NAME,
    NAME,
    TITLE_LINE,
    lane_name,
    notes,
    shortened,
    title_height,
    width_beside,
)
from sim.charts.interactive.sheet import POINT, Place, Sheet
from sim.charts.interactive.traces import axes_of, on_axis, plain
from sim.charts.lane import LaneEntry, lane, lane_height
from sim.charts.style import FAINT, INK, SCALES

FOOT, FOOT_TITLE, GAP, COLUMN_GAP = 30.0, 18.0, 14.0, 50.0
LEGEND_LINE, LEGEND_SIGN = 19.0, 48.0
ROW, PHONE_ROW = 25.0, 46.0
HEIGHT = 250.0
COLOUR_BAR = 84.0
GRID = "#dddddd"
DATES = [
    {"dtickrange": [None, 86_399_999.0], "value": "%-d %b %H:%M"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b %Y"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]
"""Formats of dates by the milliseconds, or months, between two ticks."""


def layout(chart: Chart, sheet: Sheet) -> dict[str, Any]:
    """Return the layout of a chart on a kind of page."""
    left, right = _margins(chart, sheet)
    width = sheet.least + sheet.left + sheet.right - left - right
    entries = lane(chart.closures, chart.x.days, width * POINT) if isinstance(chart.x, TimeAxis) else []
    strip = lane_height(entries, LANE_ROW)
    total, places = _places(chart, sheet, width, strip)
    first = chart.panels[: _abreast(chart, sheet)]
    head = sheet.head + title_height(first, sheet, places[0].width) - TITLE_LINE
    is_dated = isinstance(chart.x, TimeAxis)
    foot = FOOT + (0.0 if is_dated else FOOT_TITLE)
    below = foot + _legend_height(chart, sheet)
    axes: dict[str, Any] = {}
    texts: list[dict[str, Any]] = []
    for number, (panel, place) in enumerate(zip(chart.panels, places, strict=True)):
        axes[place.y_axis.replace("y", "yaxis")] = _y_axis(panel, place, sheet)
        if not is_dated or number == 0:
            axes[place.x_axis.replace("x", "xaxis")] = _x_axis(chart, panel, place, sheet)
        texts += notes(chart, panel, place, sheet, 0.0 if number else strip / total)
    texts += [lane_name(chart, entry, strip, total) for entry in entries]
    return {
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "height": head + total + below,
        "margin": {"l": left, "r": right, "t": head, "b": below},
        "dragmode": False if sheet.is_phone else "zoom",
        "hovermode": "x unified" if is_dated else "closest",
        "hoverlabel": {"namelength": -1, "bgcolor": "rgba(255,255,255,0.94)"},
        "barmode": "overlay",
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": -(foot + 4.0) / total,
            "yanchor": "top",
            "traceorder": "normal",
        },
        **axes,
        **_colours(chart),
        "shapes": [shape for entry in entries for shape in _shapes(chart, entry, strip, total)],
        "annotations": texts,
    }


def _margins(chart: Chart, sheet: Sheet) -> tuple[float, float]:
    """Margins beside the plots, with room for names of rows and places, and for texts at the end of lines."""
    left, right = sheet.left, sheet.right
    rows = [(row.name, row.heading) for panel in chart.panels for row in panel.rows]
    names = [text_metrics.width(name, NAME * POINT, bold) / POINT for name, bold in rows]
    if names:
        left = 14.0 if sheet.is_phone else min(max(names), MAX_NAME) + 14.0
    ticks = [text for panel in chart.panels for text in panel.y.ticks.values()]
    left = max([left, *(width_beside(text, sheet) + 14.0 for text in ticks)])
    labels = [
        width_beside(text, sheet) + 10.0 for panel in chart.panels for _, _, text, _ in end_labels(panel)
    ]
    right += max(labels, default=0.0)
    has_title = any(panel.y.title for panel in chart.panels)
    return left + (18.0 if has_title else 0.0), right + (COLOUR_BAR if heat_of(chart) else 0.0)


def _places(chart: Chart, sheet: Sheet, width: float, strip: float) -> tuple[float, list[Place]]:
    """Height of all panels with the lane, and their places: abreast on a wide page, stacked on a phone."""
    abreast = _abreast(chart, sheet)
    column = (width - COLUMN_GAP * (abreast - 1)) / abreast
    heights = [_height(panel, sheet) for panel in chart.panels]
    rows = [max(heights[n : n + abreast]) for n in range(0, len(heights), abreast)]
    between = GAP + (6.0 if isinstance(chart.x, TimeAxis) else FOOT + FOOT_TITLE)
    gaps = [0.0] + [
        between + title_height(chart.panels[n : n + abreast], sheet, column)
        for n in range(abreast, len(heights), abreast)
    ]
    total = strip + sum(rows) + sum(gaps)
    places = []
    for number, height in enumerate(heights):
        row, at = divmod(number, abreast)
        top = total - strip - sum(rows[:row]) - sum(gaps[: row + 1])
        left = at * (column + COLUMN_GAP)
        x_axis, y_axis = axes_of(chart, number + 1)
        x, y = (
            (left / width, min((left + column) / width, 1.0)),
            (max((top - height) / total, 0.0), top / total),
        )
        places.append(Place(x_axis=x_axis, y_axis=y_axis, x=x, y=y, width=column, height=height))
    return total, places


def _abreast(chart: Chart, sheet: Sheet) -> int:
    return 1 if sheet.is_phone else min(chart.abreast, len(chart.panels))


def _height(panel: Panel, sheet: Sheet) -> float:
    if panel.rows and (panel.height is None or sheet.is_phone):
        return (PHONE_ROW if sheet.is_phone else ROW) * max(len(panel.rows), 2)
    return HEIGHT if panel.height is None else panel.height / (POINT if panel.rows else 1.0)


def _legend_height(chart: Chart, sheet: Sheet) -> float:
    """Height of the legend, whose columns are all as wide as its widest name."""
    names = [str(getattr(mark, "name", "")) for mark in legend_marks(chart)]
    if not names:
        return 0.0
    widest = max(text_metrics.width(name, 9.0) for name in names) / POINT + LEGEND_SIGN
    columns = max(1, int((sheet.least + sheet.right) / widest))
    return LEGEND_LINE * ceil(len(names) / columns) + 10.0


def _x_axis(chart: Chart, panel: Panel, place: Place, sheet: Sheet) -> dict[str, Any]:
    axis: dict[str, Any] = {"showline": True, "linecolor": FAINT, "ticks": "outside", "zeroline": False}
    axis["domain"] = place.x
    if isinstance(chart.x, TimeAxis):
        ends = [str(chart.x.start), str(chart.x.start + timedelta(days=chart.x.days))]
        axis |= {"type": "date", "range": ends, "hoverformat": "%-d %b %Y", "tickangle": 0}
        return axis | {"tickformatstops": DATES, "anchor": "free", "position": 0.0, "showgrid": False}
    numbers = axis_of(chart, panel)
    title = {"text": plain(numbers.title), "standoff": 4, "font": {"size": NAME}}
    bounds = list(x_range(chart, panel, place.width * POINT))
    grid = {"showgrid": bool(panel.rows), "gridcolor": GRID, "separatethousands": True}
    return axis | {"range": bounds, "title": title, "anchor": place.y_axis} | grid | _ticks(numbers, sheet)


def _y_axis(panel: Panel, place: Place, sheet: Sheet) -> dict[str, Any]:
    axis: dict[str, Any] = {"domain": place.y, "range": list(y_range(panel)), "anchor": place.x_axis}
    if panel.rows or not panel.marks:
        return axis | {"visible": False, "fixedrange": True}
    if panel.y.title:
        axis["title"] = {"text": plain(panel.y.title), "standoff": 4, "font": {"size": NAME}}
    count = {"nticks": max(3, round(place.height / 45)), "separatethousands": True, "gridcolor": GRID}
    line = {"showline": True, "linecolor": FAINT, "zeroline": panel.signed, "zerolinecolor": FAINT}
    whole = {"tickformat": ",d"} if panel.integer and y_range(panel)[1] > 3 else {}
    return axis | count | line | whole | _ticks(panel.y, sheet)


def _ticks(axis: NumberAxis, sheet: Sheet) -> dict[str, Any]:
    if not axis.ticks:
        return {}
    texts = [plain(shortened(text, sheet)) for text in axis.ticks.values()]
    return {"tickvals": list(axis.ticks), "ticktext": texts}


def _colours(chart: Chart) -> dict[str, Any]:
    heat = heat_of(chart)
    if heat is None:
        return {}
    scale = SCALES[heat.better]
    title = {"text": plain(heat.title), "side": "right"}
    bar = {"title": title, "thickness": 13, "outlinewidth": 0, "separatethousands": True}
    stops = [[place / (len(scale) - 1), colour] for place, colour in enumerate(scale)]
    return {"coloraxis": {"colorscale": stops, "cmin": heat.low, "cmax": heat.high, "colorbar": bar}}


def _shapes(chart: Chart, entry: LaneEntry, strip: float, total: float) -> Iterator[dict[str, Any]]:
    """Bars of a closure in the lane, its shade over all panels, and lines at its ends."""
    assert isinstance(chart.x, TimeAxis)
    floor = 1.0 - strip / total
    bottom = floor + (entry.row * LANE_ROW + 1.0) / total
    where = {"xref": "x", "yref": "paper", "layer": "below"}
    area = {**where, "type": "rect", "fillcolor": entry.colour, "line": {"width": 0}}
    for interval in entry.closure.intervals:
        first, last = on_axis(chart, interval)
        rectangle = {**area, "x0": first, "x1": last}
        yield {**rectangle, "y0": bottom, "y1": bottom + LANE_BAR / total, "opacity": 0.34}
        if not entry.closure.boycott:
            yield {**rectangle, "y0": 0.0, "y1": floor, "opacity": 0.11}
    dots = {"color": entry.colour, "width": 1, "dash": "dot"}
    for edge in on_axis(chart, entry.edges(chart.x.days)):
        yield {**where, "type": "line", "line": dots, "x0": edge, "x1": edge, "y0": 0.0, "y1": floor}
