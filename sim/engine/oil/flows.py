"""Rates on all legs by land: requests a dispatch when something has changed, and hands out its answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf

from sim.engine.clock import LAST, Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.fields import Field, Outlet
from sim.engine.oil.plan import OilPlan
from sim.engine.oil.tank_farm import TankFarm

MAX_ROUNDS = 200  # answers within one instant; more means that two elements undo each other for ever


class Market:
    """Exports that reach a market: a rate for each link or ship that brings them."""

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
    """Rates on all legs by land, solved anew at the end of every instant in which something changed.

    `rates` and `totals` are by flow leg of the plan; `on_solved` is called with the fields whose rates were
    set.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        plan: OilPlan,
        gates: dict[str, Gate],
        stocks: dict[str, TankFarm],
        fields: dict[str, Field],
        markets: dict[str, Market],
    ) -> None:
        self._env, self._plan, self._index = env, plan, plan.index
        self._stocks, self._fields, self._markets = stocks, fields, markets
        self.elements = (*plan.links, *fields)
        self._link_gates = [gates[id] for id in plan.links]
        self._field_gates = [field.gate for field in fields.values()]
        self._end_stocks = [stocks[id] for id in plan.stocks]
        self._fed = [(stocks[id], gates[plan.index.first_link[id]]) for id in plan.fed]
        self._place_of_field = {id: place for place, id in enumerate(fields)}
        self._place_of_link = {id: place for place, id in enumerate(plan.links)}
        outlets = {outlet.contract.id: outlet for field in fields.values() for outlet in field.outlets}
        self._normal_limits = [outlets[id].normal for id in plan.normal]
        self._no_diversion = [0.0] * len(plan.diverted)
        self._diverted_limits = list(self._no_diversion)
        self._diverted: dict[str, list[tuple[int, Outlet]]] = {id: [] for id in fields}
        for place, id in enumerate(plan.diverted):
            self._diverted[outlets[id].contract.shipper].append((place, outlets[id]))
        self._series = {link: journal.open_steps("flow", link) for link in plan.links}
        self._field_offers = [0.0] * len(fields)
        self.rates: tuple[float, ...] = (0.0,) * len(plan.flow_legs)
        self.totals = list(self.rates)
        self._since = 0.0
        self._dirty = False
        self._instant, self._rounds = -1.0, 0
        self._touched = dict.fromkeys(fields)  # fields whose offers have to be computed again
        self._unhindered: dict[object, float] = {}  # intakes, until something changes
        self.on_solved: Callable[[list[Field]], None] = lambda fields: None
        self._listen()

    def _listen(self) -> None:
        for gate in self._link_gates:
            gate.listeners.append(self.mark)
        for stock in self._stocks.values():
            stock.on_constraint = self.mark
        for field in self._fields.values():
            field.gate.listeners.append(partial(self.touch, field))
            field.stock.on_constraint = partial(self.touch, field)

    @property
    def unsolved(self) -> bool:
        """Return whether an answer is pending for this instant."""
        return self._dirty

    def mark(self) -> None:
        """Request a new answer at the end of this instant."""
        self._unhindered.clear()
        if not self._dirty:
            self._dirty = True
            self._env.call(0.0, self._solve, LAST)

    def touch(self, field: Field) -> None:
        """Request a new answer in which a field's offer is computed again."""
        self._touched[field.shipper.id] = None
        self.mark()

    def _solve(self) -> None:
        self._dirty = False
        now = self._env.now
        self._rounds = self._rounds + 1 if now == self._instant else 0
        self._instant = now
        if self._rounds > MAX_ROUNDS:
            raise RuntimeError(f"the dispatch does not settle on day {now}")
        self._update_offers()
        capacities = [gate.capacity for gate in self._link_gates]
        capacities += [stock.accepts for stock in self._end_stocks]
        capacities += self._normal_limits
        capacities += self._diverted_limits
        rates = self._plan.solve(self._field_offers + self._stock_offers(), capacities)
        changed: list[int] = []
        if rates != self.rates:
            self.totals, self._since = self.sent(), now
            changed = [number for number, rate in enumerate(rates) if rate != self.rates[number]]
            self.rates = rates
            self._log(changed)
        self._set_stocks(changed)
        self.on_solved(self._set_fields(changed))

    def _update_offers(self) -> None:
        """Compute the offers of touched fields, and their limits on diversion; the others stand."""
        for id in self._touched:
            self._field_offers[self._place_of_field[id]] = self._fields[id].offers
            for place, outlet in self._diverted[id]:
                self._diverted_limits[place] = outlet.diverted_limit

    def _stock_offers(self) -> list[float]:
        """Return what each tank farm can send: no more than the link that it feeds can take."""
        return [min(stock.offers, gate.capacity) for stock, gate in self._fed]

    def unhindered_intake(self, stock: TankFarm, shares: dict[str, float] | None = None) -> float:
        """Return the inflow of a tank farm with all its room free, all fields up and nobody diverting.

        With `shares`, links and fields are cut to these shares (all others open) instead of their present
        ones.
        """
        key = stock.element, None if shares is None else tuple(shares.items())
        if key in self._unhindered:
            return self._unhindered[key]
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
        capacities += self._normal_limits
        capacities += self._no_diversion
        rates = self._plan.solve(offers, capacities)
        numbers = self._index.by_end.get(stock.element, ())
        intake = self._unhindered[key] = sum(rates[number] for number in numbers)
        return intake

    def sent(self) -> list[float]:
        """Return the cargo that each flow leg has carried until now."""
        elapsed = self._env.now - self._since
        return [total + rate * elapsed for total, rate in zip(self.totals, self.rates, strict=True)]

    def _log(self, changed: list[int]) -> None:
        now, rates, index = self._env.now, self.rates, self._index
        for link in dict.fromkeys([link for number in changed for link in index.links[number]]):
            self._series[link].hold(now, sum([rates[n] for n in index.by_link[link]]))
        for number in changed:
            market = self._markets.get(index.ends[number])
            if market is not None:
                market.receive(number, rates[number])

    def _set_stocks(self, changed: list[int]) -> None:
        """Give the tank farms where rates have changed their new inflow."""
        rates, index = self.rates, self._index
        for id in dict.fromkeys([index.ends[number] for number in changed]):
            if id in index.parcels:
                stock = self._stocks[id]
                arriving = [0.0] * len(stock.routes)
                for number, place in index.parcels[id]:
                    arriving[place] += rates[number]
                stock.advance()
                stock.arriving = arriving
                stock.settle()

    def _set_fields(self, changed: list[int]) -> list[Field]:
        """Give tank farms and fields their new outflow, and return the fields.

        A touched field is included without a new rate, to see whether it is full now.
        """
        rates, index = self.rates, self._index
        touched, self._touched = self._touched, {}
        for id in dict.fromkeys([index.starts[number] for number in changed]):
            if id in index.drawn:
                stock = self._stocks[id]
                stock.advance()
                stock.leaving = sum([rates[n] for n in index.drawn[id]])
                stock.settle()
            else:
                touched[id] = None
        for id in touched:
            normal, diverted = index.sendings[id]
            self._fields[id].send(sum([rates[n] for n in normal]), sum([rates[n] for n in diverted]))
        return [self._fields[id] for id in touched]
