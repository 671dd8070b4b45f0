"""The short table that a run prints: its main measures, a column for each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.measures import MEASURES, Record
from sim.report.bound import bound_rows
from sim.report.freight_table import freight_rows
from sim.report.row import Row, measured
from sim.studies.bound import Limits
from sim.studies.request import home


def overview(records: list[Record], bounds: Sequence[Limits] = ()) -> list[Row]:
    """The rows of the short table, for one run or several side by side: of oil, of dry cargo, or both.

    Which markets, ports and corridors have a row goes by the first run that has any. `bounds` are
    what no plan could have exceeded, one for each run.
    """
    oil = next((record for record in records if record.network.contracts), None)
    dry = next((record for record in records if record.network.demands), None)
    return [
        *(oil_rows(oil, records) if oil else ()),
        *(freight_rows(dry, records) if dry else ()),
        *([Row("What no plan could have exceeded", "", ()), *bound_rows(bounds, records)] if bounds else ()),
    ]


def oil_rows(first: Record, records: list[Record]) -> Iterator[Row]:
    """Exports by route, what was curtailed and diverted, the tank farm, tankers, and the books."""
    country, main = home(first.network)
    yield Row("Exported", "", ())
    for market in dict.fromkeys(contract.market for contract in first.network.contracts.values()):
        place = first.network.places[market]
        yield measured(records, "exported", f"*>{market}", f"  {place.route}")
    yield measured(records, "exported", "*>*", "  all routes")
    route = first.network.places[main].route
    yield measured(records, "share", f"{country}>{main}", f"Share of {route} in exports of {country}", 1)
    yield measured(records, "curtailed", country, f"Curtailed, fields of {country}")
    yield measured(records, "curtailed", "*", "Curtailed, all")
    yield measured(records, "diverted", "*", "Diverted to other routes", 0)
    yield measured(records, "delayed in tanks", "*", "Delayed in the fields' own tanks", 0)
    yield measured(
        records, "peak shortfall", country, f"Output missing in the worst seven days, {country}", 0
    )
    if first.network.prices:
        yield measured(records, "revenue lost", country, f"Revenue lost, fields of {country}", 0)
    for stock in MEASURES["throttled after"].elements(first):
        name = first.network.stocks[stock].name
        yield measured(records, "throttled after", stock, "Pipeline throttled, after the first closure", 1)
        yield measured(records, "days throttled", stock, "Days throttled", 1)
        yield measured(records, "recovered after", country, "Output recovered, after the first closure", 0)
        yield measured(records, "resilience triangle", country, "Area of the resilience triangle", 0)
        yield measured(records, "fill", stock, f"{name}, mean fill", 0)
        yield measured(records, "fullest", stock, f"{name}, fullest", 0)
    for lane in MEASURES["sent back"].elements(first):
        yield measured(records, "tankers", lane, "Tankers loaded", 0)
        yield measured(records, "mean wait", lane, "Mean wait for a mooring", 1)
        if lane in MEASURES["demurrage"].elements(first):
            yield measured(records, "demurrage", lane, "Demurrage of tankers", 1)
    errors = tuple(record.balance.max_error for record in records)
    yield Row("Mass balance, largest error", "t", errors, 6)
