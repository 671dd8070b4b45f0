"""Names, colours and totals of all series of a chart, which both renderers must show alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Band, Bars, Chart, Contour, Dots, Heat, Layer, Limit, Line, Mark, Paths, Zone
from sim.charts.style import INK, SCALES
from sim.measures.series import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Series of a chart: the number of its panel (from 0), its name, colour and total.

    The total is the area of layers, bands and zones, the sum of the lengths of bars, the sum of x and y of
    dots, and the sum of the values of all others.
    """

    panel: int
    name: str
    colour: str
    total: float


def series_of(chart: Chart) -> list[Series]:
    """Return the series of a chart in the order of their marks; texts are none."""
    return [
        Series(panel=number, name=name, colour=colour.lower(), total=float(total))
        for number, panel in enumerate(chart.panels)
        for mark in panel.marks
        for name, colour, total in _look(mark)
    ]


def area(x: Numbers, y: Numbers) -> float:
    """Return the area of a polygon of any direction, given by its corners."""
    across, up = x - x.mean(), y - y.mean()
    return float(abs(np.dot(across, np.roll(up, -1)) - np.dot(up, np.roll(across, -1))) / 2)


def integral(x: Numbers, values: Numbers, steps: bool) -> float:
    """Return the area between values and zero; with `steps`, each value holds until the next x."""
    heights = values[:-1] if steps else (values[1:] + values[:-1]) / 2
    return float(abs(np.sum(heights * np.diff(x))))


def _look(mark: Mark) -> Iterator[tuple[str, str, float]]:
    """Yield the name, colour and total of a mark, if it is a series."""
    match mark:
        case Layer():
            yield mark.name, mark.fill.colour, integral(mark.x, np.nan_to_num(mark.values), mark.steps)
        case Line():
            yield mark.name, mark.stroke.colour, np.nansum(mark.values)
        case Band():
            there = ~np.isnan(mark.low) & ~np.isnan(mark.high)
            height = np.where(there, mark.high - mark.low, np.nan)
            steps = (height[1:] + height[:-1]) / 2 * np.diff(mark.x)
            yield mark.name or mark.group, mark.colour, np.nansum(steps)
        case Limit():
            yield mark.name, mark.stroke.colour, mark.at
        case Zone():
            yield (
                mark.name,
                mark.colour,
                sum(last - first for first, last in mark.intervals) * (mark.high - mark.low),
            )
        case Paths():
            yield mark.name, mark.stroke.colour, sum(float(np.nansum(y)) for _, y in mark.paths)
        case Bars():
            yield mark.name, mark.fill.colour, np.nansum(mark.lengths)
        case Dots():
            yield mark.name, mark.colour, np.nansum(mark.x) + np.nansum(mark.y)
        case Heat():
            yield mark.name, SCALES[mark.better][-1], np.nansum(mark.values)
        case Contour():
            yield mark.name, INK, sum(float(np.sum(y)) for _, y in mark.lines)
        case _:
            return
