"""Report of a comparison: every difference from the base, with its interval and verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.charts.studies.registry import comparison_charts
from sim.charts.studies.wording import variant_name
from sim.charts.wording import count as count_of
from sim.charts.wording import listed
from sim.report.folder import check_target
from sim.report.page.difference_rows import difference_rows
from sim.report.page.sources import numbers
from sim.report.study_report import (
    Cell,
    Column,
    ReportTable,
    ReportVariant,
    Row,
    StudyReport,
    change_cell,
    estimate_cell,
    measure_cell,
)
from sim.scenario import Scenario
from sim.scenario.naming import shortened
from sim.scenario.request import Request, call_request
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate
from sim.studies.formatting import minus
from sim.studies.variants import NONE, Variant
from sim.studies.verdicts import verdict

AGAINST = "-vs-"
DIRECTIONS = "▲ is better for the owner of the cargo, ▼ is worse."


def comparison_name(first: str, others: Sequence[str]) -> str:
    """Return the name of the folder of a comparison with other scenarios or policies."""
    return shortened(re.sub(r"[^\w.=%+-]+", "-", AGAINST.join([first, *others])))


def check_comparison(out: Path, variants: Sequence[Variant | Ensemble]) -> None:
    """Raise `InputError` if the results of a comparison could not be written."""
    check_target(out / _name(variants))


def _name(variants: Sequence[Variant | Ensemble]) -> str:
    """Return the name of the folder; that of a policy does not identify its scenario."""
    base, *others = variants
    name = base.scenario.name if isinstance(base, Variant) else base.name
    is_policy = base.label == NONE or f"+{base.label}+" in f"{name}+"
    return comparison_name(name if is_policy else base.label, [variant.label for variant in others])


def comparison_report(
    results: Comparison,
    manifests: Sequence[Mapping[str, Any]],
    scenarios: Sequence[Scenario | None] = (),
    request: Request | None = None,
) -> StudyReport:
    """Return the report of a comparison.

    `manifests` and `scenarios` are those of the variants, in order; the scenario of one that was read
    from a folder is None.
    """
    base = results.base
    scenarios = scenarios or [None] * len(results.ensembles)
    variants = [
        ReportVariant(ensemble=ensemble, scenario=scenario, manifest=manifest)
        for ensemble, scenario, manifest in zip(results.ensembles, scenarios, manifests, strict=True)
    ]
    names = listed([other.label for other in results.others])
    subjects = [each.scenario or call_request("sim.read_ensemble", folder=each.label) for each in variants]
    call = call_request("sim.compare", scenarios=subjects, replications=len(base), seed=base.seed)
    return StudyReport(
        name=_name(results.ensembles),
        title=f"{base.title}: {names} against {variant_name(base.label)}",
        subtitle=f"{count_of(len(base), 'replication')} of each variant on the same random draws",
        tables=[_differences(results), _variants(variants), *_changes(variants)],
        charts=comparison_charts(results),
        variants=variants,
        request=request or call,
        data={"comparison": results.rows()},
        facts={
            "base": base.label,
            "variants": [other.label for other in results.others],
            "differences_tested": results.tests,
            "verdicts": [
                {"variant": each.variant, "measure": str(each.request), "verdict": verdict(each)}
                for each in results.differences
            ],
        },
        manifest={"variants": [{"label": each.label, **each.manifest} for each in variants]},
        notes=[results.note],
    )


def _differences(results: Comparison) -> ReportTable:
    columns = (
        Column(title="Measure"),
        Column(title=variant_name(results.base.label), is_number=True),
        Column(title="Unit"),
        Column(title="Variant"),
        Column(title="Mean", is_number=True),
        Column(title="Difference", is_number=True, is_main=False),
        Column(title="In %", is_number=True),
        Column(title="Verdict"),
    )
    rows = [_row(each) for request in results.requests for each in results.of_measure(request)]
    return ReportTable(
        name="differences",
        title=f"Differences from {variant_name(results.base.label)}",
        columns=columns,
        rows=[row for row in rows if row is not None],
        note=DIRECTIONS,
        max_printed=len(rows),
        group_title="Variant" if len(results.others) > 1 else "",
        mark_title="only significant differences",
    )


def _row(difference: Difference) -> Row | None:
    """Return the row of a difference; None where the measure is zero on both sides."""
    if not (_is_something(difference.before) or _is_something(difference.after)):
        return None
    percent = 100.0 * difference.share if difference.share is not None and difference.is_detected else None
    tone: dict[bool | None, Any] = {True: "better", False: "worse"}
    change = Cell(text="0", value=0.0) if difference.identical else change_cell(difference.difference)
    return Row(
        cells=[
            measure_cell(difference.request),
            estimate_cell(difference.before),
            Cell(text=difference.request.unit),
            Cell(text=difference.variant),
            estimate_cell(difference.after),
            change,
            Cell(text=_percent(percent), value=percent),
            Cell(text=verdict(difference), tone=tone.get(difference.helps, "")),
        ],
        group=difference.variant,
        is_marked=difference.is_detected,
    )


def _percent(value: float | None) -> str:
    if value is None:
        return ""
    decimals = 0 if abs(value) >= 10 else 1 if abs(value) >= 1 else 2
    return minus(f"{value:+,.{decimals}f}")


def _is_something(estimate: Estimate | None) -> bool:
    return estimate is not None and (estimate.mean != 0.0 or bool(estimate.half_width))


def _variants(variants: Sequence[ReportVariant]) -> ReportTable:
    columns = (
        Column(title="Variant"),
        Column(title="Scenario"),
        Column(title="Policies"),
        Column(title="Settings"),
        Column(title="Numbers", is_number=True),
        Column(title="Assumed", is_number=True),
    )
    return ReportTable(
        name="variants", title="Variants", columns=columns, rows=[_variant(each) for each in variants]
    )


def _variant(variant: ReportVariant) -> Row:
    count, assumed = _counts(variant)
    source = "" if variant.scenario else "read from its folder of results, whose page lists its numbers"
    return Row(
        cells=[
            Cell(text=variant.label, detail=source),
            Cell(text=variant.ensemble.title, detail=variant.ensemble.name),
            Cell(text=", ".join(variant.manifest.get("policies", ())) or "–"),
            Cell(text=", ".join(variant.manifest.get("settings", ())) or "–"),
            Cell(text=str(count), value=count),
            Cell(text=str(assumed), value=assumed),
        ]
    )


def _counts(variant: ReportVariant) -> tuple[int, int]:
    """Return the number of numbers that a variant rests on, and of those that are assumed."""
    if variant.scenario is None:
        counts = variant.manifest.get("numbers", {})
        return counts.get("all", 0), counts.get("assumed", 0)
    sourced = numbers(variant.scenario)
    return len(sourced), sum(number.source_ref.assumed for number in sourced)


def _changes(variants: Sequence[ReportVariant]) -> Iterator[ReportTable]:
    """Yield the table of the fields in which variants that were run differ from the first of them."""
    run = [variant for variant in variants if variant.scenario]
    if len(run) < 2:
        return
    changes = difference_rows([each.ensemble for each in run], [each.scenario for each in run])
    columns = (
        Column(title="Variant"),
        Column(title="Of"),
        Column(title="Field"),
        Column(title=run[0].label, is_number=True),
        Column(title="Variant’s value", is_number=True),
        Column(title="Unit"),
        Column(title="Source"),
        Column(title="Note"),
    )
    rows = [
        Row(
            cells=[
                Cell(text=change.label),
                Cell(text=change.element, detail=change.name, is_code=True),
                Cell(text=change.field),
                Cell(text=change.before or "–"),
                Cell(text=change.after or "–"),
                Cell(text=change.unit),
                Cell(text="", source=change.source_ref),
                Cell(text=change.note),
            ],
            group=change.label,
        )
        for change in changes
    ]
    yield ReportTable(
        name="changes",
        title=f"Differences of the scenarios from {variant_name(run[0].label)}",
        columns=columns,
        rows=rows,
        group_title="Variant" if len(run) > 2 else "",
    )
