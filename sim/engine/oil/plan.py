"""Dispatch problem of a network's oil: laid out once, and the same for every replication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from sim.engine.oil.dispatch import FlowPath, dispatch
from sim.network import Leg, Network, Route, find_routes
from sim.network.oil.capacity import fleets_of

MAX_ANSWERS = 100_000  # answers remembered before they are dropped, against running out of memory
NO_ROUTE = (-1,)  # routes of a field's own tanks, in which cargo has no route yet


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLeg:
    """A leg by land, and the routes whose cargo it carries.

    A shipper's leg comes twice where its contract allows a surge: once within the normal limit, and once
    `diverted`, for what that market takes beyond it.
    """

    leg: Leg
    routes: tuple[int, ...]
    contract: str | None = None
    diverted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowIndex:
    """Flow legs by the elements that they touch.

    `links`, `starts` and `ends` are by flow leg, all others have the numbers of flow legs. `sendings` are
    those of each shipper, within normal limits and diverted; `drawn` those that start at a tank farm.
    `parcels` has for each tank farm the legs that end there, each with the position of its route among those
    of the tank farm. `first_link` is the link that a tank farm feeds.
    """

    links: tuple[tuple[str, ...], ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    by_link: dict[str, tuple[int, ...]]
    by_end: dict[str, tuple[int, ...]]
    sendings: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]
    drawn: dict[str, tuple[int, ...]]
    parcels: dict[str, tuple[tuple[int, int], ...]]
    first_link: dict[str, str]


@dataclass(slots=True, kw_only=True)
class OilPlan:
    """The dispatch problem of a network, and the answers computed so far.

    Sources are shippers and the tank farms that feed a leg (`fed`). Capacities are those of links, of what
    tank farms accept, and of contracts for `normal` and for `diverted` cargo, in this order. What a shipper
    normally sends to a market takes precedence over everything diverted. `stock_routes` are the routes of the
    cargo in each tank farm, and at each market where ships discharge.

    Answers are kept, as they depend on few distinct states.
    """

    routes: tuple[Route, ...]
    stock_routes: dict[str, tuple[int, ...]]
    flow_legs: tuple[FlowLeg, ...]
    shippers: tuple[str, ...]
    fed: tuple[str, ...]
    links: tuple[str, ...]
    stocks: tuple[str, ...]
    normal: tuple[str, ...]
    diverted: tuple[str, ...]
    paths: tuple[FlowPath, ...]
    index: FlowIndex
    answers: dict[tuple[float, ...], tuple[float, ...]] = field(default_factory=dict)

    def solve(self, offers: list[float], capacities: list[float]) -> tuple[float, ...]:
        """Return the rate on each flow leg; see `dispatch`."""
        key = (*offers, *capacities)
        answer = self.answers.get(key)
        if answer is None:
            if len(self.answers) >= MAX_ANSWERS:
                self.answers.clear()
            answer = self.answers[key] = dispatch(offers, self.paths, capacities)
        return answer


def prepare_oil(network: Network) -> OilPlan:
    """Lay out the dispatch problem of a network."""
    routes = find_routes(network)
    stock_routes = _routes_by_stock(network, routes)
    from_shippers, diverted_legs, from_stocks = _flow_legs(network, routes)
    flow_legs = (*from_shippers, *diverted_legs, *from_stocks)
    shippers = _distinct(each.leg.start for each in from_shippers)
    fed = _distinct(each.leg.start for each in from_stocks)
    links = _distinct(link for each in flow_legs for link in each.leg.links)
    stocks = _distinct(each.leg.end for each in flow_legs if each.leg.end in network.stocks)
    normal = _distinct(each.contract for each in from_shippers if each.contract)
    diverted = _distinct(each.contract for each in diverted_legs if each.contract)
    return OilPlan(
        routes=routes,
        stock_routes=stock_routes,
        flow_legs=flow_legs,
        shippers=shippers,
        fed=fed,
        links=links,
        stocks=stocks,
        normal=normal,
        diverted=diverted,
        paths=_paths(flow_legs, (*shippers, *fed), (*links, *stocks), normal, diverted),
        index=_index(flow_legs, shippers, stock_routes),
    )


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _flow_legs(
    network: Network, routes: Sequence[Route]
) -> tuple[list[FlowLeg], list[FlowLeg], list[FlowLeg]]:
    """Return the flow legs from shippers, those beyond normal limits, and those from tank farms."""
    from_shippers: list[FlowLeg] = []
    diverted: list[FlowLeg] = []
    from_stocks: dict[Leg, list[int]] = {}
    for number, route in enumerate(routes):
        for leg in route.legs:
            if leg.by_sea:
                continue
            if leg.start not in network.shippers:
                from_stocks.setdefault(leg, []).append(number)
                continue
            from_shippers.append(FlowLeg(leg=leg, routes=(number,), contract=route.contract))
            if network.contracts[route.contract].surge:
                diverted.append(replace(from_shippers[-1], diverted=True))
    later = [FlowLeg(leg=leg, routes=tuple(numbers)) for leg, numbers in from_stocks.items()]
    return from_shippers, diverted, later


def _paths(
    flow_legs: Sequence[FlowLeg],
    sources: Sequence[str],
    shared: Sequence[str],
    normal: Sequence[str],
    diverted: Sequence[str],
) -> tuple[FlowPath, ...]:
    """Return each flow leg as the dispatch sees it, with `shared` capacities before those of contracts."""
    places = {id: place for place, id in enumerate(shared)}
    contracts = [*((id, False) for id in normal), *((id, True) for id in diverted)]
    limits: dict[tuple[str | None, bool], int] = {key: len(places) + n for n, key in enumerate(contracts)}
    return tuple(
        FlowPath(
            source=sources.index(each.leg.start),
            uses=tuple(places[id] for id in (*each.leg.links, each.leg.end) if id in places),
            limit=limits.get((each.contract, each.diverted)),
        )
        for each in flow_legs
    )


def _index(
    flow_legs: Sequence[FlowLeg], shippers: Sequence[str], stock_routes: dict[str, tuple[int, ...]]
) -> FlowIndex:
    numbered = list(enumerate(flow_legs))
    by_start: dict[str, list[int]] = {}
    by_end: dict[str, list[int]] = {}
    by_link: dict[str, list[int]] = {}
    for number, each in numbered:
        by_start.setdefault(each.leg.start, []).append(number)
        by_end.setdefault(each.leg.end, []).append(number)
        for link in dict.fromkeys(each.leg.links):
            by_link.setdefault(link, []).append(number)
    return FlowIndex(
        links=tuple(each.leg.links for each in flow_legs),
        starts=tuple(each.leg.start for each in flow_legs),
        ends=tuple(each.leg.end for each in flow_legs),
        by_link={id: tuple(numbers) for id, numbers in by_link.items()},
        by_end={id: tuple(numbers) for id, numbers in by_end.items()},
        sendings={
            id: (
                tuple(n for n in by_start[id] if not flow_legs[n].diverted),
                tuple(n for n in by_start[id] if flow_legs[n].diverted),
            )
            for id in shippers
        },
        drawn={id: tuple(numbers) for id, numbers in by_start.items() if id not in shippers},
        parcels={
            id: tuple((n, stock_routes[id].index(flow_legs[n].routes[0])) for n in numbers)
            for id, numbers in by_end.items()
            if id in stock_routes
        },
        first_link={each.leg.start: each.leg.links[0] for each in flow_legs if each.leg.links},
    )


def _routes_by_stock(network: Network, routes: Sequence[Route]) -> dict[str, tuple[int, ...]]:
    """Return the routes of the cargo in each tank farm, and at each market where vessels discharge."""
    through: dict[str, list[int]] = {}
    for number, route in enumerate(routes):
        for leg in route.legs:
            if leg.start in network.stocks:
                through.setdefault(leg.start, []).append(number)
            elif leg.start in network.shippers:
                through.setdefault(field_stock(network, leg.start), [])
            if leg.by_sea and leg.end in network.places and not is_called(network, leg.links[0]):
                through.setdefault(leg.end, []).append(number)
    return {id: tuple(numbers) or NO_ROUTE for id, numbers in through.items()}


def field_stock(network: Network, shipper: str) -> str:
    """Return the id of a field's own tanks."""
    return next(stock.id for stock in network.stocks.values() if stock.feeds == shipper)


def is_called(network: Network, lane: str) -> bool:
    """Return whether tankers of the world market serve a sea lane, called by a loading programme."""
    return any(fleet.vessels is None for fleet in fleets_of(network, lane))


def normal_limit(network: Network, contract: str) -> float:
    """Return what a contract allows in undisturbed times, cargo/day."""
    normal = network.contracts[contract].normal
    return inf if normal is None else normal
