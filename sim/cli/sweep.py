"""`chokepoint sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.options import (
    Address,
    Name,
    NumberOfWorkers,
    Out,
    Plots,
    Policies,
    Seed,
    Settings,
    store_in,
    workers_of,
)
from sim.cli.printing import busy, new_console, plain, print_lines, progress


@app.command(
    epilog="Example: chokepoint sweep mooring-shutdown-2022 --measure 'curtailed KZ' "
    "--vary 'novorossiysk.tanks.reserve=0..4 day:5' --vary 'closure:SPM-1.days=5..35:4'"
)
def sweep(
    scenario: Name,
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            "-v",
            metavar="NUMBER=LO..HI:N",
            help="A number and its values: element.field=lo..hi:n, or =a,b,c; closure:LABEL.days or "
            ".remaining; boycott:LABEL.share or .premium. One to three.",
        ),
    ],
    grid: Annotated[
        bool, typer.Option("--grid", help="Try every combination of values (the default).")
    ] = False,
    latin_hypercube: Annotated[
        int | None,
        typer.Option("--latin-hypercube", metavar="N", help="Try N points of a Latin hypercube instead."),
    ] = None,
    policy: Policies = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    measure: Annotated[
        list[str],
        typer.Option("--measure", metavar="'MEASURE ELEMENT'", help="Only this, such as 'curtailed KZ'."),
    ] = [],  # noqa: B006
    break_even: Annotated[
        str | None,
        typer.Option(help="Where the measure breaks even, in its unit; if not given, where it is as it is."),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=1, help="Runs at each point.")
    ] = 10,
    seed: Seed = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
    plots: Plots = True,
) -> None:
    """Vary one to three numbers on the same luck, find break-evens, and write results/<name>-sweep-…/."""
    from sim.errors import fail
    from sim.report.folder import check_target
    from sim.report.studies.sweeps import (
        MOST_LINES,
        break_even_lines,
        read_level,
        sweep_name,
        sweep_table,
        write_sweep,
    )
    from sim.scenario import load
    from sim.studies.sweep.plan import plan_sweep
    from sim.studies.sweep.study import run_sweep

    if grid and latin_hypercube is not None:
        raise fail("is not for a grid", key="--latin-hypercube", value=latin_hypercube)
    console = new_console()
    found = load(scenario, policy, set)
    with busy(console, "checking all points"):
        planned = plan_sweep(found, vary, measures=measure, latin_hypercube=latin_hypercube, seed=seed)
    level = None if break_even is None else read_level(break_even, planned.wanted, found.network)
    check_target(out / sweep_name(planned))
    total = replications * (len(planned.points) + 1)
    points = f"{len(planned.points):,} points, and the scenario as it is"
    console.print(f"{total:,} runs: {replications:,} of each of {points}")
    with workers_of(workers, cluster) as hands, progress(console, total) as advance:
        ran = run_sweep(planned, replications, workers=hands, store=store_in(out), done=advance)
    lines = sweep_table(ran)
    print_lines(console, f"{found.title}: {replications:,} replications", lines, range(len(lines[0])))
    if len(ran.points) > MOST_LINES:
        console.print(f"and {len(ran.points) - MOST_LINES:,} more points, in sweep.csv")
    for line in break_even_lines(ran, level):
        console.print(plain(line), soft_wrap=True)
    with busy(console, "writing"):
        target = write_sweep(planned, ran, out, level, plots)
    console.print(f"results in {plain(str(target))}/", soft_wrap=True)
