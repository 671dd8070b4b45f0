"""`chokepoint stress`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.options import (
    Address,
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


@app.command(epilog="Example: chokepoint stress baseline-2022 --days 7,30,90 --from 2022-03-01")
def stress(
    what: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|NETWORK", help="A scenario file or name, or a folder with a network's tables."
        ),
    ],
    elements: Annotated[
        list[str],
        typer.Option(
            "--elements",
            "-e",
            metavar="PATTERN",
            help="Only these: an id, a pattern with *, a place, tag:…, country:…, corridor:….",
        ),
    ] = [],  # noqa: B006
    days: Annotated[
        list[str],
        typer.Option("--days", "-d", metavar="DAYS", help="How long each is shut: 7,30,90."),
    ] = [],  # noqa: B006
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The day of closure; else the run's 60th."),
    ] = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Shut each two of them together as well.")] = False,
    among: Annotated[
        int, typer.Option(min=0, help="Pairs only of so many that cost most alone; 0: of all.")
    ] = 12,
    measure: Annotated[
        list[str],
        typer.Option("--measure", metavar="'MEASURE ELEMENT'", help="Tell the loss by this instead."),
    ] = [],  # noqa: B006
    policy: Policies = [],  # noqa: B006
    set: Settings = [],  # noqa: B006
    replications: Annotated[int, typer.Option("--replications", "-n", min=1, help="Runs of each.")] = 5,
    seed: Seed = None,
    workers: NumberOfWorkers = 0,
    cluster: Address = None,
    out: Out = Path("results"),
    plots: Plots = True,
) -> None:
    """Shut each element for some lengths, rank by loss and time to recover, write results/<name>-stress…/."""
    from sim.report.folder import check_target
    from sim.report.studies.stresses import pairs_table, ranking_table, stress_name, told_units, write_stress
    from sim.scenario import load
    from sim.studies.stress.network import year_of
    from sim.studies.stress.plan import LENGTHS, plan_stress, read_lengths
    from sim.studies.stress.study import how_many, run_stress

    console, day = new_console(), since.date() if since else None
    planned = plan_stress(
        year_of(Path(what), day, policy, set) if Path(what).is_dir() else load(what, policy, set),
        since=day,
        lengths=read_lengths(days) if days else LENGTHS,
        elements=elements,
        measures=measure,
        seed=seed,
    )
    check_target(out / stress_name(planned))
    total = how_many(planned, replications, pairs, among)
    lengths = ", ".join(f"{length:g}" for length in planned.lengths)
    console.print(
        f"{'up to ' if pairs else ''}{total:,} runs: {len(planned.targets)} shut for {lengths} days"
        f"{', pairs of them,' if pairs else ''} and nothing shut, {replications:,} times each"
    )
    with workers_of(workers, cluster) as hands, progress(console, total) as advance:
        found = run_stress(
            planned,
            replications,
            with_pairs=pairs,
            among=among,
            workers=hands,
            store=store_in(out),
            done=advance,
        )
    lines = ranking_table(found)
    title = f"What costs most, by {told_units(found)}, and days until all is back"
    print_lines(console, title, lines, range(2, len(lines[0])))
    if pairs and (lines := pairs_table(found))[1:]:
        print_lines(console, "Pairs that cost more than either alone", lines, range(1, len(lines[0])))
    elif pairs:
        console.print("No pair costs more, beyond luck, than the worse of the two alone.")
    with busy(console, "writing"):
        target = write_stress(planned, found, out, plots)
    console.print(f"results in {plain(str(target))}/", soft_wrap=True)
