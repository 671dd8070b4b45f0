"""SimPy's environment, with plain calls on its agenda.

Most of what happens in a run is one function called at one moment. A SimPy event for each would
cost more than the function; so an `Alarm` goes on the same agenda and is simply called. Processes,
events and timeouts of SimPy work on this clock as they do on their own.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from simpy import Environment

NORMAL = 1  # as SimPy's ordinary events
LAST = 2  # once all else of an instant has happened


class Alarm:
    """A call to come, unless it is called off."""

    __slots__ = ("action",)

    def __init__(self, action: Callable[[], None]) -> None:
        self.action: Callable[[], None] | None = action

    def cancel(self) -> None:
        self.action = None


class Clock(Environment):
    """The time of one run, in days, and its agenda."""

    def call(self, days: float, action: Callable[[], None], priority: int = NORMAL) -> Alarm:
        """Call `action` after some days."""
        alarm = Alarm(action)
        heappush(self._queue, (self._now + days, priority, next(self._eid), alarm))  # type: ignore[misc]
        return alarm

    def step(self) -> None:
        """Carry out what is next on the agenda."""
        queue = self._queue
        if queue and type(queue[0][3]) is Alarm:
            self._now, _, _, alarm = heappop(queue)
            if alarm.action is not None:  # type: ignore[attr-defined]
                alarm.action()  # type: ignore[attr-defined]
        else:
            super().step()

    def run_to(self, until: float, watch: Callable[[], None] | None = None) -> int:
        """Carry out all that comes before `until`, and stop there; how many things that were.

        `watch` is called after each.
        """
        queue, count = self._queue, 0
        while queue and queue[0][0] < until:
            count += 1
            if type(queue[0][3]) is Alarm:
                self._now, _, _, alarm = heappop(queue)
                if alarm.action is not None:  # type: ignore[attr-defined]
                    alarm.action()  # type: ignore[attr-defined]
            else:
                super().step()
            if watch is not None:
                watch()
        self._now = until
        return count
