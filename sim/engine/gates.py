"""Gates: the one mechanism by which anything restricts an element's capacity."""

from __future__ import annotations

from collections.abc import Callable

STORM = "storm"  # key of the one restriction that nobody plans by


class Gate:
    """Capacity of an element: its base value times the least share that restrictions leave.

    Restrictions overlap freely, and the most restrictive one applies; no element knows why it is shut.
    `share` of the base value is open, and `calm_share` would be in calm weather.
    """

    __slots__ = (
        "_announced",
        "base",
        "calm_share",
        "capacity",
        "element",
        "listeners",
        "restrictions",
        "share",
    )

    def __init__(self, element: str, base: float) -> None:
        self.element = element
        self.base = base
        self.share = self.calm_share = 1.0
        self.capacity = base
        self.restrictions: dict[object, float] = {}
        self._announced = (self.share, self.calm_share, base)
        self.listeners: list[Callable[[], None]] = []

    def restrict(self, key: object, share: float) -> None:
        """Leave at most `share` of the base value open, until the next call with the same key."""
        self.put(key, share)
        self.announce()

    def put(self, key: object, share: float) -> None:
        """Restrict without calling listeners; `announce` does."""
        if share < 1.0:
            self.restrictions[key] = share
        else:
            self.restrictions.pop(key, None)
        self.share = min(self.restrictions.values(), default=1.0)
        self.calm_share = self.share_but_for(STORM)
        self.capacity = self.base * self.share

    def share_but_for(self, key: object) -> float:
        """Return the share that would be open without one of the restrictions."""
        return min((share for other, share in self.restrictions.items() if other != key), default=1.0)

    def rebase(self, base: float) -> None:
        """Set another base value without calling listeners; `announce` does."""
        self.base = base
        self.capacity = base * self.share

    def announce(self) -> None:
        """Call the listeners if anything has changed since the last call."""
        state = (self.share, self.calm_share, self.base)
        if state != self._announced:
            self._announced = state
            for listener in self.listeners:
                listener()
