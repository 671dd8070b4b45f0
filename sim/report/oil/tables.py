"""Tables of oil: tanker calls and the mass balance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.measures import Record
from sim.report.csv_files import number, rounded, write_csv


def write_calls(record: Record, file: Path) -> None:
    """Write every tanker call: lane, work, berth, its times, its load."""
    rows = (
        (
            call.lane,
            call.work,
            call.berth,
            *(record.when(time).isoformat(sep=" ") for time in (call.arrived, call.berthed, call.left)),
            number(call.load),
        )
        for call in record.journal.calls
    )
    write_csv(file, ("lane", "work", "berth", "arrived", "berthed", "departed", "load_t"), rows)


def mass_balance(record: Record) -> dict[str, Any]:
    """Return the mass balance of oil for summary.json, in tonnes."""
    balance = record.balance
    return {
        "unit": "t",
        "produced": rounded(balance.produced),
        "opening_stock": rounded(balance.opening),
        "sold": rounded(balance.sold),
        "in_stock": rounded(balance.in_stock),
        "afloat": rounded(balance.afloat),
        "curtailed": rounded(balance.curtailed),
        "holds": balance.holds,
    }
