"""Stretches of time that may overlap, united, and how much of other stretches lies within them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from sim.engine.journal import Event
from sim.measures.series import Numbers

Pairs = Iterable[tuple[float, float]]


class Intervals:
    """A set of moments, kept as stretches (days) that do not touch, in order of time."""

    __slots__ = ("_corners", "_totals", "begins", "ends")

    def __init__(self, pairs: Pairs = ()) -> None:
        found = np.array([(a, b) for a, b in pairs if b > a], dtype=float).reshape(-1, 2)
        found = found[np.argsort(found[:, 0], kind="stable")]
        reach = np.maximum.accumulate(found[:, 1]) if len(found) else found[:, 1]
        fresh = np.append(True, found[1:, 0] > reach[:-1]) if len(found) else np.zeros(0, dtype=bool)
        last = np.append(np.flatnonzero(fresh)[1:] - 1, len(found) - 1) if len(found) else np.zeros(0, int)
        self.begins: Numbers = found[fresh, 0]
        self.ends: Numbers = reach[last]
        lengths = np.column_stack((self.ends - self.begins, np.zeros(len(last)))).ravel()
        self._corners = np.column_stack((self.begins, self.ends)).ravel()
        self._totals = np.concatenate(([0.0], np.cumsum(lengths)))[:-1] if len(last) else np.zeros(0)

    def __len__(self) -> int:
        return len(self.begins)

    def pairs(self) -> list[tuple[float, float]]:
        return list(zip(self.begins.tolist(), self.ends.tolist(), strict=True))

    def before(self, times: ArrayLike) -> Numbers:
        """How many days of them lie before each of some times."""
        at = np.asarray(times, dtype=float)
        if not len(self):
            return np.zeros(at.shape)
        days: Numbers = np.interp(at, self._corners, self._totals)
        return days

    def within(self, since: ArrayLike, until: ArrayLike) -> Numbers:
        """How many days of them lie within each of some stretches; none in one that ends before it begins."""
        return np.maximum(self.before(until) - self.before(since), 0.0)

    def together(self, other: Intervals) -> Intervals:
        """The moments that lie in either."""
        return Intervals([*self.pairs(), *other.pairs()])

    def without(self, other: Intervals) -> Intervals:
        """Its moments that do not lie in another."""
        cuts = np.unique(np.concatenate((self._corners, other._corners)))
        middles = (cuts[1:] + cuts[:-1]) / 2
        kept = self.holds(middles) & ~other.holds(middles)
        return Intervals(zip(cuts[:-1][kept].tolist(), cuts[1:][kept].tolist(), strict=True))

    def holds(self, times: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Whether each of some times lies in one of them."""
        at = np.asarray(times, dtype=float)
        found = np.searchsorted(self._corners, at, side="right") % 2 == 1
        return np.asarray(found, dtype=bool)


def event_intervals(
    events: Iterable[Event], begins: str, ends: str, element: str, until: float, reason: str = ""
) -> Intervals:
    """The stretches between events of two kinds at an element, the last one perhaps up to `until`.

    With a `reason` only those that give it count; without, each reason has stretches of its own.
    """
    since: dict[str, float] = {}
    pairs = []
    for event in events:
        if event.element != element or (reason and event.reason != reason):
            continue
        if event.kind == begins:
            since.setdefault(event.reason, event.time)
        elif event.kind == ends and event.reason in since:
            pairs.append((since.pop(event.reason), event.time))
    return Intervals([*pairs, *((begin, until) for begin in since.values())])
