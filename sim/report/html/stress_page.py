"""The page of a stress test: what it costs that something is shut, and how long until all is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sim.charts.studies.registry import stress_charts
from sim.charts.wording import full_date
from sim.report.html.rerun import asked, rerun_of
from sim.report.html.study_page import Cell, Table, mean, write_study_page
from sim.report.manifest import manifest
from sim.studies.formatting import format_recovery
from sim.studies.stress.blow import Blow
from sim.studies.stress.found import Stress
from sim.studies.stress.plan import PlannedStress
from sim.studies.stress.recovery import WHAT

MOST = 20  # rows of a plot


def write_stress_page(planned: PlannedStress, found: Stress, folder: Path) -> Path:
    """Write `folder`/report.html and return it."""
    scenario, base = planned.scenario, found.base
    words = ["chokepoint", "stress", *asked(scenario), *_asked(planned, found)]
    rerun = rerun_of(words, [manifest(scenario, base.seed, 0)], [scenario])
    under = (
        f"each shut from {full_date(base.start, found.since)} on, for {_lengths(found)} days, "
        f"{len(base)} replications of each"
    )
    single, pairs = found.ranked(), found.ranked(paired=True)
    tables = [
        _table(found, single, "losses", "Losses"),
        *([_table(found, pairs, "pairs", "Pairs")] if pairs else []),
    ]
    charts = stress_charts(found)
    return write_study_page(
        scenario, base, f"{base.title}: what closures cost", under, tables, charts, rerun, folder
    )


def _lengths(found: Stress) -> str:
    return ", ".join(f"{length:g}" for length in found.lengths)


def _table(found: Stress, ranked: list[Blow], id: str, title: str) -> Table:
    wanted = [(place, one, length) for place, one in enumerate(found.wanted) for length in found.lengths]
    head = ["Shut", "Kind", "What it is"]
    head += [f"{one}, lost in {length:g} days, {one.unit}" for _, one, length in wanted]
    head += [f"Days until all is back, after {length:g}" for length in found.lengths]
    rows = [
        [
            Cell(text=one.target.name),
            Cell(text=one.target.kind),
            Cell(text=one.target.title),
            *(mean(found.of(one.target.name, length).loss(place)) for place, _, length in wanted),
            *(_recovery(found.of(one.target.name, length)) for length in found.lengths),
        ]
        for one in ranked
    ]
    told = f"± is the half-width of a 95 % interval. {WHAT[:1].upper()}{WHAT[1:]}"
    return Table(id=id, title=title, told=told, head=head, rows=rows)


def _recovery(one: Blow) -> Cell:
    back = one.recovery.mean if one.recovery else None
    return Cell(text=format_recovery(one), value=back, number=True)


def _asked(planned: PlannedStress, found: Stress) -> Iterator[str]:
    yield from ("--days", ",".join(f"{length:g}" for length in found.lengths))
    yield from ("--from", str(planned.scenario.start + timedelta(days=planned.since)))
    for element in planned.elements:
        yield from ("--elements", element)
    paired = {part for one in found.ranked(paired=True) for part in one.target.parts}
    if paired:
        yield from ("--pairs", "--among", str(len(paired)))
    for measure in planned.measures:
        yield from ("--measure", measure)
    yield from ("--seed", str(found.base.seed), "--replications", str(len(found.base)))
