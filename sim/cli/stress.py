"""`chokepoint stress`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Elements, FirstDay, Lengths, MaxPaired, OnlyMeasures, Subject
from sim.cli.study_command import StudyOptions, study_command


@study_command(
    example="chokepoint stress baseline-2022 --days 7,30,90 --from 2022-03-01",
    replications=5,
    runs="Runs of each closure.",
)
def stress(
    options: StudyOptions,
    subject: Subject,
    elements: Elements = [],  # noqa: B006
    days: Lengths = [],  # noqa: B006
    since: FirstDay = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Also close the costliest elements two at a time.")
    ] = False,
    among: MaxPaired = 12,
    measure: OnlyMeasures = [],  # noqa: B006
) -> None:
    """Close each element, rank by loss and time to recover; write results/<name>-stress…/."""
    from sim.report.folder import check_target
    from sim.report.studies.stress_report import stress_report
    from sim.scenario import load
    from sim.studies.stress.network import year_of
    from sim.studies.stress.plan import LENGTHS, plan_stress, read_lengths

    day, folder = since.date() if since else None, Path(subject)
    plan = plan_stress(
        year_of(folder, day, options.policy, options.set)
        if folder.is_dir()
        else load(subject, options.policy, options.set),
        since=day,
        lengths=read_lengths(days) if days else LENGTHS,
        elements=elements,
        measures=measure,
        with_pairs=pairs,
        max_paired=among,
        seed=options.seed,
    )
    check_target(options.out / plan.name)
    options.write(stress_report(plan, options.run(plan), options.request))
