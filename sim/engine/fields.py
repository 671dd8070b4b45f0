"""Shippers: fields that produce, store, are turned away, divert, shut in and come back."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from simpy import Environment

from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.stocks import Stock
from sim.network.elements import Contract, Shipper

INSTRUCTIONS = 0.5  # days: control rooms give fields and routes new instructions twice a day
TURN_DOWN = 1.0  # days from full output to none when a field has nowhere to send its oil (assumed)
NOTICEABLE = 0.02  # of a shipper's rate: less than this turned away changes nobody's plans (assumed)


class Outlet:
    """A live contract: the limit on what its shipper sends to one market.

    `surge` is how far the limit has climbed from normal (0) to the most that diversion can reach (1).
    """

    __slots__ = ("contract", "diverting", "gate", "surge", "turned_away")

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.surge = 0.0
        self.turned_away = 0.0
        self.diverting = False

    @property
    def normal(self) -> float:
        return inf if self.contract.normal is None else self.contract.normal

    @property
    def limit(self) -> float:
        if self.surge == 0.0 or self.contract.surge is None:
            return self.normal
        return self.normal + self.surge * (self.contract.surge - self.normal)

    @property
    def can_divert(self) -> bool:
        surge = self.contract.surge
        return surge is not None and surge > self.normal


class Field:
    """A shipper's field and its own tanks.

    `potential` is what it could produce with nothing in the way (outages of its own included),
    `able` what its wells are set to: it follows what can be sent down, and comes back at the
    field's own ramp.
    """

    __slots__ = (
        "_env", "_journal", "able", "diverted", "gate", "outlets", "produced", "sent", "sent_normally",
        "shipper", "stock",
    )  # fmt: skip

    def __init__(
        self, env: Environment, journal: Journal, shipper: Shipper, gate: Gate, stock: Stock, outlets: list[Outlet]
    ) -> None:
        self._env, self._journal = env, journal
        self.shipper, self.gate, self.stock, self.outlets = shipper, gate, stock, outlets
        self.able = gate.capacity
        self.produced = 0.0
        self.sent = self.sent_normally = self.diverted = 0.0

    @property
    def potential(self) -> float:
        return self.gate.capacity

    @property
    def ready(self) -> float:
        """What it would produce now if all of it could leave."""
        return min(self.potential, self.able)

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
    def short(self) -> float:
        """What cannot leave within the contracts' normal limits, cargo/day."""
        return (self.potential if self.blocked else self.ready) - self.sent_normally

    def send(self, by_outlet: list[float]) -> None:
        """Take the dispatch's answer: what leaves under each contract from now on."""
        self.sent = sum(by_outlet)
        self.sent_normally = sum(
            min(rate, outlet.normal) for rate, outlet in zip(by_outlet, self.outlets, strict=True)
        )
        self.diverted = self.sent - self.sent_normally
        self.stock.advance()
        self.stock.leaving = self.sent
        self.produced = min(self.ready, self.sent) if self.stock.full else self.ready
        self.stock.arriving[0] = self.produced
        self.stock.settle()
        now, name = self._env.now, self.shipper.id
        self._journal.step("produced", name, now, self.produced)
        self._journal.step("curtailed", name, now, max(0.0, self.potential - self.produced))
        self._journal.step("diverted", name, now, self.diverted)

    def instruct(self, elapsed: float) -> bool:
        """Set the wells for the next half day. Whether anything changed."""
        before = self.able
        potential = self.potential
        if self.blocked:
            # a hair above what leaves, so that room is noticed as soon as there is some
            target = self.sent + NOTICEABLE * potential
            self.able = max(min(self.able, target), self.able - self.gate.base * elapsed / TURN_DOWN)
        elif self.able < potential:
            self.able = min(potential, self.able + self.gate.base * elapsed / self.shipper.restart)
        else:
            self.able = potential
        return self.able != before

    @property
    def settled(self) -> bool:
        """Whether nothing is left to instruct while nothing else happens."""
        calm = all(o.surge == 0.0 and o.turned_away == 0.0 for o in self.outlets)
        return calm and self.able >= self.potential and not self._noticed

    @property
    def _noticed(self) -> bool:
        return self.short > NOTICEABLE * self.gate.base

    def divert(self, elapsed: float, ends_in: Callable[[Field], float]) -> list[tuple[Outlet, bool]]:
        """Turn to or from other markets; the outlets that began (True) or ceased (False) to be used.

        A shipper acts once its oil has been turned away for the contract's lag, unless the trouble
        is expected to be over (`ends_in` days) before a decision would take hold.
        """
        noticed = self._noticed
        turned = []
        for outlet in self.outlets:
            if not outlet.can_divert:
                continue
            contract = outlet.contract
            clock = outlet.turned_away + (elapsed if noticed else -elapsed)
            outlet.turned_away = clock = min(max(clock, 0.0), contract.lag + INSTRUCTIONS)
            if not outlet.diverting and noticed and clock >= contract.lag and ends_in(self) > contract.lag:
                outlet.diverting = True
                turned.append((outlet, True))
            elif outlet.diverting and clock == 0.0:
                outlet.diverting = False
                turned.append((outlet, False))
            step = elapsed / contract.ramp if outlet.diverting else -elapsed / contract.ramp
            outlet.surge = min(max(outlet.surge + step, 0.0), 1.0)
        return turned
