"""Oil over time: exports by route, output and curtailment by shipper."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import StepQuantity
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import SeriesMean
from sim.network import Network
from sim.network.elements import Cargo, Place


def route_name(place: Place) -> str:
    """Name under which the sales of a market are counted."""
    return place.route or place.name


def cargo_of_market(network: Network, market: str) -> str:
    """Id of the cargo that a market buys, by its contracts or the links that lead to it; "" if none."""
    sold = (contract.cargo for contract in network.contracts.values() if contract.market == market)
    carried = (link.cargo for link in network.links.values() if link.destination == market)
    return next(sold, "") or next(carried, "")


def markets_by_route(network: Network, cargo: str) -> dict[str, list[str]]:
    """Return the ids of the markets of a cargo by route, in the order of the table."""
    markets: dict[str, list[str]] = {}
    for place in network.places.values():
        if place.kind == "market" and cargo_of_market(network, place.id) == cargo:
            markets.setdefault(route_name(place), []).append(place.id)
    return markets


def main_cargo(record: Record) -> Cargo:
    """Return the first cargo of the network that the run exported, or else the first of all."""
    sold = {
        cargo_of_market(record.network, market)
        for (quantity, market), series in record.journal.steps.items()
        if quantity == "exported" and any(series.values)
    }
    cargoes: list[Cargo] = list(record.network.cargoes.values())
    return next((cargo for cargo in cargoes if cargo.id in sold), cargoes[0])


def exports_by_route(record: Record, cargo: str, mean: SeriesMean) -> dict[str, Numbers]:
    """Return the exports of a cargo by route, in its unit per day, every route in the table's order.

    `mean` samples the series: `smoothing_of(record).of_steps` or `daily_means_of(record)`.
    """
    journal = record.journal
    return {
        route: np.sum([mean(journal.step_series("exported", market)) for market in markets], axis=0)
        for route, markets in markets_by_route(record.network, cargo).items()
    }


def total_exports(record: Record, cargo: str, mean: SeriesMean) -> Numbers:
    """Return the exports of a cargo by all routes together, in its unit per day."""
    by_route = exports_by_route(record, cargo, mean)
    return np.sum(list(by_route.values()), axis=0) if by_route else np.zeros_like(mean(None))


def output_by_shipper(record: Record, cargo: str, mean: SeriesMean) -> dict[str, Numbers]:
    """Return the output of a cargo by the shipper's name, in its unit per day, in the table's order."""
    return _by_shipper(record, "produced", cargo, mean)


def curtailed_by_shipper(record: Record, cargo: str, mean: SeriesMean) -> dict[str, Numbers]:
    """Return the curtailed output of a cargo by the shipper's name, in its unit per day."""
    return _by_shipper(record, "curtailed", cargo, mean)


def _by_shipper(record: Record, quantity: StepQuantity, cargo: str, mean: SeriesMean) -> dict[str, Numbers]:
    rates: dict[str, Numbers] = {}
    for shipper in record.network.shippers.values():
        if shipper.cargo == cargo:
            rate = mean(record.journal.step_series(quantity, shipper.id))
            rates[shipper.name] = rates[shipper.name] + rate if shipper.name in rates else rate
    return rates
