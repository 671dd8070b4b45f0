"""Report of a sensitivity study: the effect of every number, and the share due to assumed numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sim.charts.studies.registry import sensitivity_charts
from sim.charts.wording import count as count_of
from sim.report.csv_files import rounded
from sim.report.studies.ensemble_report import ensemble_manifest
from sim.report.study_report import (
    Cell,
    Column,
    ReportTable,
    ReportVariant,
    Row,
    StudyReport,
    change_cell,
    estimate_cell,
)
from sim.scenario.request import Request, call_request
from sim.studies.estimates import Estimate
from sim.studies.formatting import format_range, format_value
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.plan import SensitivityPlan
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.screening_methods import Effect, VarianceShare
from sim.studies.sensitivity.swing import Swing
from sim.studies.verdicts import difference_unit

MAX_PRINTED = 20  # numbers
ENDS = ("When lowered", "When raised")


def sensitivity_report(
    plan: SensitivityPlan,
    results: Sensitivity,
    screenings: Sequence[Screening] = (),
    request: Request | None = None,
) -> StudyReport:
    """Return the report of a sensitivity study and its screenings."""
    base = results.base
    manifest = ensemble_manifest(plan.scenario, base)
    call = call_request(
        "sim.sensitivity",
        scenario=plan.scenario,
        measures=plan.measures,
        by=plan.by,
        numbers=plan.patterns,
        top=plan.top,
        replications=len(base),
        seed=base.seed,
    )
    return StudyReport(
        name=plan.name,
        title=f"{base.title}: sensitivity to its numbers",
        subtitle=f"{count_of(len(results.swings), 'number')}, each moved alone by {results.by:.0%}",
        tables=[
            *(_effects(results, each, index) for index, each in enumerate(results.requests)),
            *(_screening(each) for each in screenings),
        ],
        charts=sensitivity_charts(results, screenings),
        variants=[ReportVariant(ensemble=base, scenario=plan.scenario, manifest=manifest)],
        request=request or call,
        data={"sensitivity": results.rows()} | {each.method: each.rows() for each in screenings},
        facts=_facts(results, screenings),
        manifest=manifest
        | {
            "by": results.by,
            "numbers_moved": {
                each.number.name: [rounded(each.low), rounded(each.high)] for each in plan.numbers
            },
        },
        sentences=[share_sentence(results, each) for each in results.requests],
        notes=[results.share_definition],
    )


def _facts(results: Sensitivity, screenings: Sequence[Screening]) -> dict[str, object]:
    return {
        "moved_by": results.by,
        "numbers": len(results.swings),
        "assumed": sum(swing.ranged.is_assumed for swing in results.swings),
        "assumed_share": [
            {"measure": str(request), "share": rounded(results.assumed_share(request))}
            for request in results.requests
        ],
        "leading": [
            {
                "measure": str(request),
                "numbers": [swing.name for swing in results.ranked(request)[:MAX_PRINTED]],
            }
            for request in results.requests
        ],
        "not_moved": {fixed.name: fixed.reason for fixed in results.fixed},
        "screenings": [
            {
                "method": each.method,
                "measure": str(each.request),
                "points": each.points,
                "replications": each.replications,
                "mean": rounded(each.mean),
                "deviation": rounded(each.deviation),
                "ranges": {
                    effect.ranged.number.name: [rounded(effect.ranged.low), rounded(effect.ranged.high)]
                    for effect in each.ranked()
                },
            }
            for each in screenings
        ],
    }


def share_sentence(results: Sensitivity, request: MeasureRequest) -> str:
    """Return the share of an answer that is due to assumed numbers, as a sentence."""
    share = results.assumed_share(request)
    if share is None:
        return f"{request}: the share due to assumed numbers is unknown, {_reason(results)}"
    among = "" if results.is_complete else ", of those selected"
    return f"{request}: about {share:.0%} is due to assumed numbers{among}"


def _reason(results: Sensitivity) -> str:
    if len(results.base) < 2:
        return "with a single replication"
    if all(swing.ranged.is_assumed for swing in results.swings):
        return "since only assumed numbers were moved"
    return "since none of the numbers has an effect"


def _effects(results: Sensitivity, request: MeasureRequest, index: int) -> ReportTable:
    """Return the table of all numbers that were moved, by their effect on a measure."""
    unit = difference_unit(request)
    columns = (
        Column(title="Number"),
        Column(title="Source"),
        Column(title="Value", is_number=True, is_main=False),
        Column(title="Moved between", is_number=True),
        *(Column(title=end, unit=unit, is_number=True) for end in ENDS),
    )
    return ReportTable(
        name=f"moved-{index + 1}",
        title=f"Effects on {request}",
        columns=columns,
        rows=[_effect_row(swing, request) for swing in results.by_size(request)],
        note="± is the half-width of a 95 % interval of the difference; numbers without it were run once.",
        max_printed=MAX_PRINTED,
        mark_title="only assumed",
    )


def _effect_row(swing: Swing, request: MeasureRequest) -> Row:
    ranged = swing.ranged
    return Row(
        cells=[
            _number_cell(ranged),
            Cell(text=ranged.source),
            Cell(text=format_value(ranged.value, ranged.number.unit), value=ranged.value),
            Cell(text=format_range(ranged)),
            *map(change_cell, swing.ends(request)),
        ],
        is_marked=ranged.is_assumed,
    )


def _number_cell(ranged: Ranged) -> Cell:
    """Return a cell with the title of a number, and its name below."""
    return Cell(text=ranged.number.title, detail=ranged.number.name)


def _screening(screening: Screening) -> ReportTable:
    if screening.method == "morris":
        titles, unit = ["Mean effect", "Size of the effect", "Spread"], screening.request.unit
    else:
        titles, unit = ["Share of the variance alone", "With interactions"], ""
    effects = screening.ranked()
    return ReportTable(
        name=screening.method,
        title=f"Screening by the method of {screening.method.title()}",
        columns=[Column(title="Number"), *(Column(title=each, unit=unit, is_number=True) for each in titles)],
        rows=[Row(cells=[_number_cell(effect.ranged), *_cells(effect)]) for effect in effects],
        note=(
            f"{count_of(screening.points, 'point')}, {count_of(screening.replications, 'replication')} at "
            f"each; measure: {screening.request}."
        ),
        max_printed=len(effects),
    )


def _cells(effect: Effect | VarianceShare) -> list[Cell]:
    if isinstance(effect, Effect):
        return [
            Cell(text=f"{effect.mean:.3g}", value=effect.mean),
            estimate_cell(Estimate(effect.size, effect.half_width, 2)),
            Cell(text=f"{effect.spread:.3g}", value=effect.spread),
        ]
    return [
        estimate_cell(Estimate(effect.alone, effect.alone_half_width, 2)),
        estimate_cell(Estimate(effect.total, effect.half_width, 2)),
    ]
