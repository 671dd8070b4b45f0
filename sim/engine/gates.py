"""How open an element is: the one mechanism by which anything closes anything."""

from __future__ import annotations

from collections.abc import Callable

STORM = "storm"  # the key of the one restriction that people do not plan by


class Gate:
    """An element's capacity: its base value times the least of what restrictions leave.

    Restrictions overlap freely; the most restrictive wins, and no element knows why it is shut.
    """

    __slots__ = ("base", "capacity", "element", "listeners", "restrictions", "share")

    def __init__(self, element: str, base: float) -> None:
        self.element = element
        self.base = base
        self.share = 1.0
        self.capacity = base
        self.restrictions: dict[object, float] = {}
        self.listeners: list[Callable[[], None]] = []

    def restrict(self, key: object, share: float) -> None:
        """Leave at most `share` of the base value open, until the same key says otherwise."""
        if share < 1.0:
            self.restrictions[key] = share
        else:
            self.restrictions.pop(key, None)
        self._changed(min(self.restrictions.values(), default=1.0), self.base)

    def share_but_for(self, key: object) -> float:
        """What would be open without one of the restrictions."""
        return min((share for other, share in self.restrictions.items() if other != key), default=1.0)

    def rebase(self, base: float) -> None:
        """Give the element another base value."""
        self._changed(self.share, base)

    def _changed(self, share: float, base: float) -> None:
        if share == self.share and base == self.base:
            return
        self.share, self.base = share, base
        self.capacity = base * share
        for listener in self.listeners:
            listener()
