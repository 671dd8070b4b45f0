"""Where every tonne is: produced, in stock, under way, sold. And whether it adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sim.engine.clock import Clock
from sim.engine.fields import Field
from sim.engine.flows import Flows
from sim.engine.journal import Journal
from sim.engine.plan import Plan
from sim.engine.stocks import Stock
from sim.engine.vessels import Vessel

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
    worst: float

    @property
    def error(self) -> float:
        return self.produced + self.opening - self.sold - self.in_stock - self.afloat

    @property
    def holds(self) -> bool:
        """Whether nothing is lost, to within rounding: a millionth of all that was moved."""
        return self.worst <= 1e-6 * max(1.0, self.produced + self.opening)


class Ledger:
    """Knows for every route what has been sent, what lies where, and what has been sold."""

    def __init__(
        self, env: Clock, journal: Journal, plan: Plan, stocks: dict[str, Stock], fields: dict[str, Field],
        flows: Flows, vessels: list[Vessel],
    ) -> None:  # fmt: skip
        self._env, self._journal = env, journal
        self._stocks, self._fields, self._flows, self._vessels = stocks, fields, flows, vessels
        self._markets = {route.market for route in plan.routes}
        self._sold = [self._sold_by(plan, number) for number in range(len(plan.routes))]
        self._sent = [
            [n for n, way in enumerate(plan.ways) if way.contract and way.routes == (number,)]
            for number in range(len(plan.routes))
        ]
        keys: dict[str, list[Callable[[], float]]] = {}
        for number, route in enumerate(plan.routes):
            keys.setdefault(f"{route.shipper}>{route.market}", []).append(self._sold[number])
        self._series = [(journal.points_of("sold", key), sold) for key, sold in keys.items()]
        # the stocks whose books say what has been sold
        ends = {leg.start for route in plan.routes for leg in route.legs[-1:]}
        self._selling = [s for id, s in stocks.items() if id in ends or id in self._markets]
        self._noted = -APART
        self._opening: dict[str, float] = {}
        self._opening_by_route = [0.0] * len(plan.routes)

    def _sold_by(self, plan: Plan, number: int) -> Callable[[], float]:
        """How to learn what has reached a route's market: from what last had it in its books."""
        leg = plan.routes[number].legs[-1]
        if leg.by_sea and leg.end in self._stocks:
            landed = self._stocks[leg.end]
            place = landed.routes.index(number)
            return lambda: landed.blend.amounts[place]
        if leg.start in self._fields:
            ways = [n for n, way in enumerate(plan.ways) if way.routes == (number,) and way.leg == leg]
            return lambda: sum(self._flows.sent(n) for n in ways)
        drawn = self._stocks[leg.start]
        place = drawn.routes.index(number)
        return lambda: drawn.blend.gone[place]

    def open(self) -> None:
        """Take down what lies in stock before anything moves."""
        for stock in self._stocks.values():
            self._opening[stock.element] = stock.level
            for place, route in enumerate(stock.routes):
                if route >= 0:
                    self._opening_by_route[route] += stock.mix[place]

    def note_sales(self, at_end: bool = False) -> None:
        """Enter what each shipper has sold to each market, about once a day."""
        now = self._env.now
        if now - self._noted < APART and not at_end:
            return
        self._noted = now
        self._bring_up(self._selling)
        for series, sold in self._series:
            series.mark(now, sum([of() for of in sold]))

    @staticmethod
    def _bring_up(stocks: Iterable[Stock]) -> None:
        for stock in stocks:
            stock.advance()
            stock.blend.bring_up(stock.level, stock.received)

    def balance(self) -> Balance:
        """Add everything up as of now."""
        self._bring_up(self._stocks.values())
        held = [0.0] * len(self._sold)
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
            sent = sum(self._flows.sent(n) for n in self._sent[number])
            errors.append(abs(opening + sent - held[number] - self._sold[number]()))
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
            sold=sum(sold() for sold in self._sold),
            in_stock=in_stock,
            afloat=afloat,
            worst=max(errors, default=0.0),
        )


def _total(journal: Journal, quantity: str, until: float) -> float:
    """The integral of all step series of a quantity up to a day."""
    total = 0.0
    for (name, _), series in journal.steps.items():
        if name == quantity:
            ends = [*series.times[1:], until]
            total += sum(v * (b - a) for v, a, b in zip(series.values, series.times, ends, strict=True))
    return total
