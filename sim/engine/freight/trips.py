"""A train or ship and its cargo on one leg, from the yard where it loads to where it sets down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.live_legs import LiveLeg
from sim.engine.freight.tracks import Track
from sim.engine.freight.yard_queues import YardQueue
from sim.engine.journal import Load, TripRecord


class Trip:
    """One trip over a leg: its cargo, its position, and its moments so far (see `TripRecord`).

    `on_finished` is called once all of its cargo has been set down.
    """

    __slots__ = (
        "_at",
        "_days",
        "_env",
        "_track",
        "amount",
        "cargo",
        "live_leg",
        "loads",
        "on_finished",
        "service",
        "times",
    )

    def __init__(
        self, env: Clock, live_leg: LiveLeg, service: str, on_finished: Callable[[], object] | None = None
    ) -> None:
        self._env, self.live_leg, self.service = env, live_leg, service
        self.cargo: deque[Consignment] = deque()
        self.loads: list[Load] = []
        self.amount = 0.0
        self.times = [env.now]
        self.on_finished = on_finished
        self._at = 0
        self._track: Track | None = None
        live_leg.under_way[self] = None

    @property
    def waiting_since(self) -> float:
        """Last moment of the trip, from which it waits if it is queued or held."""
        return self.times[-1]

    def bound_for(self, consignment: Consignment) -> YardQueue | None:
        """Return the queue in which a consignment is set down, None if it is delivered."""
        return self.live_leg.next_queue(consignment)

    def take(self, consignments: Iterable[Consignment]) -> float:
        """Take consignments aboard and return their amount."""
        taken = 0.0
        for consignment in consignments:
            consignment.taken = True
            self.cargo.append(consignment)
            self.loads.append(Load(consignment.number, consignment.amount, consignment.ready))
            taken += consignment.amount
        self.amount += taken
        return taken

    def depart(self) -> None:
        """Go to the first track of a leg by land."""
        self._draw_durations()
        self.live_leg.tracks[0].enter(self)

    def _draw_durations(self) -> None:
        """Draw the days of all tracks at once, so that no hindrance in this run changes later draws."""
        self._days = [track.durations() for track in self.live_leg.tracks]

    def resume(self, elapsed: float) -> None:
        """Start on the way, as if it had departed `elapsed` days ago and met no delay."""
        self._draw_durations()
        now = self._env.now
        start = now - elapsed
        self.times = [start]
        for track in self.live_leg.tracks:
            self.times.append(start)
            if now < start + track.mean:
                self._track = track
                track.on += 1
                self._env.call(start + track.mean - now, self.reach_end)
                return
            start += track.mean
            self.times.append(start)
            self._at += 1
        raise AssertionError("it would have arrived already")

    def enter_track(self, track: Track, now: float) -> None:
        """Take a path: leave the track before, and go onto this one.

        Tracks behind it that nothing can block in this run are passed in one go.
        """
        if self._track is not None:
            self._track.leave()
        else:
            self.live_leg.departed(self, now)
        self._track = track
        times, days = self.times, self._days
        times.append(now)
        moment = now + days[self._at]
        for _ in range(self.live_leg.run_on[self._at]):
            times += (moment, moment)
            self._at += 1
            moment += days[self._at]
        self._env.call_at(moment, self.reach_end)

    def sail(self, on_arrival: Callable[[], object]) -> None:
        """Put to sea with the cargo aboard; `on_arrival` is called in the roads of the other end."""
        under_way = self.live_leg.under_way
        under_way[self] = under_way.pop(self)  # in order of departure, not of loading
        self.live_leg.departed(self, self._env.now)
        self.times.append(self._env.now)

        def arrive() -> None:
            self.times.append(self._env.now)
            on_arrival()

        self._env.call(self.live_leg.tracks[0].durations(), arrive)

    def reach_end(self) -> None:
        """Reach the end of a track: request the next one, or set down."""
        self.times.append(self._env.now)
        self._at += 1
        tracks = self.live_leg.tracks
        if self._at < len(tracks):
            tracks[self._at].enter(self)
        else:
            self.set_down(None)

    def set_down(self, turn: YardQueue | None) -> None:
        """Put the cargo where it waits for its next leg, as far as there is room; the rest is held.

        `turn` is the queue that admits this trip after holding it.
        """
        cargo, live_leg = self.cargo, self.live_leg
        while cargo:
            consignment = cargo[0]
            queue = live_leg.next_queue(consignment)
            if queue is None:
                consignment.account.delivered += consignment.amount
            elif queue.admits(consignment.amount, turn):
                consignment.at += 1
                queue.put(consignment)
            else:
                queue.hold(self, turn)
                return
            cargo.popleft()
        self._finish()

    def _finish(self) -> None:
        now = self._env.now
        self.times.append(now)
        if self._track is not None:
            self._track.leave()
        self.live_leg.finished(self, now)
        if self.on_finished is not None:
            self.on_finished()

    def record(self) -> TripRecord:
        """Return the trip so far, without moments still to come."""
        now, times = self._env.now, self.times
        if times[-1] > now:
            times = [moment for moment in times if moment <= now]
        return TripRecord(self.live_leg.number, self.service, tuple(self.loads), tuple(times))
