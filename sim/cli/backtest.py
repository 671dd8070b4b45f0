"""`chokepoint backtest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.options import Address, NumberOfWorkers, Out, store_in, workers_of
from sim.cli.printing import new_console, plain, print_table, progress


@app.command(epilog="Example: chokepoint backtest --replications 50 --write docs/VALIDATION.md")
def backtest(
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=2, help="Runs of each scenario.")
    ] = 50,
    reported: Annotated[
        Path | None,
        typer.Option(help="Another table of reported figures, with its scenario files in the same folder."),
    ] = None,
    write: Annotated[Path | None, typer.Option(help="Write the results as a Markdown page.")] = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
) -> None:
    """Compare simulated values, and two naive forecasts, with reported figures."""
    from sim.report.folder import check_file, write_file
    from sim.report.validation import page
    from sim.report.validation_tables import findings_tables, totals_table
    from sim.studies.backtest.claims import THREE_TIMES
    from sim.studies.backtest.counterfactuals import GROUPS, counterfactual_costs
    from sim.studies.backtest.reported_table import read_reported
    from sim.studies.backtest.study import BacktestPlan

    console, store = new_console(), store_in(out)
    if write is not None:
        check_file(write)
    plan = BacktestPlan(read_reported(reported), () if reported else (THREE_TIMES,))
    groups = () if reported or write is None else GROUPS
    total = replications * (plan.scenarios + sum(group.scenarios for group in groups))
    with workers_of(workers, cluster) as team, progress(console, total) as advance:
        results = plan.run(replications, workers=team, store=store, progress=advance)
        costs = counterfactual_costs(replications, groups, workers=team, store=store, progress=advance)
    for table in [*findings_tables(results), totals_table(results)]:
        print_table(console, table)
    if write is not None:
        write_file(write, page(results, costs))
        console.print(f"written to {plain(str(write))}")
