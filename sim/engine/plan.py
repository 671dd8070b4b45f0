"""A scenario made ready to run: routes, dispatch problem and answers, the same for every replication.

Nothing here changes while a run unfolds, but for the answers of the dispatch, which are kept: they
depend on few distinct states, and are the same in every replication.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf

from sim.engine.oil.dispatch import FlowPath, dispatch
from sim.engine.outlook import Outlook
from sim.network import Leg, Network, Route, find_routes
from sim.network.freight.legs import FreightRoutes, find_legs
from sim.scenario import Scenario

MOST_ANSWERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLeg:
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

    Sources are shippers and stocks that feed a leg (`fed`); capacities are links, what stocks accept,
    and the limits of contracts on `usual` and on `diverted` cargo, all in this order. What a shipper
    usually sends to a market goes before anything that another market takes by way of diversion.
    """

    scenario: Scenario
    routes: tuple[Route, ...]
    flow_legs: tuple[FlowLeg, ...]
    shippers: tuple[str, ...]
    fed: tuple[str, ...]
    links: tuple[str, ...]
    stocks: tuple[str, ...]
    normal: tuple[str, ...]
    diverted: tuple[str, ...]
    problem: tuple[FlowPath, ...]
    freight: FreightRoutes
    outlook: Outlook
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
    first: list[FlowLeg] = []
    beyond: list[FlowLeg] = []
    later: dict[Leg, list[int]] = {}
    for number, route in enumerate(routes):
        for leg in route.legs:
            if leg.by_sea:
                continue
            if leg.start not in network.shippers:
                later.setdefault(leg, []).append(number)
                continue
            first.append(FlowLeg(leg=leg, routes=(number,), contract=route.contract))
            if network.contracts[route.contract].surge:
                beyond.append(replace(first[-1], diverted=True))
    from_stocks = [FlowLeg(leg=leg, routes=tuple(numbers)) for leg, numbers in later.items()]
    flow_legs = (*first, *beyond, *from_stocks)
    shippers = tuple(dict.fromkeys(flow_leg.leg.start for flow_leg in first))
    fed = tuple(dict.fromkeys(flow_leg.leg.start for flow_leg in from_stocks))
    links = tuple(dict.fromkeys(link for flow_leg in flow_legs for link in flow_leg.leg.links))
    stocks = tuple(
        dict.fromkeys(flow_leg.leg.end for flow_leg in flow_legs if flow_leg.leg.end in network.stocks)
    )
    normal, diverted = (
        tuple(dict.fromkeys(flow_leg.contract for flow_leg in some if flow_leg.contract))
        for some in (first, beyond)
    )
    sources = (*shippers, *fed)
    places = {id: index for index, id in enumerate((*links, *stocks))}
    limited = [*((id, False) for id in normal), *((id, True) for id in diverted)]
    limits: dict[tuple[str | None, bool], int] = {key: len(places) + n for n, key in enumerate(limited)}
    problem = tuple(
        FlowPath(
            source=sources.index(flow_leg.leg.start),
            uses=tuple(places[id] for id in (*flow_leg.leg.links, flow_leg.leg.end) if id in places),
            limit=limits.get((flow_leg.contract, flow_leg.diverted)),
        )
        for flow_leg in flow_legs
    )
    return Plan(
        scenario=scenario,
        routes=routes,
        flow_legs=flow_legs,
        shippers=shippers,
        fed=fed,
        links=links,
        stocks=stocks,
        normal=normal,
        diverted=diverted,
        problem=problem,
        freight=find_legs(network),
        outlook=Outlook(scenario.disturbances),
    )


def normal_limit(network: Network, contract: str) -> float:
    """What a contract allows when nothing is wrong, cargo/day."""
    normal = network.contracts[contract].normal
    return inf if normal is None else normal
