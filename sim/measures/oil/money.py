"""What the transport of oil cost, and what was lost by not sending it."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.errors import fail, nearest
from sim.measures.measure import Measure
from sim.measures.oil.origins import ALL, FLOWS, ORIGINS, exported_tonnes, flows, origins, shippers
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, step_totals
from sim.network import Network
from sim.network.elements import Shipper

MILLION = 1e6


def _tariffs(record: Record, element: str, a: float, b: float) -> float:
    links = record.network.links
    if element != ALL and element not in links:
        raise fail(
            "no such link in this run", key="element", value=element, advice=nearest(element, links) or "or *"
        )
    paid = (
        link.tariff * integral(record.journal.step_series("flow", link.id), a, b)
        for link in links.values()
        if element in (ALL, link.id)
    )
    return sum(paid) / MILLION


def _per_tonne(record: Record, element: str, a: float, b: float) -> float | None:
    """The mean tariff of the ways by which oil was sold; where a contract has several, of the cheapest."""
    origin, _, market = element.partition(">")
    mine, links = set(shippers(record, origin)), record.network.links
    tariffs: dict[tuple[str, str], float] = {}
    for route in record.routes:
        if route.shipper in mine and market in (ALL, route.market):
            tariff = sum(links[id].tariff for leg in route.legs for id in leg.links)
            key = route.shipper, route.market
            tariffs[key] = min(tariff, tariffs.get(key, tariff))
    sold = {(one, to): exported_tonnes(record, f"{one}>{to}", a, b) for one, to in tariffs}
    whole = sum(sold.values())
    return sum(tariffs[key] * tonnes for key, tonnes in sold.items()) / whole if whole > 0.0 else None


def _lost(record: Record, element: str, a: float, b: float) -> float:
    network, total = record.network, 0.0
    edges = month_edges(record, a, b)
    prices = np.array([marker_price(network, record.when(day).date()) for day in edges[:-1].tolist()])
    for id in shippers(record, element):
        shipper = network.shippers[id]
        barrels = network.cargoes[shipper.cargo].barrels_per_tonne or 0.0
        differential = network.places[usual_market(network, shipper)].price or 0.0
        curtailed = np.diff(step_totals(record.journal.step_series("curtailed", id), record.days, edges))
        total += float(curtailed @ (prices * barrels + differential))
    return total / MILLION


def usual_market(network: Network, shipper: Shipper) -> str:
    """The market that a shipper can normally send most to; of several, the first of its contracts."""
    usual = {
        contract.market: min(shipper.rate, shipper.rate if contract.normal is None else contract.normal)
        for contract in network.contracts.values()
        if contract.shipper == shipper.id
    }
    return max(usual, key=lambda market: usual[market])


def marker_price(network: Network, month: date) -> float:
    """What a barrel of the table's first marker cost in a month, else in the nearest that it has (USD)."""
    marker = next(iter(network.prices.values())).marker
    prices = {one.month: one.price for one in network.prices.values() if one.marker == marker}
    exactly = f"{month:%Y-%m}"
    if exactly in prices:
        return prices[exactly]
    nearby = min(prices, key=lambda text: (abs(_number(text) - 12 * month.year - month.month), text))
    return prices[nearby]


def _number(month: str) -> int:
    """A month such as 2022-04, counted from the year 0."""
    return 12 * int(month[:4]) + int(month[5:])


def month_edges(record: Record, a: float, b: float) -> Numbers:
    """The days on which calendar months begin within a window, with its two ends."""
    first, last = record.when(a), record.when(b)
    months = range(12 * first.year + first.month, 12 * last.year + last.month)
    begins = (record.day(date(number // 12, number % 12 + 1, 1)) for number in months)
    return np.array([a, *(day for day in begins if a < day < b), b])


def _links(record: Record) -> list[str]:
    tolled = [link.id for link in record.network.links.values() if link.tariff > 0.0]
    return [ALL, *tolled] if record.network.shippers else []


def _priced(record: Record) -> list[str]:
    return origins(record) if record.network.prices else []


MONEY = (
    Measure(
        name="tariffs paid",
        title="Transport cost of oil",
        unit="MUSD",
        better="less",
        what="What flowed over each link, times its tariff. Demurrage is not part of it, nor what buyers "
        "at moorings pay for their ships.",
        by="a link for oil, or all",
        of=_tariffs,
        elements=_links,
    ),
    Measure(
        name="cost per tonne",
        title="Transport cost of a tonne of oil",
        unit="USD/t",
        better="less",
        what="The tariffs of the links on the way of what was exported, a mean by tonnes. Where a contract "
        "has several ways, those of the cheapest.",
        by=FLOWS,
        of=_per_tonne,
        elements=flows,
    ),
    Measure(
        name="revenue lost",
        title="Revenue lost at the month's price",
        unit="MUSD",
        better="less",
        what="What was curtailed in a month, times the month's price of the marker crude (prices.csv) and "
        "the differential of the market that the shipper can normally send most to. It is put off "
        "rather than gone, as the oil stays in the ground. A month that has no price takes that of "
        "the nearest one.",
        by=ORIGINS,
        of=_lost,
        elements=_priced,
    ),
)
