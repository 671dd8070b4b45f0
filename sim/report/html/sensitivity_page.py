"""The page of a sensitivity study: what each number does to the answer, and what rests on assumed ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.charts.studies.registry import sensitivity_charts
from sim.report.html.rerun import asked, rerun_of
from sim.report.html.study_page import Cell, Table, mean, write_study_page
from sim.report.manifest import manifest
from sim.report.studies.sensitivity_tables import screening_table, share_line
from sim.studies.formatting import format_range, format_value
from sim.studies.sensitivity.found import Sensitivity
from sim.studies.sensitivity.plan import PlannedSensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.study import TOP
from sim.studies.verdicts import unit_apart

MOST = 20  # rows of a plot
ENDS = ("where it is smaller", "where it is larger")


def write_sensitivity_page(
    planned: PlannedSensitivity, found: Sensitivity, screenings: Sequence[Screening], top: int, folder: Path
) -> Path:
    """Write `folder`/report.html and return it; `top` numbers were run in full."""
    scenario, base = planned.scenario, found.base
    words = ["chokepoint", "sensitivity", *asked(scenario), *_asked(planned, found, screenings, top)]
    rerun = rerun_of(words, [manifest(scenario, base.seed, 0)], [scenario])
    under = f"{len(found.swings)} numbers, each moved by itself by {found.by:.0%}"
    charts = sensitivity_charts(found, screenings)
    tables = [_shares(found), _numbers(found), *map(_screening, screenings)]
    title = f"{base.title}: what the answer rests on"
    return write_study_page(scenario, base, title, under, tables, charts, rerun, folder)


def _shares(found: Sensitivity) -> Table:
    rows = [[Cell(text=share_line(found, place).replace(" (see summary.json)", ""))]
            for place in range(len(found.wanted))]  # fmt: skip
    told = found.what_share_means
    return Table(
        id="assumed-share", title="What rests on assumed numbers", told=told, head=["Answer"], rows=rows
    )


def _numbers(found: Sensitivity) -> Table:
    """All numbers, those first that do most to the first measure."""
    head = ["Number", "Source", "As it is", "Moved between"]
    head += [f"{one}, {end}, {unit_apart(one)}" for one in found.wanted for end in ENDS]
    rows = [
        [
            Cell(text=one.name),
            Cell(text=one.ranged.source),
            Cell(text=format_value(one.ranged.value, one.ranged.number.unit)),
            Cell(text=format_range(one.ranged)),
            *(mean(end) for place in range(len(found.wanted)) for end in one.ends(place)),
        ]
        for one in sorted(found.swings, key=lambda one: (-one.size(0), one.name))
    ]
    told = "± is the half-width of a 95 % interval of the difference; those without it were run once."
    return Table(id="moved", title="All numbers that were moved", told=told, head=head, rows=rows)


def _screening(found: Screening) -> Table:
    head, *lines = screening_table(found)
    rows = [[Cell(text=cell) for cell in line] for line in lines]
    told = f"{found.points:,} points, {found.replications} replications at each, about {found.wanted}."
    return Table(
        id=found.method, title=f"Screening by {found.method.title()}", told=told, head=head, rows=rows
    )


def _asked(
    planned: PlannedSensitivity, found: Sensitivity, screenings: Sequence[Screening], top: int
) -> Iterator[str]:
    for measure in planned.measures:
        yield from ("--measure", measure)
    yield from ("--by", f"{100.0 * found.by:.6g}")
    for pattern in planned.patterns:
        yield from ("--numbers", pattern)
    if planned.numbers and all(one.is_assumed for one in planned.numbers):
        yield "--only-assumed"
    if top != TOP:
        yield from ("--top", str(top))
    for each in screenings:
        count = len(each.found)
        yield from (f"--{each.method}", str(each.points // (count + (1 if each.method == "morris" else 2))))
        yield from ("--screen", str(max(count, 2)))
    yield from ("--seed", str(found.base.seed), "--replications", str(len(found.base)))
