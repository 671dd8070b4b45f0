"""The tidy tables of a run: one row a number, each with its unit."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from sim.measures import Record, Value
from sim.measures.series import daily_edges, line_means, step_means

UNITS = {
    "flow": "t/day",
    "exported": "t/day",
    "potential": "t/day",
    "produced": "t/day",
    "curtailed": "t/day",
    "diverted": "t/day",
    "waiting": "ships",
    "alongside": "ships",
    "share": "",
    "level": "t",
}
NOT_DAILY = ("limit", "sold")


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def number(value: float | None) -> str:
    """A number as tables show it: enough digits to compute with, none that mean nothing."""
    return "" if value is None else f"{value:.10g}"


def write_summary(values: list[Value], record: Record, folder: Path) -> None:
    """summary.json and measures.csv: every measure of the run."""
    columns = ("measure", "element", "value", "unit", "better")
    rows = [(v.measure, v.element, number(v.value), v.unit, v.better) for v in values]
    write_csv(folder / "measures.csv", columns, rows)
    balance = record.balance
    summary = {
        "name": record.name,
        "title": record.title,
        "start": str(record.start),
        "days": record.days,
        "seed": record.seed,
        "replication": record.replication,
        "measures": [
            {"measure": v.measure, "element": v.element, "value": _rounded(v.value), "unit": v.unit}
            for v in values
        ],
        "mass balance": {
            "unit": "t",
            "produced": _rounded(balance.produced),
            "opening stock": _rounded(balance.opening),
            "sold": _rounded(balance.sold),
            "in stock": _rounded(balance.in_stock),
            "afloat": _rounded(balance.afloat),
            "curtailed": _rounded(balance.curtailed),
            "holds": balance.holds,
        },
        "stalled": list(record.stalled),
        "events": record.journal.events,
    }
    write_json(folder / "summary.json", summary)


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_daily(record: Record, file: Path) -> None:
    """Daily means of every series: date, quantity, element, value, unit."""
    write_csv(file, ("date", "quantity", "element", "value", "unit"), _daily(record))


def _daily(record: Record) -> Iterator[tuple[str, str, str, str, str]]:
    edges = daily_edges(record.days)
    dates = [str(record.start + timedelta(days=float(edge))) for edge in edges[:-1]]
    journal = record.journal
    for (quantity, element), series in sorted(journal.steps.items()):
        if quantity not in NOT_DAILY:
            means = step_means(series, record.days, edges)
            yield from _rows(dates, quantity, element, means)
    for (quantity, element), series in sorted(journal.points.items()):
        if quantity not in NOT_DAILY and element in record.network.stocks:
            yield from _rows(dates, quantity, element, line_means(series, edges))


def _rows(
    dates: list[str], quantity: str, element: str, values: np.ndarray[Any, Any]
) -> Iterator[tuple[str, str, str, str, str]]:
    unit = UNITS[quantity]
    for day, value in zip(dates, values.tolist(), strict=True):
        yield day, quantity, element, f"{value:.8g}", unit


def write_happenings(record: Record, file: Path) -> None:
    """What happened, as recorded: time, kind, element, quantity, reason."""
    rows = (
        (record.when(h.time).isoformat(sep=" "), h.kind, h.element, f"{h.quantity:.8g}", h.reason)
        for h in record.journal.happenings
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
