"""Oil side of one run: everything that moves liquids, built from its description."""

from __future__ import annotations

from math import inf

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.field_control import FieldControl
from sim.engine.oil.fields import Field, Outlet
from sim.engine.oil.flows import Flows, Market
from sim.engine.oil.ledger import Balance, Ledger
from sim.engine.oil.loading_programme import LoadingProgramme
from sim.engine.oil.plan import NO_ROUTE, OilPlan, field_stock, is_called, normal_limit
from sim.engine.oil.ports import LiveBerth, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.vessels import Lane, Vessel
from sim.engine.outlook import Outlook
from sim.network import Network
from sim.network.elements import Stock
from sim.network.oil.capacity import fleets_of

EXTRA_PATHS = tuple(
    f"#{number}" for number in range(2, 10)
)  # endings of the ids of a contract's other routes


class Oil:
    """Oil in one run. Build it, `fill` it, `start` it, and `close` it at the end."""

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        network: Network,
        plan: OilPlan,
        gates: dict[str, Gate],
        outlook: Outlook,
        seed: int,
        replication: int,
    ) -> None:
        self._env, self._journal, self._network, self._plan = env, journal, network, plan
        self._gates, self._outlook = gates, outlook
        self.markets = {
            place.id: Market(env, journal, place.id)
            for place in network.places.values()
            if place.kind == "market"
        }
        self.stocks = {id: self._build_stock(id, routes) for id, routes in plan.stock_routes.items()}
        self.fields = self._build_fields()
        self.flows = Flows(env, journal, plan, gates, self.stocks, self.fields, self.markets)
        self.ports = self._build_ports()
        self.programmes = self._build_programmes(seed, replication)
        self.vessels = self._build_vessels()
        self.field_control = FieldControl(
            env, journal, list(self.fields.values()), self.flows, outlook, self._normal_ways()
        )
        self.flows.on_solved = self.field_control.review
        self.ledger = Ledger(env, journal, plan, self.stocks, self.fields, self.flows, self.vessels)

    # -- building -----------------------------------------------------------------------------

    def _build_stock(self, id: str, routes: tuple[int, ...]) -> TankFarm:
        """Return a tank farm, or one without bounds for a market at which vessels discharge."""
        described = self._network.stocks.get(id)
        if described is None:
            market = TankFarm(self._env, self._journal, id, Gate(id, inf), routes, 1.0, 1.0, None)
            market.on_flow = lambda: self.markets[id].receive("ships", market.inflow)
            return market
        stock = TankFarm(
            self._env,
            self._journal,
            id,
            self._gates[id],
            routes,
            described.throttle_at,
            described.release_at,
            described.reserve,
        )
        if not self._is_lane(described.feeds):
            stock.feeds_leg = True
            return stock
        stock.loading_series = self._journal.open_steps("flow", described.feeds)
        if is_called(self._network, described.feeds):
            self._sell_on_board(described.feeds, stock)
        return stock

    def _sell_on_board(self, lane: str, stock: TankFarm) -> None:
        """Count what called tankers load as exported.

        Where no other way leads to the market, the series of the lane serves for the market as well.
        """
        market = self._network.links[lane].destination
        legs = [leg for route in self._plan.routes for leg in route.legs]
        if any(leg.end == market and leg.links != (lane,) for leg in legs):
            receive = self.markets[market].receive
            stock.on_flow = lambda: receive(lane, stock.outflow)
        else:
            assert stock.loading_series is not None
            self._journal.steps["exported", market] = stock.loading_series

    def _is_lane(self, id: str) -> bool:
        link = self._network.links.get(id)
        return link is not None and link.mode == "sea"

    def _build_fields(self) -> dict[str, Field]:
        network = self._network
        outlets = [Outlet(network.contracts[id]) for id in self._plan.normal]
        fields = {}
        for id in self._plan.shippers:
            own = [outlet for outlet in outlets if outlet.contract.shipper == id]
            stock = self.stocks[field_stock(network, id)]
            fields[id] = Field(self._env, self._journal, network.shippers[id], self._gates[id], stock, own)
        return fields

    def _build_ports(self) -> dict[str, TankerPort]:
        live_berths: dict[str, list[LiveBerth]] = {}
        for berth in self._network.berths.values():
            live_berths.setdefault(berth.place, []).append(LiveBerth(berth, self._gates[berth.id]))
        ports = {}
        for place, here in live_berths.items():
            lanes = {lane: self._gates[lane] for each in here for lane in each.berth.lanes}
            at_once = self._network.places[place].berths_at_once
            ports[place] = TankerPort(self._env, self._journal, place, here, at_once, lanes)
        return ports

    def _build_programmes(self, seed: int, replication: int) -> list[LoadingProgramme]:
        network, programmes = self._network, []
        for stock in network.stocks.values():
            lane = stock.feeds
            if stock.id not in self.stocks or not self._is_lane(lane) or not is_called(network, lane):
                continue
            programmes.append(
                LoadingProgramme(
                    self._env,
                    lane,
                    [fleet for fleet in fleets_of(network, lane) if fleet.vessels is None],
                    self.stocks[stock.id],
                    self.ports[network.links[lane].origin],
                    self.flows,
                    self._outlook,
                    self._gates,
                    seed,
                    replication,
                    self._note_sales,
                )
            )
        return programmes

    def _build_vessels(self) -> list[Vessel]:
        lanes = self._build_lanes()
        vessels = []
        for fleet in self._network.fleets.values():
            served = [lanes[id] for id in fleet.lanes if id in lanes]
            if fleet.vessels and served:
                gate = self._gates[fleet.id]
                vessels += [
                    Vessel(self._env, fleet, number, gate, served, self._note_sales)
                    for number in range(fleet.vessels)
                ]
        return vessels

    def _build_lanes(self) -> dict[str, Lane]:
        """Return the sea lanes of fleets with vessels of their own."""
        network = self._network
        feeding = {stock.feeds: stock.id for stock in network.stocks.values()}
        legs = [leg for route in self._plan.routes for leg in route.legs if leg.by_sea]
        lanes = {}
        for id, end in {leg.links[0]: leg.end for leg in legs}.items():
            if is_called(network, id):
                continue
            link = network.links[id]
            origin, destination = self.stocks[feeding[id]], self.stocks[end]
            places = [destination.routes.index(route) for route in origin.routes]
            ports = self.ports[link.origin], self.ports[link.destination]
            lanes[id] = Lane(link, self._gates[id], origin, destination, ports, places)
        return lanes

    def _normal_ways(self) -> dict[str, tuple[str, ...]]:
        """Return for each shipper the links and loading berths of its best route."""
        ways: dict[str, tuple[str, ...]] = {}
        loading = [berth for berth in self._network.berths.values() if berth.work == "load"]
        for route in self._plan.routes:
            if route.shipper not in ways:
                links = [link for leg in route.legs for link in leg.links]
                berths = [berth.id for berth in loading if set(berth.lanes) & set(links)]
                ways[route.shipper] = (*links, *berths)
        return ways

    # -- running ------------------------------------------------------------------------------

    def fill(self) -> None:
        """Set opening levels, of which each route has its normal share of the flow."""
        for stock in self.stocks.values():
            described = self._network.stocks.get(stock.element)
            if described is None:
                continue
            stock.level = opening_level(described)
            flows = [self._normal_flow(route) for route in stock.routes]
            total = sum(flows)
            parts = [flow / total for flow in flows] if total else [1.0, *[0.0] * (len(flows) - 1)]
            stock.mix = [stock.level * part for part in parts]
            self._journal.log_point("level", stock.element, 0.0, stock.level)
        self.ledger.open()

    def _normal_flow(self, number: int) -> float:
        """Return the cargo/day that a route carries in undisturbed times."""
        if (number,) == NO_ROUTE or self._plan.routes[number].id.endswith(EXTRA_PATHS):
            return 0.0
        route = self._plan.routes[number]
        return min(self._network.shippers[route.shipper].rate, normal_limit(self._network, route.contract))

    def start(self) -> None:
        """Solve the first rates, and begin the loading programmes."""
        self.flows.mark()
        while self.flows.unsolved:
            self._env.step()
        for programme in self.programmes:
            programme.start()

    def forget_capacities(self) -> None:
        """Compute capacities anew in the loading programmes, as one has changed for good."""
        for programme in self.programmes:
            programme.forget()

    def _note_sales(self) -> None:
        self.ledger.note_sales()

    def close(self, until: float) -> None:
        """Log what the end of the run leaves open: sales, ships in port, levels."""
        self.ledger.close()
        for port in self.ports.values():
            port.close_books()
        for stock in self.stocks.values():
            self._journal.log_point("level", stock.element, until, stock.level)

    def balance(self) -> Balance:
        """Return the books as of now."""
        return self.ledger.balance()


def opening_level(stock: Stock) -> float:
    """Return the cargo in a tank farm at the start; none where its capacity has no bounds."""
    return stock.initial * stock.capacity if stock.initial else 0.0
