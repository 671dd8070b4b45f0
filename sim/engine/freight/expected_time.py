"""Days that shippers expect something to take, from what others met recently."""

from __future__ import annotations

from math import exp

MEMORY = 14.0  # days in which an observation fades to a third behind newer ones (assumed)
STALE = 60.0  # days in which, without observations, expectations return to the free-flow time (assumed)


class ExpectedTime:
    """Running mean of observed days in which recent observations count most.

    `free_flow` is the time taken when nothing is in the way.
    """

    __slots__ = ("_days", "_since", "free_flow")

    def __init__(self, free_flow: float) -> None:
        self.free_flow = self._days = free_flow
        self._since = 0.0

    def reset(self, free_flow: float) -> None:
        """Forget all observations."""
        self.free_flow = self._days = free_flow

    def observe(self, days: float, now: float) -> None:
        """Add an observation made now; of several at one moment only the first counts."""
        weight = exp((self._since - now) / MEMORY)
        self._days = days + (self._days - days) * weight
        self._since = now

    def expected(self, now: float) -> float:
        """Return the days to expect now."""
        return self.free_flow + (self._days - self.free_flow) * exp((self._since - now) / STALE)
