"""Elements of oil measures: an origin, or the exports of an origin to a market."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.engine.journal import StepQuantity
from sim.measures.measure import ElementKind, Formula, not_of_kind
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, line_at, step_totals
from sim.network import Network
from sim.network.countries import country_name

MEGATONNE = 1e6
KILOTONNE = 1e3
ALL = "*"


def shippers(record: Record, origin: str) -> list[str]:
    """Return the ids of an origin's shippers: a shipper, those of a country (KZ), or all (*)."""
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


def _check_origin(record: Record, element: str) -> None:
    if element != ALL and not shippers(record, element):
        raise not_of_kind(ORIGIN.name, element, origins(record))


def _check_exports(record: Record, element: str) -> None:
    origin, arrow, market = element.partition(">")
    if not arrow or (market != ALL and not _markets(record, market)):
        raise not_of_kind(EXPORTS.name, element, flows(record))
    _check_origin(record, origin)


ORIGIN = ElementKind(name="an origin", check=_check_origin)
EXPORTS = ElementKind(name="exports", check=_check_exports)


def exported_tonnes(record: Record, element: str, a: float, b: float) -> float:
    """Return the cargo that reached `origin>market` between two days; * stands for any.

    Totals are exact; the part of one origin is recorded about once a day, with straight lines between.
    """
    at_a, at_b = exported_until(record, element, np.array([a, b]))
    return float(at_b - at_a)


def exported_until(record: Record, element: str, times: Numbers) -> Numbers:
    """Return the cargo that reached `origin>market` by each of some times, in tonnes."""
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
    """Return the integral of a step series of an origin's shippers up to each of some times, in tonnes."""
    totals = np.zeros(len(times))
    for id in shippers(record, origin):
        totals += step_totals(record.journal.step_series(quantity, id), record.days, times)
    return totals


def total_of(record: Record, quantity: StepQuantity, origin: str, a: float, b: float) -> float:
    """Return the integral of a step series of an origin's shippers over a window, in tonnes."""
    journal = record.journal
    return sum(integral(journal.step_series(quantity, id), a, b) for id in shippers(record, origin))


def total_in(quantity: StepQuantity, tonnes: float) -> Formula:
    """Return the formula that totals a step series of an origin's shippers, in units of some tonnes."""
    return lambda record, element, a, b: total_of(record, quantity, element, a, b) / tonnes


def countries(record: Record) -> list[str]:
    """Return the countries that send oil, in the order of the shippers."""
    return list(dict.fromkeys(shipper.country for shipper in record.network.shippers.values()))


def of_countries(record: Record) -> list[str]:
    """Return all origins together (*) and each country; none without oil."""
    return [ALL, *countries(record)] if record.network.shippers else []


def origins(record: Record) -> list[str]:
    """Return all origins together (*), each country and each shipper; none without oil."""
    return [*of_countries(record), *record.network.shippers]


def flows(record: Record) -> list[str]:
    """Return all exports, those to each market, and those of each country; none without oil."""
    if not record.network.contracts:
        return []
    markets = list(dict.fromkeys(contract.market for contract in record.network.contracts.values()))
    return [f"{ALL}>{ALL}", *(f"{ALL}>{market}" for market in markets), *country_flows(record)]


def country_flows(record: Record) -> Iterable[str]:
    """Yield the exports of each country in all and to each market for which it has a contract."""
    markets = dict.fromkeys(contract.market for contract in record.network.contracts.values())
    for country in countries(record):
        yield f"{country}>{ALL}"
        for market in markets:
            if any(
                contract.market == market and record.network.shippers[contract.shipper].country == country
                for contract in record.network.contracts.values()
            ):
                yield f"{country}>{market}"


def home(network: Network) -> tuple[str, str]:
    """Return the country that exports most, and the market that it normally sends most to.

    The network has contracts.
    """
    rates: dict[str, float] = {}
    for id in dict.fromkeys(contract.shipper for contract in network.contracts.values()):
        shipper = network.shippers[id]
        rates[shipper.country] = rates.get(shipper.country, 0.0) + shipper.rate
    country = max(rates, key=lambda each: rates[each])
    normal: dict[str, float] = {}
    for contract in network.contracts.values():
        shipper = network.shippers[contract.shipper]
        if shipper.country == country:
            rate = shipper.rate if contract.normal is None else min(shipper.rate, contract.normal)
            normal[contract.market] = normal.get(contract.market, 0.0) + rate
    return country, max(normal, key=lambda market: normal[market])


def home_country(network: Network) -> dict[str, str]:
    """Return the country that exports most as a headline element; none without oil."""
    if not network.contracts:
        return {}
    country, _ = home(network)
    return {country: country_name(country)}


def all_origins(network: Network) -> dict[str, str]:
    """Return all origins together as a headline element; none without oil."""
    return {ALL: ""} if network.contracts else {}
