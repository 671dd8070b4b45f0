"""`chokepoint run --replications`: each scenario many times over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.options import store_in, this_request, workers_of
from sim.cli.printing import busy, new_console, plain, print_lines, progress

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """How often to run, what to measure beside the usual, when to stop early, and who does the runs."""

    replications: int | None
    also: Sequence[str]
    until: Sequence[str]
    workers: int
    cluster: str | None


def run_many(scenarios: Sequence[Scenario], seed: int | None, many: Many, out: Path, plots: bool) -> None:
    """Run scenarios many times, print a table of means with intervals, and write results/<name>/."""
    from sim.report.folder import check_targets
    from sim.report.studies.ensembles import estimates_table, write_ensemble
    from sim.studies.ensemble import ensemble, narrow
    from sim.studies.request import read_key
    from sim.studies.stopping import MOST, read_width
    from sim.studies.variants import variant

    console = new_console()
    variants = [variant(scenario, seed=seed) for scenario in scenarios]
    widths = [[read_width(text, scenario) for text in many.until] for scenario in scenarios]
    also = [read_key(text) for text in many.also]
    check_targets(out, [scenario.name for scenario in scenarios])
    most, store = many.replications or MOST, store_in(out)
    with (
        workers_of(many.workers, many.cluster) as hands,
        progress(console, most * len(variants)) as advance,
    ):
        found = [
            ensemble(one, most, workers=hands, until=until, also=also, store=store, done=advance)
            for one, until in zip(variants, widths, strict=True)
        ]
    counts = " and ".join(dict.fromkeys(f"{len(one):,}" for one in found))
    lines = estimates_table(found)
    title = f"Mean ± half-width of its 95 % interval, {counts} replications"
    print_lines(console, title, lines, range(1, len(lines[0]) - 1))
    for one, until in zip(found, widths, strict=True):
        if not narrow(one, until):
            words = f"{one.label}: after {len(one):,} replications intervals are not as narrow as asked"
            console.print(plain(words), soft_wrap=True)
    for scenario, ran in zip(scenarios, found, strict=True):
        for some in list(ran.stalled.values())[:1]:
            where = f"in {len(ran.stalled)} of {len(ran)} runs, such as: {some[0]}"
            console.print(f"[bold]stalled:[/bold] {plain(where)}", soft_wrap=True)
        with busy(console, f"writing {scenario.name}"):
            target = write_ensemble(scenario, ran, out, plots, this_request())
        console.print(f"results in {plain(str(target))}/", soft_wrap=True)
