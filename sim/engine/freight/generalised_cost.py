"""Generalised cost of corridors as shippers see it: price, expected days, and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from sim.engine.freight.live_legs import LiveLeg
from sim.engine.outlook import Outlook
from sim.network.freight.elements import Demand
from sim.network.freight.legs import corridor_elements, quays_of
from sim.network.network import Network
from sim.scenario.events import Boycott

OVERDUE = 30.0  # days expected of a closure once its announced end has passed (assumed)


class GeneralisedCost:
    """Expected days and cost by corridor, from recent trips on its legs and from announced closures."""

    def __init__(
        self,
        network: Network,
        corridors: Mapping[str, tuple[int, ...]],
        live_legs: Sequence[LiveLeg],
        outlook: Outlook,
        boycotts: Sequence[Boycott],
    ) -> None:
        self._network, self._corridors, self._live_legs = network, corridors, live_legs
        self._outlook = outlook
        self._moment, self._expected = -inf, dict[int, float]()
        self._needs = [self._needed(live_leg) for live_leg in live_legs]
        passed = corridor_elements(network) if boycotts else {}
        self._boycotts = [
            (boycott, {id for id, elements in passed.items() if elements & {*boycott.elements}})
            for boycott in boycotts
        ]

    def _needed(self, live_leg: LiveLeg) -> list[list[str]]:
        """Return groups of elements of each of which a leg needs one: lines, its yard, quays, services.

        A group with an element that is never shut always has one open, and is left out.
        """
        leg = live_leg.leg
        groups = [[line] for line in leg.lines] + [[yard] for yard in leg.yards[1:] if yard]
        if leg.mode == "sea":
            for place in (leg.start, leg.end):
                groups.append([quay.id for quay in quays_of(self._network, leg, place)])
        groups.append(list(leg.services))
        ever_shut = [list(self._outlook.among(group)) for group in groups]
        return [
            group for group, shut in zip(groups, ever_shut, strict=True) if group and len(shut) == len(group)
        ]

    def _days_shut(self, element: str, now: float) -> float:
        """Return the days until a shut element is expected to open; 0 if it is open."""
        if self._outlook.share(element, now, now) > 0.0:
            return 0.0
        days = self._outlook.over_in([element], now)
        return OVERDUE if days == inf else days

    def forget(self) -> None:
        """Discard the expectations of this moment, so that they are computed again."""
        self._expected.clear()

    def days(self, corridor: str, now: float) -> float:
        """Return the days that a shipper who books a corridor now expects."""
        return sum([self._expected_days(number, now) for number in self._corridors[corridor]])

    def _expected_days(self, number: int, now: float) -> float:
        """Return the days expected of a leg, the same for all who book at one moment."""
        if now != self._moment:
            self._moment = now
            self._expected.clear()
        days = self._expected.get(number)
        if days is None:
            live_leg = self._live_legs[number]
            days = live_leg.expected_days(now)
            for group in self._needs[number]:
                shut = min(self._days_shut(element, now) for element in group)
                if shut > 0.0:
                    days = max(days, shut + live_leg.transit.free_flow)
            self._expected[number] = days
        return days

    def of(
        self, demand: Demand, corridors: Sequence[str], now: float
    ) -> tuple[list[float], list[float], list[float]]:
        """Return for each corridor its cost (USD per unit), the share of shippers who refuse it, and days."""
        days = [self.days(corridor, now) for corridor in corridors]
        refused = [0.0] * len(corridors)
        costs = []
        for n, id in enumerate(corridors):
            corridor = self._network.corridors[id]
            cost = corridor.rate + corridor.premium + demand.value_of_time * days[n]
            for boycott, hit in self._boycotts:
                if id in hit and demand.id in boycott.demands and boycott.start <= now < boycott.end:
                    refused[n] = max(refused[n], boycott.share)
                    cost += boycott.premium
            costs.append(cost)
        return costs, refused, days

    def ocean_alternative(self, demand: Demand, corridors: Sequence[str], now: float) -> str | None:
        """Return the cheapest open ocean corridor that not all shippers refuse, if there is one."""
        costs, refused, _ = self.of(demand, corridors, now)
        candidates = [
            (cost, id)
            for cost, share, id in zip(costs, refused, corridors, strict=True)
            if share < 1.0 and all(self._open_ocean(number) for number in self._corridors[id])
        ]
        return min(candidates)[1] if candidates else None

    def _open_ocean(self, number: int) -> bool:
        live_leg = self._live_legs[number]
        return live_leg.leg.mode == "ocean" and all(track.gate.share > 0.0 for track in live_leg.tracks)
