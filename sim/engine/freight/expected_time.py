"""How long something takes, as those who send by it know it: from what was met lately."""

from __future__ import annotations

from math import exp

MEMORY = 14.0  # days in which what was learned fades to a third behind what is met (assumed)
STALE = (
    60.0  # days in which, with nobody there to meet anything, people come to expect the usual again (assumed)
)


class Learned:
    """A running mean of days, in which what was met lately counts most.

    `usual` is what it takes when nothing is in the way.
    """

    __slots__ = ("_days", "_since", "usual")

    def __init__(self, usual: float) -> None:
        self.usual = self._days = usual
        self._since = 0.0

    def begin(self, usual: float) -> None:
        """Know nothing but what it usually takes."""
        self.usual = self._days = usual

    def learn(self, days: float, now: float) -> None:
        """Take in what somebody met who got there now; of those who get there together, the first counts."""
        kept = exp((self._since - now) / MEMORY)
        self._days = days + (self._days - days) * kept
        self._since = now

    def expected(self, now: float) -> float:
        """What to reckon with now."""
        return self.usual + (self._days - self.usual) * exp((self._since - now) / STALE)
