"""`chokepoint sensitivity`."""

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

NUMBERS = (1, 2, 3, 4)  # columns of the tables that stand to the right


@app.command(
    epilog="Example: chokepoint sensitivity mooring-shutdown-2022 --measure 'curtailed KZ' --morris 8"
)
def sensitivity(
    scenario: Name,
    measure: Annotated[
        list[str],
        typer.Option("--measure", metavar="'MEASURE ELEMENT'", help="The answer, such as 'curtailed KZ'."),
    ],
    by: Annotated[float, typer.Option(help="How far each number is off, in per cent of itself.")] = 20.0,
    numbers: Annotated[
        list[str],
        typer.Option("--numbers", metavar="PATTERN", help="Only those with such names: '*.capacity'."),
    ] = [],  # noqa: B006
    only_assumed: Annotated[
        bool, typer.Option("--only-assumed", help="Leave sourced numbers alone; no share is told then.")
    ] = False,
    top: Annotated[
        int,
        typer.Option(min=0, help="So many foremost assumed ones are run in full; 0: all that matter."),
    ] = 20,
    morris: Annotated[
        int | None, typer.Option(metavar="N", help="Screen the foremost together: N paths by Morris.")
    ] = None,
    sobol: Annotated[
        int | None, typer.Option(metavar="N", help="The same by Sobol, from N points (a power of two).")
    ] = None,
    screen: Annotated[int, typer.Option(min=2, help="How many of the foremost are screened.")] = 8,
    policy: Policies = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=1, help="Runs of the foremost at each end.")
    ] = 10,
    seed: Seed = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
    plots: Plots = True,
) -> None:
    """Find which assumed numbers move an answer most, and how much of it rests on them."""
    from sim.report.folder import check_target
    from sim.report.studies.sensitivities import sensitivity_name, write_sensitivity
    from sim.report.studies.sensitivity_tables import screening_table, sensitivity_table, share_line
    from sim.scenario import load
    from sim.studies.sensitivity.plan import plan_sensitivity
    from sim.studies.sensitivity.screening import PER_POINT, plan_screenings, run_screening
    from sim.studies.sensitivity.screening_methods import methods
    from sim.studies.sensitivity.study import how_many, run_sensitivity

    console, store = new_console(), store_in(out)
    wished = methods(morris, sobol, screen)
    read = load(scenario, policy, set)
    with busy(console, "trying how far each number can be off"):
        planned = plan_sensitivity(
            read, measure, by=by / 100.0, numbers=numbers, only_assumed=only_assumed, seed=seed
        )
    check_target(out / sensitivity_name(planned))
    total = how_many(planned, replications, top)
    console.print(f"up to {total:,} runs: {len(planned.numbers):,} numbers {by:g} % smaller and larger")
    with workers_of(workers, cluster) as hands:
        with progress(console, total) as advance:
            found = run_sensitivity(planned, replications, top=top, workers=hands, store=store, done=advance)
        for place, wanted in enumerate(found.wanted):
            lines = sensitivity_table(found, place)
            if lines[1:]:
                print_lines(console, f"What moves {wanted} ({wanted.unit})", lines, NUMBERS)
            else:
                console.print(f"No assumed number of those moved does anything to {plain(str(wanted))}.")
            console.print(plain(share_line(found, place)))
        screenings = []
        if wished and len(found.ranked()) < 2:
            console.print("Fewer than two numbers move it, so that there is nothing to screen together.")
            wished = {}
        with busy(console, "choosing points"):
            chosen = plan_screenings(found, planned.scenario, wished, screen)
        for one in chosen:
            count = PER_POINT * len(one.points)
            console.print(f"{count:,} runs: {len(one.ranged)} numbers at {len(one.points):,} points")
            with progress(console, count) as advance:
                screenings.append(run_screening(one, workers=hands, store=store, done=advance))
            print_lines(console, f"By {one.method.title()}", screening_table(screenings[-1]), NUMBERS)
    with busy(console, "writing"):
        target = write_sensitivity(planned, found, out, screenings, plots, top)
    console.print(f"results in {plain(str(target))}/", soft_wrap=True)
