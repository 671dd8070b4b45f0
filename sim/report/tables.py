"""Tables of a run that hold oil and dry cargo: summary, measures, daily means and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.engine.journal import POINT_UNITS, STEP_UNITS
from sim.measures import Record, Value
from sim.measures.series import Numbers, daily_edges, line_means, step_means
from sim.report.csv_files import number, rounded, write_csv, write_json
from sim.report.freight.tables import daily_freight, freight_balance
from sim.report.oil.tables import mass_balance

NOT_DAILY = ("limit", "sold")


def write_summary(values: Sequence[Value], record: Record, upper_bound: dict[str, Any], folder: Path) -> None:
    """Write summary.json and measures.csv: every measure of the run, its balances and upper bounds."""
    columns = ("measure", "element", "value", "unit", "better")
    rows = [(v.measure, v.element, number(v.value), v.unit, v.better) for v in values]
    write_csv(folder / "measures.csv", columns, rows)
    summary: dict[str, Any] = {
        "name": record.name,
        "title": record.title,
        "start": str(record.start),
        "days": record.days,
        "seed": record.seed,
        "replication": record.replication,
        "measures": [
            {"measure": v.measure, "element": v.element, "value": rounded(v.value), "unit": v.unit}
            for v in values
        ],
        **_balances(record),
        "upper_bound": upper_bound,
        "stalled": list(record.stalled),
        "events": record.journal.event_count,
    }
    write_json(folder / "summary.json", summary)


def _balances(record: Record) -> dict[str, Any]:
    balances: dict[str, Any] = {}
    if record.network.shippers:
        balances["mass_balance"] = mass_balance(record)
    if record.freight_balance is not None and record.network.demands:
        balances["freight_balance"] = freight_balance(record, record.freight_balance)
    return balances


def write_daily(record: Record, file: Path) -> None:
    """Write the daily means of every series: date, quantity, element, value, unit."""
    write_csv(file, ("date", "quantity", "element", "value", "unit"), _daily(record))


def _daily(record: Record) -> Iterator[tuple[str, str, str, str, str]]:
    edges = daily_edges(record.days)
    dates = [str(record.start + timedelta(days=float(edge))) for edge in edges[:-1]]
    journal = record.journal
    for (step, element), series in sorted(journal.steps.items()):
        if step not in NOT_DAILY and (step != "exported" or record.network.shippers):
            means = step_means(series, record.days, edges)
            yield from _rows(dates, step, element, means, STEP_UNITS[step])
    for (point, element), series in sorted(journal.points.items()):
        if point not in NOT_DAILY and element in record.network.stocks:
            yield from _rows(dates, point, element, line_means(series, edges), POINT_UNITS[point])
    if record.network.demands:
        for quantity, element, values, unit in daily_freight(record, edges):
            yield from _rows(dates, quantity, element, values, unit)


def _rows(
    dates: list[str], quantity: str, element: str, values: Numbers, unit: str
) -> Iterator[tuple[str, str, str, str, str]]:
    for day, value in zip(dates, values.tolist(), strict=True):
        yield day, quantity, element, f"{value:.8g}", unit


def write_events(record: Record, file: Path) -> None:
    """Write the events of the journal: time, kind, element, quantity, reason."""
    rows = (
        (
            record.when(event.time).isoformat(sep=" "),
            event.kind,
            event.element,
            f"{event.quantity:.8g}",
            event.reason,
        )
        for event in record.journal.events
    )
    write_csv(file, ("time", "kind", "element", "quantity", "reason"), rows)
