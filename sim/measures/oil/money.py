"""Cost of transporting oil, and revenue lost by curtailment."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.measures.measure import Headline, Measure, one_of
from sim.measures.oil.origins import (
    ALL,
    EXPORTS,
    ORIGIN,
    exported_tonnes,
    flows,
    home_country,
    origins,
    shippers,
)
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, step_totals
from sim.network import Network
from sim.network.elements import Shipper

MILLION = 1e6


def _tariffs(record: Record, element: str, a: float, b: float) -> float:
    paid = (
        link.tariff * integral(record.journal.step_series("flow", link.id), a, b)
        for link in record.network.links.values()
        if element in (ALL, link.id)
    )
    return sum(paid) / MILLION


def _per_tonne(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the mean tariff of the routes by which oil was sold, for each contract its cheapest."""
    origin, _, market = element.partition(">")
    mine, links = set(shippers(record, origin)), record.network.links
    tariffs: dict[tuple[str, str], float] = {}
    for route in record.routes:
        if route.shipper in mine and market in (ALL, route.market):
            tariff = sum(links[id].tariff for leg in route.legs for id in leg.links)
            key = route.shipper, route.market
            tariffs[key] = min(tariff, tariffs.get(key, tariff))
    sold = {(shipper, to): exported_tonnes(record, f"{shipper}>{to}", a, b) for shipper, to in tariffs}
    total = sum(sold.values())
    return sum(tariffs[key] * tonnes for key, tonnes in sold.items()) / total if total > 0.0 else None


def _lost(record: Record, element: str, a: float, b: float) -> float:
    network, total = record.network, 0.0
    edges = month_edges(record, a, b)
    prices = np.array([marker_price(network, record.when(day).date()) for day in edges[:-1].tolist()])
    for id in shippers(record, element):
        shipper = network.shippers[id]
        barrels = network.cargoes[shipper.cargo].barrels_per_tonne or 0.0
        differential = network.places[main_market(network, shipper)].price or 0.0
        curtailed = np.diff(step_totals(record.journal.step_series("curtailed", id), record.days, edges))
        total += float(curtailed @ (prices * barrels + differential))
    return total / MILLION


def main_market(network: Network, shipper: Shipper) -> str:
    """Return the market that a shipper normally sends most to; of several, the first of its contracts."""
    normal = {
        contract.market: min(shipper.rate, shipper.rate if contract.normal is None else contract.normal)
        for contract in network.contracts.values()
        if contract.shipper == shipper.id
    }
    return max(normal, key=lambda market: normal[market])


def marker_price(network: Network, month: date) -> float:
    """Return the price of a barrel of the table's first marker in a month, or in the nearest listed (USD)."""
    marker = next(iter(network.prices.values())).marker
    prices = {quote.month: quote.price for quote in network.prices.values() if quote.marker == marker}
    exact = f"{month:%Y-%m}"
    if exact in prices:
        return prices[exact]
    nearby = min(prices, key=lambda text: (abs(_number(text) - 12 * month.year - month.month), text))
    return prices[nearby]


def _number(month: str) -> int:
    """Return a month such as 2022-04 as a count from the year 0."""
    return 12 * int(month[:4]) + int(month[5:])


def month_edges(record: Record, a: float, b: float) -> Numbers:
    """Return the days on which calendar months start within a window, with its two ends."""
    first, last = record.when(a), record.when(b)
    months = range(12 * first.year + first.month, 12 * last.year + last.month)
    starts = (record.day(date(number // 12, number % 12 + 1, 1)) for number in months)
    return np.array([a, *(day for day in starts if a < day < b), b])


def _links(record: Record) -> list[str]:
    with_tariff = [link.id for link in record.network.links.values() if link.tariff > 0.0]
    return [ALL, *with_tariff] if record.network.shippers else []


def _priced(record: Record) -> list[str]:
    return origins(record) if record.network.prices else []


MONEY = (
    Measure(
        name="tariffs paid",
        title="Transport cost of oil",
        unit="MUSD",
        better="less",
        definition="Flow over each link, times its tariff. Demurrage is not included, nor the freight that "
        "buyers at moorings pay.",
        kind=one_of("a link for oil, or *", lambda record: {ALL, *record.network.links}),
        formula=_tariffs,
        elements=_links,
    ),
    Measure(
        name="cost per tonne",
        title="Transport cost per tonne of oil",
        unit="USD/t",
        better="less",
        definition="Tariffs of the links that exports passed, as a mean by tonnes. Where a contract has "
        "several routes, those of the cheapest.",
        kind=EXPORTS,
        formula=_per_tonne,
        elements=flows,
    ),
    Measure(
        name="revenue lost",
        title="Revenue lost",
        unit="MUSD",
        better="less",
        definition="Curtailment of a month, times the month's price of the marker crude (prices.csv) with "
        "the differential of the market that the shipper normally sends most to. It is deferred rather "
        "than gone, as the oil stays in the ground. A month without a price takes that of the nearest "
        "month.",
        kind=ORIGIN,
        formula=_lost,
        elements=_priced,
        headline=Headline(place=7, elements=home_country, decimals=0),
    ),
)
