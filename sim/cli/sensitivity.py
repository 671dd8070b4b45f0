"""`chokepoint sensitivity`."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import Name
from sim.cli.printing import busy, new_console
from sim.cli.study_command import StudyOptions, study_command


@study_command(
    example="chokepoint sensitivity mooring-shutdown-2022 --measure 'curtailed KZ' --morris 8",
    replications=10,
    runs="Runs of the leading numbers at each end.",
)
def sensitivity(
    options: StudyOptions,
    scenario: Name,
    measure: Annotated[
        list[str],
        typer.Option(
            "--measure",
            metavar="'MEASURE ELEMENT'",
            help="The answer, such as 'curtailed KZ'; may be repeated.",
        ),
    ],
    by: Annotated[
        float, typer.Option(metavar="PERCENT", help="How far each number is moved down and up.")
    ] = 20.0,
    numbers: Annotated[
        list[str],
        typer.Option("--numbers", metavar="PATTERN", help="Move only numbers named like this: '*.capacity'."),
    ] = [],  # noqa: B006
    only_assumed: Annotated[
        bool,
        typer.Option("--only-assumed", help="Move only assumed numbers; their share is then unknown."),
    ] = False,
    top: Annotated[
        int,
        typer.Option(min=0, help="Assumed numbers that are run in full; 0: all that have an effect."),
    ] = 20,
    morris: Annotated[
        int | None,
        typer.Option(metavar="N", help="Screen the leading numbers by the method of Morris, N paths."),
    ] = None,
    sobol: Annotated[
        int | None,
        typer.Option(metavar="N", help="Screen them by the method of Sobol, N points (a power of two)."),
    ] = None,
    screen: Annotated[int, typer.Option(min=2, help="Number of leading numbers that are screened.")] = 8,
) -> None:
    """Find the numbers that move an answer most, and the share due to assumed ones."""
    from sim.report.folder import check_target
    from sim.report.studies.sensitivity_report import sensitivity_report
    from sim.scenario import load
    from sim.studies.sensitivity.plan import plan_sensitivity
    from sim.studies.sensitivity.screening import REPLICATIONS, plan_screenings
    from sim.studies.sensitivity.screening_methods import requested_methods

    console = new_console()
    methods = requested_methods(morris, sobol, screen)
    loaded = load(scenario, options.policy, options.set)
    with busy(console, "finding how far each number can be moved"):
        plan = plan_sensitivity(
            loaded,
            measure,
            by=by / 100.0,
            numbers=numbers,
            only_assumed=only_assumed,
            top=top,
            seed=options.seed,
        )
    check_target(options.out / plan.name)
    results = options.run(plan)
    if methods and len(results.ranked()) < 2:
        console.print("Fewer than two assumed numbers have an effect, so there is nothing to screen.")
        methods = {}
    with busy(console, "choosing points"):
        screening_plans = plan_screenings(results, plan.scenario, methods, screen)
    screenings = [options.run(each, REPLICATIONS) for each in screening_plans]
    options.write(sensitivity_report(plan, results, screenings, options.request))
