"""The short table that a run prints: its main measures, a column for each run."""

from __future__ import annotations

from dataclasses import dataclass

from sim.measures import MEASURES, Record


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what, in which unit, and a number for each run."""

    title: str
    unit: str
    values: tuple[float | None, ...]
    decimals: int = 2


def overview(records: list[Record]) -> list[Row]:
    """The rows of the short table, for one run or several side by side."""
    first = records[0]
    country = _home(first)
    rows = [Row("Exported", "", ())]
    for market in dict.fromkeys(contract.market for contract in first.network.contracts.values()):
        place = first.network.places[market]
        rows.append(_row(records, "exported", f"*>{market}", f"  {place.route}"))
    rows.append(_row(records, "exported", "*>*", "  all routes"))
    main = _main_market(first)
    if main:
        route = first.network.places[main].route
        rows.append(
            _row(records, "share", f"{country}>{main}", f"Share of {route} in exports of {country}", 1)
        )
    rows += [
        _row(records, "curtailed", country, f"Curtailed, fields of {country}"),
        _row(records, "curtailed", "*", "Curtailed, all"),
        _row(records, "diverted", "*", "Diverted to other routes", 0),
    ]
    for stock in MEASURES["throttled after"].elements(first):
        name = first.network.stocks[stock].name
        rows += [
            _row(records, "throttled after", stock, "Pipeline throttled, after the first closure", 1),
            _row(records, "days throttled", stock, "Days throttled", 1),
            _row(records, "recovered after", country, "Output recovered, after the first closure", 0),
            _row(records, "fill", stock, f"{name}, mean fill", 0),
            _row(records, "fullest", stock, f"{name}, fullest", 0),
        ]
    for lane in MEASURES["sent back"].elements(first):
        rows += [
            _row(records, "tankers", lane, "Tankers loaded", 0),
            _row(records, "mean wait", lane, "Mean wait for a mooring", 1),
        ]
    errors = tuple(record.balance.worst for record in records)
    rows.append(Row("Mass balance, largest error", "t", errors, 6))
    return rows


def _home(record: Record) -> str:
    """The country that exports most."""
    rates: dict[str, float] = {}
    for shipper in record.network.shippers.values():
        rates[shipper.country] = rates.get(shipper.country, 0.0) + shipper.rate
    return max(rates, key=lambda country: rates[country])


def _main_market(record: Record) -> str | None:
    markets = dict.fromkeys(contract.market for contract in record.network.contracts.values())
    exported = MEASURES["exported"]
    return max(markets, key=lambda market: exported(record, f"*>{market}") or 0.0, default=None)


def _row(records: list[Record], measure: str, element: str, title: str, decimals: int = 2) -> Row:
    found = MEASURES[measure]
    return Row(title, found.unit, tuple(found(record, element) for record in records), decimals)
