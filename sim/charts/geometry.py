"""Geometry of a chart that both renderers share: bases of stacks, ranges of axes, dates and labels placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from sim.charts import text_metrics
from sim.charts.chart import (
    Band,
    Bars,
    Chart,
    Dots,
    Heat,
    Layer,
    Limit,
    Line,
    Mark,
    NumberAxis,
    Panel,
    Paths,
    Text,
    TimeAxis,
    Zone,
)
from sim.charts.wording import MONTHS
from sim.measures.series import Numbers

HEADROOM = 1.06  # of the highest value
BEHIND_BAR = 4.0  # points from the end of a bar to the text behind it
TEXT_SIZE = 8.0  # points of texts in a panel
DOT = 5.2  # points across a dot


def legend_marks(chart: Chart) -> list[Mark]:
    """Return the marks that the legend names, the first of each name."""
    named: dict[str, Mark] = {}
    for panel in chart.panels:
        for mark in panel.marks:
            if not isinstance(mark, Text | Heat) and mark.name and not getattr(mark, "label_at_end", False):
                named.setdefault(mark.name, mark)
    return list(named.values())


def heat_of(chart: Chart) -> Heat | None:
    """Return the first heat map of a chart, whose colours all others share."""
    return next((mark for panel in chart.panels for mark in panel.marks if isinstance(mark, Heat)), None)


def with_bases(panel: Panel) -> Iterator[tuple[Mark, Numbers]]:
    """Yield each mark with where its layer or bars begin: on those of the same stack before it.

    Bars to the left of zero are stacked apart from those to the right of it. Other marks have an empty base.
    """
    tops: dict[str, Numbers] = {}
    ends: dict[tuple[str, str, bool], Numbers] = {}
    for mark in panel.marks:
        if isinstance(mark, Layer):
            base = tops.get(mark.stack, np.zeros(len(mark.x)))
            tops[mark.stack] = base + np.nan_to_num(mark.values)
            yield mark, base
        elif isinstance(mark, Bars):
            lengths = np.nan_to_num(mark.lengths)
            starts = np.zeros(len(lengths))
            for left in (False, True):
                side = lengths < 0.0 if left else lengths >= 0.0
                before = ends.get((mark.stack, mark.place, left), np.zeros(len(lengths)))
                starts[side] = before[side]
                ends[mark.stack, mark.place, left] = before + np.where(side, lengths, 0.0)
            yield mark, starts
        else:
            yield mark, np.empty(0)


def y_range(panel: Panel) -> tuple[float, float]:
    """Return the ends of a panel's vertical axis: of rows, those of a heat map, or with some headroom."""
    if panel.rows:
        return len(panel.rows) - 0.4, -0.6
    low, high = _bounds([y for mark, base in with_bases(panel) for y in _extents(mark, base)[1]])
    if not _has_cells(panel):
        low, high = min(low, 0.0) * HEADROOM, max(high, 0.0) * HEADROOM
    low = low if panel.y.low is None else panel.y.low
    high = high if panel.y.high is None else panel.y.high
    return low, high if high > low else low + 1.0


def x_range(chart: Chart, panel: Panel, width: float) -> tuple[float, float]:
    """Return the ends of a panel's horizontal axis, with room for texts behind bars, `width` points wide."""
    if isinstance(chart.x, TimeAxis):
        return 0.0, chart.x.days
    axis = axis_of(chart, panel)
    low, high = _bounds([x for mark, base in with_bases(panel) for x in _extents(mark, base)[0]])
    if panel.rows:
        low, high = min(low, 0.0), max(high, 0.0)
        texts = [mark for mark in panel.marks if isinstance(mark, Text)]
        for mark in texts:
            room = width - text_metrics.width(mark.text, TEXT_SIZE) - 2 * BEHIND_BAR - DOT
            at = behind_bar(panel, mark)[0]
            high = max(high, low + (at - low) * width / max(room, width / 3))
        low, high = low * HEADROOM, high if texts else high * HEADROOM
    elif not _has_cells(panel):
        low, high = low - 0.02 * (high - low), high + 0.02 * (high - low)
    low = low if axis.low is None else axis.low
    high = high if axis.high is None else axis.high
    return low, high if high > low else low + 1.0


def behind_bar(panel: Panel, text: Text) -> tuple[float, float]:
    """Return where a text begins and its distance from there in points: behind bar and dots of its row."""
    if not text.behind_bar:
        return text.x, 0.0
    dots = [
        float(x)
        for mark in panel.marks
        if isinstance(mark, Dots)
        for x, y in zip(mark.x, mark.y, strict=True)
        if abs(y - text.y) < 0.5
    ]
    at = max([text.x, *dots])
    return at, BEHIND_BAR + (DOT / 2 if at in dots else 0.0)


def axis_of(chart: Chart, panel: Panel) -> NumberAxis:
    """Return the horizontal axis of a panel of a chart that is not over time."""
    if panel.x is not None:
        return panel.x
    return chart.x if isinstance(chart.x, NumberAxis) else NumberAxis()


def cell_edges(values: Numbers) -> Numbers:
    """Return the edges of cells about values, half way between them."""
    if len(values) < 2:
        return np.array([values[0] - 0.5, values[0] + 0.5])
    middles = (values[1:] + values[:-1]) / 2
    first, last = values[0] - (middles[0] - values[0]), values[-1] + (values[-1] - middles[-1])
    return np.concatenate(([first], middles, [last]))


def joined(lines: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """Return lines as one, with a gap after each."""
    gap = np.array([np.nan])
    xs, ys = ([np.concatenate((line[side], gap)) for line in lines] for side in (0, 1))
    return np.concatenate(xs or [gap]), np.concatenate(ys or [gap])


def last_point(line: Line) -> tuple[float, float] | None:
    """Return the last point of a line that has a value."""
    there = np.flatnonzero(~np.isnan(line.values))
    return (float(line.x[there[-1]]), float(line.values[there[-1]])) if len(there) else None


def end_labels(panel: Panel) -> list[tuple[float | None, float, str, str]]:
    """Return the texts at the right of a panel: x (None: the end of the axis), y, text and colour."""
    labels: list[tuple[float | None, float, str, str]] = []
    for mark in panel.marks:
        if isinstance(mark, Line) and mark.label_at_end and (point := last_point(mark)):
            labels.append((point[0], point[1], mark.name, mark.stroke.colour))
        elif isinstance(mark, Limit) and mark.label and mark.axis == "y":
            labels.append((None, mark.at, mark.label, mark.stroke.colour))
    return labels


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return heights moved as little as keeps them `gap` apart, and between two ends if they fit."""
    order = np.argsort(heights, kind="stable")
    moved = np.asarray(heights, dtype=float)[order]
    for n in range(1, len(moved)):
        moved[n] = max(moved[n], moved[n - 1] + gap)
    for n in range(len(moved) - 1, -1, -1):
        above = moved[n + 1] - gap if n + 1 < len(moved) else high
        moved[n] = min(moved[n], above)
    if len(moved) and moved[0] < low and gap * (len(moved) - 1) <= high - low:
        moved = np.maximum(moved, low + gap * np.arange(len(moved)))
    placed = np.empty(len(moved))
    placed[order] = moved
    return [float(height) for height in placed]


def date_ticks(axis: TimeAxis) -> dict[float, str]:
    """Return the days to mark on an axis over time, with their dates, and the year where it changes."""
    end = axis.start + timedelta(days=axis.days)
    by_month = axis.days > 75
    ticks: dict[float, str] = {}
    year = 0
    for tick in _months(axis, end) if by_month else _days(axis, end):
        name = MONTHS[tick.month - 1] if by_month else f"{tick.day} {MONTHS[tick.month - 1]}"
        ticks[float((tick - axis.start).days)] = name if tick.year == year else f"{name}\n{tick.year}"
        year = tick.year
    return ticks


def _days(axis: TimeAxis, end: date) -> list[date]:
    step = next(step for step in (1, 2, 7, 14) if axis.days / step <= 11)
    first = axis.start + timedelta(days=-axis.start.weekday() % 7 if step >= 7 else 0)
    return [first + timedelta(days=n) for n in range(0, (end - first).days + 1, step)]


def _months(axis: TimeAxis, end: date) -> list[date]:
    step = next((step for step in (1, 2, 3, 6) if axis.days / 30.4 / step <= 15), 12)
    months = range(axis.start.year * 12 + axis.start.month - 1, end.year * 12 + end.month)
    ticks = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % step == 0]
    return [tick for tick in ticks if axis.start <= tick <= end]


def _bounds(arrays: Sequence[Numbers]) -> tuple[float, float]:
    values = np.concatenate([np.ravel(each) for each in arrays]) if arrays else np.empty(0)
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)


def _extents(mark: Mark, base: Numbers) -> tuple[list[Numbers], list[Numbers]]:
    """Return the x and the y that a mark reaches."""
    match mark:
        case Layer():
            return [mark.x], [base, base + np.nan_to_num(mark.values)]
        case Line():
            return [mark.x], _with_errors(mark.values, mark.errors)
        case Band():
            return [mark.x], [mark.low, mark.high]
        case Limit():
            at = [np.array([mark.at])]
            return ([], at) if mark.axis == "y" else (at, [])
        case Zone():
            return [np.ravel(mark.intervals)], [np.array([mark.low, mark.high])]
        case Paths():
            return [x for x, _ in mark.paths], [y for _, y in mark.paths]
        case Dots():
            return _with_errors(mark.x, mark.x_errors), _with_errors(mark.y, mark.y_errors)
        case Bars():
            return [base, *_with_errors(base + np.nan_to_num(mark.lengths), mark.errors)], []
        case Heat():
            return ([cell_edges(mark.x)], [cell_edges(mark.y)]) if mark.is_grid else ([mark.x], [mark.y])
        case _:
            return [], []


def _with_errors(values: Numbers, errors: Numbers | None) -> list[Numbers]:
    half = np.zeros(len(values)) if errors is None else np.nan_to_num(errors)
    return [values - half, values + half]


def _has_cells(panel: Panel) -> bool:
    return any(isinstance(mark, Heat) and mark.is_grid for mark in panel.marks)
