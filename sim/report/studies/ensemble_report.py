"""Report of an ensemble: the mean of every measure over many runs of one scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import numpy as np

from sim.charts.studies.registry import ensemble_charts
from sim.charts.wording import count as count_of
from sim.report.csv_files import rounded
from sim.report.manifest import manifest
from sim.report.page.measured import written
from sim.report.study_report import (
    Cell,
    Column,
    ReportTable,
    ReportVariant,
    Row,
    StudyReport,
    estimate_cell,
    measure_cell,
)
from sim.scenario import Scenario
from sim.scenario.request import Request, call_request
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import nine_in_ten
from sim.studies.request import MeasureRequest
from sim.studies.results import TableRow, estimate_cells, measure_cells

COLUMNS = (
    Column(title="Measure"),
    Column(title="Mean", is_number=True),
    Column(title="Nine in ten from", is_number=True),
    Column(title="to", is_number=True),
    Column(title="Unit"),
    Column(title="Runs without", is_number=True),
)
NOTE = (
    "± is the half-width of a 95 % Student-t interval of the mean. Runs without are those in which a measure "
    "has no value, as when nothing is throttled; means are over the others."
)


def ensemble_report(scenario: Scenario, results: Ensemble, request: Request | None = None) -> StudyReport:
    """Return the report of an ensemble."""
    made_from = ensemble_manifest(scenario, results)
    estimates = list(_estimates(results))
    call = call_request("sim.ensemble", scenario=scenario, replications=len(results), seed=results.seed)
    return StudyReport(
        name=results.name,
        title=results.title,
        subtitle=f"{count_of(len(results), 'replication')}, each with its own random draws",
        tables=[
            ReportTable(
                name="estimates",
                title="Measures",
                columns=COLUMNS,
                rows=[_row(results, each) for each in results.requests if _has_value(results, each)],
                note=NOTE,
                max_printed=len(results.requests),
            )
        ],
        charts=ensemble_charts(results),
        variants=[ReportVariant(ensemble=results, scenario=scenario, manifest=made_from)],
        request=request or call,
        data={
            "replications": _replications(results),
            "estimates": estimates,
            "daily": _daily(results),
        },
        facts={
            "estimates": [{key: _rounded(cell) for key, cell in row.items()} for row in estimates],
            "stalled": {str(number): list(reasons) for number, reasons in results.stalled.items()},
        },
        manifest=made_from,
        arrays={"daily": results.daily},
    )


def ensemble_manifest(scenario: Scenario, results: Ensemble) -> dict[str, Any]:
    """Return the inputs of an ensemble, with the digest of all that its results depend on."""
    content = manifest(scenario, results.seed, 0)
    del content["request"], content["replication"]
    return content | {
        "replications": len(results),
        "digest": results.digest,
        "closures": [asdict(span) for span in results.spans],
        "boycotts": [asdict(boycott) for boycott in results.boycotts],
        "flows": [asdict(flow) for flow in results.flows],
    }


def _has_value(results: Ensemble, request: MeasureRequest) -> bool:
    """Return whether a measure has a value other than zero in any replication."""
    return bool(np.nan_to_num(results.column(request)).any())


def _row(results: Ensemble, request: MeasureRequest) -> Row:
    low, high = nine_in_ten(results.column(request))
    missed = results.missed(request)
    return Row(
        cells=[
            measure_cell(request),
            estimate_cell(results.estimate(request)),
            Cell(text=written(low), value=low),
            Cell(text=written(high), value=high),
            Cell(text=request.unit),
            Cell(text=str(missed or ""), value=missed),
        ]
    )


def _rounded(cell: object) -> object:
    return rounded(cell) if isinstance(cell, float) else cell


def _estimates(results: Ensemble) -> Iterator[TableRow]:
    for request, estimate in results.estimates():
        yield {
            **measure_cells(request),
            **estimate_cells(estimate),
            "replications": estimate.replications if estimate else 0,
            "missed": results.missed(request),
        }


def _replications(results: Ensemble) -> Iterator[TableRow]:
    """Yield the rows with all digits of their values, so that they are read again as the same numbers."""
    for row in results.rows():
        value = row["value"]
        yield row | {"value": "" if value is None or value != value else repr(value)}


def _daily(results: Ensemble) -> Iterator[TableRow]:
    """Yield each flow day by day: the mean, and the range of nine in ten replications."""
    days = [str(results.start + timedelta(days=day)) for day in range(results.daily.shape[2])]
    for index, flow in enumerate(results.flows):
        daily = results.daily[:, index].astype(float)
        columns = (daily.mean(axis=0), *np.quantile(daily, (0.05, 0.95), axis=0))
        for day, *values in zip(days, *(column.tolist() for column in columns), strict=True):
            mean, low, high = (f"{value:.6g}" for value in values)
            yield {
                "date": day,
                "cargo": flow.cargo,
                "way": flow.way,
                "mean": mean,
                "low": low,
                "high": high,
                "unit": f"{flow.unit}/day",
            }
