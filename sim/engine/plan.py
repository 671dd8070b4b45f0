"""A scenario made ready to run: routes, dispatch problem and answers, the same for every replication.

Nothing here changes while a run unfolds, but for the answers of the dispatch, which are kept: they
depend on few distinct states, and are the same in every replication.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf

from sim.engine.dispatch import Way, dispatch
from sim.network import Leg, Network, Route, find_routes
from sim.network.legs import FreightRoutes, find_legs
from sim.scenario import Scenario

MOST_ANSWERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWay:
    """A leg by land as the dispatch sees it: which routes' cargo it carries from where to where.

    A shipper's leg comes twice where its contract allows a surge: once within the normal limit,
    once, `diverted`, for what that market takes beyond it.
    """

    leg: Leg
    routes: tuple[int, ...]
    contract: str | None = None
    diverted: bool = False


@dataclass(slots=True)
class Plan:
    """The dispatch problem of a scenario's network, and the answers found so far.

    Sources are shippers and stocks that feed a leg; capacities are links, what stocks accept, and
    the limits of contracts (id, and whether of diverted cargo), in this order. What a shipper
    usually sends to a market goes before anything that another market takes by way of diversion.
    """

    scenario: Scenario
    routes: tuple[Route, ...]
    ways: tuple[FlowWay, ...]
    sources: tuple[str, ...]
    links: tuple[str, ...]
    stocks: tuple[str, ...]
    limits: tuple[tuple[str, bool], ...]
    problem: tuple[Way, ...]
    freight: FreightRoutes
    answers: dict[tuple[float, ...], tuple[float, ...]] = field(default_factory=dict)

    @property
    def network(self) -> Network:
        return self.scenario.network

    def solve(self, offers: list[float], capacities: list[float]) -> tuple[float, ...]:
        """The rate on each way; see `dispatch`."""
        key = (*offers, *capacities)
        answer = self.answers.get(key)
        if answer is None:
            if len(self.answers) >= MOST_ANSWERS:
                self.answers.clear()
            answer = self.answers[key] = dispatch(offers, self.problem, capacities)
        return answer


def prepare(scenario: Scenario) -> Plan:
    """Find the routes of a scenario's network and lay out its dispatch problem."""
    network = scenario.network
    routes = find_routes(network)
    ways: list[FlowWay] = []
    beyond: list[FlowWay] = []
    later: dict[Leg, list[int]] = {}
    for number, route in enumerate(routes):
        for leg in route.legs:
            if leg.by_sea:
                continue
            if leg.start not in network.shippers:
                later.setdefault(leg, []).append(number)
                continue
            ways.append(FlowWay(leg=leg, routes=(number,), contract=route.contract))
            if network.contracts[route.contract].surge:
                beyond.append(replace(ways[-1], diverted=True))
    ways += beyond
    ways += [FlowWay(leg=leg, routes=tuple(numbers)) for leg, numbers in later.items()]
    sources = tuple(dict.fromkeys(way.leg.start for way in ways))
    links = tuple(dict.fromkeys(link for way in ways for link in way.leg.links))
    stocks = tuple(dict.fromkeys(way.leg.end for way in ways if way.leg.end in network.stocks))
    limits = tuple(dict.fromkeys((way.contract, way.diverted) for way in ways if way.contract))
    places = {id: index for index, id in enumerate((*links, *stocks))}
    problem = tuple(
        Way(
            source=sources.index(way.leg.start),
            uses=tuple(places[id] for id in (*way.leg.links, way.leg.end) if id in places),
            limit=len(places) + limits.index((way.contract, way.diverted)) if way.contract else None,
        )
        for way in ways
    )
    return Plan(
        scenario=scenario,
        routes=routes,
        ways=tuple(ways),
        sources=sources,
        links=links,
        stocks=stocks,
        limits=limits,
        problem=problem,
        freight=find_legs(network),
    )


def normal_limit(network: Network, contract: str) -> float:
    """What a contract allows when nothing is wrong, cargo/day."""
    normal = network.contracts[contract].normal
    return inf if normal is None else normal
