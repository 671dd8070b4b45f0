"""Tank farms, whose levels move in straight lines between events.

A tank farm is filled by legs and discharging ships and emptied by one leg or by loading ships. Its level is
advanced only when something changes, and it keeps one appointment: the next moment at which a mark is reached
or a ship's cargo is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nextafter

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal, Series
from sim.engine.oil.blend import CLOSE, Blend, fade
from sim.engine.oil.inlet_control import InletControl
from sim.engine.oil.tank_transfers import Transfer, Transfers

UNCONSTRAINED: tuple[object, ...] = ()  # state of a tank farm that is neither full nor empty


class TankFarm:
    """State of a tank farm in a run, with the cargo of several routes, well mixed.

    `arriving` are the rates at which legs bring each route's cargo, `leaving` the rate of the leg that draws
    from it, `inflow` and `outflow` the rates with those of ships (cargo/day). `mix` is the cargo here, `gone`
    the cargo that has left since the start, by route. `on_constraint` is called when the limits that the
    dispatch must respect here change, `on_flow` when inflow or outflow does.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        element: str,
        gate: Gate,
        routes: tuple[int, ...],
        throttle_at: float,
        release_at: float,
        reserve: float | None,
    ) -> None:
        self._env, self.element, self.gate, self.routes = env, element, gate, routes
        self.level = self.received = 0.0
        self.blend = Blend(len(routes))
        self._mixed = len(routes) > 1
        self._arriving = [0.0] * len(routes)
        self._from_legs = self.leaving = 0.0
        self.inflow = self.outflow = 0.0
        self.since = 0.0
        self._levels = journal.open_points("level", element)
        self.transfers = Transfers(self.blend)
        self._active = self.transfers.active
        self.watchers: dict[float, Callable[[], None]] = {}
        self.inlet = InletControl(journal, element, throttle_at, release_at)
        self.reserve = reserve
        self.feeds_leg = False  # so that the dispatch must know when nothing is left
        self.loading_series: Series | None = None  # of what ships load
        self.on_constraint: Callable[[], None] = lambda: None
        self.on_flow: Callable[[], None] | None = None
        self._constraint: tuple[object, ...] = UNCONSTRAINED
        self._timer_at = self._due_at = inf  # when it will be called, and when it next needs to be
        self._settled_at = -1.0
        gate.listeners.append(self.update)

    # -- cargo by route -----------------------------------------------------------------------

    @property
    def mix(self) -> list[float]:
        """Cargo here by route."""
        self.blend.bring_up(self.level, self.received)
        return self.blend.amounts

    @mix.setter
    def mix(self, amounts: list[float]) -> None:
        self.blend.hold(amounts)

    @property
    def gone(self) -> list[float]:
        """Cargo that has left since the start, by route."""
        self.blend.bring_up(self.level, self.received)
        return self.blend.gone

    @property
    def arriving(self) -> list[float]:
        """Rates at which legs bring cargo, by route."""
        return self._arriving

    @arriving.setter
    def arriving(self, rates: list[float]) -> None:
        """Set the rates of a tank farm that has been advanced; `settle` it afterwards."""
        self._from_legs = total = sum(rates)
        self._arriving = rates
        if self._mixed:
            self.blend.bring_up(self.level, self.received)
            self.blend.shares = [rate / total for rate in rates] if total else [0.0] * len(rates)

    # -- limits for the dispatch --------------------------------------------------------------

    @property
    def full(self) -> bool:
        return self.level >= self.gate.capacity - CLOSE

    @property
    def empty(self) -> bool:
        return self.level <= CLOSE

    @property
    def accepts(self) -> float:
        """Highest rate that legs may bring: no more than leaves a full tank farm, and the inlet's limit."""
        if not self.full:
            return self.inlet.limit
        return min(self.inlet.limit, max(0.0, self.transfers.net_outflow(self.leaving)))

    @property
    def offers(self) -> float:
        """Highest rate that the leg from here may take: from an empty tank farm no more than comes in."""
        return self.inflow if self.empty else inf

    # -- ships --------------------------------------------------------------------------------

    def start(self, transfer: Transfer) -> None:
        """Begin a transfer."""
        self.advance()
        self.transfers.add(transfer, self.level, self.received)
        self.settle()

    def stop(self, transfer: Transfer) -> None:
        """Break off a transfer, which keeps count of what remains."""
        self.advance()
        self.transfers.remove(transfer)
        self.settle()

    def set_pumping(self, transfer: Transfer, rate: float) -> None:
        """Give a transfer another full rate."""
        self.advance()
        transfer.full_rate = rate
        self.settle()

    def watch(self, level: float, then: Callable[[], None]) -> None:
        """Call `then` once when the level has risen to `level`; one call for each level."""
        if self.watchers.get(level) == then and self._settled_at == self._env.now:
            return  # many vessels may wait for the same level
        self.advance()
        self.watchers[level] = then
        self.settle()

    # -- straight lines -----------------------------------------------------------------------

    def advance(self) -> None:
        """Bring level and transfers up to now."""
        now = self._env.now
        elapsed = now - self.since
        if elapsed <= 0.0:
            return
        self.since = now
        inflow, outflow = self.inflow, self.outflow
        if inflow == 0.0 and outflow == 0.0:
            return
        before = self.level
        after = before + (inflow - outflow) * elapsed
        if after < 0.0:
            after = 0.0
        self.level = after
        self.received += inflow * elapsed
        if self._mixed:
            self.blend.faded *= fade(before, after, inflow, outflow, elapsed)
        if self.transfers.by_route:
            flows = inflow, outflow
            self.transfers.advance_by_route(elapsed, flows, self._arriving, after, self.received)
            return
        for transfer in self._active:
            transfer.remaining -= transfer.rate * elapsed

    def settle(self) -> None:
        """Fix the rates from now on, notify the dispatch if it is concerned, make the next appointment."""
        inflow, outflow = self._from_legs, self.leaving
        level, capacity = self.level, self.gate.capacity
        full, empty = level >= capacity - CLOSE, level <= CLOSE
        wait = inf
        if self._active:
            landed = 0.0
            for transfer in self._active:
                rate = transfer.rate = transfer.full_rate
                if transfer.loading:
                    outflow += rate
                else:
                    landed += rate
                if transfer.remaining < wait * rate:
                    wait = transfer.remaining / rate
            inflow += landed
            if (empty and outflow > inflow) or (full and landed > outflow):
                inflow, outflow, wait = self.transfers.hold_up(self._from_legs, self.leaving, full, empty)
        if inflow != self.inflow or outflow != self.outflow:
            now = self._env.now
            self._levels.mark(now, level)
            if self.loading_series is not None:
                self.loading_series.hold(now, outflow)
            self.inflow, self.outflow = inflow, outflow
            if self.on_flow is not None:
                self.on_flow()
        if self.inlet.acts and self.inlet.review(self._env.now, level, capacity, inflow > outflow):
            self.on_constraint()
        self._appoint(level, capacity, inflow - outflow, wait)
        if full or (empty and self.feeds_leg) or self._constraint is not UNCONSTRAINED:
            self._set_constraint(full, empty and self.feeds_leg)

    def _set_constraint(self, full: bool, empty: bool) -> None:
        """Notify the dispatch if the limits that it must respect here have changed."""
        constraint = UNCONSTRAINED
        if full or empty:
            outflow = self.transfers.net_outflow(self.leaving) if full else 0.0
            constraint = (full, empty, outflow, self.inflow if empty else 0.0)
        if constraint != self._constraint:
            self._constraint = constraint
            self.on_constraint()

    def review_inlet(self) -> None:
        """Compute the limit on intake again, as when a berth opens or closes."""
        if self.inlet.recompute(self._env.now):
            self.on_constraint()

    def update(self) -> None:
        """Bring everything up to now and settle it anew."""
        self.advance()
        self.settle()

    # -- appointments -------------------------------------------------------------------------

    def _appoint(self, level: float, capacity: float, net: float, wait: float) -> None:
        """Make the next appointment: when, at the present rates, a mark is reached or a ship is done.

        `wait` is the time until a ship is done. A timer set for an earlier moment stays and moves itself on.
        """
        until = inf
        if net > 0.0:
            if self.inlet.acts:
                until = (self.inlet.mark_above(level, capacity) - level) / net
            if capacity > level + CLOSE:
                until = min(until, (capacity - level) / net)
        elif net < 0.0 and level > CLOSE:
            mark = self.inlet.mark_below(level, capacity) if self.inlet.acts else 0.0
            until = (max(mark, 0.0) - level) / net
        if until < wait:
            wait = until
        if self.watchers:
            wait = min(wait, self._days_to_watched(level, net))
        self._settled_at = now = self._env.now
        if wait == inf:
            self._due_at = inf
            return
        self._due_at = due = now + (wait if wait > 0.0 else 0.0)
        if due == now and wait > 0.0:  # less than the clock's resolution: use its next tick, or loop for ever
            self._due_at = due = nextafter(now, inf)
        if self._timer_at > due:
            self._timer_at = due
            self._env.call_at(due, self._on_timer)

    def _days_to_watched(self, level: float, net: float) -> float:
        """Return the days until the level reaches the lowest one watched."""
        lowest = min(self.watchers)
        if lowest <= level + CLOSE / 2:
            return 0.0  # reached at the very moment of another event
        return (lowest - level) / net if net > 0.0 else inf

    def _on_timer(self) -> None:
        now = self._env.now
        if self._timer_at != now:
            return  # superseded by an earlier one
        self._timer_at = inf
        if self._due_at > now:  # the appointment has moved to later
            if self._due_at < inf:
                self._timer_at = self._due_at
                self._env.call_at(self._due_at, self._on_timer)
            return
        self.advance()
        finished = [transfer for transfer in self._active if transfer.remaining <= CLOSE]
        for transfer in finished:
            self.transfers.remove(transfer)
        reached = self._take_reached() if self.watchers else ()
        self.settle()
        for transfer in finished:
            transfer.done()
        for then in reached:
            then()

    def _take_reached(self) -> list[Callable[[], None]]:
        """Remove the watchers of levels that have been reached, and return their calls."""
        reached = [level for level in self.watchers if level <= self.level + CLOSE]
        return [self.watchers.pop(level) for level in reached]
