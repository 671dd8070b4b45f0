"""Report of a sweep: the measures at every point, and where they break even."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.charts.studies.registry import sweep_charts
from sim.charts.studies.sweep_findings import condition, level_name, phrase, with_interval
from sim.charts.studies.wording import value_at
from sim.charts.wording import count as count_of
from sim.charts.wording import listed
from sim.errors import fail, option
from sim.network import Network
from sim.network.forms import cargo_of
from sim.report.csv_files import rounded
from sim.report.studies.ensemble_report import ensemble_manifest
from sim.report.study_report import (
    Column,
    ReportTable,
    ReportVariant,
    Row,
    StudyReport,
    estimate_cell,
    number_cell,
)
from sim.scenario.request import Request, call_request
from sim.studies.formatting import headlines
from sim.studies.request import MeasureRequest
from sim.studies.sweep.break_even import BreakEven
from sim.studies.sweep.plan import SweepPlan
from sim.studies.sweep.results import Point, Sweep
from sim.units import parse

MAX_PRINTED = 40  # points
MAX_MEASURES = 3  # that are printed
NOTE = (
    "± is the half-width of a 95 % Student-t interval of the mean; all points have the same random draws. "
    "The first line is the unchanged scenario."
)


def sweep_report(
    plan: SweepPlan, results: Sweep, level: float | None = None, request: Request | None = None
) -> StudyReport:
    """Return the report of a sweep.

    The first measure breaks even at `level`, the others, and that without a level, at their value in the
    unchanged scenario.
    """
    manifest = ensemble_manifest(plan.scenario, results.base)
    names = listed([phrase(varied.number) for varied in results.varied])
    points = count_of(len(results.points), "point")
    varied = [_varied(results, index) for index in range(len(results.varied))]
    call = call_request(
        "sim.sweep",
        scenario=plan.scenario,
        vary=[str(each) for each in results.varied],
        replications=len(results.base),
        seed=results.base.seed,
    )
    return StudyReport(
        name=plan.name,
        title=f"{results.base.title}: sweep of {names}",
        subtitle=f"{points} and the unchanged scenario, {count_of(len(results.base), 'replication')} of each",
        tables=[_points(results)],
        charts=sweep_charts(results, level),
        variants=[ReportVariant(ensemble=results.base, scenario=plan.scenario, manifest=manifest)],
        request=request or call,
        data={"sweep": results.rows()},
        facts={
            "design": "grid" if results.is_grid else "Latin hypercube",
            "points": len(results.points),
            "varied": varied,
            "break_even": list(_break_evens(results, level)),
        },
        manifest=manifest
        | {"varied": varied, "points": {each.label: each.digest for each in results.ensembles}},
        sentences=break_even_sentences(results, level),
    )


def _varied(results: Sweep, index: int) -> dict[str, Any]:
    varied = results.varied[index]
    return {
        "number": varied.number.name,
        "unit": varied.number.unit,
        "unchanged": results.base_point[index],
        "values" if results.is_grid else "between": list(varied.values),
    }


def _levels(results: Sweep, level: float | None) -> Iterator[tuple[MeasureRequest, float | None]]:
    for index, request in enumerate(results.requests):
        yield request, level if index == 0 else None


def _break_evens(results: Sweep, level: float | None) -> Iterator[dict[str, Any]]:
    for request, each_level in _levels(results, level):
        for others, crossings in results.break_evens(request, each_level).items():
            names = (varied.number.name for varied in results.varied[1:])
            yield {
                "measure": str(request),
                "at": "its value in the unchanged scenario" if each_level is None else each_level,
                "along": results.varied[0].number.name,
                "where": dict(zip(names, others, strict=True)),
                "values": [_interval(each) for each in crossings],
            }


def _interval(crossing: BreakEven) -> dict[str, float | None]:
    return {
        "value": rounded(crossing.at),
        "low": rounded(crossing.low),
        "high": rounded(crossing.high),
    }


def _points(results: Sweep) -> ReportTable:
    printed = headlines(results.requests)[:MAX_MEASURES]
    columns = [
        *(Column(title=varied.title, is_number=True) for varied in results.varied),
        *(
            Column(title=str(request), unit=request.unit, is_number=True, is_main=request in printed)
            for request in results.requests
        ),
    ]
    points: list[Sequence[float | None]] = [results.base_point, *results.points]
    rows = [
        Row(
            cells=[
                *(number_cell(value, "unchanged" if ensemble is results.base else "") for value in point),
                *(estimate_cell(ensemble.estimate(request)) for request in results.requests),
            ],
            is_marked=ensemble is results.base,
        )
        for point, ensemble in zip(points, [results.base, *results.ensembles], strict=True)
    ]
    return ReportTable(
        name="points",
        title="All points",
        columns=columns,
        rows=rows,
        note=NOTE,
        max_printed=MAX_PRINTED + 1,
    )


def break_even_sentences(results: Sweep, level: float | None = None) -> list[str]:
    """Return the break-evens of the first measures, a sentence for each line of points.

    If a level was requested, a sentence says so where the measure does not reach it.
    """
    if not results.has_lines:
        return [] if level is None else ["Break-evens between the points of a Latin hypercube are only drawn"]
    if len(results.varied) == 1:
        return []  # the finding of the chart is the sentence
    sentences = []
    for request, each_level in _levels(results, level):
        if request not in headlines(results.requests)[:MAX_MEASURES]:
            continue
        lines = results.break_evens(request, each_level)
        if each_level is not None and not any(lines.values()):
            along = results.varied[0].number.title
            sentences.append(f"{request}: nowhere {level_name(results, request, each_level)} along {along}")
        sentences += [
            _sentence(results, request, each_level, others, crossings)
            for others, crossings in lines.items()
            if crossings
        ]
    return sentences


def _sentence(
    results: Sweep,
    request: MeasureRequest,
    level: float | None,
    others: Point,
    crossings: Sequence[BreakEven],
) -> str:
    first, *rest = [varied.number for varied in results.varied]
    where = [
        f"{number.title} {value_at(value, number.unit)}" for number, value in zip(rest, others, strict=True)
    ]
    values = listed([with_interval(crossing, first) for crossing in crossings])
    reached = f"{request}: equal to {level_name(results, request, level)} {condition(first, values)}"
    return f"{reached} ({', '.join(where)})" if where else reached


def read_level(text: str, requests: Sequence[MeasureRequest], network: Network) -> float:
    """Read the level at which the only measure breaks even, in its unit; barrels are of the network's oil.

    Raises `InputError`.
    """
    if len(requests) != 1:
        message = "a break-even is of one measure"
        raise fail(message, key="--break-even", value=text, advice="name one --measure")
    unit = {"%": "percent", "days": "day", "date": "day"}.get(requests[0].unit, requests[0].unit)
    oil = cargo_of("", network.cargoes)
    with option("--break-even", text):
        return parse(text, unit, oil.barrels_per_tonne if oil else None)
