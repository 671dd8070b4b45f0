"""A plot of named horizontal bars, each of several parts, that answers to the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.charts import text_metrics
from sim.plots.bars import Bar
from sim.plots.style import FAINT, INK, Fill
from sim.report.html.curves import Curve, pattern, plain
from sim.report.html.figure import NAME, PHONE, WIDE, Figure, Page, legend_height, surrounded
from sim.report.html.strip import POINTS

ROW, PHONE_ROW = 25.0, 44.0  # pixels; on a phone, names stand above their bars
THICK = 0.56  # of a row
WIDEST_NAME = 330.0  # pixels
BESIDE = 10.0  # pixels between a name and its bar
AXIS_TITLE = 18.0  # pixels
REACH = 1.12  # of the longest bar, so that what is written after it has room


def bars_figure(
    id: str, title: str, told: str, bars: Sequence[Bar], fills: Mapping[str, Fill], what: str, unit: str,
    usual: Mapping[str, float] | None = None, usual_name: str = "",
) -> Figure:  # fmt: skip
    """Bars from the top down, their lengths being `what`; `usual` marks how long some are elsewhere."""
    layers = [name for name in fills if any(name in bar.parts for bar in bars)]
    data = [_part(bars, name, fills[name], unit) for name in layers]
    data.append(_ends(bars, usual or {}))
    if usual:
        data.append(_marks(bars, usual, usual_name, unit))
    names = [one["name"] for one in data if one.get("showlegend", True)]
    far = max([*(bar.length for bar in bars), *(usual or {}).values()], default=0.0) or 1.0
    widest = max((text_metrics.width(bar.name, 9.0, bar.heading) / POINTS for bar in bars), default=0.0)
    wide = replace(WIDE, left=min(widest, WIDEST_NAME) + BESIDE + 4.0)
    layout = _layout(bars, names, what, far, wide, is_wide=True)
    phone = _layout(bars, names, what, far, replace(PHONE, left=14.0), is_wide=False)
    return Figure(id=id, title=title, told=told, data=data, layout=layout, phone=phone)


def _places(bars: Sequence[Bar]) -> list[float]:
    """The heights of the bars' middles, in rows from the top."""
    return [number + 0.5 for number in range(len(bars))]


def _part(bars: Sequence[Bar], name: str, fill: Fill, unit: str) -> Curve:
    """One layer of all bars."""
    some = [(place, bar) for place, bar in zip(_places(bars), bars, strict=True) if name in bar.parts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(name),
        "y": [place for place, _ in some],
        "x": [float(f"{bar.parts[name]:.4g}") for _, bar in some],
        "width": THICK,
        "marker": {
            "color": fill.colour,
            "line": {"color": "#ffffff", "width": 0.5},
            "pattern": pattern(fill),
        },
        "text": [
            plain(f"{bar.name}\n{name}: {bar.parts[name]:.1f} of {bar.length:.1f} {unit}") for _, bar in some
        ],
        "textposition": "none",
        "hoverinfo": "text",
    }


def _ends(bars: Sequence[Bar], usual: Mapping[str, float]) -> Curve:
    """What is written after each bar, and after its mark."""
    some = [(place, bar) for place, bar in zip(_places(bars), bars, strict=True) if bar.told]
    return {
        "type": "scatter",
        "mode": "text",
        "name": "",
        "y": [place for place, _ in some],
        "x": [max(bar.length, usual.get(bar.name, 0.0)) for _, bar in some],
        "text": [f" {plain(bar.told)}" for _, bar in some],
        "textposition": "middle right",
        "textfont": {"size": 11, "color": INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(bars: Sequence[Bar], usual: Mapping[str, float], name: str, unit: str) -> Curve:
    """How long bars of the same name are in the run beside."""
    some = [
        (place, usual[bar.name])
        for place, bar in zip(_places(bars), bars, strict=True)
        if bar.name in usual and not bar.heading
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(name),
        "y": [place for place, _ in some],
        "x": [float(f"{length:.4g}") for _, length in some],
        "text": [plain(f"{name}: {length:.1f} {unit}") for _, length in some],
        "hoverinfo": "text",
        "marker": {"symbol": "line-ns", "size": 17, "line": {"color": INK, "width": 2}},
    }


def _layout(
    bars: Sequence[Bar], names: Sequence[str], what: str, far: float, page: Page, is_wide: bool
) -> dict[str, Any]:
    whole = (ROW if is_wide else PHONE_ROW) * max(len(bars), 2)
    layout = surrounded(page, whole, AXIS_TITLE + legend_height(names, page))
    layout["legend"]["y"] = -(AXIS_TITLE + 34.0) / whole
    return {
        **layout,
        "barmode": "stack",
        "hovermode": "closest",
        "xaxis": {
            "range": [0.0, far * REACH],
            "title": {"text": plain(what), "standoff": 4, "font": {"size": NAME}},
            "gridcolor": "#dddddd",
            "zeroline": True,
            "zerolinecolor": FAINT,
        },
        "yaxis": {"range": [len(bars), 0.0], "visible": False, "fixedrange": True},
        "annotations": [_name(bar, number, page, is_wide) for number, bar in enumerate(bars)],
    }


def _name(bar: Bar, number: int, page: Page, is_wide: bool) -> dict[str, Any]:
    room = (WIDEST_NAME if is_wide else page.least) * POINTS
    text = plain(text_metrics.shortened(bar.name, NAME * POINTS, room))
    beside = is_wide and not bar.heading
    left = -page.left + 4.0 if is_wide and bar.heading else -BESIDE if beside else 0.0
    return {
        "text": f"<b>{text}</b>" if bar.heading else text,
        "x": 0,
        "xref": "paper",
        "xanchor": "right" if beside else "left",
        "xshift": left,
        "y": number + 0.5 if is_wide or bar.heading else number + (1.0 - THICK) / 2,
        "yref": "y",
        "yanchor": "middle" if is_wide or bar.heading else "bottom",
        "showarrow": False,
        "font": {"size": NAME, "color": INK},
    }
