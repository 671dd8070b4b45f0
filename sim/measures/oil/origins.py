"""Which oil an element of a measure means: that of an origin, or what an origin sends to a market."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from sim.engine.journal import StepQuantity
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, line_at, step_totals

MEGATONNE = 1e6
KILOTONNE = 1e3
ALL = "*"
ORIGINS = "an origin"  # docs/MEASURES.md says what that is, and the other kinds of elements
FLOWS = "exports"


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
    at_a, at_b = exported_until(record, element, np.array([a, b]))
    return float(at_b - at_a)


def exported_until(record: Record, element: str, times: Numbers) -> Numbers:
    """Cargo that has reached `origin>market` by each of some times, in tonnes."""
    origin, _, market = element.partition(">")
    journal = record.journal
    totals = np.zeros(len(times))
    for id in _markets(record, market):
        if origin == ALL:
            totals += step_totals(journal.step_series("exported", id), record.days, times)
            continue
        for shipper in shippers(record, origin):
            totals += line_at(journal.point_series("sold", f"{shipper}>{id}"), times)
    return totals


def total_until(record: Record, quantity: StepQuantity, origin: str, times: Numbers) -> Numbers:
    """What an origin's shippers have in all of a step series by each of some times, in tonnes."""
    totals = np.zeros(len(times))
    for id in shippers(record, origin):
        totals += step_totals(record.journal.step_series(quantity, id), record.days, times)
    return totals


def by_shipper(quantity: StepQuantity, per: float) -> Callable[[Record, str, float, float], float]:
    """The total of a shippers' step series over a window, for an origin (shipper, country or *)."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        journal = record.journal
        return (
            sum(integral(journal.step_series(quantity, id), a, b) for id in shippers(record, element)) / per
        )

    return total


def countries(record: Record) -> list[str]:
    """The countries that send oil, in the order of the shippers."""
    return list(dict.fromkeys(shipper.country for shipper in record.network.shippers.values()))


def of_countries(record: Record) -> list[str]:
    """All, and each country; none without oil."""
    return [ALL, *countries(record)] if record.network.shippers else []


def origins(record: Record) -> list[str]:
    """All, each country and each shipper; none without oil."""
    return [*of_countries(record), *record.network.shippers]


def flows(record: Record) -> list[str]:
    """All exports, those to each market, and each country's to all and to each; none without oil."""
    if not record.network.contracts:
        return []
    markets = list(dict.fromkeys(contract.market for contract in record.network.contracts.values()))
    return [f"{ALL}>{ALL}", *(f"{ALL}>{market}" for market in markets), *country_flows(record)]


def country_flows(record: Record) -> Iterable[str]:
    """What each country sends in all, and to each market for which it has a contract."""
    markets = dict.fromkeys(contract.market for contract in record.network.contracts.values())
    for country in countries(record):
        yield f"{country}>{ALL}"
        for market in markets:
            if any(
                contract.market == market and record.network.shippers[contract.shipper].country == country
                for contract in record.network.contracts.values()
            ):
                yield f"{country}>{market}"
