"""Books of oil: produced, in stock, afloat, sold, and the check that they balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.engine.clock import Clock
from sim.engine.journal import Journal, StepQuantity
from sim.engine.oil.fields import Field
from sim.engine.oil.flows import Flows
from sim.engine.oil.plan import OilPlan
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.vessels import Vessel

INTERVAL = 1.0  # days between two entries of what has been sold, by shipper


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Books of one run, in units of cargo.

    `produced + opening = sold + in_stock + afloat + error`. The error is also computed by shipper and by
    route; `max_error` is the largest of all.
    """

    produced: float
    curtailed: float
    opening: float
    sold: float
    in_stock: float
    afloat: float
    max_error: float

    @property
    def error(self) -> float:
        """Amount missing from the books, which rounding alone makes differ from 0."""
        return self.produced + self.opening - self.sold - self.in_stock - self.afloat

    @property
    def holds(self) -> bool:
        """Return whether nothing is lost, to within rounding: a millionth of the cargo moved."""
        return self.max_error <= 1e-6 * max(1.0, self.produced + self.opening)


class Ledger:
    """Account for every route's cargo: sent, held in stock or afloat, and sold."""

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        plan: OilPlan,
        stocks: dict[str, TankFarm],
        fields: dict[str, Field],
        flows: Flows,
        vessels: list[Vessel],
    ) -> None:
        self._env, self._journal = env, journal
        self._stocks, self._fields, self._flows, self._vessels = stocks, fields, flows, vessels
        self._markets = {route.market for route in plan.routes}
        # the tank farms whose books record the sales
        ends = {leg.start for route in plan.routes for leg in route.legs[-1:]}
        self._selling = [s for id, s in stocks.items() if id in ends or id in self._markets]
        self._columns = [self._columns_of(plan, number) for number in range(len(plan.routes))]
        self._sent = [
            [n for n, each in enumerate(plan.flow_legs) if each.contract and each.routes == (number,)]
            for number in range(len(plan.routes))
        ]
        self._routes_of: dict[str, list[int]] = {}  # by shipper>market
        for number, route in enumerate(plan.routes):
            self._routes_of.setdefault(f"{route.shipper}>{route.market}", []).append(number)
        self._entries: list[tuple[float, list[float]]] = []  # day, and the books of that moment
        self._last_entry = -INTERVAL
        self._opening: dict[str, float] = {}
        self._opening_by_route = [0.0] * len(plan.routes)

    def _columns_of(self, plan: OilPlan, number: int) -> list[int]:
        """Return the columns of `_books` that hold what has reached a route's market."""
        leg = plan.routes[number].legs[-1]
        if leg.start in self._fields:
            legs = enumerate(plan.flow_legs)
            return [n for n, each in legs if each.routes == (number,) and each.leg == leg]
        last = self._stocks[leg.end if leg.by_sea and leg.end in self._stocks else leg.start]
        before = self._selling[: self._selling.index(last)]
        return [len(plan.flow_legs) + sum(len(stock.routes) for stock in before) + last.routes.index(number)]

    def _books(self) -> list[float]:
        """Return the cargo sent by each flow leg, then that landed in markets or gone from other stocks."""
        books = self._flows.sent()
        for stock in self._selling:
            books += stock.blend.amounts if stock.element in self._markets else stock.blend.gone
        return books

    def open(self) -> None:
        """Enter the opening stocks."""
        for stock in self._stocks.values():
            self._opening[stock.element] = stock.level
            for place, route in enumerate(stock.routes):
                if route >= 0:
                    self._opening_by_route[route] += stock.mix[place]

    def note_sales(self) -> None:
        """Enter the cargo sold by each route, about once a day."""
        if self._env.now - self._last_entry >= INTERVAL:
            self._enter()

    def _enter(self) -> None:
        self._last_entry = self._env.now
        _bring_up(self._selling)
        self._entries.append((self._last_entry, self._books()))

    def close(self) -> None:
        """Log what each shipper has sold to each market during the run."""
        self._enter()
        days = [day for day, _ in self._entries]
        columns = np.array([books for _, books in self._entries]).T
        sold = [sum(columns[place] for place in places) for places in self._columns]
        for key, routes in self._routes_of.items():
            series = self._journal.open_points("sold", key)
            series.times, series.values = days, sum(sold[route] for route in routes).tolist()

    def balance(self) -> Balance:
        """Return the books as of now."""
        stocks, fields = self._stocks.values(), self._fields.values()
        _bring_up(stocks)
        books = self._books()
        sold = [sum(books[place] for place in places) for places in self._columns]
        errors = self._errors_by_route(books, sold)
        for field in fields:
            stock = field.stock
            left = stock.level + stock.blend.gone[0]
            errors.append(abs(self._opening[stock.element] + stock.received - left))
        return Balance(
            produced=sum(field.stock.received for field in fields),
            curtailed=_total(self._journal, "curtailed", self._env.now),
            opening=sum(self._opening.values()),
            sold=sum(sold),
            in_stock=sum(stock.level for stock in stocks if stock.element not in self._markets),
            afloat=sum((amount for vessel in self._vessels for amount in vessel.cargo), 0.0),
            max_error=max(errors, default=0.0),
        )

    def _errors_by_route(self, books: list[float], sold: list[float]) -> list[float]:
        held = [0.0] * len(sold)
        for stock in self._stocks.values():
            for place, route in enumerate(stock.routes):
                if route >= 0 and stock.element not in self._markets:
                    held[route] += stock.blend.amounts[place]
        for vessel in self._vessels:
            for amount, route in zip(vessel.cargo, vessel.routes, strict=True):
                held[route] += amount
        errors = []
        for number, opening in enumerate(self._opening_by_route):
            sent = sum(books[flow_leg] for flow_leg in self._sent[number])
            errors.append(abs(opening + sent - held[number] - sold[number]))
        return errors


def _bring_up(stocks: Iterable[TankFarm]) -> None:
    for stock in stocks:
        stock.advance()
        stock.blend.bring_up(stock.level, stock.received)


def _total(journal: Journal, quantity: StepQuantity, until: float) -> float:
    """Return the integral of all step series of a quantity up to a day."""
    total = 0.0
    for (name, _), series in journal.steps.items():
        if name == quantity:
            ends = [*series.times[1:], until]
            total += sum(v * (b - a) for v, a, b in zip(series.values, series.times, ends, strict=True))
    return total
