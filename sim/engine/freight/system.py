"""Freight side of one run: everything that moves dry cargo, built from its description."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Account, Consignment
from sim.engine.freight.fleets import ServiceFleet, WagonSet
from sim.engine.freight.generalised_cost import GeneralisedCost
from sim.engine.freight.initial_state import InitialState
from sim.engine.freight.ledger import FreightBalance, FreightLedger
from sim.engine.freight.live_legs import LiveLeg
from sim.engine.freight.ports import FreightPort, LiveQuay
from sim.engine.freight.shippers import FreightShipper
from sim.engine.freight.ships import Ship
from sim.engine.freight.tracks import Track
from sim.engine.freight.train_formation import TrainAssembly
from sim.engine.freight.trips import Trip
from sim.engine.freight.warm_start import set_free_flow_times
from sim.engine.freight.yard_queues import YardQueue
from sim.engine.gates import Gate
from sim.engine.journal import ConsignmentRecord, Journal, Load
from sim.engine.outlook import Outlook
from sim.engine.random_streams import random_stream
from sim.network.freight.elements import Demand, Service
from sim.network.freight.legs import FreightLeg, FreightRoutes
from sim.scenario import Scenario


class Freight:
    """Dry cargo in one run. Build it, `start` it, and `close` it at the end."""

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        scenario: Scenario,
        routes: FreightRoutes,
        gates: dict[str, Gate],
        outlook: Outlook,
        seed: int,
        replication: int,
    ) -> None:
        self._env, self._journal, self.gates, self._routes = env, journal, gates, routes
        self._network, self._seed, self._replication = scenario.network, seed, replication
        self._touched = {id for item in scenario.disturbances for id in item.elements}
        self._touched |= {change.element for change in scenario.dated}
        self._tracks = self._build_tracks()
        self.yard_queues = [self._yard_queue(leg) for leg in routes.legs]
        self.live_legs = [self._live_leg(number, leg) for number, leg in enumerate(routes.legs)]
        self.ports = self._build_ports()
        self._accounts = {
            (id, corridor): Account(id, corridor, self._network.demands[id].cargo, routes.corridors[corridor])
            for id, corridors in routes.choices.items()
            for corridor in corridors
        }
        self.ledger = FreightLedger(self._accounts.values(), self.live_legs)
        self._build_services()
        self._generalised_cost = GeneralisedCost(
            self._network, routes.corridors, self.live_legs, outlook, scenario.boycotts
        )
        self.shippers = self._build_shippers()

    @property
    def tracks(self) -> Iterable[Track]:
        """Both directions of every line."""
        return self._tracks.values()

    # -- building -----------------------------------------------------------------------------

    def _build_tracks(self) -> dict[tuple[str, bool], Track]:
        """Return both directions of every line, keyed by line and whether it is the forward one."""
        streams = self._seed, self._replication
        tracks = {}
        for line in self._network.lines.values():
            for forward, place in ((True, line.destination), (False, line.origin)):
                tracks[line.id, forward] = Track(self._env, self.gates[line.id], line, place, *streams)
        return tracks

    def _yard_queue(self, leg: FreightLeg) -> YardQueue:
        yard = self._network.yards.get(leg.yards[0])
        gate = self.gates[yard.id] if yard else None
        return YardQueue(self._env, self._journal, leg.id, gate, yard.handling if yard else 0.0)

    def _live_leg(self, number: int, leg: FreightLeg) -> LiveLeg:
        tracks = [self._tracks[line, forward] for line, forward in zip(leg.lines, leg.forward, strict=True)]
        max_wait = max((service.longest_wait for service in self._services(leg)), default=0.0)
        return LiveLeg(self._journal, number, leg, tracks, self.yard_queues, self._unhindered, max_wait)

    def _unhindered(self, track: Track) -> bool:
        """Return whether nothing can block a track in this run."""
        line = track.line
        return line.paths is None and line.room is None and line.id not in self._touched

    def _services(self, leg: FreightLeg) -> list[Service]:
        return [self._network.services[id] for id in leg.services]

    def _build_ports(self) -> dict[str, FreightPort]:
        live_quays: dict[str, list[LiveQuay]] = {}
        for quay in self._network.quays.values():
            if quay.in_service:
                live_quays.setdefault(quay.place, []).append(LiveQuay(quay, self.gates[quay.id]))
        return {place: FreightPort(self._env, place, here) for place, here in live_quays.items()}

    def _build_services(self) -> None:
        pairs: dict[str, list[LiveLeg]] = {}
        for live_leg in self.live_legs:
            for service in self._services(live_leg.leg):
                if service.vehicles:
                    pairs.setdefault(service.id, []).append(live_leg)
                else:
                    TrainAssembly(self._env, service, self.gates[service.id], live_leg)
        for id, (there, back) in pairs.items():
            service = self._network.services[id]
            fleet = ServiceFleet(service, self.gates[id], (there, back))
            for number in range(service.vehicles or 0):
                self._add_vehicle(fleet, number)

    def _add_vehicle(self, fleet: ServiceFleet, number: int) -> None:
        there = fleet.live_legs[0]
        if there.leg.mode == "land":
            WagonSet(self._env, fleet, number)
            return
        ports = self.ports[there.leg.start], self.ports[there.leg.end]
        draws = random_stream(self._seed, self._replication, fleet.service.id, f"first call {number}")
        first = float(draws.uniform(0.0, there.transit.free_flow + fleet.service.layover))
        Ship(self._env, self._journal, fleet, number, ports, first)

    def _build_shippers(self) -> list[FreightShipper]:
        shippers = []
        for id, corridors in self._routes.choices.items():
            demand = self._network.demands[id]
            accrued = [self._first_accrued(demand, corridor) for corridor in corridors]
            shippers.append(
                FreightShipper(
                    self._env,
                    self._journal,
                    demand,
                    self.gates[id],
                    self._generalised_cost,
                    list(corridors),
                    self._send,
                    self._withdraw,
                    accrued,
                )
            )
        return shippers

    def _first_accrued(self, demand: Demand, corridor: str) -> float:
        """Draw the cargo accrued towards a demand's first lot."""
        draws = random_stream(self._seed, self._replication, f"{demand.id}>{corridor}", "first lot")
        return float(draws.random()) * demand.lot

    # -- running ------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin in full operation: with the cargo of earlier bookings under way, and today's bookings."""
        set_free_flow_times(self._network, self.live_legs, self._routes.corridors, self._bookings)
        bookings = self._bookings()
        loads = [max((s.load for s in self._services(leg)), default=0.0) for leg in self._routes.legs]
        initial = InitialState(self._env, self.live_legs, loads)
        for shipper in self.shippers:
            waiting = []
            for corridor, accrued in zip(shipper.corridors, shipper.accrued, strict=True):
                rate = bookings[shipper.demand.id][corridor]
                if rate > 0.0:
                    waiting += self._distribute(initial, shipper.demand, corridor, rate, accrued)
            for consignment in sorted(waiting, key=lambda consignment: consignment.created):
                shipper.watch(consignment)
        initial.start_trains()
        for queue in self.yard_queues:
            queue.open()
        for shipper in self.shippers:
            shipper.start()

    def _bookings(self) -> dict[str, dict[str, float]]:
        """Return the bookings of each demand by corridor at the days expected now."""
        self._generalised_cost.forget()
        return {shipper.demand.id: shipper.bookings() for shipper in self.shippers}

    def _distribute(
        self, initial: InitialState, demand: Demand, corridor: str, rate: float, accrued: float
    ) -> list[Consignment]:
        """Place a demand's lots along a corridor, and return those still at their origin."""

        def create(amount: float, day: float) -> Consignment:
            consignment = self._consign(demand.id, corridor, amount, day)
            consignment.account.opening += amount
            lots.append(consignment)
            return consignment

        lots: list[Consignment] = []
        initial.distribute(self._routes.corridors[corridor], rate, demand.lot, accrued, create)
        return [consignment for consignment in lots if not consignment.taken]

    def _consign(self, demand: str, corridor: str, amount: float, created: float) -> Consignment:
        number = len(self._journal.consignments)
        self._journal.consignments.append(ConsignmentRecord(demand, corridor, amount, created))
        return Consignment(number, self._accounts[demand, corridor], amount, created)

    def _send(self, demand: str, corridor: str, amount: float, created: float) -> Consignment:
        """Send a lot; one that was created before now has been rebooked."""
        consignment = self._consign(demand, corridor, amount, created)
        if created == self._env.now:
            consignment.account.sent += amount
        else:
            consignment.account.moved += amount
        first = self.live_legs[consignment.account.legs[0]]
        if first.leg.mode == "ocean":
            trip = Trip(self._env, first, "")
            trip.take([consignment])
            trip.depart()
        else:
            first.yard_queue.put(consignment)
        return consignment

    def _withdraw(self, consignment: Consignment, dropped: bool) -> float:
        """Take a consignment that still waits at its origin off its corridor, and return its amount."""
        account = consignment.account
        amount = self.live_legs[account.legs[0]].yard_queue.withdraw(consignment)
        if dropped:
            account.dropped += amount
        else:
            account.moved -= amount
        record = self._journal.consignments[consignment.number]
        self._journal.consignments[consignment.number] = record._replace(amount=record.amount - amount)
        return amount

    def balance(self) -> FreightBalance:
        """Return the books as of now."""
        return self.ledger.balance()

    def close(self) -> None:
        """Log the cargo that is still waiting or under way at the end."""
        for shipper in self.shippers:
            shipper.close()
        for live_leg in self.live_legs:
            self._journal.trips += [trip.record() for trip in live_leg.under_way]
            self._journal.waiting += [
                (live_leg.number, Load(item.number, item.amount, item.ready))
                for item in live_leg.yard_queue.all()
                if item.amount > 0.0
            ]
