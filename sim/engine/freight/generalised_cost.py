"""What shippers know of each corridor: what it costs, how long it takes, and who refuses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from sim.engine.freight.live_legs import Stretch
from sim.engine.outlook import Outlook
from sim.network.freight.elements import Demand
from sim.network.freight.legs import quays_of
from sim.network.network import Network
from sim.network.refusal_scope import corridor_elements
from sim.scenario.events import Boycott

OVERDUE = 30.0  # days people reckon with once the announced end of a closure has passed (assumed)


class Prospects:
    """Expected days by corridor from what its stretches have shown lately and what is known to be shut."""

    def __init__(
        self, network: Network, corridors: Mapping[str, tuple[int, ...]], stretches: Sequence[Stretch],
        outlook: Outlook, boycotts: Sequence[Boycott],
    ) -> None:  # fmt: skip
        self._network, self._corridors, self._stretches = network, corridors, stretches
        self._outlook = outlook
        self._moment, self._said = -inf, dict[int, float]()
        self._needs = [self._needed(stretch) for stretch in stretches]
        passed = corridor_elements(network) if boycotts else {}
        self._boycotts = [
            (boycott, {id for id, used in passed.items() if used & {*boycott.elements}})
            for boycott in boycotts
        ]

    def _needed(self, stretch: Stretch) -> list[list[str]]:
        """Groups of elements, one of each of which a stretch needs: lines, its yard, quays, services."""
        leg = stretch.leg
        groups = [[line] for line in leg.lines] + [[yard] for yard in leg.yards[1:] if yard]
        if leg.mode == "sea":
            for place in (leg.start, leg.end):
                groups.append([quay.id for quay in quays_of(self._network, leg, place)])
        groups.append(list(leg.services))
        known = [list(self._outlook.among(group)) for group in groups]
        # of a group of which one is never shut, there is always one
        return [group for group, shut in zip(groups, known, strict=True) if group and len(shut) == len(group)]

    def _shut_for(self, element: str, now: float) -> float:
        """Days until an element that lets nothing through is believed to be open again; 0 if it is open."""
        if self._outlook.share(element, now, now) > 0.0:
            return 0.0
        days = self._outlook.over_in([element], now)
        return OVERDUE if days == inf else days

    def forget(self) -> None:
        """Look at everything afresh, though no time has passed."""
        self._said.clear()

    def days(self, corridor: str, now: float) -> float:
        """What somebody who books now should reckon with."""
        return sum([self._expected(number, now) for number in self._corridors[corridor]])

    def _expected(self, number: int, now: float) -> float:
        """Days for one stretch; all who book at one moment know the same."""
        if now != self._moment:
            self._moment = now
            self._said.clear()
        days = self._said.get(number)
        if days is None:
            stretch = self._stretches[number]
            days = stretch.expected(now)
            for group in self._needs[number]:
                shut = min(self._shut_for(element, now) for element in group)
                if shut > 0.0:
                    days = max(days, shut + stretch.running.usual)
            self._said[number] = days
        return days

    def of(
        self, demand: Demand, corridors: Sequence[str], now: float
    ) -> tuple[list[float], list[float], list[float]]:
        """For each corridor: generalised cost (USD per unit), the share who refuse it, and expected days."""
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

    def way_out(self, demand: Demand, corridors: Sequence[str], now: float) -> str | None:
        """The cheapest corridor that takes whatever is sent, if there is one that not everybody refuses."""
        costs, refused, _ = self.of(demand, corridors, now)
        open_ones = [
            (cost, id)
            for cost, share, id in zip(costs, refused, corridors, strict=True)
            if share < 1.0
            and all(self._stretches[n].leg.mode == "ocean" for n in self._corridors[id])
            and all(way.gate.share > 0.0 for n in self._corridors[id] for way in self._stretches[n].ways)
        ]
        return min(open_ones)[1] if open_ones else None
