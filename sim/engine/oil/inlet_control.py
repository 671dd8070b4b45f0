"""Control of a tank farm's intake as it fills up."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from sim.engine.journal import EventKind, Journal
from sim.engine.oil.blend import CLOSE

OPEN, THROTTLED, REDUCED = 0, 1, 2  # states, plain numbers since they are compared at every event
# kinds of event by the new state, reached from a lower or from a higher one
KINDS: tuple[tuple[EventKind, EventKind], ...] = (
    ("released", "released"),
    ("throttled", "eased"),
    ("full", "full"),
)
REDUCTION = 0.75  # of the rate that can leave: intake at which a full tank farm drains again (assumed)


class InletControl:
    """Operator's control of the intake of one tank farm.

    At `throttle_at` of the capacity, intake is throttled to the rate that can leave (`sustainable`); if the
    tank farm fills up nevertheless, it is reduced further until the level is back at that mark; at
    `release_at` it is open again. With a `throttle_at` of 1 there is no control: a full tank farm simply
    takes no more than it gives.
    """

    def __init__(self, journal: Journal, element: str, throttle_at: float, release_at: float) -> None:
        self._journal, self._element = journal, element
        self._throttle_at, self._release_at = throttle_at, release_at
        self.acts = throttle_at < 1.0
        self.state = OPEN
        self.limit = inf
        self.sustainable: Callable[[], float] = lambda: 0.0

    def review(self, now: float, level: float, capacity: float, filling: bool) -> bool:
        """Adjust the state to the level, and return whether the limit on intake has changed.

        Where two marks coincide, as in a tank farm that is closed and so has no capacity, the less
        restrictive state applies; otherwise each would undo the other for ever.
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

    def recompute(self, now: float) -> bool:
        """Compute the limit from what can leave now, and return whether it has changed."""
        return self.state != OPEN and self._set(now, self.state)

    def _set(self, now: float, state: int) -> bool:
        before, self.state = self.state, state
        limit = inf if state == OPEN else self.sustainable() * (REDUCTION if state == REDUCED else 1.0)
        if state != before:
            self._journal.log_event(now, KINDS[state][state < before], self._element, limit)
        changed = limit != self.limit
        if changed:
            self.limit = limit
            self._journal.log_step("limit", self._element, now, limit)
        return changed

    def mark_above(self, level: float, capacity: float) -> float:
        """Return the next level above at which to review; infinite if there is none."""
        mark = self._throttle_at * capacity
        return mark if self.state == OPEN and mark > level + CLOSE else inf

    def mark_below(self, level: float, capacity: float) -> float:
        """Return the next level below at which to review; negative if there is none."""
        if self.state == OPEN:
            return -1.0
        mark = (self._throttle_at if self.state == REDUCED else self._release_at) * capacity
        return mark if mark < level - CLOSE else -1.0
