"""What was exported, by whom and which way; what was produced, diverted, and left in the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import integral, line_at

MEGATONNE = 1e6
KILOTONNE = 1e3
ALL = "*"


def shippers(record: Record, origin: str) -> list[str]:
    """The shippers that an origin means: one by its id, all of a country (KZ), or all (*)."""
    return [
        shipper.id
        for shipper in record.network.shippers.values()
        if origin in (ALL, shipper.id, shipper.country)
    ]


def _markets(record: Record, market: str) -> list[str]:
    return [
        place.id
        for place in record.network.places.values()
        if place.kind == "market" and market in (ALL, place.id)
    ]


def exported_tonnes(record: Record, element: str, a: float, b: float) -> float:
    """Cargo that reached `origin>market` between two days; * stands for any.

    Totals are exact; a single origin's part is entered about once a day, in straight lines between.
    """
    origin, _, market = element.partition(">")
    steps, points = record.journal.steps, record.journal.points
    if origin == ALL:
        return sum(integral(steps.get(("exported", id)), a, b) for id in _markets(record, market))
    total = 0.0
    for shipper in shippers(record, origin):
        for id in _markets(record, market):
            at_a, at_b = line_at(points.get(("sold", f"{shipper}>{id}")), [a, b])
            total += float(at_b - at_a)
    return total


def _exported(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / MEGATONNE


def _export_rate(record: Record, element: str, a: float, b: float) -> float:
    return exported_tonnes(record, element, a, b) / KILOTONNE / (b - a)


def _share(record: Record, element: str, a: float, b: float) -> float | None:
    origin, _, _market = element.partition(">")
    whole = exported_tonnes(record, f"{origin}>{ALL}", a, b)
    return 100.0 * exported_tonnes(record, element, a, b) / whole if whole > 0 else None


def by_shipper(quantity: str, per: float) -> Callable[[Record, str, float, float], float]:
    """The total of a shippers' step series over a window, for an origin (shipper, country or *)."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        steps = record.journal.steps
        return sum(integral(steps.get((quantity, id)), a, b) for id in shippers(record, element)) / per

    return total


def _output(record: Record, element: str, a: float, b: float) -> float:
    return by_shipper("produced", KILOTONNE)(record, element, a, b) / (b - a)


def _served(record: Record, element: str, a: float, b: float) -> float | None:
    potential = by_shipper("potential", 1.0)(record, element, a, b)
    return 100.0 * by_shipper("produced", 1.0)(record, element, a, b) / potential if potential else None


def _countries(record: Record) -> list[str]:
    return list(dict.fromkeys(shipper.country for shipper in record.network.shippers.values()))


def origins(record: Record) -> list[str]:
    """All, each country and each shipper; none without oil."""
    return [ALL, *_countries(record), *record.network.shippers] if record.network.shippers else []


def _flows(record: Record) -> list[str]:
    if not record.network.contracts:
        return []
    markets = list(dict.fromkeys(contract.market for contract in record.network.contracts.values()))
    return [f"{ALL}>{ALL}", *(f"{ALL}>{market}" for market in markets), *_country_flows(record)]


def _country_flows(record: Record) -> Iterable[str]:
    markets = dict.fromkeys(contract.market for contract in record.network.contracts.values())
    for country in _countries(record):
        yield f"{country}>{ALL}"
        for market in markets:
            if any(
                contract.market == market and record.network.shippers[contract.shipper].country == country
                for contract in record.network.contracts.values()
            ):
                yield f"{country}>{market}"


def _shares(record: Record) -> list[str]:
    return [flow for flow in _country_flows(record) if not flow.endswith(ALL)]


TRADE = (
    Measure(name="exported", title="Exported", unit="Mt", better="more", of=_exported, elements=_flows),
    Measure(
        name="export rate",
        title="Export rate",
        unit="kt/day",
        better="more",
        of=_export_rate,
        elements=_flows,
    ),
    Measure(name="share", title="Share of exports", unit="%", better="neither", of=_share, elements=_shares),
    Measure(
        name="produced",
        title="Produced for export",
        unit="Mt",
        better="more",
        of=by_shipper("produced", MEGATONNE),
        elements=origins,
    ),
    Measure(name="output", title="Mean output", unit="kt/day", better="more", of=_output, elements=origins),
    Measure(
        name="curtailed",
        title="Curtailed",
        unit="Mt",
        better="less",
        of=by_shipper("curtailed", MEGATONNE),
        elements=origins,
    ),
    Measure(
        name="diverted",
        title="Diverted",
        unit="kt",
        better="neither",
        of=by_shipper("diverted", KILOTONNE),
        elements=origins,
    ),
    Measure(
        name="served",
        title="Output against potential",
        unit="%",
        better="more",
        of=_served,
        elements=origins,
    ),
)
