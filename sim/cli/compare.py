"""`chokepoint compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import ComparePolicies, ExtraMeasures, Until
from sim.cli.printing import new_console
from sim.cli.study_command import StudyOptions, study_command


@study_command(
    example="chokepoint compare mooring-shutdown-2022 --policy none --policy spare-mooring",
    replications=None,
)
def compare(
    options: StudyOptions,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...", help="Scenarios, and folders of earlier results of run --replications."
        ),
    ],
    policy: ComparePolicies = [],  # noqa: B006
    replications: Annotated[
        int | None,
        typer.Option("--replications", "-n", min=2, help="Runs of each variant; 20 by default."),
    ] = None,
    measure: ExtraMeasures = [],  # noqa: B006
    until: Until = [],  # noqa: B006
) -> None:
    """Compare variants on the same random draws and judge each difference; write results/<a>-vs-<b>/."""
    from sim.report.studies.compare_inputs import manifests, read_inputs, scenario_of, scenarios
    from sim.report.studies.comparison_report import check_comparison, comparison_report
    from sim.studies.compare import compare as compare_variants
    from sim.studies.compare import count_runs, is_narrow
    from sim.studies.request import read_key
    from sim.studies.stopping import read_width

    variants = read_inputs(inputs, policy, options.set)
    subjects = [each.subject for each in variants]
    check_comparison(options.out, subjects)
    widths = [read_width(text, scenario_of(variants)) for text in until]
    with options.running(count_runs(subjects, replications, bool(until))) as how:
        results = compare_variants(
            *subjects,
            replications=replications,
            seed=options.seed,
            until=widths,
            also=[read_key(text) for text in measure],
            **how,
        )
    if not is_narrow(results, widths):
        new_console().print("The intervals of the differences are not yet as narrow as requested.")
    made_from = manifests(variants, results)
    options.write(comparison_report(results, made_from, scenarios(variants), options.request))
