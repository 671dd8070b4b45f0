"""The freight side of one run: everything that travels, built from its description."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Account, Consignment
from sim.engine.freight.fleets import Pool, WagonSet
from sim.engine.freight.generalised_cost import Prospects
from sim.engine.freight.initial_state import Opening
from sim.engine.freight.ledger import FreightBalance, FreightLedger
from sim.engine.freight.live_legs import Stretch
from sim.engine.freight.ports import Berth, Harbour
from sim.engine.freight.shippers import Trader
from sim.engine.freight.ships import Ship
from sim.engine.freight.tracks import Way
from sim.engine.freight.train_formation import Formation
from sim.engine.freight.trips import Carriage
from sim.engine.freight.warm_start import bring_into_step
from sim.engine.freight.yard_queues import Pile
from sim.engine.gates import Gate
from sim.engine.journal import Consigned, Journal, Load
from sim.engine.outlook import Outlook
from sim.engine.random_streams import stream
from sim.network.freight.elements import Demand, Service
from sim.network.freight.legs import FreightLeg, FreightRoutes
from sim.scenario import Scenario


class Freight:
    """All that is alive of boxes and wagons. Build it, `start` it, and `close` it at the end of the run."""

    def __init__(
        self, env: Clock, journal: Journal, scenario: Scenario, routes: FreightRoutes, gates: dict[str, Gate],
        outlook: Outlook, seed: int, replication: int,
    ) -> None:  # fmt: skip
        self._env, self._journal, self.gates, self._routes = env, journal, gates, routes
        self._network, self._seed, self._replication = scenario.network, seed, replication
        self._touched = {id for item in scenario.disturbances for id in item.elements}
        self._touched |= {change.element for change in scenario.dated}
        self._ways = self._build_ways()
        self.piles = [self._pile(leg) for leg in routes.legs]
        self.stretches = [self._stretch(number, leg) for number, leg in enumerate(routes.legs)]
        self.harbours = self._build_harbours()
        self._accounts = {
            (id, corridor): Account(id, corridor, self._network.demands[id].cargo, routes.corridors[corridor])
            for id, corridors in routes.choices.items()
            for corridor in corridors
        }
        self.ledger = FreightLedger(self._accounts.values(), self.stretches)
        self._build_services()
        self._prospects = Prospects(
            self._network, routes.corridors, self.stretches, outlook, scenario.boycotts
        )
        self.traders = self._build_traders()

    @property
    def ways(self) -> Iterable[Way]:
        """Both directions of every line."""
        return self._ways.values()

    # -- building -----------------------------------------------------------------------------

    def _build_ways(self) -> dict[tuple[str, bool], Way]:
        """Both directions of every line, by line and whether it is the forward one."""
        return {
            (line.id, forward): Way(
                self._env,
                self.gates[line.id],
                line,
                line.destination if forward else line.origin,
                self._seed,
                self._replication,
            )
            for line in self._network.lines.values()
            for forward in (True, False)
        }

    def _pile(self, leg: FreightLeg) -> Pile:
        yard = self._network.yards.get(leg.yards[0])
        gate = self.gates[yard.id] if yard else None
        return Pile(self._env, self._journal, leg.id, gate, yard.handling if yard else 0.0)

    def _stretch(self, number: int, leg: FreightLeg) -> Stretch:
        ways = [self._ways[line, forward] for line, forward in zip(leg.lines, leg.forward, strict=True)]
        patience = max((service.longest_wait for service in self._services(leg)), default=0.0)
        return Stretch(
            self._journal, number, leg, ways, self.piles[number], self.piles, self._unhindered,
            patience,
        )  # fmt: skip

    def _unhindered(self, way: Way) -> bool:
        """Whether nothing can be in the way on a line in this run."""
        line = way.line
        return line.paths is None and line.room is None and line.id not in self._touched

    def _services(self, leg: FreightLeg) -> list[Service]:
        return [self._network.services[id] for id in leg.services]

    def _build_harbours(self) -> dict[str, Harbour]:
        berths: dict[str, list[Berth]] = {}
        for quay in self._network.quays.values():
            if quay.in_service:
                berths.setdefault(quay.place, []).append(Berth(quay, self.gates[quay.id]))
        return {place: Harbour(self._env, place, found) for place, found in berths.items()}

    def _build_services(self) -> None:
        pairs: dict[str, list[Stretch]] = {}
        for stretch in self.stretches:
            for service in self._services(stretch.leg):
                if service.vehicles:
                    pairs.setdefault(service.id, []).append(stretch)
                else:
                    Formation(self._env, service, self.gates[service.id], stretch)
        for id, found in pairs.items():
            there, back = found
            service = self._network.services[id]
            pool = Pool(service, self.gates[id], (there, back))
            for number in range(service.vehicles or 0):
                self._add_vehicle(pool, number)

    def _add_vehicle(self, pool: Pool, number: int) -> None:
        there = pool.stretches[0]
        if there.leg.mode == "land":
            WagonSet(self._env, pool, number)
            return
        harbours = self.harbours[there.leg.start], self.harbours[there.leg.end]
        luck = stream(self._seed, self._replication, pool.service.id, f"first call {number}")
        first = float(luck.uniform(0.0, there.running.usual + pool.service.layover))
        Ship(self._env, self._journal, pool, number, harbours, first)

    def _build_traders(self) -> list[Trader]:
        traders = []
        for id, corridors in self._routes.choices.items():
            demand = self._network.demands[id]
            luck = [
                stream(self._seed, self._replication, f"{id}>{corridor}", "first lot").random()
                for corridor in corridors
            ]
            traders.append(
                Trader(
                    self._env, self._journal, demand, self.gates[id], self._prospects, list(corridors),
                    self._send, self._withdraw, [float(part) * demand.lot for part in luck],
                )
            )  # fmt: skip
        return traders

    # -- running ------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin in full swing: with what earlier bookings would have under way, and bookings of today."""
        bring_into_step(self._network, self.stretches, self._routes.corridors, self._booked)
        booked = self._booked()
        loads = [max((s.load for s in self._services(leg)), default=0.0) for leg in self._routes.legs]
        opening = Opening(self._env, self.stretches, loads)
        for trader in self.traders:
            waiting = []
            for corridor, accrued in zip(trader.corridors, trader.accrued, strict=True):
                rate = booked[trader.demand.id][corridor]
                if rate > 0.0:
                    waiting += self._lay_out(opening, trader.demand, corridor, rate, accrued)
            for consignment in sorted(waiting, key=lambda consignment: consignment.born):
                trader.watch(consignment)
        opening.set_going()
        for pile in self.piles:
            pile.begin()
        for trader in self.traders:
            trader.start()

    def _booked(self) -> dict[str, dict[str, float]]:
        """What each demand books by each corridor at the days that are expected now."""
        self._prospects.forget()
        return {trader.demand.id: trader.booking() for trader in self.traders}

    def _lay_out(
        self, opening: Opening, demand: Demand, corridor: str, rate: float, accrued: float
    ) -> list[Consignment]:
        """The lots that still wait where they were sent from."""

        def born(amount: float, when: float) -> Consignment:
            consignment = self._consign(demand.id, corridor, amount, when)
            consignment.account.opening += amount
            laid.append(consignment)
            return consignment

        laid: list[Consignment] = []
        opening.lay_out(self._routes.corridors[corridor], rate, demand.lot, accrued, born)
        return [consignment for consignment in laid if not consignment.taken]

    def _consign(self, demand: str, corridor: str, amount: float, born: float) -> Consignment:
        number = len(self._journal.consignments)
        self._journal.consignments.append(Consigned(demand, corridor, amount, born))
        return Consignment(number, self._accounts[demand, corridor], amount, born)

    def _send(self, demand: str, corridor: str, amount: float, born: float) -> Consignment:
        """Send a lot; one that was born before has been rebooked."""
        consignment = self._consign(demand, corridor, amount, born)
        if born == self._env.now:
            consignment.account.sent += amount
        else:
            consignment.account.moved += amount
        first = self.stretches[consignment.account.legs[0]]
        if first.leg.mode == "ocean":
            carriage = Carriage(self._env, first, "")
            carriage.take([consignment])
            carriage.begin()
        else:
            first.pile.put(consignment)
        return consignment

    def _withdraw(self, consignment: Consignment, dropped: bool) -> float:
        """Take what still waits at its origin off its corridor; how much that is."""
        account = consignment.account
        amount = self.stretches[account.legs[0]].pile.give_up(consignment)
        if dropped:
            account.dropped += amount
        else:
            account.moved -= amount
        consigned = self._journal.consignments[consignment.number]
        self._journal.consignments[consignment.number] = consigned._replace(amount=consigned.amount - amount)
        return amount

    def balance(self) -> FreightBalance:
        return self.ledger.balance()

    def close(self) -> None:
        """Note what is still waiting or under way at the end."""
        for trader in self.traders:
            trader.close()
        for stretch in self.stretches:
            self._journal.trips += [carriage.record() for carriage in stretch.under_way]
            self._journal.waiting += [
                (stretch.number, Load(item.number, item.amount, item.came))
                for item in stretch.pile.all()
                if item.amount > 0.0
            ]
