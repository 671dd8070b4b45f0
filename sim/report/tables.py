"""The tidy tables of a run: one row a number, each with its unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sim.engine.journal import POINT_UNITS, STEP_UNITS, PointQuantity, StepQuantity
from sim.measures import Record, Value
from sim.measures.series import Numbers, daily_edges, line_means, step_means
from sim.report.csv_files import number, rounded, write_csv, write_json
from sim.report.freight_tables import daily_freight

NOT_DAILY: tuple[StepQuantity | PointQuantity, ...] = ("limit", "sold")


def write_summary(values: list[Value], record: Record, bounds: dict[str, Any], folder: Path) -> None:
    """summary.json and measures.csv: every measure of the run, and what no plan could have exceeded."""
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
        **_books(record),
        "what no plan could have exceeded": bounds,
        "stalled": list(record.stalled),
        "events": record.journal.event_count,
    }
    write_json(folder / "summary.json", summary)


def _books(record: Record) -> dict[str, Any]:
    """The books of oil, and those of each dry cargo, where there is some."""
    books: dict[str, Any] = {}
    if record.network.shippers:
        balance = record.balance
        books["mass balance"] = {
            "unit": "t",
            "produced": rounded(balance.produced),
            "opening stock": rounded(balance.opening),
            "sold": rounded(balance.sold),
            "in stock": rounded(balance.in_stock),
            "afloat": rounded(balance.afloat),
            "curtailed": rounded(balance.curtailed),
            "holds": balance.holds,
        }
    if record.freight_balance is not None and record.network.demands:
        books["freight balance"] = {
            "cargoes": [
                {
                    "cargo": line.cargo,
                    "unit": record.network.cargoes[line.cargo].unit,
                    "opening": rounded(line.opening),
                    "sent": rounded(line.sent),
                    "delivered": rounded(line.delivered),
                    "dropped": rounded(line.dropped),
                    "in yards": rounded(line.in_yards),
                    "under way": rounded(line.under_way),
                }
                for line in record.freight_balance.lines
            ],
            "holds": record.freight_balance.holds,
        }
    return books


def write_daily(record: Record, file: Path) -> None:
    """Daily means of every series: date, quantity, element, value, unit."""
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


def write_calls(record: Record, file: Path) -> None:
    """Every ship's call: lane, work, berth, its times, its load."""
    when = record.when
    rows = (
        (
            c.lane,
            c.work,
            c.berth,
            *(when(t).isoformat(sep=" ") for t in (c.arrived, c.berthed, c.left)),
            number(c.load),
        )
        for c in record.journal.calls
    )
    write_csv(file, ("lane", "work", "berth", "arrived", "berthed", "left", "load_t"), rows)
