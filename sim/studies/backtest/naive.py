"""Second naive forecast: loss in proportion to closed capacity and days.

From the undisturbed amount of each route or corridor in the window it subtracts the share that was closed
or refused, averaged over the days (see `open_shares`). It ignores tanks, detours, backlog and spare
capacity, as a calculation on paper would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from sim.measures.freight.lines import directions_meant, way_ends
from sim.measures.freight.selectors import counted_in_boxes, select
from sim.network.elements import Contract
from sim.network.freight.legs import corridor_elements
from sim.network.oil.routes import Route
from sim.scenario import Scenario
from sim.studies.backtest.open_shares import (
    ClosureState,
    closed_share,
    closure_states,
    corridor_share,
    pipeline_share,
)
from sim.studies.backtest.reported import Reported
from sim.studies.request import MeasureRequest, empty_record

ANY = "*"
BOXES = ("passed", "containers", "containers sent")  # measures of these alone
PARTS: Mapping[str, str] = {
    # a measure that a loss of capacity says something about: what of each way it is made up of
    "exported": "exported",
    "export rate": "export rate",
    "tankers": "exported",
    "produced": "exported",
    "output": "export rate",
    "curtailed": "exported",
    "passed": "containers",
    "passed tonnes": "freight",
    "containers": "containers",
    "freight": "freight",
    "containers sent": "containers sent",
    "sent": "sent",
}
Part = tuple[MeasureRequest, float]  # what went one way, and the share of it that is taken as lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """Undisturbed amounts by route or corridor, with the shares that are counted as lost.

    If these have another unit than the measure, `all_parts` lists all of them, to scale the loss. A measure
    that counts losses rises by them.
    """

    parts: tuple[Part, ...]
    all_parts: tuple[MeasureRequest, ...] = ()
    counts_losses: bool = False

    @property
    def requests(self) -> tuple[MeasureRequest, ...]:
        """Measures that are needed of the undisturbed scenario."""
        return (*(request for request, _ in self.parts), *self.all_parts)

    def forecast(self, unchanged: float, mean: Callable[[MeasureRequest], float]) -> float:
        """Return the forecast, from the undisturbed value and the means of its parts."""
        lost = sum(mean(request) * closed for request, closed in self.parts)
        if self.all_parts:
            total = sum(map(mean, self.all_parts))
            lost *= unchanged / total if total else 0.0
        return unchanged + lost if self.counts_losses else max(0.0, unchanged - lost)


class Proportions:
    """Builds the proportions of figures, for a scenario and the same undisturbed."""

    def __init__(self, scenario: Scenario, undisturbed: Scenario) -> None:
        self._network = scenario.network
        self._closures = [each for each in scenario.disturbances if each not in undisturbed.disturbances]
        self._boycotts = [each for each in scenario.boycotts if each not in undisturbed.boycotts]
        self._record = empty_record(scenario)

    def of(self, figure: Reported) -> Proportion | None:
        """Return the proportion of a figure; None where capacity says nothing about its measure."""
        measure = figure.row.measure
        if measure not in PARTS:
            return None
        ways = list(self._oil_ways(figure) if figure.is_of_oil else self._freight_ways(figure))
        return Proportion(
            parts=tuple((way, closed) for way, closed in ways if closed > 0.0),
            all_parts=tuple(way for way, _ in ways) if measure == "tankers" else (),
            counts_losses=measure == "curtailed",
        )

    def _states(self, figure: Reported) -> Sequence[ClosureState]:
        request = figure.request
        until = self._record.days if request.until is None else request.until
        return list(closure_states(self._closures, self._boycotts, request.since, until))

    # -- oil ----------------------------------------------------------------------------------

    def _oil_ways(self, figure: Reported) -> Iterator[Part]:
        """Yield the contracts of a figure; outages of a field do not count as curtailed."""
        states = self._states(figure)
        for contract in self._contracts(figure.row.measure, figure.row.element):
            routes = self._routes[contract.id]
            field = "" if figure.row.measure == "curtailed" else contract.shipper
            is_open = partial(self._contract_share, routes, field)
            way = f"{contract.shipper}>{contract.market}"
            yield _part(figure, way), closed_share(states, is_open)

    def _contracts(self, measure: str, element: str) -> Iterator[Contract]:
        """Yield the contracts with a route from an origin to a market or, for tankers, over a lane."""
        origin, _, market = (element if ">" in element else f"{element}>{ANY}").partition(">")
        for id, routes in self._routes.items():
            contract = self._network.contracts[id]
            shipper = self._network.shippers[contract.shipper]
            if measure == "tankers":
                is_meant = any(element in leg.links for route in routes for leg in route.legs)
            else:
                is_meant = origin in (ANY, shipper.id, shipper.country) and market in (ANY, contract.market)
            if is_meant:
                yield contract

    @cached_property
    def _routes(self) -> Mapping[str, list[Route]]:
        routes: dict[str, list[Route]] = {}
        for route in self._record.routes:
            routes.setdefault(route.contract, []).append(route)
        return routes

    def _contract_share(self, routes: list[Route], field: str, now: ClosureState) -> float:
        """Return the open share of the most open route, and of the field if that counts."""
        share = max(pipeline_share(self._network, route, now.share) for route in routes)
        return min(share, now.share(field)) if field else share

    # -- freight ------------------------------------------------------------------------------

    def _freight_ways(self, figure: Reported) -> Iterator[Part]:
        """Yield the amount of each demand by each corridor of a figure."""
        network, routes = self._network, self._record.freight
        states = self._states(figure)
        for demand, corridor in self._choices(figure):
            passed = self._passed[corridor]
            is_open = partial(corridor_share, network, routes, passed, network.demands[demand], corridor)
            yield _part(figure, f"{demand}>{corridor}"), closed_share(states, is_open)

    @cached_property
    def _passed(self) -> Mapping[str, frozenset[str]]:
        return corridor_elements(self._network)

    def _choices(self, figure: Reported) -> Iterator[tuple[str, str]]:
        network, measure = self._network, figure.row.measure
        over_lines = measure in ("passed", "passed tonnes")
        is_meant = self._over_lines(figure) if over_lines else self._by_corridors(figure)
        for demand, corridors in self._record.freight.choices.items():
            if measure not in BOXES or counted_in_boxes(network, network.demands[demand].cargo):
                for corridor in corridors:
                    if is_meant(demand, corridor):
                        yield demand, corridor

    def _over_lines(self, figure: Reported) -> Callable[[str, str], bool]:
        """Which corridors lead over the lines that are meant, the way that is meant."""
        record = self._record
        flags = directions_meant(record, figure.row.element)
        meant = {way for way, is_meant in zip(record.trip_table.directions, flags, strict=True) if is_meant}
        over = {
            corridor: any(meant & {*way_ends(record, leg)} for leg in legs)
            for corridor, legs in record.freight.corridors.items()
        }
        return lambda demand, corridor: over[corridor]

    def _by_corridors(self, figure: Reported) -> Callable[[str, str], bool]:
        means = select(self._record, figure.row.element)
        return lambda demand, corridor: demand in means.demands and corridor in means.corridors


def _part(figure: Reported, way: str) -> MeasureRequest:
    return replace(figure.request, measure=PARTS[figure.row.measure], element=way)
