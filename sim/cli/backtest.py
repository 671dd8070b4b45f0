"""`chokepoint backtest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.options import Address, NumberOfWorkers, Out, store_in, workers_of
from sim.cli.printing import new_console, plain, print_lines, progress


@app.command(epilog="Example: chokepoint backtest --replications 50 --write docs/VALIDATION.md")
def backtest(
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=2, help="Runs of each scenario.")
    ] = 50,
    reported: Annotated[
        Path | None,
        typer.Option(help="Another table of reported figures; scenario files are found beside it."),
    ] = None,
    write: Annotated[Path | None, typer.Option(help="Write the findings as a page in Markdown.")] = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
) -> None:
    """Hold what is simulated, and two naive forecasts, against what was reported, error by error."""
    from sim.report.folder import check_file, write_file
    from sim.report.validation import page
    from sim.report.validation_tables import narrow_tables, totals_table
    from sim.studies.backtest.claims import THREE_TIMES
    from sim.studies.backtest.counterfactuals import UNTRIED, counterfactual_costs
    from sim.studies.backtest.reported_table import read_reported
    from sim.studies.backtest.study import Study

    console = new_console()
    if write is not None:
        check_file(write)
    study = Study(read_reported(reported), () if reported else (THREE_TIMES,))
    untried = () if reported or write is None else UNTRIED
    total = replications * (study.scenarios + sum(one.scenarios for one in untried))
    store = store_in(out)
    with workers_of(workers, cluster) as hands, progress(console, total) as advance:
        found = study.run(replications, workers=hands, store=store, done=advance)
        costs = counterfactual_costs(replications, untried, workers=hands, store=store, done=advance)
    for title, lines in narrow_tables(found):
        print_lines(console, f"{title}, {replications} replications", lines, ())
    print_lines(console, "In all", totals_table(found), ())
    if write is not None:
        write_file(write, page(found, costs))
        console.print(f"written to {plain(str(write))}")
