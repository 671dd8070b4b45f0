"""Arguments and options that several commands have."""

from __future__ import annotations

from datetime import datetime
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
OnlyMeasures = Annotated[
    list[str],
    typer.Option(
        "--measure",
        metavar="'MEASURE ELEMENT'",
        help="Measure only this, such as 'curtailed KZ'; may be repeated.",
    ),
]
Vary = Annotated[
    list[str],
    typer.Option(
        "--vary",
        "-v",
        metavar="NAME=LOW..HIGH:N",
        help="A number and its values: N from LOW to HIGH, or a list a,b,c. The number is element.field, "
        "closure:LABEL.days or .remaining, or boycott:LABEL.share or .premium. One to three numbers.",
    ),
]
LatinHypercube = Annotated[
    int | None,
    typer.Option("--latin-hypercube", metavar="N", help="Run N points of a Latin hypercube instead."),
]
BreakEvenLevel = Annotated[
    str | None,
    typer.Option(
        metavar="LEVEL",
        help="Find where the measure reaches this level, such as '2 Mt'; by default, its value in the "
        "unchanged scenario.",
    ),
]
Subject = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO|NETWORK",
        help="A scenario file or name, or a folder with the tables of a network.",
    ),
]
Elements = Annotated[
    list[str],
    typer.Option(
        "--elements",
        "-e",
        metavar="PATTERN",
        help="Close only these: an id, a pattern with *, a place, tag:…, country:…, corridor:….",
    ),
]
Lengths = Annotated[
    list[str],
    typer.Option("--days", "-d", metavar="DAYS", help="Lengths of the closures, such as 7,30,90."),
]
FirstDay = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="First day; by default, day 60 of the run."),
]
MaxPaired = Annotated[
    int, typer.Option(min=0, help="Pair only this number of the costliest elements; 0: all.")
]
Move = Annotated[float, typer.Option(metavar="PERCENT", help="How far each number is moved down and up.")]
NumberPatterns = Annotated[
    list[str],
    typer.Option("--numbers", metavar="PATTERN", help="Move only numbers that match, such as '*.capacity'."),
]
OnlyAssumed = Annotated[
    bool, typer.Option("--only-assumed", help="Move only assumed numbers; their share is then unknown.")
]
Top = Annotated[
    int, typer.Option(min=0, help="Number of assumed numbers run in all replications; 0: all with an effect.")
]
Morris = Annotated[
    int | None,
    typer.Option(metavar="N", help="Screen the leading numbers by the method of Morris, N paths."),
]
Sobol = Annotated[
    int | None,
    typer.Option(
        metavar="N", help="Screen the leading numbers by the method of Sobol, N points (a power of two)."
    ),
]
Screened = Annotated[int, typer.Option(min=2, help="Number of leading numbers that are screened.")]
ComparePolicies = Annotated[
    list[str],
    typer.Option(
        "--policy",
        "-p",
        help="Run the scenario under this policy; none: without; a+b: both. May be repeated.",
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
