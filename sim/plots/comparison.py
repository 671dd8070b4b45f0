"""What passed in several variants of a scenario, each run many times, and how they differ from the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers
from sim.measures.smoothing import Smoothing, breaks
from sim.plots.closures import ROW, Entry, boycott_entries, entries, shade_closures
from sim.plots.dates import date_axis, on_axis
from sim.plots.exports import smoothing, smoothing_name
from sim.plots.frame import BELOW_DATES, LEFT, RIGHT, axes_width, fit, head, legend_below
from sim.plots.style import FAINT, PLANNED, UNPLANNED, Stroke, blank, strokes, styled

if TYPE_CHECKING:
    from sim.measures.record import BoycottSpan, Span

HEIGHT = 250.0
LOWER = 110.0
BETWEEN = 24.0
NINE_IN_TEN = (0.05, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """What passed each day in each replication (a row), in the plot's unit a day.

    All courses of a plot have the same replications, on the same luck.
    """

    label: str
    daily: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A plot's title, what passes (such as `Crude oil: exports`), in which unit, and since when."""

    title: str
    what: str
    unit: str
    start: date


@styled
def comparison(
    courses: Sequence[Course],
    heading: Heading,
    reach: float,
    spans: Iterable[Span] = (),
    boycotts: Iterable[BoycottSpan] = (),
    ax: Axes | None = None,
) -> Axes:
    """The mean of each course, with a band for nine in ten replications; below, what each is off the first.

    The lower band is the interval of the mean difference, `reach` standard errors to each side. Lines are
    smoothed over a week in long runs, never across the edge of a closure. The lower axes are made out of
    the room of `ax`; a single course has none.
    """
    own, ax = ax is None, ax or blank()
    count, days = courses[0].daily.shape
    room = HEIGHT + (BETWEEN + LOWER if len(courses) > 1 else 0.0)
    if own:
        fit(ax, above=0.0, below=0.0, height=room)
    spans = tuple(spans)
    closed = [*boycott_entries(boycotts, days), *entries(spans, days)]
    times = np.arange(days + 1.0)
    edges = breaks(spans, days)
    drawn = [smoothed(course.daily, times, smoothing(days), edges) for course in courses]
    looks = strokes(len(courses))
    x = on_axis(heading.start, times)
    for course, values, stroke in zip(courses, drawn, looks, strict=True):
        low, high = np.quantile(values, NINE_IN_TEN, axis=0)
        _line(ax, x, values.mean(axis=0), low, high, stroke, course.label)
    ax.set_ylim(bottom=0.0)
    ax.set_ylabel(f"{heading.unit}/day")
    date_axis(ax, heading.start, days)
    rows = shade_closures(ax, heading.start, closed, days, axes_width(ax))
    subtitle = f"{heading.what}, {smoothing_name(days)} of {count} replications; shaded: nine in ten of them"
    above = head(ax, heading.title, subtitle, rows * ROW + (4.0 if rows else 0.0))
    lowest = ax
    if len(courses) > 1:
        lowest = _lower(ax)
        _draw_differences(lowest, x, courses, drawn, looks, reach)
        lowest.set_ylabel(f"{heading.unit}/day")
        for axes in (ax, lowest):
            axes.yaxis.set_label_coords(-36.0 / axes_width(ax), 0.5)
        _shade(lowest, heading.start, closed)
    below = legend_below(lowest, BELOW_DATES) if lowest is not ax else BELOW_DATES
    if own:
        fit(ax, above=above, below=below, height=room, sides=(LEFT, RIGHT))
    if lowest is not ax:
        _part(ax, lowest)
    return ax


def smoothed(daily: Numbers, times: Numbers, width: float, edges: Sequence[float]) -> Numbers:
    """Daily amounts as means over `width` days about each time, none across an edge or the ends."""
    return Smoothing(times=times, until=float(daily.shape[1]), width=width, breaks=edges).of_days(daily)


def _line(
    ax: Axes, x: Numbers, values: Numbers, low: Numbers, high: Numbers, stroke: Stroke, label: str
) -> None:
    ax.fill_between(x, low, high, facecolor=stroke.colour, alpha=0.16, linewidth=0, zorder=2)
    ax.plot(x, values, color=stroke.colour, linestyle=stroke.dashes, linewidth=1.6, label=label, zorder=3)


def _lower(ax: Axes) -> Axes:
    figure = ax.get_figure(root=True)
    assert figure is not None
    ax.tick_params(labelbottom=False)
    return figure.add_axes((0.1, 0.1, 0.8, 0.2), sharex=ax)


def _part(ax: Axes, lower: Axes) -> None:
    """Give the lower axes their part of the room of the upper ones."""
    left, bottom, width, height = ax.get_position().bounds
    point = height / (HEIGHT + BETWEEN + LOWER)
    ax.set_position((left, bottom + (LOWER + BETWEEN) * point, width, HEIGHT * point))
    lower.set_position((left, bottom, width, LOWER * point))


def _draw_differences(
    lower: Axes,
    x: Numbers,
    courses: Sequence[Course],
    drawn: Sequence[Numbers],
    looks: Sequence[Stroke],
    reach: float,
) -> None:
    """What each course is off the first, which is named as the zero line."""
    base, (colour, dashes) = courses[0].label, looks[0]
    lower.axhline(0.0, color=colour, linestyle=dashes, linewidth=1.6, label=base, zorder=2.5)
    for course, values, stroke in zip(courses[1:], drawn[1:], looks[1:], strict=True):
        apart = values - drawn[0]
        mean = apart.mean(axis=0)
        error = reach * apart.std(axis=0, ddof=1) / len(apart) ** 0.5 if len(apart) > 1 else np.zeros(len(x))
        _line(lower, x, mean, mean - error, mean + error, stroke, course.label)
    lower.set_title(
        f"Difference from {base}, pair by pair; shaded: 95 % interval of the mean", loc="left", fontsize=8.5,
        color=FAINT, pad=4.0,
    )  # fmt: skip


def _shade(lower: Axes, start: date, closed: Sequence[Entry]) -> None:
    for entry in closed:
        colour = PLANNED if entry.planned else UNPLANNED
        for interval in () if entry.boycott else entry.intervals:
            lower.axvspan(*on_axis(start, interval), color=colour, alpha=0.13, linewidth=0, zorder=0.5)
