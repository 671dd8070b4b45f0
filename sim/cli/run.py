"""`chokepoint run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ExtraMeasures, Names, Until
from sim.cli.printing import busy, new_console, new_table, plain
from sim.cli.study_command import StudyOptions, study_command

if TYPE_CHECKING:
    from rich.console import Console

    from sim.measures import Record
    from sim.scenario import Scenario
    from sim.studies.bound import Limits


@study_command(
    example="chokepoint run mooring-shutdown-2022 --reference baseline-2022 --policy spare-mooring",
    replications=None,
)
def run(
    options: StudyOptions,
    scenarios: Names,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO", help="Also run this scenario, the reference run, and compare each with it."
        ),
    ] = None,
    replication: Annotated[
        int | None, typer.Option(min=0, help="Number of the replication, which sets its random draws.")
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", "-n", min=1, help="Runs of each scenario; results get 95 % intervals."
        ),
    ] = None,
    measure: ExtraMeasures = [],  # noqa: B006
    until: Until = [],  # noqa: B006
    story: Annotated[
        bool, typer.Option("--story", help="Print the events of the run, line by line.")
    ] = False,
) -> None:
    """Run scenarios, print a short table, and write results/<name>/ with tables, charts and a page."""
    from sim.scenario import load

    loaded = [load(name, options.policy, options.set) for name in scenarios]
    if (replications or 1) > 1 or until:
        single = {
            "--reference": reference is not None,
            "--replication": replication is not None,
            "--story": story,
        }
        _refuse(single, "is for a single run", "to compare ensembles, use compare")
        _run_ensembles(options, loaded, replications, measure, until)
    else:
        several = {"--measure": bool(measure), "--cluster": options.cluster is not None}
        _refuse(several, "is for many runs", "give their number with --replications")
        _run_once(options, loaded, load(reference) if reference else None, replication or 0, story)


def _run_ensembles(
    options: StudyOptions,
    scenarios: list[Scenario],
    replications: int | None,
    measures: list[str],
    until: list[str],
) -> None:
    """Run scenarios many times; print and write the report of each."""
    from sim.report.folder import check_targets
    from sim.report.studies.ensemble_report import ensemble_report
    from sim.studies.ensemble import ensemble, is_narrow
    from sim.studies.request import read_key
    from sim.studies.stopping import MAX_REPLICATIONS, read_width
    from sim.studies.variants import variant

    variants = [variant(scenario, seed=options.seed) for scenario in scenarios]
    widths = [[read_width(text, scenario) for text in until] for scenario in scenarios]
    also = [read_key(text) for text in measures]
    check_targets(options.out, [scenario.name for scenario in scenarios])
    count = replications or MAX_REPLICATIONS
    with options.running(count * len(variants)) as how:
        ensembles = [
            ensemble(each, count, until=width, also=also, **how)
            for each, width in zip(variants, widths, strict=True)
        ]
    for scenario, results, width in zip(scenarios, ensembles, widths, strict=True):
        options.write(ensemble_report(scenario, results, options.request))
        if not is_narrow(results, width):
            many = f"after {len(results):,} replications"
            words = f"{results.label}: intervals are not as narrow as requested {many}"
            new_console().print(plain(words), soft_wrap=True)


def _run_once(
    options: StudyOptions,
    scenarios: list[Scenario],
    reference: Scenario | None,
    replication: int,
    story: bool,
) -> None:
    """Run scenarios once, and the reference; print the overview and write the results."""
    from sim.report.folder import check_targets
    from sim.report.results import write_results
    from sim.studies.bound import limits
    from sim.studies.runs import run as run_once

    console = new_console()
    check_targets(options.out, [scenario.name for scenario in scenarios])
    every = [*([reference] if reference else []), *scenarios]
    records: list[Record] = []
    bounds: list[Limits] = []
    for scenario in every:
        with busy(console, f"running {scenario.name}"):
            records.append(run_once(scenario, replication, options.seed))
            bounds.append(limits(scenario, replication, options.seed))
    _print_overview(console, records, bounds)
    reference_record = records[0] if reference else None
    first = 1 if reference else 0
    for record in records[first:]:
        if story:
            _print_story(console, record)
        for stall in record.stalled:
            console.print(f"[bold]stalled:[/bold] {plain(stall)}", soft_wrap=True)
    for scenario, record, bound in zip(scenarios, records[first:], bounds[first:], strict=True):
        with busy(console, f"writing {scenario.name}"):
            target = write_results(
                scenario,
                record,
                options.out,
                reference=reference_record,
                plots=options.plots,
                bound=bound,
                request=options.request,
            )
        console.print(f"results in {plain(str(target))}/", soft_wrap=True)


def _refuse(options: dict[str, bool], message: str, advice: str) -> None:
    """Raise `InputError` for options that do not apply."""
    from sim.errors import Faults

    faults = Faults()
    for option, is_used in options.items():
        if is_used:
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
        texts = ["–" if value is None else f"{value:,.{row.decimals}f}" for value in row.values]
        table.add_row(row.title, *(texts or [""] * len(records)), row.unit)
    console.print(table)
