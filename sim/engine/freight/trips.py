"""What one train or ship carries on one leg, from the yard where it was taken to where it is set down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.journal import Load, Trip

if TYPE_CHECKING:
    from sim.engine.freight.live_legs import Stretch
    from sim.engine.freight.tracks import Way
    from sim.engine.freight.yard_queues import Pile


class Carriage:
    """One trip over a stretch: its cargo, where it is, and its moments so far (see `Trip`).

    `done` is called once all of its cargo has been set down.
    """

    __slots__ = (
        "_at", "_days", "_env", "_on", "amount", "cargo", "done", "loads", "service", "stretch", "times",
    )  # fmt: skip

    def __init__(
        self, env: Clock, stretch: Stretch, service: str, done: Callable[[], object] | None = None
    ) -> None:
        self._env, self.stretch, self.service = env, stretch, service
        self.cargo: deque[Consignment] = deque()
        self.loads: list[Load] = []
        self.amount = 0.0
        self.times = [env.now]
        self.done = done
        self._at = 0
        self._on: Way | None = None
        stretch.under_way[self] = None

    def take(self, consignments: Iterable[Consignment]) -> float:
        """Take consignments aboard; how much that is."""
        taken = 0.0
        for consignment in consignments:
            consignment.taken = True
            self.cargo.append(consignment)
            self.loads.append(Load(consignment.number, consignment.amount, consignment.came))
            taken += consignment.amount
        self.amount += taken
        return taken

    def begin(self) -> None:
        """Go to the first line of a stretch by land."""
        self._draw()
        self.stretch.ways[0].enter(self)

    def _draw(self) -> None:
        """Draw the days of all lines at once, whatever is or might be in the way on them in this run."""
        self._days = [way.durations() for way in self.stretch.ways]

    def resume(self, elapsed: float) -> None:
        """Be under way already, having set out so many days ago and met nothing in the way."""
        self._draw()
        now = self._env.now
        start = now - elapsed
        self.times = [start]
        for way in self.stretch.ways:
            self.times.append(start)
            if now < start + way.mean:
                self._on = way
                way.on += 1
                self._env.call(start + way.mean - now, self.arrive)
                return
            start += way.mean
            self.times.append(start)
            self._at += 1
        raise AssertionError("it would have arrived already")

    def set_out(self, way: Way, now: float) -> None:
        """There is a path: leave the line before, and go onto this one.

        Lines behind it on which nothing can be in the way in this run are passed in one go.
        """
        if self._on is not None:
            self._on.leave()
        else:
            self.stretch.left(self, now)
        self._on = way
        times, days = self.times, self._days
        times.append(now)
        moment = now + days[self._at]
        for _ in range(self.stretch.run_on[self._at]):
            times += (moment, moment)
            self._at += 1
            moment += days[self._at]
        self._env.call_at(moment, self.arrive)

    def sail(self, reached: Callable[[], object]) -> None:
        """Put to sea with what is aboard; `reached` is called in the roads of the other end."""
        under_way = self.stretch.under_way
        under_way[self] = under_way.pop(self)  # in order of setting out, not of loading
        self.stretch.left(self, self._env.now)
        self.times.append(self._env.now)

        def reach() -> None:
            self.times.append(self._env.now)
            reached()

        self._env.call(self.stretch.ways[0].durations(), reach)

    def arrive(self) -> None:
        """Reach the end of a line."""
        self.times.append(self._env.now)
        self._at += 1
        ways = self.stretch.ways
        if self._at < len(ways):
            ways[self._at].enter(self)
        else:
            self.set_down(None)

    def set_down(self, turn: Pile | None) -> None:
        """Put the cargo where it waits for its next leg, as far as there is room; the rest is held.

        `turn` is the pile that has let this trip in after holding it up.
        """
        cargo, stretch = self.cargo, self.stretch
        while cargo:
            consignment = cargo[0]
            pile = stretch.onward(consignment)
            if pile is None:
                consignment.account.delivered += consignment.amount
            elif pile.admits(consignment.amount, turn):
                consignment.at += 1
                pile.put(consignment)
            else:
                pile.hold(self, turn)
                return
            cargo.popleft()
        self._finish()

    def _finish(self) -> None:
        now = self._env.now
        self.times.append(now)
        if self._on is not None:
            self._on.leave()
        self.stretch.finished(self, now)
        if self.done is not None:
            self.done()

    def record(self) -> Trip:
        """The trip as it stands; moments that are still to come are left out."""
        now, times = self._env.now, self.times
        if times[-1] > now:
            times = [moment for moment in times if moment <= now]
        return Trip(self.stretch.number, self.service, tuple(self.loads), tuple(times))
