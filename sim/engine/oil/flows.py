"""The liquid system as a whole: asks the dispatch when something has changed, and passes on its answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf

from sim.engine.clock import LAST, Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.fields import Field, Outlet
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.plan import Plan

MOST_ROUNDS = 200  # answers within one instant; more means that two elements undo each other for ever


class Market:
    """What reaches a market: a rate by what brings it."""

    __slots__ = ("_env", "_parts", "_series")

    def __init__(self, env: Clock, journal: Journal, id: str) -> None:
        self._env = env
        self._series = journal.open_steps("exported", id)
        self._parts: dict[object, float] = {}

    def receive(self, part: object, rate: float) -> None:
        """Let one link or ship bring `rate` from now on."""
        self._parts[part] = rate
        self._series.hold(self._env.now, sum(self._parts.values()))


class Flows:
    """Rates on all legs by land, solved anew at the end of any instant in which something changed."""

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        plan: Plan,
        gates: dict[str, Gate],
        stocks: dict[str, TankFarm],
        fields: dict[str, Field],
        markets: dict[str, Market],
    ) -> None:
        self._env, self._journal, self._plan = env, journal, plan
        self.elements = (*plan.links, *fields)
        self._link_gates = [gates[id] for id in plan.links]
        self._stocks, self._fields, self._markets = stocks, fields, markets
        self._end_stocks = [stocks[id] for id in plan.stocks]
        self._field_gates = [field.gate for field in fields.values()]
        self._place_of_field = {id: place for place, id in enumerate(fields)}
        self._place_of_link = {id: place for place, id in enumerate(plan.links)}
        first = {
            flow_leg.leg.start: gates[flow_leg.leg.links[0]]
            for flow_leg in plan.flow_legs
            if flow_leg.leg.links
        }
        self._fed = [(stocks[id], first[id]) for id in plan.fed]  # and the gate of the link that they feed
        outlets = {outlet.contract.id: outlet for field in fields.values() for outlet in field.outlets}
        self._usual_limits = [outlets[id].normal for id in plan.normal]
        self._diverted_limits = [0.0] * len(plan.diverted)
        self._no_diversion = [0.0] * len(plan.diverted)
        self._diverted: dict[str, list[tuple[int, Outlet]]] = {id: [] for id in fields}
        for place, id in enumerate(plan.diverted):
            self._diverted[outlets[id].contract.shipper].append((place, outlets[id]))
        self._field_offers = [0.0] * len(fields)
        self.rates = (0.0,) * len(plan.flow_legs)
        self.totals = [0.0] * len(plan.flow_legs)
        self._since = 0.0
        self._dirty = False
        self.solved: Callable[[list[Field]], None] = lambda fields: None  # told whose rates were set
        self._instant, self._rounds = -1.0, 0
        for gate in self._link_gates:
            gate.listeners.append(self.mark)
        for stock in stocks.values():
            stock.on_constraint = self.mark
        for field in fields.values():
            field.gate.listeners.append(partial(self.touch, field))
            field.stock.on_constraint = partial(self.touch, field)
        self._on_link = {
            link: (
                journal.open_steps("flow", link),
                [n for n, flow_leg in enumerate(plan.flow_legs) if link in flow_leg.leg.links],
            )
            for link in plan.links
        }
        self._links_of = [flow_leg.leg.links for flow_leg in plan.flow_legs]
        self._start_of = [flow_leg.leg.start for flow_leg in plan.flow_legs]
        self._end_of = [flow_leg.leg.end for flow_leg in plan.flow_legs]
        self._by_end: dict[str, list[int]] = {}
        self._by_start: dict[str, list[int]] = {}
        for number, flow_leg in enumerate(plan.flow_legs):
            self._by_end.setdefault(flow_leg.leg.end, []).append(number)
            self._by_start.setdefault(flow_leg.leg.start, []).append(number)
        self._sendings = {
            id: (
                fields[id],
                [n for n in numbers if not plan.flow_legs[n].diverted],
                [n for n in numbers if plan.flow_legs[n].diverted],
            )
            for id, numbers in self._by_start.items()
            if id in fields
        }
        self._touched = dict.fromkeys(self._sendings)  # fields that have to look at themselves afresh
        self._drawn = {id: numbers for id, numbers in self._by_start.items() if id not in fields}
        self._wanted: dict[object, float] = {}  # intakes, until something changes
        # where in a stock's parcels the cargo of each way that ends there belongs
        self._parcels = {
            id: [(n, stocks[id].routes.index(plan.flow_legs[n].routes[0])) for n in numbers]
            for id, numbers in self._by_end.items()
            if id in stocks
        }

    @property
    def unsolved(self) -> bool:
        return self._dirty

    def mark(self) -> None:
        """Ask for a new answer once all of this instant has happened."""
        self._wanted.clear()
        if not self._dirty:
            self._dirty = True
            self._env.call(0.0, self._solve, LAST)

    def touch(self, field: Field) -> None:
        """Have a field look at itself afresh, as something about it has changed."""
        self._touched[field.shipper.id] = None
        self.mark()

    def _solve(self) -> None:
        self._dirty = False
        now = self._env.now
        self._rounds = self._rounds + 1 if now == self._instant else 0
        self._instant = now
        if self._rounds > MOST_ROUNDS:
            raise RuntimeError(f"the dispatch finds no rest on day {now}")
        self._look_at_touched()
        capacities = [gate.capacity for gate in self._link_gates]
        capacities += [stock.accepts for stock in self._end_stocks]
        capacities += self._usual_limits
        capacities += self._diverted_limits
        rates = self._plan.solve(self._field_offers + self._stock_offers(), capacities)
        changed: list[int] = []
        if rates != self.rates:
            self._bank()
            changed = [number for number, rate in enumerate(rates) if rate != self.rates[number]]
            self.rates = rates
            self._record(changed)
        self.solved(self._hand_out(changed))

    def _look_at_touched(self) -> None:
        """See what fields offer now, and what may be diverted of it; the others' figures stand."""
        for id in self._touched:
            self._field_offers[self._place_of_field[id]] = self._fields[id].offers
            for place, outlet in self._diverted[id]:
                self._diverted_limits[place] = outlet.diverted_limit

    def _stock_offers(self) -> list[float]:
        """What each stock could send: no more than the link that it feeds can take."""
        return [min(stock.offers, gate.capacity) for stock, gate in self._fed]

    def wanted_intake(self, stock: TankFarm, shares: dict[str, float] | None = None) -> float:
        """What would flow into a stock with all its room free, all fields up and nobody diverting.

        With `shares`, as if links and fields were cut to these shares (all others open) and not as they are.
        """
        key = stock.element, None if shares is None else tuple(shares.items())
        if key in self._wanted:
            return self._wanted[key]
        if shares is None:
            offers = [gate.capacity for gate in self._field_gates]
            capacities = [gate.capacity for gate in self._link_gates]
        else:
            offers = [gate.base for gate in self._field_gates]
            capacities = [gate.base for gate in self._link_gates]
            for id, share in shares.items():
                if id in self._place_of_field:
                    offers[self._place_of_field[id]] *= share
                elif id in self._place_of_link:
                    capacities[self._place_of_link[id]] *= share
        offers += self._stock_offers()
        capacities += [inf if other is stock else other.accepts for other in self._end_stocks]
        capacities += self._usual_limits
        capacities += self._no_diversion
        rates = self._plan.solve(offers, capacities)
        wanted = self._wanted[key] = sum(rates[number] for number in self._by_end.get(stock.element, ()))
        return wanted

    def _bank(self) -> None:
        """Add what has flowed at the old rates to each way's total."""
        self.totals, self._since = self.sent(), self._env.now

    def sent(self) -> list[float]:
        """What has flowed on each way until now."""
        elapsed = self._env.now - self._since
        return [total + rate * elapsed for total, rate in zip(self.totals, self.rates, strict=True)]

    def _record(self, changed: list[int]) -> None:
        now, rates = self._env.now, self.rates
        for link in dict.fromkeys([link for number in changed for link in self._links_of[number]]):
            series, numbers = self._on_link[link]
            series.hold(now, sum([rates[n] for n in numbers]))
        for number in changed:
            market = self._markets.get(self._end_of[number])
            if market is not None:
                market.receive(number, rates[number])

    def _hand_out(self, changed: list[int]) -> list[Field]:
        """Tell stocks and fields their new rates; the fields, which also see whether they are full now."""
        rates = self.rates
        for id in dict.fromkeys([self._end_of[number] for number in changed]):
            if id in self._parcels:
                stock = self._stocks[id]
                arriving = [0.0] * len(stock.routes)
                for number, place in self._parcels[id]:
                    arriving[place] += rates[number]
                stock.advance()
                stock.arriving = arriving
                stock.settle()
        touched, self._touched = self._touched, {}
        for id in dict.fromkeys([self._start_of[number] for number in changed]):
            if id in self._drawn:
                stock = self._stocks[id]
                stock.advance()
                stock.leaving = sum([rates[n] for n in self._drawn[id]])
                stock.settle()
            else:
                touched[id] = None
        told = []
        for id in touched:
            field, usual, diverted = self._sendings[id]
            field.send(sum([rates[n] for n in usual]), sum([rates[n] for n in diverted]))
            told.append(field)
        return told
