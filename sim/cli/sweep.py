"""`chokepoint sweep`."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import BreakEvenLevel, LatinHypercube, Name, OnlyMeasures, Vary
from sim.cli.printing import busy, new_console
from sim.cli.study_command import StudyOptions, study_command


@study_command(
    example="chokepoint sweep mooring-shutdown-2022 --measure 'curtailed KZ' "
    "--vary 'novorossiysk.tanks.reserve=0..4 day:5' --vary 'closure:SPM-1.days=5..35:4'",
    replications=10,
    runs="Runs of each point.",
)
def sweep(
    options: StudyOptions,
    scenario: Name,
    vary: Vary,
    grid: Annotated[
        bool, typer.Option("--grid", help="Run every combination of values (the default).")
    ] = False,
    latin_hypercube: LatinHypercube = None,
    measure: OnlyMeasures = [],  # noqa: B006
    break_even: BreakEvenLevel = None,
) -> None:
    """Vary one to three numbers and find break-evens; write results/<name>-sweep-…/."""
    from sim.errors import fail
    from sim.report.folder import check_target
    from sim.report.studies.sweep_report import read_level, sweep_report
    from sim.scenario import load
    from sim.studies.sweep.plan import plan_sweep

    if grid and latin_hypercube is not None:
        raise fail("cannot be combined with --grid", key="--latin-hypercube", value=latin_hypercube)
    loaded = load(scenario, options.policy, options.set)
    with busy(new_console(), "checking all points"):
        plan = plan_sweep(loaded, vary, measures=measure, latin_hypercube=latin_hypercube, seed=options.seed)
    level = None if break_even is None else read_level(break_even, plan.requests, loaded.network)
    check_target(options.out / plan.name)
    options.write(sweep_report(plan, options.run(plan), level, options.request))
