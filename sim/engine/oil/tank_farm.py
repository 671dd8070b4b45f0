"""Stocks: tank farms whose levels move in straight lines between events.

A stock is filled by legs and discharging ships and emptied by one leg or by loading ships. Its
level is advanced only when something touches it, and it keeps one appointment: the next moment at
which a mark is reached or a ship's cargo is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nextafter

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal, Series
from sim.engine.oil.blend import CLOSE, Blend, fade
from sim.engine.oil.inlet_control import InletControl
from sim.engine.oil.tank_transfers import Transfer

FREE: tuple[object, ...] = ()  # the stance of a stock that holds nobody up


class TankFarm:
    """A live stock with the cargo of several routes, well mixed.

    `arriving` are the rates at which legs bring each route's cargo, `leaving` the rate of the leg
    that draws from it. `mix` is what lies there and `gone` what has left since the start, by route.
    `changed` is called when something that the dispatch depends on is no longer as it was,
    `flowed` when the rates in or out are not.
    """

    __slots__ = (
        "_appointed",
        "_arriving",
        "_coming",
        "_due_at",
        "_env",
        "_journal",
        "_levels",
        "_mixed",
        "_parcelled",
        "_stance",
        "_timer_at",
        "blend",
        "changed",
        "drawn",
        "element",
        "flowed",
        "gate",
        "inflow",
        "inlet",
        "leaving",
        "level",
        "loaded",
        "outflow",
        "received",
        "reserve",
        "routes",
        "since",
        "transfers",
        "watchers",
    )  # fmt: skip

    def __init__(
        self, env: Clock, journal: Journal, element: str, gate: Gate, routes: tuple[int, ...],
        throttle_at: float, release_at: float, reserve: float | None,
    ) -> None:  # fmt: skip
        self._env, self._journal = env, journal
        self.element = element
        self.gate = gate
        self.routes = routes
        self.level = 0.0
        self.received = 0.0
        self.blend = Blend(len(routes))
        self._arriving = [0.0] * len(routes)
        self._coming = 0.0  # all that legs bring
        self._levels = journal.open_points("level", element)
        self.leaving = 0.0
        self.inflow = self.outflow = 0.0
        self.since = 0.0
        self.transfers: list[Transfer] = []
        self._mixed = len(routes) > 1
        self._parcelled = False  # whether a ship keeps books by route
        self.watchers: dict[float, Callable[[], None]] = {}
        self.inlet = InletControl(journal, element, throttle_at, release_at)
        self.reserve = reserve
        self.changed: Callable[[], None] = lambda: None
        self.drawn = False  # whether a leg draws from here, to which it matters when nothing is left
        self.loaded: Series | None = None  # where to record what ships load
        self.flowed: Callable[[], None] | None = None
        self._stance: tuple[object, ...] = FREE
        self._timer_at = self._due_at = inf  # when it will be called, and when it next needs to be
        self._appointed = -1.0  # when it was last settled
        gate.listeners.append(self.touch)

    # -- whose cargo it is --------------------------------------------------------------------

    @property
    def mix(self) -> list[float]:
        """What lies here, by route."""
        self.blend.bring_up(self.level, self.received)
        return self.blend.amounts

    @mix.setter
    def mix(self, amounts: list[float]) -> None:
        self.blend.hold(amounts)

    @property
    def gone(self) -> list[float]:
        """What has left since the start, by route."""
        self.blend.bring_up(self.level, self.received)
        return self.blend.gone

    @property
    def arriving(self) -> list[float]:
        """The rates at which legs bring cargo, by route."""
        return self._arriving

    @arriving.setter
    def arriving(self, rates: list[float]) -> None:
        """To be set when the stock has been advanced; `settle` it afterwards."""
        self._coming = total = sum(rates)
        self._arriving = rates
        if self._mixed:
            self.blend.bring_up(self.level, self.received)
            self.blend.shares = [rate / total for rate in rates] if total else [0.0] * len(rates)

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
            return self.inlet.limit
        return min(self.inlet.limit, max(0.0, self._going))

    @property
    def offers(self) -> float:
        """The most that the leg from here may take: from an empty stock no more than comes in."""
        return self.inflow if self.empty else inf

    # -- what ships ask -----------------------------------------------------------------------

    def start(self, transfer: Transfer) -> None:
        self.advance()
        self.transfers.append(transfer)
        if transfer.parcels is not None:
            self._keep_parcels()
        self.settle()

    def stop(self, transfer: Transfer) -> None:
        """Break a transfer off; what remains stays on its books."""
        self.advance()
        self.transfers.remove(transfer)
        if self._parcelled:
            self._keep_parcels()
        self.settle()

    def set_pumping(self, transfer: Transfer, rate: float) -> None:
        self.advance()
        transfer.full_rate = rate
        self.settle()

    def watch(self, level: float, then: Callable[[], None]) -> None:
        """Call `then` once when the level has risen to `level`; one call a level."""
        if self.watchers.get(level) == then and self._appointed == self._env.now:
            return  # many vessels may wait for the same
        self.advance()
        self.watchers[level] = then
        self.settle()

    def _keep_parcels(self) -> None:
        """Begin or cease to work out at every turn whose cargo moves, as ships' books need."""
        parcelled = any(transfer.parcels is not None for transfer in self.transfers)
        if parcelled and not self._parcelled:
            self.blend.bring_up(self.level, self.received)
        self._parcelled = parcelled

    # -- the straight lines -------------------------------------------------------------------

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
        if self._parcelled:
            self._advance_parcels(elapsed)
            return
        for transfer in self.transfers:
            transfer.remaining -= transfer.rate * elapsed

    def _advance_parcels(self, elapsed: float) -> None:
        """The same where ships keep books of whose cargo they carry."""
        blend, went = self.blend, self.outflow * elapsed
        standing = blend.shares
        if self.inflow > 0.0 and any(not transfer.loading for transfer in self.transfers):
            blend.shares = [rate / self.inflow for rate in self._rates_in()]
        left = blend.bring_up(self.level, self.received)
        blend.shares = standing
        for transfer in self.transfers:
            moved = transfer.rate * elapsed
            transfer.remaining -= moved
            if transfer.parcels is None or moved == 0.0:
                continue
            if transfer.loading:
                for place, out in enumerate(left):
                    transfer.parcels[place] += out * moved / went
            else:
                keep = 1.0 - moved / (transfer.remaining + moved)
                transfer.parcels[:] = [amount * keep for amount in transfer.parcels]

    def _rates_in(self) -> list[float]:
        """The inflow by route: legs, and ships that discharge what they carry."""
        rates = list(self._arriving)
        for transfer in self.transfers:
            if not transfer.loading and transfer.rate and transfer.parcels is not None:
                held = sum(transfer.parcels)
                for place, amount in enumerate(transfer.parcels):
                    rates[place] += transfer.rate * amount / held
        return rates

    def settle(self) -> None:
        """Fix the rates from now on, tell the dispatch what concerns it, make the next appointment."""
        inflow, outflow = self._coming, self.leaving
        level, capacity = self.level, self.gate.capacity
        full, empty = level >= capacity - CLOSE, level <= CLOSE
        wait = inf
        if self.transfers:
            landed = 0.0
            for transfer in self.transfers:
                rate = transfer.rate = transfer.full_rate
                if transfer.loading:
                    outflow += rate
                else:
                    landed += rate
                if transfer.remaining < wait * rate:
                    wait = transfer.remaining / rate
            inflow += landed
            if (empty and outflow > inflow) or (full and landed > outflow):
                inflow, outflow = self._hold_up(full, empty)
                wait = min((t.remaining / t.rate for t in self.transfers if t.rate > 0.0), default=inf)
        if inflow != self.inflow or outflow != self.outflow:
            now = self._env.now
            self._levels.mark(now, level)
            if self.loaded is not None:
                self.loaded.hold(now, outflow)
            self.inflow, self.outflow = inflow, outflow
            if self.flowed is not None:
                self.flowed()
        if self.inlet.acts and self.inlet.look(self._env.now, level, capacity, inflow > outflow):
            self.changed()
        self._appoint(level, capacity, inflow - outflow, wait)
        if full or (empty and self.drawn) or self._stance is not FREE:
            self._take_stance(full, empty and self.drawn)

    def _take_stance(self, full: bool, empty: bool) -> None:
        """Tell the dispatch when what it has to heed here is no longer what it was."""
        stance = FREE
        if full or empty:
            stance = (full, empty, self._going if full else 0.0, self.inflow if empty else 0.0)
        if stance != self._stance:
            self._stance = stance
            self.changed()

    @property
    def _going(self) -> float:
        """What would leave, less what ships would bring, if nothing held anybody up."""
        going = self.leaving
        for transfer in self.transfers:
            going += transfer.full_rate if transfer.loading else -transfer.full_rate
        return going

    def _hold_up(self, full: bool, empty: bool) -> tuple[float, float]:
        """Slow ships down: those that fill a full stock to what leaves, those that draw on an empty one."""
        inflow, outflow = self._coming, self.leaving
        wanted_out = sum(t.full_rate for t in self.transfers if t.loading)
        wanted_in = sum(t.full_rate for t in self.transfers if not t.loading)
        if full and wanted_in > outflow + wanted_out:
            self._slow(loading=False, part=(outflow + wanted_out) / wanted_in)
            wanted_in = outflow + wanted_out
        inflow += wanted_in
        if empty and wanted_out > 0.0 and wanted_out + outflow > inflow:
            part = max(0.0, inflow - outflow) / wanted_out
            self._slow(loading=True, part=part)
            wanted_out *= part
        return inflow, outflow + wanted_out

    def _slow(self, *, loading: bool, part: float) -> None:
        for transfer in self.transfers:
            if transfer.loading == loading:
                transfer.rate = transfer.full_rate * part

    def review_limit(self) -> None:
        """Have the operator ask again what can leave, as when a berth opens or shuts."""
        if self.inlet.review(self._env.now):
            self.changed()

    def touch(self) -> None:
        """Bring everything up to now and look at it afresh."""
        self.advance()
        self.settle()

    def _appoint(self, level: float, capacity: float, net: float, wait: float) -> None:
        """Make the next appointment: when, at the standing rates, a mark is reached or a ship is done.

        `wait` is for the ships. An appointment made for an earlier moment is kept, and moves itself on.
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
            wait = min(wait, self._watched(level, net))
        self._appointed = now = self._env.now
        if wait == inf:
            self._due_at = inf
            return
        self._due_at = due = now + (wait if wait > 0.0 else 0.0)
        if due == now and wait > 0.0:  # sooner than the clock can tell: at its next tick, or never done
            self._due_at = due = nextafter(now, inf)
        if self._timer_at > due:
            self._timer_at = due
            self._env.call_at(due, self._due)

    def _watched(self, level: float, net: float) -> float:
        """Days until the level reaches the next one that is watched for."""
        lowest = min(self.watchers)
        if lowest <= level + CLOSE / 2:
            return 0.0  # reached at the very moment at which something else happened
        return (lowest - level) / net if net > 0.0 else inf

    def _due(self) -> None:
        now = self._env.now
        if self._timer_at != now:
            return  # made before an earlier one
        self._timer_at = inf
        if self._due_at > now:  # what it was made for has moved on
            if self._due_at < inf:
                self._timer_at = self._due_at
                self._env.call_at(self._due_at, self._due)
            return
        self.advance()
        finished = [t for t in self.transfers if t.remaining <= CLOSE]
        for transfer in finished:
            self.transfers.remove(transfer)
        if finished and self._parcelled:
            self._keep_parcels()
        due = self._reached() if self.watchers else ()
        self.settle()
        for transfer in finished:
            transfer.done()
        for then in due:
            then()

    def _reached(self) -> list[Callable[[], None]]:
        """Those who waited for a level that has been reached."""
        reached = [level for level in self.watchers if level <= self.level + CLOSE]
        return [self.watchers.pop(level) for level in reached]
