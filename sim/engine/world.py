"""One run: a fresh world built from a plan, unfolding on one SimPy environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sim.engine.clock import Clock
from sim.engine.freight import Freight, FreightBalance
from sim.engine.freight.deadlock import freight_stalled
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.deadlock import stalled
from sim.engine.oil.field_control import FieldControl
from sim.engine.oil.fields import Field, Outlet
from sim.engine.oil.flows import Flows, Market
from sim.engine.oil.ledger import Balance, Ledger
from sim.engine.oil.loading_programme import LoadingProgramme
from sim.engine.oil.ports import LiveBerth, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.vessels import Lane, Vessel
from sim.engine.plan import Plan, normal_limit
from sim.engine.timeline import Timeline
from sim.network.elements import Stock
from sim.network.oil.capacity import fleets_of

INFINITE = float("inf")
OTHER_PATHS = tuple(f"#{number}" for number in range(2, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run leaves behind."""

    journal: Journal
    balance: Balance
    freight_balance: FreightBalance
    stalled: tuple[str, ...]


def opening_level(stock: Stock) -> float:
    """What lies in a stock at the start; nothing in one whose room has no bounds."""
    return stock.initial * stock.capacity if stock.initial else 0.0


class World:
    """All that is alive in one run. Build it, `run` it once, keep its outcome."""

    def __init__(self, plan: Plan, seed: int, replication: int = 0) -> None:
        self.plan, self.seed, self.replication = plan, seed, replication
        scenario, network = plan.scenario, plan.network
        self.env = Clock()
        self.journal = Journal(until=scenario.days)
        self.gates = self._build_gates()
        self.markets = {
            place.id: Market(self.env, self.journal, place.id)
            for place in network.places.values()
            if place.kind == "market"
        }
        self.stocks = self._build_stocks()
        self.fields = self._build_fields()
        self.outlook = plan.outlook
        self.flows = Flows(self.env, self.journal, plan, self.gates, self.stocks, self.fields, self.markets)
        self.ports = self._build_ports()
        self.programmes = self._build_programmes()
        self.vessels = self._build_vessels()
        self.field_control = FieldControl(
            self.env, self.journal, list(self.fields.values()), self.flows, self.outlook, self._ways_out()
        )
        self.flows.solved = self.field_control.look
        self.ledger = Ledger(self.env, self.journal, plan, self.stocks, self.fields, self.flows, self.vessels)
        self.freight = Freight(
            self.env, self.journal, scenario, plan.freight, self.gates, self.outlook, seed, replication
        )

    def _note_sales(self) -> None:
        self.ledger.note_sales()

    # -- building -----------------------------------------------------------------------------

    def _build_gates(self) -> dict[str, Gate]:
        network = self.plan.network
        bases: dict[str, float] = {link.id: link.capacity or 0.0 for link in network.links.values()}
        bases |= {stock.id: stock.capacity for stock in network.stocks.values()}
        bases |= {berth.id: berth.rate for berth in network.berths.values()}
        bases |= {fleet.id: 1.0 for fleet in network.fleets.values()}
        bases |= {shipper.id: shipper.rate for shipper in network.shippers.values()}
        bases |= {line.id: line.paths or 1.0 for line in network.lines.values()}
        bases |= {yard.id: yard.capacity for yard in network.yards.values()}
        bases |= {quay.id: quay.rate for quay in network.quays.values()}
        bases |= {service.id: 1.0 for service in network.services.values()}
        bases |= {demand.id: demand.rate for demand in network.demands.values()}
        gates = {id: Gate(id, base) for id, base in bases.items()}
        for berth in network.berths.values():
            if not berth.in_service:
                gates[berth.id].restrict("not in service", 0.0)
        return gates

    def _build_stocks(self) -> dict[str, TankFarm]:
        """The stocks of the network, and one without bounds at each market that ships discharge to."""
        plan, network = self.plan, self.plan.network
        through: dict[str, list[int]] = {}
        for number, route in enumerate(plan.routes):
            for leg in route.legs:
                if leg.start in network.stocks:
                    through.setdefault(leg.start, []).append(number)
                elif leg.start in network.shippers:
                    through.setdefault(self._field_stock(leg.start), [])
                if leg.by_sea and leg.end in network.places and not self._called(leg.links[0]):
                    through.setdefault(leg.end, []).append(number)
        stocks = {}
        for id, numbers in through.items():
            described = network.stocks.get(id)
            routes = tuple(numbers) or (-1,)
            if described is None:
                stock = TankFarm(self.env, self.journal, id, Gate(id, INFINITE), routes, 1.0, 1.0, None)
                stock.on_flow = partial(self._landed, stock)
            else:
                stock = TankFarm(
                    self.env, self.journal, id, self.gates[id], routes,
                    described.throttle_at, described.release_at, described.reserve,
                )  # fmt: skip
                if self._is_lane(described.feeds):
                    stock.loading_series = self.journal.open_steps("flow", described.feeds)
                    if self._called(described.feeds):
                        self._sell_on_board(described.feeds, stock)
                else:
                    stock.feeds_leg = True
            stocks[id] = stock
        return stocks

    def _landed(self, stock: TankFarm) -> None:
        """Ships discharge at a market."""
        self.markets[stock.element].receive("ships", stock.inflow)

    def _sell_on_board(self, lane: str, stock: TankFarm) -> None:
        """What called ships load is sold; where no other way leads to the market, their record is its own."""
        market = self.plan.network.links[lane].destination
        if any(
            leg.end == market and leg.links != (lane,) for route in self.plan.routes for leg in route.legs
        ):
            receive = self.markets[market].receive
            stock.on_flow = lambda: receive(lane, stock.outflow)
        else:
            assert stock.loading_series is not None
            self.journal.steps["exported", market] = stock.loading_series

    def _is_lane(self, id: str) -> bool:
        link = self.plan.network.links.get(id)
        return link is not None and link.mode == "sea"

    def _called(self, lane: str) -> bool:
        return any(fleet.vessels is None for fleet in fleets_of(self.plan.network, lane))

    def _field_stock(self, shipper: str) -> str:
        return next(stock.id for stock in self.plan.network.stocks.values() if stock.feeds == shipper)

    def _build_fields(self) -> dict[str, Field]:
        network = self.plan.network
        outlets = [Outlet(network.contracts[id]) for id in self.plan.normal]
        return {
            id: Field(
                self.env, self.journal, network.shippers[id], self.gates[id],
                self.stocks[self._field_stock(id)],
                [outlet for outlet in outlets if outlet.contract.shipper == id],
            )
            for id in self.plan.shippers
        }  # fmt: skip

    def _build_ports(self) -> dict[str, TankerPort]:
        network = self.plan.network
        live_berths: dict[str, list[LiveBerth]] = {}
        for berth in network.berths.values():
            live_berths.setdefault(berth.place, []).append(LiveBerth(berth, self.gates[berth.id]))
        return {
            place: TankerPort(
                self.env,
                self.journal,
                place,
                found,
                network.places[place].berths_at_once,
                {lane: self.gates[lane] for live_berth in found for lane in live_berth.berth.lanes},
            )
            for place, found in live_berths.items()
        }

    def _build_programmes(self) -> list[LoadingProgramme]:
        network = self.plan.network
        programmes = []
        for stock in network.stocks.values():
            lane = stock.feeds
            if stock.id in self.stocks and self._is_lane(lane) and self._called(lane):
                fleets = [fleet for fleet in fleets_of(network, lane) if fleet.vessels is None]
                port = self.ports[network.links[lane].origin]
                programmes.append(
                    LoadingProgramme(
                        self.env,
                        lane,
                        fleets,
                        self.stocks[stock.id],
                        port,
                        self.flows,
                        self.outlook,
                        self.gates,
                        self.seed,
                        self.replication,
                        self._note_sales,
                    )
                )
        return programmes

    def _build_vessels(self) -> list[Vessel]:
        network, vessels = self.plan.network, []
        feeding = {stock.feeds: stock.id for stock in network.stocks.values()}
        ends = {leg.links[0]: leg.end for route in self.plan.routes for leg in route.legs if leg.by_sea}
        lanes: dict[str, Lane] = {}
        for id, end in ends.items():
            if self._called(id):
                continue
            link = network.links[id]
            origin, destination = self.stocks[feeding[id]], self.stocks[end]
            parcels = [destination.routes.index(route) for route in origin.routes]
            ports = self.ports[link.origin], self.ports[link.destination]
            lanes[id] = Lane(link, self.gates[id], origin, destination, ports, parcels)
        for fleet in network.fleets.values():
            mine = [lanes[id] for id in fleet.lanes if id in lanes]
            if fleet.vessels and mine:
                for number in range(fleet.vessels):
                    vessels.append(
                        Vessel(self.env, fleet, number, self.gates[fleet.id], mine, self._note_sales)
                    )
        return vessels

    def _ways_out(self) -> dict[str, tuple[str, ...]]:
        """Per shipper, the links and loading berths of its best route."""
        network, found = self.plan.network, {}
        for route in self.plan.routes:
            if route.shipper not in found:
                links = [link for leg in route.legs for link in leg.links]
                berths = [
                    b.id for b in network.berths.values() if b.work == "load" and set(b.lanes) & set(links)
                ]
                found[route.shipper] = (*links, *berths)
        return found

    # -- running ------------------------------------------------------------------------------

    def run(self, watch: Callable[[World], None] | None = None) -> Outcome:
        """Let the world unfold to the end of the horizon; `watch` is called after every event."""
        env, until = self.env, self.plan.scenario.days
        self._fill()
        self.ledger.open()
        Timeline(
            env, self.journal, self.gates, self.plan.scenario, self.seed, self.replication, self._rebased
        )
        self.flows.mark()
        while self.flows.unsolved:
            env.step()
        for programme in self.programmes:
            programme.start()
        self.freight.start()
        self.journal.event_count = env.run_to(until, None if watch is None else partial(watch, self))
        self.ledger.close()
        for port in self.ports.values():
            port.close_books()
        for stock in self.stocks.values():
            self.journal.log_point("level", stock.element, until, stock.level)
        self.freight.close()
        balance, freight_balance = self.ledger.balance(), self.freight.balance()
        if not (balance.holds and freight_balance.holds):
            max_error = max(balance.max_error, freight_balance.max_error)
            raise RuntimeError(f"{self.plan.scenario.name}: {max_error:,.3f} units of cargo do not add up")
        return Outcome(
            journal=self.journal,
            balance=balance,
            freight_balance=freight_balance,
            stalled=(*stalled(self.ports.values(), until), *freight_stalled(self.freight, until)),
        )

    def _rebased(self) -> None:
        """A capacity is not what it was for good, so programmes have to look at their figures again."""
        for programme in self.programmes:
            programme.forget()

    def _fill(self) -> None:
        """Opening stocks; whose cargo it is follows what each shipper usually sends that way."""
        network, routes = self.plan.network, self.plan.routes
        for stock in self.stocks.values():
            described = network.stocks.get(stock.element)
            if described is None:
                continue
            stock.level = opening_level(described)
            usual = [
                min(network.shippers[routes[r].shipper].rate, normal_limit(network, routes[r].contract))
                if r >= 0 and not routes[r].id.endswith(OTHER_PATHS) else 0.0
                for r in stock.routes
            ]  # fmt: skip
            total = sum(usual)
            parts = [u / total for u in usual] if total else [1.0, *[0.0] * (len(usual) - 1)]
            stock.mix = [stock.level * part for part in parts]
            self.journal.log_point("level", stock.element, 0.0, stock.level)
