"""Stocks: tank farms whose levels move in straight lines between happenings.

A stock is filled by legs and discharging ships and emptied by one leg or by loading ships. Its
level is advanced only when something touches it, and it keeps one appointment: the next moment at
which a mark is reached or a ship's cargo is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf

from simpy import Environment, Event

from sim.engine.gates import Gate
from sim.engine.journal import Journal

CLOSE = 1e-6  # tonnes: two levels closer than this are the same
TIGHTER = 0.75  # of what can leave: the intake that lets a stock that filled up come down again (assumed)


class Transfer:
    """A ship pumping cargo out of a stock (`loading`) or into it, until `remaining` is 0.

    `parcels` is the cargo by the stock's routes: filled while loading, emptied while discharging.
    """

    __slots__ = ("done", "full_rate", "loading", "parcels", "rate", "remaining", "total")

    def __init__(
        self, loading: bool, amount: float, rate: float, parcels: list[float] | None, done: Callable[[], None]
    ) -> None:
        self.loading = loading
        self.remaining = amount
        self.total = amount
        self.full_rate = rate
        self.rate = 0.0
        self.parcels = parcels
        self.done = done


class Stock:
    """A live stock with the cargo of several routes, well mixed.

    `arriving` are the rates at which legs bring each route's cargo, `leaving` the rate of the leg
    that draws from it. `gone` is what has left since the start, by route. `owner` is told when
    something that the dispatch depends on has changed.
    """

    __slots__ = (
        "_env", "_journal", "_stance", "_timer", "arriving", "changed", "element", "flowed", "gate", "gone", "hold", "inflow",
        "leaving", "level", "limit", "mix", "outflow", "received", "release_at", "reserve", "routes",
        "since", "sustainable", "throttle_at", "transfers", "watchers",
    )  # fmt: skip

    def __init__(
        self, env: Environment, journal: Journal, element: str, gate: Gate, routes: tuple[int, ...],
        throttle_at: float, release_at: float, reserve: float | None,
    ) -> None:  # fmt: skip
        self._env, self._journal = env, journal
        self._timer: Event | None = None
        self._stance: tuple[object, ...] = ()
        self.element = element
        self.gate = gate
        self.routes = routes
        self.level = 0.0
        self.mix = [0.0] * len(routes)
        self.gone = [0.0] * len(routes)
        self.received = 0.0
        self.arriving = [0.0] * len(routes)
        self.leaving = 0.0
        self.inflow = self.outflow = 0.0
        self.since = 0.0
        self.transfers: list[Transfer] = []
        self.watchers: dict[float, Callable[[], None]] = {}
        self.throttle_at, self.release_at, self.reserve = throttle_at, release_at, reserve
        self.hold = 0  # 0 free, 1 throttled, 2 throttled harder since it filled up all the same
        self.limit = inf
        self.sustainable: Callable[[], float] = lambda: 0.0
        self.changed: Callable[[], None] = lambda: None
        self.flowed: Callable[[Stock], None] | None = None
        gate.listeners.append(self.touch)

    # -- what the dispatch asks ---------------------------------------------------------------

    @property
    def full(self) -> bool:
        return self.level >= self.gate.capacity - CLOSE

    @property
    def empty(self) -> bool:
        return self.level <= CLOSE

    @property
    def accepts(self) -> float:
        """The most that legs may bring: at a full stock no more than leaves, else what throttling allows."""
        if not self.full:
            return self.limit
        ships_out = sum(t.full_rate for t in self.transfers if t.loading)
        ships_in = sum(t.full_rate for t in self.transfers if not t.loading)
        return min(self.limit, max(0.0, self.leaving + ships_out - ships_in))

    @property
    def offers(self) -> float:
        """The most that the leg from here may take: from an empty stock no more than comes in."""
        return self.inflow if self.empty else inf

    # -- what ships ask -----------------------------------------------------------------------

    def start(self, transfer: Transfer) -> None:
        self.advance()
        self.transfers.append(transfer)
        self.settle()

    def stop(self, transfer: Transfer) -> None:
        """Break a transfer off; what remains stays on its books."""
        self.advance()
        self.transfers.remove(transfer)
        self.settle()

    def set_pumping(self, transfer: Transfer, rate: float) -> None:
        self.advance()
        transfer.full_rate = rate
        self.settle()

    def watch(self, level: float, then: Callable[[], None]) -> None:
        """Call `then` once when the level has risen to `level`; one call a level."""
        self.advance()
        self.watchers[level] = then
        self.settle()

    # -- the straight lines -------------------------------------------------------------------

    def advance(self) -> None:
        """Bring level, parcels and transfers up to now."""
        now = self._env.now
        elapsed = now - self.since
        if elapsed <= 0.0:
            return
        self.since = now
        inflow, outflow = self.inflow, self.outflow
        if inflow == 0.0 and outflow == 0.0:
            return
        before = self.level
        level = before + (inflow - outflow) * elapsed
        if level < CLOSE:
            level = max(level, 0.0)
        self.level = level
        self.received += inflow * elapsed
        if len(self.routes) == 1:
            self.mix[0] = level
            self.gone[0] += outflow * elapsed
            for transfer in self.transfers:
                transfer.remaining -= transfer.rate * elapsed
                if transfer.parcels is not None:
                    transfer.parcels[0] += (1 if transfer.loading else -1) * transfer.rate * elapsed
        else:
            self._blend(before, level, elapsed)

    def _blend(self, before: float, after: float, elapsed: float) -> None:
        """Advance the parcels of a well-mixed stock exactly.

        With inflow a, outflow b and level M, the share s of a route obeys ds/dt = (r - s) a / M,
        r being its share of the inflow; hence s - r shrinks by (M1/M0)^(-a/(a-b)).
        """
        mix, gone, inflow = self.mix, self.gone, self.inflow
        rates = self._rates_in()
        if inflow == 0.0:
            fade = 1.0
        elif before <= CLOSE or after <= CLOSE:
            fade = 0.0
        else:
            net = inflow - self.outflow
            # the power form loses digits where the level hardly moves; there it is an exponential
            if abs(net) * elapsed < 1e-9 * before:
                fade = exp(-inflow * elapsed / before)
            else:
                fade = (after / before) ** (-inflow / net)
        left: list[float] = []
        for place, held in enumerate(mix):
            share = rates[place] / inflow if inflow else 0.0
            old = held / before if before > CLOSE else share
            kept = after * (share + (old - share) * fade)
            out = held + rates[place] * elapsed - kept
            mix[place] = kept
            gone[place] += out
            left.append(out)
        outflow = self.outflow * elapsed
        for transfer in self.transfers:
            moved = transfer.rate * elapsed
            transfer.remaining -= moved
            if transfer.parcels is None or moved == 0.0:
                continue
            if transfer.loading:
                for place, out in enumerate(left):
                    transfer.parcels[place] += out * moved / outflow
            else:
                keep = 1.0 - moved / (transfer.remaining + moved)
                transfer.parcels[:] = [amount * keep for amount in transfer.parcels]

    def _rates_in(self) -> list[float]:
        """The inflow by route: legs, and ships that discharge what they carry."""
        rates = self.arriving
        for transfer in self.transfers:
            if not transfer.loading and transfer.rate and transfer.parcels is not None:
                held = sum(transfer.parcels)
                rates = [
                    rate + transfer.rate * amount / held
                    for rate, amount in zip(rates, transfer.parcels, strict=True)
                ]
        return rates

    def settle(self) -> None:
        """Fix the rates from now on, tell the dispatch what concerns it, make the next appointment."""
        arriving = sum(self.arriving)
        leaving = outgoing = self.leaving
        if self.transfers:
            ships_in = [t for t in self.transfers if not t.loading]
            ships_out = [t for t in self.transfers if t.loading]
            wanted_out = sum(t.full_rate for t in ships_out)
            wanted_in = sum(t.full_rate for t in ships_in)
            outgoing += wanted_out - wanted_in
            if ships_in:
                room = leaving + wanted_out if self.full else inf
                part = 1.0 if wanted_in <= room else room / wanted_in
                for transfer in ships_in:
                    transfer.rate = transfer.full_rate * part
                arriving += wanted_in * part
            if ships_out:
                part = 1.0
                if self.empty and wanted_out + leaving > arriving:
                    part = max(0.0, arriving - leaving) / wanted_out if wanted_out else 0.0
                for transfer in ships_out:
                    transfer.rate = transfer.full_rate * part
                leaving += wanted_out * part
        if arriving != self.inflow or leaving != self.outflow:
            self._journal.point("level", self.element, self._env.now, self.level)
            self.inflow, self.outflow = arriving, leaving
            if self.flowed is not None:
                self.flowed(self)
        if self.throttle_at < 1.0:
            self._throttle()
        self._appoint()
        full, empty = self.full, self.empty
        stance = (full, empty, outgoing if full else 0.0, arriving if empty else 0.0)
        if stance != self._stance:
            self._stance = stance
            self.changed()

    def _throttle(self) -> None:
        """Hold intake down between the throttle and release marks, as the operator does.

        At the throttle mark intake is cut to what can leave; should the stock fill up all the same,
        to less than that until it is back at the mark.
        """
        mark = self.throttle_at * self.gate.capacity
        if self.hold == 0:
            if self.level >= mark - CLOSE and self.inflow > self.outflow:
                self._hold(2 if self.full else 1)
        elif self.level <= self.release_at * self.gate.capacity + CLOSE:
            self._hold(0)
        elif self.hold == 1 and self.full:
            self._hold(2)
        elif self.hold == 2 and self.level <= mark + CLOSE:
            self._hold(1)

    def _hold(self, hold: int) -> None:
        before, self.hold = self.hold, hold
        self._limit(self.sustainable() * (1.0, 1.0, TIGHTER)[hold] if hold else inf)
        if hold != before:
            kind = ("released", "throttled" if hold > before else "eased", "full")[hold]
            self._journal.tell(self._env.now, kind, self.element, self.limit)

    def review_limit(self) -> None:
        """Ask again what can leave, as when a berth opens or shuts."""
        if self.hold:
            self._hold(self.hold)

    def _limit(self, limit: float) -> None:
        if limit != self.limit:
            self.limit = limit
            self._journal.step("limit", self.element, self._env.now, limit)
            self.changed()

    def touch(self) -> None:
        """Bring everything up to now and look at it afresh."""
        self.advance()
        self.settle()

    def _appoint(self) -> None:
        wait = inf
        net = self.inflow - self.outflow
        if net > 0.0:
            marks = [self.gate.capacity]
            if self.throttle_at < 1.0 and not self.hold:
                marks.append(self.throttle_at * self.gate.capacity)
            for mark in marks:
                if mark > self.level + CLOSE:
                    wait = min(wait, (mark - self.level) / net)
        elif net < 0.0:
            if self.level > CLOSE:
                wait = self.level / -net
            if self.hold:
                mark = (self.throttle_at if self.hold == 2 else self.release_at) * self.gate.capacity
                if mark < self.level - CLOSE:
                    wait = min(wait, (mark - self.level) / net)
        for mark in self.watchers:
            if mark <= self.level + CLOSE / 2:
                wait = 0.0  # reached at the very moment at which something else happened
            elif net > 0.0:
                wait = min(wait, (mark - self.level) / net)
        for transfer in self.transfers:
            if transfer.rate > 0.0:
                wait = min(wait, max(0.0, transfer.remaining / transfer.rate))
        if wait is inf:
            self._timer = None
        else:
            self._timer = timer = self._env.timeout(wait)
            timer.callbacks.append(self._due)

    def _due(self, event: Event) -> None:
        if event is not self._timer:
            return  # an appointment that was dropped
        self._timer = None
        self.advance()
        finished = [t for t in self.transfers if t.remaining <= CLOSE]
        for transfer in finished:
            self.transfers.remove(transfer)
        reached = [level for level in self.watchers if level <= self.level + CLOSE]
        due = [self.watchers.pop(level) for level in reached]
        self.settle()
        for transfer in finished:
            transfer.done()
        for then in due:
            then()
