"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.studies.store import Store
    from sim.studies.workers import Workers

Names = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files, or names of shipped scenarios.")
]
Name = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped scenario.")
]
Policies = Annotated[
    list[str],
    typer.Option("--policy", "-p", help="Apply a policy to the scenario: a file or a shipped name."),
]
Settings = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="CHANGE",
        help="Change a number: element.field=value, closure:LABEL.days=20 (.remaining, .from, .until, "
        ".off), boycott:LABEL.share=40 %, or policy:NAME.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write the results to.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Random seed in place of the scenario's own.")]
Plots = Annotated[bool, typer.Option(help="Draw the charts and write the page.")]
NumberOfWorkers = Annotated[
    int, typer.Option("--workers", "-w", min=0, help="Parallel processes; 0: one for each processor.")
]
Address = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS|local", help="Use a Dask cluster in place of processes."),
]
Until = Annotated[
    list[str],
    typer.Option(
        metavar="HALF-WIDTH",
        help="Stop once the 95 % intervals have this half-width: 1% (all main measures), or "
        "curtailed,KZ=0.1 Mt. Checked after 10, 15, 20, 30, … replications.",
    ),
]
ExtraMeasures = Annotated[
    list[str],
    typer.Option(
        "--measure", metavar="MEASURE,ELEMENT", help="Report this measure too, such as curtailed,tengiz."
    ),
]
OneMeasure = Annotated[
    list[str],
    typer.Option(
        "--measure",
        metavar="'MEASURE ELEMENT'",
        help="Report only this measure, such as 'curtailed KZ'; may be repeated.",
    ),
]

CACHE = ".cache"  # in the folder of results: finished replications


def workers_of(count: int, cluster: str | None) -> Workers:
    """Return the workers that the options name. Raises `InputError` when there is no such cluster."""
    from sim.studies.workers import local, processors

    if cluster is None:
        return local(count or processors())
    from sim.studies.cluster import Cluster

    return Cluster(cluster, count or None)


def store_in(out: Path) -> Store:
    """Return the store of finished replications in the folder of results."""
    from sim.studies.store import Store

    return Store(out / CACHE)
