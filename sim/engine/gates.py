"""How open an element is: the one mechanism by which anything closes anything."""

from __future__ import annotations

from collections.abc import Callable

STORM = "storm"  # the key of the one restriction that people do not plan by


class Gate:
    """An element's capacity: its base value times the least of what restrictions leave.

    Restrictions overlap freely; the most restrictive wins, and no element knows why it is shut.
    `share` of the base value is open, and in calm weather `calm_share` would be.
    """

    __slots__ = ("_told", "base", "calm_share", "capacity", "element", "listeners", "restrictions", "share")

    def __init__(self, element: str, base: float) -> None:
        self.element = element
        self.base = base
        self.share = self.calm_share = 1.0
        self.capacity = base
        self.restrictions: dict[object, float] = {}
        self._told = (self.share, self.calm_share, base)
        self.listeners: list[Callable[[], None]] = []

    def restrict(self, key: object, share: float) -> None:
        """Leave at most `share` of the base value open, until the same key says otherwise."""
        self.put(key, share)
        self.announce()

    def put(self, key: object, share: float) -> None:
        """The same, but tell nobody before `announce`."""
        if share < 1.0:
            self.restrictions[key] = share
        else:
            self.restrictions.pop(key, None)
        self.share = min(self.restrictions.values(), default=1.0)
        self.calm_share = self.share_but_for(STORM)
        self.capacity = self.base * self.share

    def share_but_for(self, key: object) -> float:
        """What would be open without one of the restrictions."""
        return min((share for other, share in self.restrictions.items() if other != key), default=1.0)

    def rebase(self, base: float) -> None:
        """Give the element another base value, and tell nobody before `announce`."""
        self.base = base
        self.capacity = base * self.share

    def announce(self) -> None:
        """Tell those concerned, if anything has changed since they were last told."""
        state = (self.share, self.calm_share, self.base)
        if state != self._told:
            self._told = state
            for listener in self.listeners:
                listener()
