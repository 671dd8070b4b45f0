"""What a record says of exports, gathered by route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.measures.series import Numbers, running_means
from sim.network.elements import Cargo
from sim.network.network import Network

if TYPE_CHECKING:
    from sim.measures.record import Record

SMOOTH_FROM = 100.0
APART = 3.0  # days


def smoothing(days: float) -> float:
    """The days that a readable line is averaged over: a week, or one day in a short run."""
    return 7.0 if days >= SMOOTH_FROM else 1.0


def smoothing_name(days: float) -> str:
    return "7-day mean" if days >= SMOOTH_FROM else "daily mean"


def routes(network: Network, cargo: str) -> dict[str, list[str]]:
    """The markets of one cargo by the route that their sales are counted under, in the tables' order."""
    found: dict[str, list[str]] = {}
    for place in network.places.values():
        if place.kind == "market" and cargo_of_market(network, place.id) == cargo:
            found.setdefault(place.route or place.name, []).append(place.id)
    return found


def cargo_of_market(network: Network, market: str) -> str | None:
    """What a market buys, from its contracts or else from the links that lead to it."""
    sold = (contract.cargo for contract in network.contracts.values() if contract.market == market)
    brought = (link.cargo for link in network.links.values() if link.destination == market)
    return next(sold, None) or next(brought, None)


def main_cargo(record: Record) -> Cargo:
    """The first cargo of the network that the run exported any of, or else the first."""
    sold: set[str | None] = {
        cargo_of_market(record.network, market)
        for (quantity, market), series in record.journal.steps.items()
        if quantity == "exported" and any(series.values)
    }
    cargoes: list[Cargo] = list(record.network.cargoes.values())
    exported = [cargo for cargo in cargoes if cargo.id in sold]
    return (exported or cargoes)[0]


def breaks(record: Record) -> list[float]:
    """Where closures begin and end: no mean runs across, so that nothing falls before its cause.

    Those that follow another within a few days are left out, since what lies between is too short.
    """
    kept: list[float] = []
    for day in sorted({day for span in record.spans if not span.planned for day in (span.start, span.end)}):
        if not kept or day - kept[-1] >= APART:
            kept.append(day)
    return kept


def exports_by_route(record: Record, cargo: str, times: Numbers, width: float) -> dict[str, Numbers]:
    """Exports of a cargo per day by route, as means over `width` days about each time; every route."""
    journal, until, parted = record.journal, record.days, breaks(record)
    return {
        route: np.sum(
            [
                running_means(journal.step_series("exported", market), until, times, width, parted)
                for market in markets
            ],
            axis=0,
        )
        for route, markets in routes(record.network, cargo).items()
    }


def total_exports(record: Record, cargo: str, times: Numbers, width: float) -> Numbers:
    """Exports of a cargo per day by all routes, as means over `width` days about each time."""
    by_route = exports_by_route(record, cargo, times, width)
    return np.sum(list(by_route.values()), axis=0) if by_route else np.zeros(times.shape)
