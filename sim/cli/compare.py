"""`chokepoint compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.options import (
    Address,
    Measures,
    NumberOfWorkers,
    Out,
    Plots,
    Seed,
    Settings,
    Until,
    store_in,
    this_request,
    workers_of,
)
from sim.cli.printing import busy, new_console, plain, print_lines, progress


@app.command(epilog="Example: chokepoint compare mooring-shutdown-2022 --policy none --policy spare-mooring")
def compare(
    given: Annotated[
        list[str],
        typer.Argument(metavar="A B...", help="Scenarios, and results of earlier runs with --replications."),
    ],
    policy: Annotated[
        list[str],
        typer.Option("--policy", "-p", help="The scenario under a policy; none: without; one+other: both."),
    ] = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", min=2, help="Runs of each; 20 if not given.")
    ] = None,
    measure: Measures = [],  # noqa: B006
    until: Until = [],  # noqa: B006
    seed: Seed = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
    plots: Plots = True,
) -> None:
    """Run variants on the same luck, say which differences are real, and write results/<a>-vs-<b>/."""
    from sim.report.given import manifests, read_given, scenario_of, scenarios
    from sim.report.studies.comparisons import check_comparison, comparison_table, write_comparison
    from sim.studies.compare import compare as compared
    from sim.studies.compare import how_many, narrow
    from sim.studies.request import read_key
    from sim.studies.stopping import read_width

    console = new_console()
    found = read_given(given, policy, set)
    check_comparison(out, [one.one for one in found])
    widths = [read_width(text, scenario_of(found)) for text in until]
    total = how_many([one.one for one in found], replications, early=bool(until))
    store = store_in(out)
    with workers_of(workers, cluster) as hands, progress(console, total) as advance:
        comparison = compared(
            *(one.one for one in found),
            replications=replications,
            seed=seed,
            workers=hands,
            until=widths,
            also=[read_key(text) for text in measure],
            store=store,
            done=advance,
        )
    lines = comparison_table(comparison)
    title = f"{comparison.base.title}: {len(comparison.base):,} replications"
    print_lines(console, title, lines, (1, 4))
    console.print(plain(comparison.note))
    if not narrow(comparison, widths):
        console.print("The intervals of the differences are not yet as narrow as asked.")
    with busy(console, "writing"):
        made_from = manifests(found, comparison)
        target = write_comparison(comparison, made_from, out, plots, scenarios(found), this_request())
    console.print(f"results in {plain(str(target))}/", soft_wrap=True)
