"""Where every tonne is: produced, in stock, under way, sold. And whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.engine.clock import Clock
from sim.engine.journal import Journal
from sim.engine.oil.fields import Field
from sim.engine.oil.flows import Flows
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.vessels import Vessel
from sim.engine.plan import Plan

APART = 1.0  # days between two entries of what has been sold, by shipper


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The books of one run, in units of cargo: what came in, where it is, and what does not add up.

    `produced + opening = sold + in_stock + afloat + error`, and `error` is also taken shipper by
    shipper and route by route, the largest of them all standing in `worst`.
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
        return self.produced + self.opening - self.sold - self.in_stock - self.afloat

    @property
    def holds(self) -> bool:
        """Whether nothing is lost, to within rounding: a millionth of all that was moved."""
        return self.max_error <= 1e-6 * max(1.0, self.produced + self.opening)


class Ledger:
    """Knows for every route what has been sent, what lies where, and what has been sold."""

    def __init__(
        self, env: Clock, journal: Journal, plan: Plan, stocks: dict[str, TankFarm], fields: dict[str, Field],
        flows: Flows, vessels: list[Vessel],
    ) -> None:  # fmt: skip
        self._env, self._journal = env, journal
        self._stocks, self._fields, self._flows, self._vessels = stocks, fields, flows, vessels
        self._markets = {route.market for route in plan.routes}
        # the stocks whose books say what has been sold
        ends = {leg.start for route in plan.routes for leg in route.legs[-1:]}
        self._selling = [s for id, s in stocks.items() if id in ends or id in self._markets]
        self._columns = [self._columns_of(plan, number) for number in range(len(plan.routes))]
        self._sent = [
            [
                n
                for n, flow_leg in enumerate(plan.flow_legs)
                if flow_leg.contract and flow_leg.routes == (number,)
            ]
            for number in range(len(plan.routes))
        ]
        self._routes_of: dict[str, list[int]] = {}  # by shipper>market
        for number, route in enumerate(plan.routes):
            self._routes_of.setdefault(f"{route.shipper}>{route.market}", []).append(number)
        self._notes: list[tuple[float, list[float]]] = []  # when, and the books of that moment
        self._noted = -APART
        self._opening: dict[str, float] = {}
        self._opening_by_route = [0.0] * len(plan.routes)

    def _columns_of(self, plan: Plan, number: int) -> list[int]:
        """Where in the `_books` stands what has reached a route's market: with what last had it."""
        leg = plan.routes[number].legs[-1]
        if leg.start in self._fields:
            return [
                n
                for n, flow_leg in enumerate(plan.flow_legs)
                if flow_leg.routes == (number,) and flow_leg.leg == leg
            ]
        last = self._stocks[leg.end if leg.by_sea and leg.end in self._stocks else leg.start]
        before = self._selling[: self._selling.index(last)]
        return [len(plan.flow_legs) + sum(len(stock.routes) for stock in before) + last.routes.index(number)]

    def _books(self) -> list[float]:
        """What has been sent by each way until now, then what has landed in markets or left other stocks."""
        books = self._flows.sent()
        for stock in self._selling:
            books += stock.blend.amounts if stock.element in self._markets else stock.blend.gone
        return books

    def open(self) -> None:
        """Take down what lies in stock before anything moves."""
        for stock in self._stocks.values():
            self._opening[stock.element] = stock.level
            for place, route in enumerate(stock.routes):
                if route >= 0:
                    self._opening_by_route[route] += stock.mix[place]

    def note_sales(self) -> None:
        """Take down what has been sold by each route, about once a day."""
        if self._env.now - self._noted >= APART:
            self._note()

    def _note(self) -> None:
        self._noted = self._env.now
        self._bring_up(self._selling)
        self._notes.append((self._noted, self._books()))

    def close(self) -> None:
        """At the end of the run, enter in the journal what each shipper has sold to each market."""
        self._note()
        days = [day for day, _ in self._notes]
        columns = np.array([books for _, books in self._notes]).T
        sold = [sum(columns[place] for place in places) for places in self._columns]
        for key, routes in self._routes_of.items():
            series = self._journal.open_points("sold", key)
            series.times, series.values = days, sum(sold[route] for route in routes).tolist()

    @staticmethod
    def _bring_up(stocks: Iterable[TankFarm]) -> None:
        for stock in stocks:
            stock.advance()
            stock.blend.bring_up(stock.level, stock.received)

    def balance(self) -> Balance:
        """Add everything up as of now."""
        self._bring_up(self._stocks.values())
        books = self._books()
        sold = [sum(books[place] for place in places) for places in self._columns]
        held = [0.0] * len(sold)
        for stock in self._stocks.values():
            for place, route in enumerate(stock.routes):
                if route >= 0 and stock.element not in self._markets:
                    held[route] += stock.blend.amounts[place]
        afloat = 0.0
        for vessel in self._vessels:
            for amount, route in zip(vessel.cargo, vessel.routes, strict=True):
                held[route] += amount
                afloat += amount
        errors = []
        for number, opening in enumerate(self._opening_by_route):
            sent = sum(books[flow_leg] for flow_leg in self._sent[number])
            errors.append(abs(opening + sent - held[number] - sold[number]))
        fields = self._fields.values()
        for field in fields:
            stock = field.stock
            errors.append(
                abs(self._opening[stock.element] + stock.received - stock.level - stock.blend.gone[0])
            )
        in_stock = sum(s.level for s in self._stocks.values() if s.element not in self._markets)
        return Balance(
            produced=sum(field.stock.received for field in fields),
            curtailed=_total(self._journal, "curtailed", self._env.now),
            opening=sum(self._opening.values()),
            sold=sum(sold),
            in_stock=in_stock,
            afloat=afloat,
            max_error=max(errors, default=0.0),
        )


def _total(journal: Journal, quantity: str, until: float) -> float:
    """The integral of all step series of a quantity up to a day."""
    total = 0.0
    for (name, _), series in journal.steps.items():
        if name == quantity:
            ends = [*series.times[1:], until]
            total += sum(v * (b - a) for v, a, b in zip(series.values, series.times, ends, strict=True))
    return total
