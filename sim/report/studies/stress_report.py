"""Report of a stress test: losses and times to recover of every closure, ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sim.charts.studies.registry import stress_charts
from sim.charts.wording import count as count_of
from sim.charts.wording import full_date, listed
from sim.report.studies.ensemble_report import ensemble_manifest
from sim.report.study_report import (
    Cell,
    Column,
    ReportTable,
    ReportVariant,
    Row,
    StudyReport,
    estimate_cell,
)
from sim.scenario.request import Request, call_request
from sim.studies.formatting import format_recovery
from sim.studies.request import MeasureRequest
from sim.studies.stress.impact import ClosureImpact, loss_title
from sim.studies.stress.plan import StressPlan
from sim.studies.stress.recovery import DEFINITION
from sim.studies.stress.results import Stress

MAX_PRINTED = 15  # lines of a ranking


def stress_report(plan: StressPlan, results: Stress, request: Request | None = None) -> StudyReport:
    """Return the report of a stress test."""
    base, lengths = results.base, listed([f"{length:g}" for length in results.lengths])
    manifest = ensemble_manifest(plan.scenario, base)
    pairs = results.ranked(paired=True)
    closures = {"closed_from": str(plan.closed_from), "days": list(results.lengths)}
    call = call_request(
        "sim.stress",
        subject=plan.scenario,
        since=str(plan.closed_from),
        lengths=list(results.lengths),
        elements=plan.patterns,
        measures=plan.measures,
        with_pairs=plan.with_pairs or None,
        replications=len(base),
        seed=base.seed,
    )
    return StudyReport(
        name=plan.name,
        title=f"{base.title}: losses from closures",
        subtitle=(
            f"each closed from {full_date(base.start, results.since)} on, for {lengths} days, "
            f"{count_of(len(base), 'replication')} of each"
        ),
        tables=[
            _losses(results, results.ranked(), "losses", "Losses"),
            *([_losses(results, pairs, "pairs", "Pairs")] if pairs else []),
        ],
        charts=stress_charts(results),
        variants=[ReportVariant(ensemble=base, scenario=plan.scenario, manifest=manifest)],
        request=request or call,
        data={"stress": results.rows()},
        facts=closures | _rankings(results),
        manifest=manifest
        | closures
        | {"targets": {target.name: list(target.elements) for target in plan.targets}},
        sentences=list(_pair_sentences(plan, results)),
    )


def _rankings(results: Stress) -> dict[str, object]:
    rankings: dict[str, Callable[[float], list[ClosureImpact]]] = {
        "by_loss": results.ranked,
        "pairs_by_loss": lambda days: results.ranked(days, paired=True),
        "by_time_to_recover": results.slowest,
    }
    return {
        "loss": [str(each) for each in results.requests],
        "recovery": DEFINITION,
        **{
            key: {
                f"{days:g}_days": [impact.target.name for impact in ranked(days)] for days in results.lengths
            }
            for key, ranked in rankings.items()
        },
    }


def _pair_sentences(plan: StressPlan, results: Stress) -> Iterator[str]:
    if plan.with_pairs:
        count = len(results.worse_together())
        if count:
            yield f"{count_of(count, 'pair')} of closures cost more than the worse of the two alone"
        else:
            yield "No pair of closures costs more, beyond chance, than the worse of the two alone"


def _losses(results: Stress, impacts: Sequence[ClosureImpact], name: str, title: str) -> ReportTable:
    """Return the table of the losses of some targets, for all measures and lengths."""
    is_paired, is_single = name == "pairs", len(results.requests) == 1
    cases = [(request, length) for request in results.requests for length in results.lengths]

    def prefix(request: MeasureRequest) -> str:
        return "Loss" if is_single else loss_title(request)

    columns = [
        Column(title="Closed"),
        Column(title="Kind", is_main=not is_paired),
        *(
            Column(title=f"{prefix(request)} in {length:g} days", unit=request.unit, is_number=True)
            for request, length in cases
        ),
        *(
            Column(title=f"{prefix(request)} above the worse alone", unit=request.unit, is_number=True)
            for request in results.requests
            if is_paired
        ),
        *(
            Column(title=f"Days until recovery, after {length:g}", is_number=True)
            for length in results.lengths
        ),
    ]
    rows = []
    for impact in impacts:
        target = impact.target
        recoveries = [results.of(target.name, length) for length in results.lengths]
        losses = [results.of(target.name, length).loss(request) for request, length in cases]
        beyond = [impact.beyond_worse(request) for request in results.requests if is_paired]
        rows.append(
            Row(
                cells=[
                    Cell(text=target.title, detail=target.name if target.name != target.title else ""),
                    Cell(text=target.kind),
                    *map(estimate_cell, losses),
                    *map(estimate_cell, beyond),
                    *map(_recovery_cell, recoveries),
                ]
            )
        )
    note = f"± is the half-width of a 95 % interval. {DEFINITION}"
    return ReportTable(name=name, title=title, columns=columns, rows=rows, note=note, max_printed=MAX_PRINTED)


def _recovery_cell(impact: ClosureImpact) -> Cell:
    return Cell(text=format_recovery(impact), value=impact.recovery.mean if impact.recovery else None)
