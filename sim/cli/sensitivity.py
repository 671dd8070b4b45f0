"""`chokepoint sensitivity`."""

from __future__ import annotations

from sim.cli.options import (
    Morris,
    Move,
    Name,
    NumberPatterns,
    OnlyAssumed,
    OnlyMeasures,
    Screened,
    Sobol,
    Top,
)
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
    measure: OnlyMeasures,
    by: Move = 20.0,
    numbers: NumberPatterns = [],  # noqa: B006
    only_assumed: OnlyAssumed = False,
    top: Top = 20,
    morris: Morris = None,
    sobol: Sobol = None,
    screen: Screened = 8,
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
