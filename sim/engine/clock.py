"""SimPy's environment, with plain function calls on its agenda.

Most events of a run are one function called at one moment. A SimPy event for each would cost more than the
function, so the function itself goes on the agenda and is simply called. Processes, events and timeouts of
SimPy work on this clock as usual.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from simpy import Environment

URGENT = 0  # ahead of SimPy's ordinary events
NORMAL = 1  # as SimPy's ordinary events
LAST = 2  # once all else of an instant has happened
AFTERWARDS = 3  # once that has been answered, too

SOON = 1e-9  # days: a moment within this time has come


class Clock(Environment):
    """Time of one run, in days, and its agenda.

    A call cannot be cancelled: its function checks whether it is still due.
    """

    now: float = 0.0  # a plain attribute in place of SimPy's property, as it is read at every event

    def __init__(self) -> None:
        super().__init__()
        self._agenda: list[Any] = self._queue  # SimPy's own, on which it expects nothing but events

    def call(self, days: float, action: Callable[[], None], priority: int = NORMAL) -> None:
        """Call `action` after some days."""
        heappush(self._agenda, (self.now + days, priority, next(self._eid), action))

    def call_at(self, moment: float, action: Callable[[], None], priority: int = NORMAL) -> None:
        """Call `action` at a moment, which must not have passed."""
        heappush(self._agenda, (moment, priority, next(self._eid), action))

    def step(self) -> None:
        """Carry out the next item of the agenda. Raises SimPy's `EmptySchedule` when there is none."""
        agenda = self._agenda
        if agenda:
            self.now = self._now = agenda[0][0]
        if agenda and callable(agenda[0][3]):
            heappop(agenda)[3]()
        else:
            super().step()

    def run_to(self, until: float, watch: Callable[[], None] | None = None) -> int:
        """Carry out everything before `until`, and return the number of items carried out.

        `watch` is called after each.
        """
        agenda = self._agenda
        step, count = super().step, 0
        stop = (until, URGENT, next(self._eid), None)  # ahead of all else of that moment
        heappush(agenda, stop)
        while True:
            entry = agenda[0]
            self.now = self._now = entry[0]
            action = entry[3]
            if callable(action):
                heappop(agenda)
                action()
            elif entry is stop:
                heappop(agenda)
                return count
            else:  # an event of SimPy's own
                step()
            count += 1
            if watch is not None:
                watch()
