"""Shippers: fields that produce, store, are turned away, divert, shut in and come back."""

from __future__ import annotations

from math import inf

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.tank_farm import TankFarm
from sim.network.elements import Contract, Shipper

TURN_DOWN = 1.0  # days from full output to none when a field has nowhere to send its oil (assumed)
NOTICEABLE = 0.02  # of a shipper's rate: less than this turned away changes nobody's plans (assumed)


class Outlet:
    """A live contract: what its shipper may send to one market, usually and by way of diversion.

    `surge` is how far diversion has got, from nothing (0) to the most that the contract allows (1).
    """

    __slots__ = ("beyond", "contract", "diverting", "normal", "surge", "turned_away")

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.normal = inf if contract.normal is None else contract.normal
        self.beyond = 0.0 if contract.surge is None else contract.surge - self.normal
        self.surge = 0.0
        self.turned_away = 0.0
        self.diverting = False

    @property
    def diverted_limit(self) -> float:
        """The limit on diverted cargo, cargo/day."""
        return self.surge * self.beyond


class Field:
    """A shipper's field and its own tanks.

    `potential` is what it could produce with nothing in the way (outages of its own included),
    `able` what its wells would give but for such an outage: it follows what can be sent down, and
    comes back at the field's own ramp.
    """

    __slots__ = (
        "_answer", "_diverting", "_env", "_record", "_turning", "able", "diverted", "gate", "outlets",
        "produced", "sent", "shipper", "stock",
    )  # fmt: skip

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        shipper: Shipper,
        gate: Gate,
        stock: TankFarm,
        outlets: list[Outlet],
    ) -> None:
        self._env = env
        self._record = tuple(
            journal.open_steps(quantity, shipper.id).hold
            for quantity in ("potential", "produced", "curtailed", "diverted")
        )
        self.shipper, self.gate, self.stock, self.outlets = shipper, gate, stock, outlets
        self.able = gate.base
        self.produced = 0.0
        self.sent = self.diverted = 0.0
        self._answer: object = None
        self._diverting = [outlet for outlet in outlets if outlet.beyond]
        self._turning = False  # whether diversion is in use, or being thought of

    @property
    def potential(self) -> float:
        return self.gate.capacity

    @property
    def ready(self) -> float:
        """What it would produce now if all of it could leave."""
        potential, able = self.gate.capacity, self.able
        return potential if potential < able else able

    @property
    def offers(self) -> float:
        """What it could send now: its output, or faster while its tanks hold a backlog."""
        if self.stock.empty:
            return self.ready
        return self.gate.base * self.shipper.evacuation

    @property
    def blocked(self) -> bool:
        return self.stock.full and self.sent < self.ready * (1.0 - 1e-9)

    @property
    def _has_room(self) -> bool:
        """Whether more could leave, as far as one can tell: not in an outage, nor with tanks kept full."""
        if self.able > self.potential:
            return False
        return self.stock.empty or not self.stock.full or self.sent > self.ready

    @property
    def short(self) -> float:
        """What cannot leave by the usual ways, cargo/day."""
        return (self.potential if self.blocked else self.ready) - (self.sent - self.diverted)

    def send(self, usual: float, diverted: float) -> None:
        """Take the dispatch's answer: what leaves from now on."""
        potential, ready, full = self.potential, self.ready, self.stock.full
        answer = (usual, diverted, potential, ready, full)
        if answer == self._answer:
            return
        self._answer = answer
        self.sent, self.diverted = usual + diverted, diverted
        self.stock.advance()
        self.stock.leaving = self.sent
        self.produced = min(ready, self.sent) if full else ready
        self.stock.arriving = [self.produced]
        self.stock.settle()
        now = self._env.now
        record_potential, record_produced, record_curtailed, record_diverted = self._record
        record_potential(now, potential)
        record_produced(now, self.produced)
        record_curtailed(now, max(0.0, potential - self.produced))
        record_diverted(now, diverted)

    def adjust(self, elapsed: float) -> bool:
        """Set the wells for the next half day. Whether anything changed."""
        before, full_output = self.able, self.gate.base
        if self.blocked:
            # a hair above what leaves, so that room is noticed as soon as there is some
            target = self.sent + NOTICEABLE * self.potential
            self.able = max(min(self.able, target), self.able - full_output * elapsed / TURN_DOWN)
        elif self.able < full_output and self._has_room:
            self.able = min(full_output, self.able + full_output * elapsed / self.shipper.restart)
        return self.able != before

    @property
    def settled(self) -> bool:
        """Whether nothing is left to instruct while nothing else happens."""
        if self.able < self.gate.base or self.blocked:
            return False
        return not self.may_turn

    @property
    def may_turn(self) -> bool:
        """Whether there is cause to divert, or diversion to end."""
        return bool(self._diverting) and (self._turning or self._noticed)

    @property
    def _noticed(self) -> bool:
        return self.short > NOTICEABLE * self.gate.base

    def divert(self, elapsed: float, over_in: float) -> tuple[bool, list[tuple[Outlet, bool]]]:
        """Turn to or from other markets.

        Gives whether what may go to any has changed, and the outlets that began (True) or ceased
        (False) to be used. A shipper acts once its oil has been turned away for the contract's lag,
        unless what is shut on its usual way is known to open (`over_in` days) before a decision would
        take hold. What it has set going it keeps until nothing is known to be shut and its oil has
        flowed for as long.
        """
        noticed = self._noticed
        changed, turned = False, []
        self._turning = False
        for outlet in self._diverting:
            contract = outlet.contract
            if noticed:
                outlet.turned_away = min(outlet.turned_away + elapsed, contract.lag)
            elif over_in == 0.0:
                outlet.turned_away = max(outlet.turned_away - elapsed, 0.0)
            lasting = over_in == 0.0 or over_in > contract.lag
            if not outlet.diverting and noticed and outlet.turned_away >= contract.lag and lasting:
                outlet.diverting = True
                turned.append((outlet, True))
            elif outlet.diverting and outlet.turned_away == 0.0 == over_in and not noticed:
                outlet.diverting = False
                turned.append((outlet, False))
            step = elapsed / contract.ramp if outlet.diverting else -elapsed / contract.ramp
            surge = min(max(outlet.surge + step, 0.0), 1.0)
            if surge != outlet.surge:
                outlet.surge, changed = surge, True
            if surge > 0.0 or outlet.turned_away > 0.0:
                self._turning = True
        return changed, turned
