"""The page of a sweep: what came of every point, and where measures break even."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.report.html.rerun import asked, rerun_of
from sim.report.html.study_page import Cell, Table, mean, number, write_study_page
from sim.report.html.sweep_figures import sweep_figures
from sim.report.manifest import manifest
from sim.studies.batches import wanted_by
from sim.studies.ranges import Varied
from sim.studies.sweep.plan import PlannedSweep
from sim.studies.sweep.study import Sweep
from sim.units import as_text, spelled

TOLD = "± is the half-width of a 95 % Student-t interval of the mean; all points have the same luck."


def write_sweep_page(
    planned: PlannedSweep, found: Sweep, level: float | None, lines: list[str], folder: Path
) -> Path:
    """Write `folder`/report.html and return it; `lines` are the break-evens in words."""
    scenario = planned.scenario
    varied = ", ".join(one.number.name for one in found.varied)
    points = f"{len(found.points)} points and the scenario as it is, {len(found.base)} replications of each"
    words = ["chokepoint", "sweep", *asked(scenario), *_asked(planned, found, level)]
    made = manifest(scenario, found.base.seed, 0)
    rerun = rerun_of(words, [made], [scenario])
    tables = [_points(found), *([_break_evens(lines)] if lines else [])]
    title = f"{found.base.title}: sweep of {varied}"
    plots = list(sweep_figures(found, level))
    return write_study_page(scenario, found.base, title, points, tables, plots, rerun, folder)


def _points(found: Sweep) -> Table:
    head = [
        *map(str, found.varied),
        *(f"{one}, {one.unit}" if one.unit else str(one) for one in found.wanted),
    ]
    usual = [*map(number, found.usual), *(mean(found.base.estimate(one)) for one in found.wanted)]
    rows = [
        [*map(number, point), *(mean(one.estimate(wanted)) for wanted in found.wanted)]
        for point, one in zip(found.points, found.ensembles, strict=True)
    ]
    told = f"{TOLD} The first line is the scenario as it is."
    return Table(id="points", title="All points", told=told, head=head, rows=[usual, *rows])


def _break_evens(lines: list[str]) -> Table:
    told = "Between points along straight lines; in brackets the range that the interval allows."
    rows = [[Cell(text=line)] for line in lines]
    return Table(id="break-evens", title="Break-evens", told=told, head=["Where"], rows=rows)


def _asked(planned: PlannedSweep, found: Sweep, level: float | None) -> Iterator[str]:
    for one in planned.varied:
        yield from ("--vary", _varied(one))
    if not planned.is_grid:
        yield from ("--latin-hypercube", str(len(planned.points)))
    if planned.wanted != wanted_by(planned.scenario, []):
        for wanted in planned.wanted:
            yield from ("--measure", " ".join(wanted.key))
    if level is not None:
        yield from ("--break-even", f"{level!r} {planned.wanted[0].unit}".strip())
    yield from ("--seed", str(found.base.seed), "--replications", str(len(found.base)))


def _varied(one: Varied) -> str:
    unit = spelled(one.number.unit)
    if one.is_range:
        return (
            f"{one.number.name}={as_text(one.values[0])}..{as_text(one.values[-1], unit)}:{len(one.values)}"
        )
    return f"{one.number.name}={','.join(map(as_text, one.values[:-1]))},{as_text(one.values[-1], unit)}"
