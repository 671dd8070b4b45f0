"""Distribution of a measure over many runs of one scenario: a dot for each run."""

from __future__ import annotations

import numpy as np

from sim.charts.chart import Chart, Dots, NumberAxis, Panel
from sim.charts.studies.groups import ChartGroup, file_name
from sim.charts.studies.wording import amount
from sim.charts.style import FILLS, INK
from sim.charts.wording import count as count_of
from sim.measures.series import Numbers
from sim.studies.ensemble import Ensemble
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest

COLUMNS = 40  # in which dots are stacked
DOT = 9.0  # points
MEAN_AT = 1.12  # of the highest stack


def spread_charts(results: Ensemble) -> list[ChartGroup]:
    """Return a chart of each measure that varies between runs, the headline first."""
    ordered = dict.fromkeys([*headlines(results.requests), *results.requests])
    varying = [measure for measure in ordered if _varies(results.column(measure))]
    charts = tuple(
        spread(results, measure, f"spread-{file_name(measure)}" if place else "spread")
        for place, measure in enumerate(varying)
    )
    return [ChartGroup(charts=charts, files=1)] if charts else []


def spread(results: Ensemble, measure: MeasureRequest, name: str = "spread") -> Chart:
    """Draw each run as a dot, stacked on those near it, and above them the mean with its interval."""
    values = results.column(measure)
    x = values[~np.isnan(values)]
    heights = stacked(x)
    top = MEAN_AT * (float(heights.max()) + 1.0)
    estimate, missing = results.estimate(measure), results.missed(measure)
    marks = [Dots(name="one replication", x=x, y=heights, colour=FILLS[0].colour)]
    if estimate is not None:
        half = np.array([estimate.half_width or 0.0])
        marks.append(
            Dots(
                name="mean and its 95 % interval",
                x=np.array([estimate.mean]),
                y=np.array([top]),
                colour=INK,
                marker="D",
                x_errors=half,
            )
        )
    counts = NumberAxis(low=0.0, high=1.1 * top, ticks={0.0: ""})
    return Chart(
        name=name,
        finding=f"{measure}: {amount(estimate, measure.unit)}; runs from {x.min():,.4g} to {x.max():,.4g}",
        subject=f"Each dot is one of {count_of(len(x), 'replication')}, each with its own random draws",
        context=results.title,
        label=str(measure),
        x=NumberAxis(label=str(measure), unit=measure.unit),
        panels=(Panel(marks=tuple(marks), y=counts, height=max(90.0, DOT * top)),),
        note=f"{missing} of {len(results)} runs have no value." if missing else "",
    )


def stacked(values: Numbers) -> Numbers:
    """Return the height of each value's dot, on top of those near it."""
    low, span = float(values.min()), float(np.ptp(values))
    columns = np.zeros(len(values)) if span == 0.0 else np.floor((values - low) / span * COLUMNS)
    below: dict[float, int] = {}
    heights = []
    for column in columns.tolist():
        below[column] = below.get(column, 0) + 1
        heights.append(below[column] - 0.5)
    return np.array(heights)


def _varies(values: Numbers) -> bool:
    present = values[~np.isnan(values)]
    return len(present) > 1 and float(np.ptp(present)) > 0.0
