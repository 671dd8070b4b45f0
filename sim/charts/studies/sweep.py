"""A measure over the numbers that a sweep varies: a line, heat maps, or points of a Latin hypercube."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.charts.chart import Band, Chart, Dots, Limit, Line, Mark, NumberAxis, Panel, Paths
from sim.charts.studies.groups import ChartGroup, file_name
from sim.charts.studies.sweep_findings import clear_break_evens, line_finding, value_range
from sim.charts.studies.sweep_maps import sweep_clouds, sweep_map, sweep_maps
from sim.charts.studies.wording import MIN_FOR_QUANTILES, amount, value_at
from sim.charts.style import CLOSED, FAINT, FILLS, INK, Stroke
from sim.charts.wording import count as count_of
from sim.measures.series import Numbers
from sim.studies.estimates import NINE_IN_TEN
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest
from sim.studies.sweep.break_even import BreakEven
from sim.studies.sweep.results import Sweep
from sim.units import spelled

UPPER, LOWER = 220.0, 150.0  # points
MEAN = Stroke(FILLS[0].colour)
BREAK_EVEN = Stroke(CLOSED)


def sweeps(results: Sweep, level: float | None = None) -> ChartGroup:
    """Return a chart of each measure, the headlines first; the first measure breaks even at `level`."""
    leading = headlines(results.requests)
    others = [measure for measure in results.requests if measure not in leading and _varies(results, measure)]
    charts = [
        sweep_chart(results, measure, level if measure == results.requests[0] else None)
        for measure in [*leading, *others]
    ]
    return ChartGroup(charts=tuple(charts), files=len(leading))


def sweep_chart(results: Sweep, measure: MeasureRequest | None = None, level: float | None = None) -> Chart:
    """Draw a measure, by default the headline, over the numbers varied; without a level, it breaks even
    where it equals its value in the unchanged scenario.
    """
    leading = headlines(results.requests)
    measure = measure or leading[0]
    name = "sweep" if len(leading) == 1 and measure in leading else file_name(measure)
    if len(results.varied) == 1:
        return sweep_line(results, measure, level, name)
    if len(results.varied) == 2:
        return sweep_map(results, measure, level, name)
    draw = sweep_maps if results.is_grid else sweep_clouds
    return draw(results, measure, level, name)


def sweep_line(results: Sweep, measure: MeasureRequest, level: float | None, name: str) -> Chart:
    """Draw the measure above, and its paired difference from the unchanged scenario below."""
    (varied,), count = results.varied, len(results.base)
    order = np.argsort([point[0] for point in results.points], kind="stable").tolist()
    x = np.array([results.points[n][0] for n in order])
    columns = np.array([results.ensembles[n].column(measure) for n in order])
    crossings = clear_break_evens(results, measure, level)
    marks = _break_evens(crossings, level or 0.0, varied.number.unit)
    unchanged = _unchanged(results)
    upper: list[Mark] = [*_replications(x, columns), *_level(results, measure, level), *unchanged]
    lower: list[Mark] = [
        _differences(results, measure, order, x),
        Limit(name="", at=0.0, stroke=Stroke(INK, "dash")),
        *unchanged,
    ]
    (lower if level is None else upper).extend(marks)
    has_values = bool(np.isfinite(columns).any())
    return Chart(
        name=name,
        finding=line_finding(results, measure, level, crossings),
        subject=f"{count_of(count, 'replication')} at each value, on the same random draws; "
        "below: the paired difference" + (" with its 95 % interval" if count > 1 else ""),
        context=results.base.title,
        label=str(measure),
        x=NumberAxis(label=varied.number.title, unit=spelled(varied.number.unit)),
        panels=(
            Panel(
                name=str(measure),
                unit=measure.unit,
                height=UPPER,
                marks=tuple(upper) if has_values else (),
                empty="" if has_values else "no value anywhere",
            ),
            Panel(
                name="Difference from the unchanged scenario",
                unit=measure.unit,
                height=LOWER,
                signed=True,
                marks=tuple(lower) if has_values else (),
            ),
        ),
    )


def _replications(x: Numbers, columns: Numbers) -> Iterator[Mark]:
    """The mean, and behind it nine in ten replications, or each of them where they are few."""
    count = columns.shape[1]
    if count >= MIN_FOR_QUANTILES:
        low, high = np.nanquantile(columns, NINE_IN_TEN, axis=1)
        yield Band(x=x, low=low, high=high, colour=MEAN.colour, name="nine in ten replications")
    elif count > 1:
        paths = tuple((x, values) for values in columns.T)
        yield Paths(name="one replication", paths=paths, stroke=Stroke(FAINT), width=0.7, opacity=0.5)
    yield Line(name="mean", x=x, values=_mean(columns), stroke=MEAN, marker="o")


def _mean(columns: Numbers) -> Numbers:
    present = np.isfinite(columns)
    counts = present.sum(axis=1)
    totals = np.where(present, columns, 0.0).sum(axis=1)
    mean: Numbers = np.where(counts > 0, totals / np.maximum(counts, 1), np.nan)
    return mean


def _differences(results: Sweep, measure: MeasureRequest, order: list[int], x: Numbers) -> Line:
    every = results.differences(measure)
    changes = [every[n].difference for n in order]
    return Line(
        name="mean",
        x=x,
        values=np.array([change.mean if change else np.nan for change in changes]),
        stroke=MEAN,
        marker="o",
        errors=np.array([(change.half_width or 0.0) if change else np.nan for change in changes]),
    )


def _level(results: Sweep, measure: MeasureRequest, level: float | None) -> Iterator[Limit]:
    base = results.base.estimate(measure)
    stroke = Stroke(INK, "dash")
    if level is not None:
        yield Limit(name=f"level of break-even, {level:,.6g} {measure.unit}".strip(), at=level, stroke=stroke)
    elif base is not None:
        name = f"unchanged scenario, {amount(base, measure.unit)}"
        yield Limit(name=name, at=base.mean, stroke=stroke)


def _unchanged(results: Sweep) -> list[Limit]:
    """The value of the number in the unchanged scenario, if it lies among those tried."""
    (varied,), (value,) = results.varied, results.base_point
    low, high = value_range(results, 0)
    if value is None or not low <= value <= high:
        return []
    name = f"unchanged: {value_at(value, varied.number.unit)}"
    return [Limit(name=name, at=value, stroke=Stroke(FAINT, "dot"), axis="x")]


def _break_evens(crossings: list[BreakEven], height: float, unit: str) -> Iterator[Mark]:
    for crossing in crossings:
        ends = [end for end in (crossing.low, crossing.at, crossing.high) if end is not None]
        x = np.array([ends[0], ends[-1]])
        name = "95 % interval of the break-even"
        yield Line(name=name, x=x, values=np.full(2, height), stroke=BREAK_EVEN, width=3.0)
        name = f"break-even at {value_at(crossing.at, unit)}"
        yield Dots(name=name, x=np.array([crossing.at]), y=np.array([height]), colour=CLOSED, marker="D")


def _varies(results: Sweep, measure: MeasureRequest) -> bool:
    means = {
        float(f"{estimate.mean:.6g}") if estimate else None
        for estimate in (ensemble.estimate(measure) for ensemble in results.ensembles)
    }
    return len(means) > 1
