"""How long a stretch takes, as those who send by it know it: from recent arrivals, and from queues."""

from __future__ import annotations

from math import exp

MEMORY = 14.0  # days in which what was learned fades to a third (assumed: two weeks of tracking reports)


class Learned:
    """A running mean of days, in which what was met lately counts most."""

    __slots__ = ("_since", "days")

    def __init__(self, days: float) -> None:
        self.days = days
        self._since = 0.0

    def learn(self, days: float, now: float) -> None:
        """Take in what somebody met who got there now; of those who get there together, the last counts."""
        kept = exp(-max(now - self._since, 0.0) / MEMORY)
        self.days = days + (self.days - days) * kept
        self._since = now
