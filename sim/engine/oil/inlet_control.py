"""How an operator holds intake down when a tank farm fills up."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from sim.engine.journal import Journal
from sim.engine.oil.blend import CLOSE

OPEN, THROTTLED, REDUCED = 0, 1, 2
TIGHTER = 0.75  # of what can leave: the intake that lets a stock that filled up come down again (assumed)


class InletControl:
    """The operator's hand on the intake of one stock.

    At `throttle_at` of the capacity intake is cut to what can leave (`sustainable`); should the
    stock fill up all the same, to less than that until it is back at the mark; at `release_at` it
    is free again. A `throttle_at` of 1 means that nobody holds anything down: a full stock simply
    takes no more than it gives.
    """

    __slots__ = (
        "_element",
        "_journal",
        "_release_at",
        "_throttle_at",
        "acts",
        "limit",
        "state",
        "sustainable",
    )

    def __init__(self, journal: Journal, element: str, throttle_at: float, release_at: float) -> None:
        self._journal, self._element = journal, element
        self._throttle_at, self._release_at = throttle_at, release_at
        self.acts = throttle_at < 1.0
        self.state = OPEN
        self.limit = inf
        self.sustainable: Callable[[], float] = lambda: 0.0

    def look(self, now: float, level: float, capacity: float, filling: bool) -> bool:
        """See how full the stock is. Whether the limit on intake has changed.

        Where two marks meet, as in a stock that is shut and so has no room at all, the looser hold
        goes: otherwise each would undo the other for ever.
        """
        mark = self._throttle_at * capacity
        if level <= self._release_at * capacity + CLOSE:
            return self.state != OPEN and self._set(now, OPEN)
        full = level >= capacity - CLOSE and level > mark + CLOSE
        if self.state == OPEN:
            if filling and level >= mark - CLOSE:
                return self._set(now, REDUCED if full else THROTTLED)
        elif self.state == THROTTLED and full:
            return self._set(now, REDUCED)
        elif self.state == REDUCED and level <= mark + CLOSE:
            return self._set(now, THROTTLED)
        return False

    def review(self, now: float) -> bool:
        """Ask again what can leave, as when a berth opens or shuts. Whether the limit has changed."""
        return self.state != OPEN and self._set(now, self.state)

    def _set(self, now: float, state: int) -> bool:
        before, self.state = self.state, state
        limit = inf if state == OPEN else self.sustainable() * (TIGHTER if state == REDUCED else 1.0)
        if state != before:
            kind = ("released", "throttled" if state > before else "eased", "full")[state]
            self._journal.log_event(now, kind, self._element, limit)
        changed = limit != self.limit
        if changed:
            self.limit = limit
            self._journal.log_step("limit", self._element, now, limit)
        return changed

    def mark_above(self, level: float, capacity: float) -> float:
        """The next level above at which to look again; infinite if there is none."""
        mark = self._throttle_at * capacity
        return mark if self.state == OPEN and mark > level + CLOSE else inf

    def mark_below(self, level: float, capacity: float) -> float:
        """The next level below at which to look again; negative if there is none."""
        if self.state == OPEN:
            return -1.0
        mark = (self._throttle_at if self.state == REDUCED else self._release_at) * capacity
        return mark if mark < level - CLOSE else -1.0
