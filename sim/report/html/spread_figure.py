"""The plot of how far apart many runs of one scenario are: a dot for each, by measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from sim.measures.series import Numbers
from sim.plots.style import FAINT, FILLS, INK
from sim.report.html.curves import Curve, plain
from sim.report.html.figure import NAME, PHONE, WIDE, Figure, Page, surrounded
from sim.studies.ensemble import Ensemble
from sim.studies.request import MeasureRequest
from sim.studies.verdicts import spread

HIGH = 150.0  # pixels
TITLE = 18.0
STACKS = 40  # columns that dots are gathered in
MEAN = 1.06  # of the highest stack: where the mean and its interval stand


def spread_figure(found: Ensemble) -> Iterator[Figure]:
    """A plot of the first measure in which runs differ; the others can be chosen in its place."""
    if len(found) < 2:
        return
    made = [_figure(found, wanted) for wanted in found.wanted if _differs(found.column(wanted))]
    if made:
        yield replace(made[0], others=made[1:])


def _differs(values: Numbers) -> bool:
    there = values[~np.isnan(values)]
    return len(there) > 1 and float(np.ptp(there)) > 0.0


def _figure(found: Ensemble, wanted: MeasureRequest) -> Figure:
    values = found.column(wanted)
    there = ~np.isnan(values)
    x = values[there]
    heights = _stacked(x)
    numbers = np.array(found.replications)[there]
    dots: Curve = {
        "type": "scatter",
        "mode": "markers",
        "name": "one replication",
        "x": [float(f"{value:.6g}") for value in x],
        "y": heights,
        "marker": {"color": FILLS[0].colour, "size": 8, "opacity": 0.75},
        "text": [
            plain(f"replication {number}: {value:,.4g} {wanted.unit}")
            for number, value in zip(numbers, x, strict=True)
        ],
        "hoverinfo": "text",
    }
    top = max(heights) + 1.0
    data = [dots, *_mean(found, wanted, top * MEAN)]
    missed = found.missed(wanted)
    told = "Each dot is a run with its own luck; above them the mean, with its 95 % interval"
    if missed:
        told += f"; {missed} of {len(found)} runs have none"
    what = f"{wanted} ({wanted.unit})" if wanted.unit else str(wanted)
    layout, phone = (_layout(what, top * MEAN * 1.1, page) for page in (WIDE, PHONE))
    return Figure(
        id="spread",
        title=f"{len(found)} replications: {wanted}",
        caption=told,
        data=data,
        layout=layout,
        phone=phone,
    )


def _stacked(values: Numbers) -> list[float]:
    """How high each value's dot lies, on top of those that are near it."""
    low, high = float(values.min()), float(values.max())
    columns = np.zeros(len(values)) if high == low else np.floor((values - low) / (high - low) * STACKS)
    taken: dict[float, int] = {}
    heights = []
    for column in columns.tolist():
        taken[column] = taken.get(column, 0) + 1
        heights.append(taken[column] - 0.5)
    return heights


def _mean(found: Ensemble, wanted: MeasureRequest, height: float) -> Iterator[Curve]:
    estimate = found.estimate(wanted)
    if estimate is None or estimate.half_width is None:
        return
    yield {
        "type": "scatter",
        "mode": "markers",
        "name": "mean and its interval",
        "x": [float(f"{estimate.mean:.6g}")],
        "y": [height],
        "error_x": {
            "type": "data",
            "array": [float(f"{estimate.half_width:.6g}")],
            "color": INK,
            "thickness": 2,
            "width": 5,
        },
        "marker": {"symbol": "diamond", "size": 10, "color": INK},
        "text": [plain(f"mean: {spread(estimate)} {wanted.unit}")],
        "hoverinfo": "text",
    }


def _layout(what: str, top: float, page: Page) -> dict[str, Any]:
    made = surrounded(page, HIGH, TITLE + 30.0)
    made["legend"]["y"] = -(TITLE + 34.0) / HIGH
    return {
        **made,
        "hovermode": "closest",
        "xaxis": {
            "title": {"text": plain(what), "standoff": 4, "font": {"size": NAME}},
            "gridcolor": "#dddddd",
            "zeroline": False,
            "showline": True,
            "linecolor": FAINT,
        },
        "yaxis": {"range": [0.0, top], "visible": False, "fixedrange": True},
    }
