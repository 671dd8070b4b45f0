"""Oil fields of shippers, which produce, store, divert, shut in and return."""

from __future__ import annotations

from math import inf

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.tank_farm import TankFarm
from sim.network.elements import Contract, Shipper

TURN_DOWN = 1.0  # days from full output to none when a field's oil has no way out (assumed)
NOTICEABLE = 0.02  # of a shipper's rate: a smaller shortfall changes no plans (assumed)


class Outlet:
    """State of a contract in a run: the rates that its shipper may send to one market.

    `surge` is the progress of diversion, from nothing (0) to the most that the contract allows (1).
    `refused_days` counts the days of refused oil, up to the contract's lag.
    """

    __slots__ = ("beyond", "contract", "diverting", "normal", "refused_days", "surge")

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.normal = inf if contract.normal is None else contract.normal
        self.beyond = 0.0 if contract.surge is None else contract.surge - self.normal
        self.surge = 0.0
        self.refused_days = 0.0
        self.diverting = False

    @property
    def diverted_limit(self) -> float:
        """Limit on diverted cargo, cargo/day."""
        return self.surge * self.beyond

    def decide(self, elapsed: float, short: bool, over_in: float) -> bool:
        """Begin or end diversion, and return whether that was done; see `Field.divert`."""
        lag = self.contract.lag
        if short:
            self.refused_days = min(self.refused_days + elapsed, lag)
        elif over_in == 0.0:
            self.refused_days = max(self.refused_days - elapsed, 0.0)
        if not self.diverting:
            lasting = over_in == 0.0 or over_in > lag
            self.diverting = short and self.refused_days >= lag and lasting
            return self.diverting
        self.diverting = not (self.refused_days == 0.0 == over_in and not short)
        return not self.diverting

    def ramp(self, elapsed: float) -> bool:
        """Move diverted volumes up or down by the contract's ramp, and return whether they changed."""
        step = elapsed / self.contract.ramp if self.diverting else -elapsed / self.contract.ramp
        before, self.surge = self.surge, min(max(self.surge + step, 0.0), 1.0)
        return self.surge != before


class Field:
    """State of a shipper's field and its own tanks.

    `potential` is the rate at which it could produce, outages included, and `able` the output of its wells
    without such an outage: it follows what can be sent, and returns at the field's own ramp.
    """

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
        self._log = tuple(
            journal.open_steps(quantity, shipper.id).hold
            for quantity in ("potential", "produced", "curtailed", "diverted")
        )
        self.shipper, self.gate, self.stock, self.outlets = shipper, gate, stock, outlets
        self.able = gate.base
        self.produced = 0.0
        self.sent = self.diverted = 0.0
        self._answer: object = None
        self._with_surge = [outlet for outlet in outlets if outlet.beyond]
        self._diversion_pending = False  # whether diversion is in use, or refused oil is being counted

    @property
    def potential(self) -> float:
        """Rate at which the field could produce, cargo/day."""
        return self.gate.capacity

    @property
    def available_output(self) -> float:
        """Rate at which the field would produce now if all of it could leave."""
        potential, able = self.gate.capacity, self.able
        return potential if potential < able else able

    @property
    def offers(self) -> float:
        """Rate at which the field could send now: its output, or faster while its tanks hold a backlog."""
        if self.stock.empty:
            return self.available_output
        return self.gate.base * self.shipper.evacuation

    @property
    def blocked(self) -> bool:
        """Return whether the tanks are full and less leaves than the field would produce."""
        return self.stock.full and self.sent < self.available_output * (1.0 - 1e-9)

    @property
    def _has_room(self) -> bool:
        """Return whether more could leave, as far as the field knows; in an outage it could not."""
        if self.able > self.potential:
            return False
        return self.stock.empty or not self.stock.full or self.sent > self.available_output

    @property
    def shortfall(self) -> float:
        """Rate that cannot leave by the normal ways, cargo/day."""
        output = self.potential if self.blocked else self.available_output
        return output - (self.sent - self.diverted)

    def send(self, normal: float, diverted: float) -> None:
        """Set the rates that leave from now on, as the dispatch answered."""
        potential, available, full = self.potential, self.available_output, self.stock.full
        answer = (normal, diverted, potential, available, full)
        if answer == self._answer:
            return
        self._answer = answer
        self.sent, self.diverted = normal + diverted, diverted
        self.stock.advance()
        self.stock.leaving = self.sent
        self.produced = min(available, self.sent) if full else available
        self.stock.arriving = [self.produced]
        self.stock.settle()
        now = self._env.now
        log_potential, log_produced, log_curtailed, log_diverted = self._log
        log_potential(now, potential)
        log_produced(now, self.produced)
        log_curtailed(now, max(0.0, potential - self.produced))
        log_diverted(now, diverted)

    def adjust(self, elapsed: float) -> bool:
        """Set the wells after `elapsed` days at the last setting, and return whether output changed."""
        before, full_output = self.able, self.gate.base
        if self.blocked:
            # slightly above what leaves, so that room is noticed as soon as there is some
            target = self.sent + NOTICEABLE * self.potential
            self.able = max(min(self.able, target), self.able - full_output * elapsed / TURN_DOWN)
        elif self.able < full_output and self._has_room:
            self.able = min(full_output, self.able + full_output * elapsed / self.shipper.restart)
        return self.able != before

    @property
    def settled(self) -> bool:
        """Return whether nothing is left to adjust until something changes."""
        if self.able < self.gate.base or self.blocked:
            return False
        return not self.may_divert

    @property
    def may_divert(self) -> bool:
        """Return whether there is cause to divert, or diversion to end."""
        return bool(self._with_surge) and (self._diversion_pending or self._short)

    @property
    def _short(self) -> bool:
        return self.shortfall > NOTICEABLE * self.gate.base

    def divert(self, elapsed: float, over_in: float) -> tuple[bool, list[tuple[Outlet, bool]]]:
        """Begin or end diversion to other markets.

        Returns whether any limit on diverted cargo has changed, and the outlets where diversion began (True)
        or ended (False). A shipper diverts once its oil has been refused for the contract's lag, unless all
        closures on its normal way are expected to end (`over_in` days) before the decision would take hold.
        It diverts until no closure is known and its oil has flowed for as long.
        """
        short = self._short
        changed, turned = False, []
        self._diversion_pending = False
        for outlet in self._with_surge:
            if outlet.decide(elapsed, short, over_in):
                turned.append((outlet, outlet.diverting))
            if outlet.ramp(elapsed):
                changed = True
            if outlet.surge > 0.0 or outlet.refused_days > 0.0:
                self._diversion_pending = True
        return changed, turned
