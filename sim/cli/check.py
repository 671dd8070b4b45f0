"""`chokepoint check`."""

from __future__ import annotations

from datetime import timedelta
from math import isfinite
from typing import TYPE_CHECKING

from sim.cli.app import app
from sim.cli.options import Name, Policies, Settings
from sim.cli.printing import first_names, new_console, new_table, plain

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario import Scenario


@app.command(epilog="Example: chokepoint check mooring-shutdown-2022")
def check(scenario: Name, policy: Policies = [], set: Settings = []) -> None:  # noqa: B006
    """Validate a scenario, list its events, and show its bottleneck before any run."""
    from sim.report.bound import in_words
    from sim.report.preview import idle_boycotts, sourcing
    from sim.scenario import load
    from sim.studies.bound import limits

    loaded = load(scenario, policy, set)
    console = new_console()
    console.print(f"[bold]{plain(loaded.title)}[/bold]   {loaded.start} to {loaded.end}")
    _print_events(console, loaded)
    if loaded.network.shippers:
        _print_periods(console, loaded)
    if loaded.network.demands:
        _print_freight(console, loaded)
    for boycott in idle_boycotts(loaded):
        words = "adds nothing: another boycott has at least as many of its shippers refuse the same"
        console.print(f"[bold]{plain(boycott.label)}[/bold] {words}", soft_wrap=True)
    for line in in_words(loaded, limits(loaded)):
        console.print(plain(line), soft_wrap=True)
    numbers, assumed = sourcing(loaded)
    console.print(f"{numbers} numbers in the network, {assumed} of them assumed or derived. No faults found.")


def _print_periods(console: Console, scenario: Scenario) -> None:
    """Print what could be exported in each period of the same closures."""
    from sim.report.preview import limits, periods

    table = new_table("Upper bound on exports, in steady operation and fair weather")
    for title in ("from", "until", "kt/day", "limited by, kt/day", "shut or cut"):
        dates = title in ("from", "until")
        table.add_column(title, justify="right" if title == "kt/day" else "left", no_wrap=dates)
    for period in periods(scenario):
        flows = dict.fromkeys(f"{most.flow / 1e3:.1f}" for most in (period.most, period.later))
        row = (str(period.begin), str(period.end), " to ".join(flows), limits(scenario, period.most))
        table.add_row(*row, first_names(list(period.shut), 4))
    console.print(table)


def _print_freight(console: Console, scenario: Scenario) -> None:
    """Print what corridors could carry; of later periods only what differs from the one before."""
    from sim.report.preview import freight_limits

    table = new_table(
        "Upper bound on corridors, each way, with ships full both ways, in steady operation and fair weather"
    )
    for title in ("from", "corridors", "cargo", "way", "a day", "limited by, a day"):
        table.add_column(title, justify="right" if title == "a day" else "left", no_wrap=title == "from")
    for day, limit in freight_limits(scenario):
        unit = scenario.network.cargoes[limit.cargo].unit
        named = ", ".join(f"{id} {most:,.0f}" for id, most in limit.most.elements[:4])
        words = map(plain, (limit.group, limit.cargo, limit.bearing))
        most = f"{limit.most.flow:,.0f} {unit}" if isfinite(limit.most.flow) else "no limit"
        table.add_row(str(day), *words, most, plain(named))
    console.print(table)


def _print_events(console: Console, scenario: Scenario) -> None:
    from sim.report.preview import becomes

    table = new_table("What will happen")
    for title in ("from", "fully open", "announced", "left open", "what", "elements", "source"):
        table.add_column(title, no_wrap=title in ("from", "fully open", "announced"))
    for item in scenario.disturbances:
        days = (item.start, item.end, item.announced)
        dates = [str(scenario.start + timedelta(days=day)) for day in days]
        label = item.label + (" (planned)" if item.planned else f": {item.cause}" if item.cause else "")
        table.add_row(
            *dates, f"{item.remaining:.0%}", plain(label), first_names(list(item.elements), 3), item.source
        )
    for boycott in scenario.boycotts:
        begins = str(scenario.start + timedelta(days=boycott.start))
        ends = str(scenario.start + timedelta(days=boycott.end)) if isfinite(boycott.end) else "stays"
        words = plain(f"boycott: {boycott.label}")
        accepted = f"{1.0 - boycott.share:.0%} go on"
        table.add_row(begins, ends, "", accepted, words, first_names([*boycott.elements], 3), boycott.source)
    for change in scenario.dated:
        when = str(scenario.start + timedelta(days=change.day))
        table.add_row(when, "", "", "", plain(becomes(scenario, change)), change.element, "")
    console.print(table)
