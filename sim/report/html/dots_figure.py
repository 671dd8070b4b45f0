"""A plot of named rows with a dot and its interval for each of some series, that answers to the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.charts import text_metrics
from sim.plots.style import FAINT, INK, strokes
from sim.report.html.curves import Curve, plain
from sim.report.html.figure import MARKERS, NAME, PHONE, WIDE, Figure, Page, legend_height, surrounded
from sim.report.html.strip import POINTS
from sim.studies.estimates import Estimate

ROW, PHONE_ROW = 26.0, 48.0  # pixels; on a phone, names stand above their dots
WIDEST_NAME = 330.0
BESIDE, AXIS_TITLE = 10.0, 18.0
APART = 0.16  # of a row, from one series to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The dots of one series, one for each row, and what each says when it is pointed at."""

    name: str
    found: Sequence[Estimate | None]
    told: Sequence[str]


def dots_figure(
    id: str, title: str, told: str, names: Sequence[str], series: Sequence[Series], what: str
) -> Figure:
    """Rows from the top down; `what` is what the dots' places mean, with its unit."""
    data = [_dots(one, place, len(series)) for place, one in enumerate(series)]
    legend = [one.name for one in series]
    widest = max((text_metrics.width(name, NAME * POINTS) / POINTS for name in names), default=0.0)
    wide = replace(WIDE, left=min(widest, WIDEST_NAME) + BESIDE + 4.0)
    layout = _layout(names, legend, what, wide, is_wide=True)
    phone = _layout(names, legend, what, replace(PHONE, left=14.0), is_wide=False)
    return Figure(id=id, title=title, caption=told, data=data, layout=layout, phone=phone)


def _dots(one: Series, place: int, count: int) -> Curve:
    colour = strokes(place + 1)[-1].colour
    off = (place - (count - 1) / 2) * APART
    some = [
        (n + 0.5 + off, est, told)
        for n, (est, told) in enumerate(zip(one.found, one.told, strict=True))
        if est
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(one.name),
        "x": [float(f"{est.mean:.5g}") for _, est, _ in some],
        "y": [round(y, 3) for y, _, _ in some],
        "error_x": {
            "type": "data",
            "array": [float(f"{est.half_width or 0.0:.5g}") for _, est, _ in some],
            "color": colour,
            "thickness": 1.4,
            "width": 0,
        },
        "marker": {"symbol": MARKERS[place % len(MARKERS)], "size": 7, "color": colour},
        "text": [plain(told) for _, _, told in some],
        "hoverinfo": "text",
    }


def _layout(
    names: Sequence[str], legend: Sequence[str], what: str, page: Page, is_wide: bool
) -> dict[str, Any]:
    whole = (ROW if is_wide else PHONE_ROW) * max(len(names), 2)
    made = surrounded(page, whole, AXIS_TITLE + legend_height(legend, page))
    made["legend"]["y"] = -(AXIS_TITLE + 34.0) / whole
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "layer": "below"}
    return {
        **made,
        "hovermode": "closest",
        "xaxis": {
            "title": {"text": plain(what), "standoff": 4, "font": {"size": NAME}},
            "gridcolor": "#dddddd",
            "zeroline": True,
            "zerolinecolor": INK,
            "separatethousands": True,
        },
        "yaxis": {"range": [len(names), 0.0], "visible": False, "fixedrange": True},
        "shapes": [
            {**line, "y0": n, "y1": n, "line": {"color": "#eeeeee", "width": 1}} for n in range(1, len(names))
        ],
        "annotations": [_name(name, n, page, is_wide) for n, name in enumerate(names)],
    }


def _name(name: str, number: int, page: Page, is_wide: bool) -> dict[str, Any]:
    room = (WIDEST_NAME if is_wide else page.least) * POINTS
    return {
        "text": plain(text_metrics.shortened(name, NAME * POINTS, room)),
        "x": 0,
        "xref": "paper",
        "xanchor": "right" if is_wide else "left",
        "xshift": -BESIDE if is_wide else 0,
        "y": number + (0.5 if is_wide else 0.12),
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": NAME, "color": INK if is_wide else FAINT},
    }
