"""The command line: parse, call, print. No logic lives here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.measures import Record
    from sim.scenario import Scenario

app = typer.Typer(
    name="chokepoint",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What happens when a trade route shuts, who notices when, and what would have helped.",
)

UNFOLDED = 160  # columns

Names = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", help="A scenario file, or the name of a shipped one.")
]
Name = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one.")
]
Policies = Annotated[
    list[str], typer.Option("--policy", "-p", help="Lay a policy over it: a file or a shipped name.")
]
Settings = Annotated[
    list[str], typer.Option("--set", metavar="ELEMENT.FIELD=VALUE", help="Change one number for this run.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder that results go into.")]


@app.command(epilog="Example: chokepoint check mooring-shutdown-2022")
def check(scenario: Name, policy: Policies = [], set: Settings = []) -> None:  # noqa: B006
    """Read and validate a scenario, list what will happen, show the bottleneck before any run."""
    from sim.report.preview import sourcing
    from sim.scenario import load

    found = load(scenario, policy, set)
    console = _console()
    console.print(f"[bold]{_plain(found.title)}[/bold]   {found.start} to {found.end}")
    _print_events(console, found)
    if found.network.shippers:
        _print_periods(console, found)
    if found.network.demands:
        _print_freight(console, found)
    numbers, assumed = sourcing(found)
    console.print(f"{numbers} numbers in the network, {assumed} of them assumed or derived. No faults found.")


def _print_periods(console: Console, found: Scenario) -> None:
    """What could be exported while the same things are shut."""
    from sim.report.preview import limits, periods

    table = _table("The most that could be exported, in steady work and fair weather")
    for title in ("from", "until", "kt/day", "limited by, kt/day", "shut or cut"):
        dates = title in ("from", "until")
        table.add_column(title, justify="right" if title == "kt/day" else "left", no_wrap=dates)
    for period in periods(found):
        flows = dict.fromkeys(f"{most.flow / 1e3:.1f}" for most in (period.most, period.later))
        row = (str(period.begin), str(period.end), " to ".join(flows), limits(found, period.most))
        table.add_row(*row, _few(list(period.shut), 4))
    console.print(table)


def _print_freight(console: Console, scenario: Scenario) -> None:
    """What corridors could carry; of later days only what is other than it was."""
    from sim.report.preview import freight_limits

    table = _table("The most that corridors could carry each way, in steady work and fair weather")
    for title in ("from", "corridors", "cargo", "way", "a day", "limited by, a day"):
        table.add_column(title, justify="right" if title == "a day" else "left", no_wrap=title == "from")
    for day, limit in freight_limits(scenario):
        unit = scenario.network.cargoes[limit.cargo].unit
        named = ", ".join(f"{id} {most:,.0f}" for id, most in limit.most.elements[:4])
        words = map(_plain, (limit.group, limit.cargo, limit.bearing))
        table.add_row(str(day), *words, f"{limit.most.flow:,.0f} {unit}", _plain(named))
    console.print(table)


@app.command(
    epilog="Example: chokepoint run mooring-shutdown-2022 --beside baseline-2022 --policy spare-mooring"
)
def run(
    scenarios: Names,
    policy: Policies = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    beside: Annotated[str | None, typer.Option(help="Show a scenario as it is beside each run.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Another seed than the scenario's own.")] = None,
    replication: Annotated[int, typer.Option(min=0, help="Which replication's luck to use.")] = 0,
    out: Out = Path("results"),
    story: Annotated[bool, typer.Option("--story", help="Tell what happens, line by line.")] = False,
    plots: Annotated[bool, typer.Option(help="Draw the plots.")] = True,
) -> None:
    """Run scenarios, print a short table, and write results/<name>/ with tables and plots."""
    from sim.report.folder import check_target
    from sim.report.results import write_results
    from sim.report.story import story as lines_of
    from sim.scenario import load
    from sim.studies.single import run as run_once

    console = _console()
    found = [load(name, policy, set) for name in scenarios]
    base = load(beside) if beside else None
    for scenario in found:
        check_target(out / scenario.name)
    base_record = run_once(base, replication, seed) if base else None
    records: list[Record] = []
    for scenario in found:
        with _busy(console, f"running {scenario.name}"):
            records.append(run_once(scenario, replication, seed))
    _print_overview(console, [*([base_record] if base_record else []), *records])
    for record in records:
        if story:
            console.print(f"\n[bold]{_plain(record.title)}[/bold]")
            for line in lines_of(record):
                console.print(_plain(line.dated(record)), soft_wrap=True)
        for stall in record.stalled:
            console.print(f"[bold]stalled:[/bold] {_plain(stall)}", soft_wrap=True)
    for scenario, record in zip(found, records, strict=True):
        with _busy(console, f"writing {scenario.name}"):
            target = write_results(scenario, record, out, beside=base_record, plots=plots)
        console.print(f"results in {_plain(str(target))}/", soft_wrap=True)


@app.command(epilog="Example: chokepoint new my-study --from mooring-shutdown-2022")
def new(
    name: Annotated[str, typer.Argument(help="The name of the folder and the scenario to make.")],
    base: Annotated[str, typer.Option("--from", help="The scenario to start from.")] = "baseline-2022",
) -> None:
    """Make a commented scenario of your own, with a copy of the network's tables to edit."""
    from sim.scenario.new import new as make

    file = make(name, base, Path())
    console = _console()
    console.print(
        f"made {_plain(str(file))} and its tables in {_plain(str(file.parent / 'network'))}/", soft_wrap=True
    )
    console.print(
        f"edit them, then: chokepoint run {_plain(str(file))} --beside {_plain(base)}", soft_wrap=True
    )


@app.command(epilog="Example: chokepoint backtest --replications 50 --write docs/VALIDATION.md")
def backtest(
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=2, help="Runs of each scenario.")
    ] = 50,
    reported: Annotated[Path | None, typer.Option(help="Another table of reported figures.")] = None,
    write: Annotated[Path | None, typer.Option(help="Write the findings as a page in Markdown.")] = None,
) -> None:
    """Hold what is simulated against what was reported, error by error."""
    from sim.report.validation import findings_table, page
    from sim.scenario.shipped import shipped_folder
    from sim.studies.backtest import backtest as compare
    from sim.studies.backtest import read_reported
    from sim.studies.counterfactuals import COUNTERFACTUALS

    console = _console()
    file = reported or shipped_folder() / "caspian" / "reported.csv"
    rows = read_reported(file)
    untried = COUNTERFACTUALS if reported is None and write is not None else ()
    total = replications * (len({row.scenario for row in rows}) + len(untried))
    with _progress(console, total) as advance:
        findings = compare(rows, replications, done=advance)
        costs = [cost for one in untried for cost in one(replications, advance)]
    table = _table(f"Simulated against reported, {replications} replications")
    for column in findings_table(findings)[0]:
        table.add_column(column)
    for line in findings_table(findings)[1:]:
        table.add_row(*map(_plain, line))
    console.print(table)
    if write is not None:
        write.parent.mkdir(parents=True, exist_ok=True)
        write.write_text(page(findings, costs, replications), encoding="utf-8")
        console.print(f"written to {_plain(str(write))}")


def main() -> None:
    """Run the command line; a user's mistake ends with what is wrong and exit code 2."""
    from sim.errors import InputError

    try:
        app()
    except InputError as error:
        count = len(error.faults)
        print(f"{count} fault{'s' if count > 1 else ''} found; nothing was run.", file=sys.stderr)
        for fault in error.faults:
            print(f"  {fault}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        sys.stderr.close()
        raise SystemExit(1) from None


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = UNFOLDED  # for a file or a pipe nothing has to be cut short
    return console


def _plain(text: str) -> str:
    """Text for printing in which nothing is taken for markup."""
    from rich.markup import escape

    return escape(text)


def _table(title: str) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")


def _few(names: list[str], most: int) -> str:
    shown = ", ".join(names[:most])
    return _plain(shown + (f" and {len(names) - most} more" if len(names) > most else ""))


def _print_events(console: Console, scenario: Scenario) -> None:
    from datetime import timedelta

    table = _table("What will happen")
    for title in ("from", "fully open", "announced", "left open", "what", "elements", "source"):
        table.add_column(title, no_wrap=title in ("from", "fully open", "announced"))
    for item in scenario.disturbances:
        days = (item.start, item.end, item.announced)
        dates = [str(scenario.start + timedelta(days=day)) for day in days]
        label = item.label + (" (planned)" if item.planned else f": {item.cause}" if item.cause else "")
        table.add_row(
            *dates, f"{item.remaining:.0%}", _plain(label), _few(list(item.elements), 3), item.source
        )
    for change in scenario.dated:
        when = str(scenario.start + timedelta(days=change.day))
        table.add_row(when, "", "", "", f"{change.field} becomes {change.value:g}", change.element, "")
    console.print(table)


def _print_overview(console: Console, records: list[Record]) -> None:
    from sim.report.table import overview

    table = _table("")
    table.add_column("")
    for record in records:
        table.add_column(_plain(record.name), justify="right", overflow="fold")
    table.add_column("unit")
    for row in overview(records):
        shown = ["–" if value is None else f"{value:,.{row.decimals}f}" for value in row.values]
        table.add_row(row.title, *(shown or [""] * len(records)), row.unit)
    console.print(table)


@contextmanager
def _busy(console: Console, what: str) -> Iterator[None]:
    """A sign of life on a terminal; nothing elsewhere."""
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Any]:
    """On a terminal a bar with the time left, elsewhere nothing; gives the function that advances it."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("running", total=total)
        yield lambda name: progress.update(task, advance=1, description=name)
