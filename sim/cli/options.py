"""The arguments and options that several commands have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.scenario.request import Request
    from sim.studies.store import Store
    from sim.studies.workers import Workers

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
    list[str],
    typer.Option(
        "--set",
        metavar="CHANGE",
        help="Change a number for this run: element.field=value, closure:LABEL.days=20 (.remaining, .from, "
        ".until, .off), boycott:LABEL.share=40 %, or policy:NAME.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder that results go into.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Another seed than the scenario's own.")]
Plots = Annotated[bool, typer.Option(help="Draw the plots.")]
NumberOfWorkers = Annotated[
    int, typer.Option("--workers", "-w", min=0, help="Processes that do the runs; 0: one for each processor.")
]
Address = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS|local", help="A Dask scheduler that does the runs instead."),
]
Until = Annotated[
    list[str],
    typer.Option(
        metavar="HALF-WIDTH",
        help="Stop as soon as intervals are so narrow: 1% (of all main measures), or curtailed,KZ=0.1 Mt.",
    ),
]

Measures = Annotated[
    list[str],
    typer.Option("--measure", metavar="MEASURE,ELEMENT", help="Give this too, such as curtailed,tengiz."),
]

OF_STUDIES = ".cache"  # in the folder of results: replications that are finished


def workers_of(count: int, cluster: str | None) -> Workers:
    """Who does the runs. Raises `InputError` when there is no such cluster."""
    from sim.studies.workers import local, processors

    if cluster is None:
        return local(count or processors())
    from sim.studies.cluster import Cluster

    return Cluster(cluster, count or None)


def this_request() -> Request:
    """Return the request that the command line of this process makes."""
    from sim.scenario.request import command_request

    return command_request(sys.argv[1:])


def store_in(out: Path) -> Store:
    """Where finished replications are kept."""
    from sim.studies.store import Store

    return Store(out / OF_STUDIES)
