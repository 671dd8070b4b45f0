"""A measure over two or three numbers: heat maps of a grid, or the points of a Latin hypercube."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.charts.chart import Chart, Contour, Dots, Heat, Limit, Mark, NumberAxis, Panel
from sim.charts.studies.sweep_findings import level_name, map_finding, phrase, value_range
from sim.charts.studies.wording import decimals_for, tick_labels, value_at
from sim.charts.style import FILLS, INK, Stroke
from sim.charts.wording import capitalised
from sim.charts.wording import count as count_of
from sim.measures.series import Numbers
from sim.studies.request import MeasureRequest
from sim.studies.sweep.level_lines import grid_of, level_lines
from sim.studies.sweep.results import Sweep
from sim.units import spelled

MAP, SMALL_MAP, CLOUD = 300.0, 190.0, 190.0  # points
ABREAST = 3
MARGIN = 0.03  # of a range, beyond the points at its ends


def sweep_map(results: Sweep, measure: MeasureRequest, level: float | None, name: str) -> Chart:
    """Draw the mean over two numbers, with a line where it breaks even."""
    heat = _heat_panel(results, measure, level, np.ones(len(results.points), dtype=bool), "", MAP)
    return _chart(results, measure, name, (heat,), _axis(results, 0))


def sweep_maps(results: Sweep, measure: MeasureRequest, level: float | None, name: str) -> Chart:
    """Draw a heat map of the first two numbers for each value of the third, in one scale of colours."""
    third = results.varied[2].number
    column = np.array([point[2] for point in results.points])
    panels = tuple(
        _heat_panel(
            results,
            measure,
            level,
            column == value,
            capitalised(f"{third.title.rpartition(', ')[2]} {value_at(value, third.unit)}"),
            SMALL_MAP,
        )
        for value in np.unique(column).tolist()
    )
    maps = f"; a map for each value of {phrase(third)}"
    return _chart(
        results, measure, name, panels, _axis(results, 0), abreast=min(len(panels), ABREAST), more=maps
    )


def sweep_clouds(results: Sweep, measure: MeasureRequest, level: float | None, name: str) -> Chart:
    """Draw the mean at all points against each number in turn."""
    estimates = [ensemble.estimate(measure) for ensemble in results.ensembles]
    mean = np.array([estimate.mean if estimate else np.nan for estimate in estimates])
    errors = np.array([(estimate.half_width or 0.0) if estimate else np.nan for estimate in estimates])
    at = _level(results, measure, level)
    limit = Limit(
        name=f"break-even: {level_name(results, measure, level)}", at=at, stroke=Stroke(INK, "dash")
    )
    panels = tuple(
        Panel(
            name=str(measure),
            unit=measure.unit,
            x=_axis(results, place),
            height=CLOUD,
            marks=(
                Dots(
                    name="mean with its 95 % interval",
                    x=np.array([point[place] for point in results.points]),
                    y=mean,
                    colour=FILLS[0].colour,
                    y_errors=errors,
                ),
                *([limit] if np.isfinite(at) else []),
            ),
        )
        for place in range(len(results.varied))
    )
    return _chart(results, measure, name, panels, _axis(results, 0), abreast=len(panels))


def _chart(
    results: Sweep,
    measure: MeasureRequest,
    name: str,
    panels: tuple[Panel, ...],
    x: NumberAxis,
    abreast: int = 1,
    more: str = "",
) -> Chart:
    design = "" if results.is_grid else " of a Latin hypercube"
    count = len(results.base)
    return Chart(
        name=name,
        finding=map_finding(results, measure),
        subject=f"{measure}: mean of {count_of(count, 'replication')} at each of "
        f"{count_of(len(results.points), 'point')}{design}, all on the same random draws{more}",
        context=results.base.title,
        label=str(measure),
        x=x,
        panels=panels,
        abreast=abreast,
    )


def _heat_panel(
    results: Sweep, measure: MeasureRequest, level: float | None, selected: Numbers, name: str, height: float
) -> Panel:
    """Return the heat map of some of the points; colours span the values at all points."""
    means = _means(results, measure)
    if not np.isfinite(means).any():
        return Panel(marks=(), name=name, height=height, empty="no value anywhere")
    points = np.array(results.points, dtype=float)[selected]
    values = means[selected]
    x, y, cells = grid_of(points[:, :2], values) if results.is_grid else (*points[:, :2].T, values)
    low, high = float(np.nanmin(means)), float(np.nanmax(means))
    heat = Heat(
        name=str(measure),
        unit=measure.unit,
        better=measure.better,
        x=x,
        y=y,
        values=cells,
        low=low,
        high=high if high > low else low + 1.0,
        is_grid=results.is_grid,
        decimals=decimals_for(means),
    )
    lines = level_lines(points[:, :2], values, _level(results, measure, level), results.is_grid)
    contour = (
        [Contour(name=f"break-even: {level_name(results, measure, level)}", lines=lines)] if lines else []
    )
    marks: tuple[Mark, ...] = (heat, *contour, *_unchanged(results, points))
    return Panel(marks=marks, name=name, y=_axis(results, 1), height=height)


def _unchanged(results: Sweep, points: Numbers) -> Iterator[Dots]:
    """The unchanged scenario, if it lies on the map of these points."""
    x, y, *others = results.base_point
    ranges = [value_range(results, place) for place in (0, 1)]
    if x is None or y is None:
        return
    if not all(low <= value <= high for value, (low, high) in zip((x, y), ranges, strict=True)):
        return
    if others and (others[0] is None or not np.isclose(points[:, 2], others[0]).all()):
        return
    values = [
        value_at(value, varied.number.unit)
        for value, varied in zip(results.base_point, results.varied, strict=True)
        if value is not None
    ]
    name = f"unchanged scenario: {', '.join(values)}"
    yield Dots(name=name, x=np.array([x]), y=np.array([y]), colour=INK, marker="X", hollow=(True,))


def _axis(results: Sweep, place: int) -> NumberAxis:
    varied = results.varied[place]
    ticks = tick_labels(sorted({point[place] for point in results.points})) if results.is_grid else {}
    low, high = value_range(results, place)
    margin = 0.0 if results.is_grid else MARGIN * (high - low)
    ends = (None, None) if results.is_grid else (low - margin, high + margin)
    return NumberAxis(
        label=varied.number.title, unit=spelled(varied.number.unit), low=ends[0], high=ends[1], ticks=ticks
    )


def _level(results: Sweep, measure: MeasureRequest, level: float | None) -> float:
    if level is not None:
        return level
    base = results.base.estimate(measure)
    return base.mean if base else np.nan


def _means(results: Sweep, measure: MeasureRequest) -> Numbers:
    estimates = (ensemble.estimate(measure) for ensemble in results.ensembles)
    return np.array([estimate.mean if estimate else np.nan for estimate in estimates])
