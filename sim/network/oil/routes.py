"""Routes from shippers to markets, and their legs from stock to stock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import networkx as nx

from sim.network.elements import Link
from sim.network.network import Network

MAX_PATHS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A part of a route without a stock inside: from a shipper or stock to the next stock or a market.

    A leg over land runs through one or more links at one rate; a sea leg is one lane, sailed by ships.
    """

    start: str
    links: tuple[str, ...]
    end: str
    by_sea: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route of a contract: its legs in order and its netback, USD per unit of cargo."""

    id: str
    contract: str
    shipper: str
    market: str
    legs: tuple[Leg, ...]
    netback: float


def graph(network: Network) -> nx.MultiDiGraph:
    """Return the graph of places, with links as edges keyed by their id."""
    result = nx.MultiDiGraph()
    result.add_nodes_from(network.places)
    for link in network.links.values():
        result.add_edge(link.origin, link.destination, key=link.id)
    return result


def find_routes(network: Network) -> tuple[Route, ...]:
    """Return the routes of every contract, each shipper's best netback first.

    A contract whose market cannot be reached has none, which `checks` reports.
    """
    feeding = {stock.feeds: stock.id for stock in network.stocks.values()}
    routes: list[Route] = []
    places = graph(network)
    markets = {place.id for place in network.places.values() if place.kind == "market"}
    for contract in network.contracts.values():
        shipper = network.shippers[contract.shipper]
        view = nx.subgraph_view(
            places,
            filter_node=lambda place, keep=contract.market: place == keep or place not in markets,
            filter_edge=lambda _a, _b, link, cargo=contract.cargo: network.links[link].cargo == cargo,
        )
        paths = nx.all_simple_edge_paths(view, shipper.place, contract.market)
        candidates = [tuple(network.links[link] for _, _, link in path) for path in islice(paths, 10_000)]
        price = network.places[contract.market].price or 0.0
        candidates.sort(
            key=lambda path: (sum(link.tariff for link in path), len(path), [link.id for link in path])
        )
        for number, path in enumerate(candidates[:MAX_PATHS]):
            routes.append(
                Route(
                    id=f"{shipper.id}>{contract.market}" + (f"#{number + 1}" if number else ""),
                    contract=contract.id,
                    shipper=shipper.id,
                    market=contract.market,
                    legs=_legs(shipper.id, path, contract.market, feeding),
                    netback=price - sum(link.tariff for link in path),
                )
            )
    routes.sort(key=lambda route: (route.shipper, -route.netback, route.id))
    return tuple(routes)


def _legs(shipper: str, path: tuple[Link, ...], market: str, feeding: dict[str, str]) -> tuple[Leg, ...]:
    legs: list[Leg] = []
    start = shipper
    links: list[str] = []
    for link in path:
        stock = feeding.get(link.id)
        if stock is not None:
            if links or start == shipper:
                legs.append(Leg(start=start, links=tuple(links), end=stock, by_sea=False))
            start, links = stock, []
        if link.mode == "sea":
            legs.append(Leg(start=start, links=(link.id,), end="", by_sea=True))
            start, links = "", []
        else:
            links.append(link.id)
    if links:
        legs.append(Leg(start=start, links=tuple(links), end=market, by_sea=False))
    return tuple(_closed(legs, market))


def _closed(legs: list[Leg], market: str) -> list[Leg]:
    """Give each sea leg its end: the stock that the next leg starts from, or the market."""
    closed = []
    for leg, following in zip(legs, [*legs[1:], None], strict=True):
        end = leg.end or (following.start if following else market)
        closed.append(Leg(start=leg.start, links=leg.links, end=end, by_sea=leg.by_sea))
    return closed
