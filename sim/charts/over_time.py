"""Parts that charts over time share: sampling of two runs on the same dates, stacks, the chart's frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Chart, Layer, Line, Panel, TimeAxis
from sim.charts.closures import closures_of
from sim.charts.style import INK, LESS, MORE, Fill, Stroke, fills
from sim.engine.journal import Series
from sim.measures.record import Record
from sim.measures.series import Numbers, daily_edges, line_at, step_means
from sim.measures.sides import Side, spans_of
from sim.measures.smoothing import Smoothing, breaks, smoothing_name, smoothing_width

MIN_PART = 0.02  # of the peak of a stack: a thinner layer cannot be seen
REFERENCE = Stroke(INK, "dash")
MORE_FILL, LESS_FILL = Fill(MORE), Fill(LESS, "//")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sampling:
    """A run sampled on the days of a chart, its own or a reference run's; nan where the run has no data.

    `edges` are the midnights of the chart's run, `shift` the day of that run on which this one starts.
    """

    edges: Numbers
    shift: float
    until: float
    smooth: Smoothing

    def daily(self, series: Series | None) -> Numbers:
        """Return the mean of a step series on each day."""
        bins = self.edges - self.shift
        means = step_means(series, self.until, bins)
        means[(bins[:-1] < 0.0) | (bins[1:] > self.until + 1e-9)] = np.nan
        return means

    def at_midnight(self, series: Series | None) -> Numbers:
        """Return the value of a point series at the start of each day, and at the end of the last."""
        times = self.edges - self.shift
        values = line_at(series, times)
        values[(times < 0.0) | (times > self.until + 1e-9)] = np.nan
        return values


def sampling_of(record: Record, chart: Record | None = None, width: float | None = None) -> Sampling:
    """Return the sampling of a run on the days of a chart about the run `chart`, itself by default.

    A reference run is smoothed as the chart's run is, over the same days, so that the two are comparable.
    A mean over more days than usual does not cross the start of a boycott either.
    """
    chart = record if chart is None else chart
    shift = float((record.start - chart.start).days)
    edges = daily_edges(chart.days)
    smooth = Smoothing(
        times=edges - shift,
        until=record.days,
        width=smoothing_width(chart.days) if width is None else width,
        breaks=[day - shift for day in _breaks(chart, width)],
    )
    return Sampling(edges=edges, shift=shift, until=record.days, smooth=smooth)


def overlap(record: Record, reference: Record | None) -> Record | None:
    """Return a reference run if any of its dates are those of the run."""
    if reference is None:
        return None
    shift = (reference.start - record.start).days
    return reference if shift < record.days and shift + reference.days > 0.0 else None


def averaging(record: Record, width: float | None = None) -> str:
    """Return the mean that a chart's lines show, with a word on the edges of closures if it is cut there."""
    name = smoothing_name(record.days) if width is None else f"{width:.0f}-day mean"
    edges = "closures and boycotts" if _is_wide(record, width) and record.boycotts else "closures"
    cut = _breaks(record, width) and name not in ("daily mean", "1-day mean")
    return f"{name}, one-sided at the edges of {edges}" if cut else name


def layers(
    x: Numbers,
    values: Mapping[str, Numbers],
    filled: Mapping[str, Fill] | None = None,
    *,
    stack: str = "",
    steps: bool = False,
) -> tuple[Layer, ...]:
    """Return the layers of a stack, those that are zero throughout left out; daily means fill their day."""
    looks = dict(zip(values, fills(len(values)), strict=True)) if filled is None else filled
    return tuple(
        Layer(name=name, x=x, values=_to_the_end(each, x), fill=looks[name], stack=stack, steps=steps)
        for name, each in values.items()
        if np.any(each)
    )


def fold_small(values: Mapping[str, Numbers], other: str) -> tuple[dict[str, Numbers], str]:
    """Return layers with those too thin to see added up as `other`, and a note that names them.

    A single thin layer keeps its name.
    """
    peak = float(np.max(np.sum(list(values.values()), axis=0), initial=0.0)) if values else 0.0
    drawn = {name: each for name, each in values.items() if np.any(each)}
    small = [name for name, each in drawn.items() if float(np.max(each)) < MIN_PART * peak]
    if len(small) < 2:
        return drawn, ""
    folded = {name: each for name, each in drawn.items() if name not in small}
    folded[other] = np.sum([drawn[name] for name in small], axis=0)
    return folded, f"{other}: {', '.join(small)}."


def signed_layers(x: Numbers, difference: Numbers) -> tuple[Layer, ...]:
    """Return what a run has more than its reference and what it has less, as two layers about zero."""
    difference = np.nan_to_num(difference)
    parts = (
        ("More", np.maximum(difference, 0.0), MORE_FILL),
        ("Less", np.minimum(difference, 0.0), LESS_FILL),
    )
    return tuple(
        Layer(name=name, x=x, values=values, fill=fill, stack=name)
        for name, values, fill in parts
        if np.any(values)
    )


def total(values: Mapping[str, Numbers], like: Numbers) -> Numbers:
    """Return the sum of layers; zeros shaped `like` another array if there are none."""
    summed: Numbers = np.sum([np.zeros_like(like), *values.values()], axis=0)
    return summed


def reference_line(x: Numbers, values: Numbers, name: str = "Reference run", steps: bool = False) -> Line:
    """Return the dashed line of a reference run."""
    return Line(name=name, x=x, values=_to_the_end(values, x), stroke=REFERENCE, width=1.6, steps=steps)


def daily_reference(record: Record, reference: Record, series: Series | None, divisor: float = 1.0) -> Line:
    """Return the line of a queue of the reference run, a step series, as means of each day of a run."""
    sampling = sampling_of(reference, record)
    values = sampling.daily(series) / divisor
    return reference_line(sampling.edges, values, "Waiting in the reference run", steps=True)


def time_chart(
    record: Record,
    side: Side,
    *,
    name: str,
    finding: str,
    subject: str,
    panels: Sequence[Panel],
    reference: Record | None = None,
    note: str = "",
    window: tuple[float, float] | None = None,
) -> Chart:
    """Return a chart over the days of a run, or over a window of them, with the closures of one side.

    The x of its panels counts from the start of the window.
    """
    first, last = window or (0.0, record.days)
    start = record.when(first).date()
    boycotts = record.boycotts if side == "freight" else ()
    return Chart(
        name=name,
        finding=finding,
        subject=subject,
        context=context_of(record, reference),
        x=TimeAxis(start=start, days=last - first),
        panels=tuple(panels),
        closures=closures_of(spans_of(record, side), boycotts, record.start, (first, last)),
        note=note,
    )


def context_of(record: Record, reference: Record | None = None) -> str:
    """Return the title of a run, with that of its reference run."""
    return f"{record.title}. Reference run: {reference.title}" if reference else record.title


def _breaks(record: Record, width: float | None) -> list[float]:
    closures = breaks(record.spans, record.days)
    starts = {boycott.start for boycott in record.boycotts if boycott.start > 0.0}
    return sorted({*closures, *(starts if _is_wide(record, width) else ())})


def _is_wide(record: Record, width: float | None) -> bool:
    return width is not None and width > smoothing_width(record.days)


def _to_the_end(values: Numbers, x: Numbers) -> Numbers:
    """Values with the last repeated, where they are means of the days between x."""
    return np.append(values, values[-1]) if len(values) == len(x) - 1 else values
