"""`chokepoint run`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.app import app
from sim.cli.options import (
    Address,
    Measures,
    Names,
    NumberOfWorkers,
    Out,
    Plots,
    Policies,
    Seed,
    Settings,
    Until,
    this_request,
)
from sim.cli.printing import busy, new_console, new_table, plain

if TYPE_CHECKING:
    from rich.console import Console

    from sim.measures import Record
    from sim.studies.bound import Limits


@app.command(
    epilog="Example: chokepoint run mooring-shutdown-2022 --beside baseline-2022 --policy spare-mooring"
)
def run(
    scenarios: Names,
    policy: Policies = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    beside: Annotated[str | None, typer.Option(help="Show a scenario as it is beside each run.")] = None,
    seed: Seed = None,
    replication: Annotated[int | None, typer.Option(min=0, help="Which replication's luck to use.")] = None,
    replications: Annotated[
        int | None,
        typer.Option("--replications", "-n", min=1, help="Run each so many times, and give intervals."),
    ] = None,
    measure: Measures = [],  # noqa: B006
    until: Until = [],  # noqa: B006
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
    story: Annotated[bool, typer.Option("--story", help="Tell what happens, line by line.")] = False,
    plots: Plots = True,
) -> None:
    """Run scenarios, print a short table, and write results/<name>/ with tables and plots."""
    from sim.scenario import load

    if (replications or 1) > 1 or until:
        single = {"--beside": beside is not None, "--replication": replication is not None, "--story": story}
        _refuse(single, "is for a single run", "to hold many runs together, use compare")
        from sim.cli.many import Many, run_many

        asked = Many(replications=replications, also=measure, until=until, workers=workers, cluster=cluster)
        run_many([load(name, policy, set) for name in scenarios], seed, asked, out, plots)
        return
    many = {"--measure": bool(measure), "--cluster": cluster is not None}
    _refuse(many, "is for many runs", "say how many with --replications")
    from sim.report.folder import check_targets
    from sim.report.results import write_results
    from sim.studies.bound import limits
    from sim.studies.single import run as run_once

    console = new_console()
    found = [load(name, policy, set) for name in scenarios]
    base = load(beside) if beside else None
    check_targets(out, [scenario.name for scenario in found])
    base_record = run_once(base, replication or 0, seed) if base else None
    records: list[Record] = []
    bounds: list[Limits] = []
    for scenario in found:
        with busy(console, f"running {scenario.name}"):
            records.append(run_once(scenario, replication or 0, seed))
            bounds.append(limits(scenario, replication or 0, seed))
    if base and base_record:
        shown = [limits(base, replication or 0, seed), *bounds]
        _print_overview(console, [base_record, *records], shown)
    else:
        _print_overview(console, records, bounds)
    for record in records:
        if story:
            _print_story(console, record)
        for stall in record.stalled:
            console.print(f"[bold]stalled:[/bold] {plain(stall)}", soft_wrap=True)
    for scenario, record, bound in zip(found, records, bounds, strict=True):
        with busy(console, f"writing {scenario.name}"):
            target = write_results(
                scenario, record, out, beside=base_record, plots=plots, bound=bound, request=this_request()
            )
        console.print(f"results in {plain(str(target))}/", soft_wrap=True)


def _refuse(given: dict[str, bool], message: str, advice: str) -> None:
    """Refuse options that are not for what was asked."""
    from sim.errors import Faults

    faults = Faults()
    for option, there in given.items():
        if there:
            faults.add(message, key=option, advice=advice)
    faults.raise_any()


def _print_story(console: Console, record: Record) -> None:
    from sim.report.story import story as lines_of

    console.print(f"\n[bold]{plain(record.title)}[/bold]")
    for line in lines_of(record):
        console.print(plain(line.dated(record)), soft_wrap=True)


def _print_overview(console: Console, records: list[Record], bounds: list[Limits]) -> None:
    from sim.report.headline_table import headline_table

    table = new_table("")
    table.add_column("")
    for record in records:
        table.add_column(plain(record.name), justify="right", overflow="fold")
    table.add_column("unit")
    for row in headline_table(records, bounds):
        shown = ["–" if value is None else f"{value:,.{row.decimals}f}" for value in row.values]
        table.add_row(row.title, *(shown or [""] * len(records)), row.unit)
    console.print(table)
