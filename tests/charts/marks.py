"""Marks of a chart's description by kind and name, for the tests of charts."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from sim.charts.chart import Bars, Chart, Layer, Line, Mark, Panel

M = TypeVar("M", bound=Mark)


def of_kind(panel: Panel, kind: type[M]) -> list[M]:
    """Return the marks of one kind."""
    return [mark for mark in panel.marks if isinstance(mark, kind)]


def layers(panel: Panel) -> dict[str, Layer]:
    """Return the layers of a panel by name."""
    return {layer.name: layer for layer in of_kind(panel, Layer)}


def lines(panel: Panel) -> dict[str, Line]:
    """Return the lines of a panel by name."""
    return {line.name: line for line in of_kind(panel, Line)}


def bars(panel: Panel) -> dict[str, Bars]:
    """Return the layers of bars of a panel by name."""
    return {layer.name: layer for layer in of_kind(panel, Bars)}


def names(chart: Chart) -> set[str]:
    """Return all names of marks of a chart."""
    return {getattr(mark, "name", "") for panel in chart.panels for mark in panel.marks}


def top_at(panel: Panel, x: float) -> float:
    """Return the top of all layers of a panel at one x."""
    return sum(value_at(layer, x) for layer in of_kind(panel, Layer))


def value_at(mark: Layer | Line, x: float) -> float:
    """Return the value of a layer or line at one x; steps hold until the next x."""
    if mark.steps:
        return float(mark.values[np.searchsorted(mark.x, x, side="right") - 1])
    return float(np.interp(x, mark.x, mark.values))


def row_total(panel: Panel, name: str) -> float:
    """Return the length of all bars in the row of a name."""
    index = [row.name for row in panel.rows].index(name)
    return float(sum(np.nan_to_num(layer.lengths[index]) for layer in of_kind(panel, Bars)))
