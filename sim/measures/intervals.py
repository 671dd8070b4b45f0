"""Sets of time intervals: their union and difference, and the days of other intervals within them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from sim.engine.journal import Event, EventKind
from sim.measures.series import Flags, Numbers

Pairs = Iterable[tuple[float, float]]


class Intervals:
    """A set of moments, as intervals (days) that do not touch, in order of time."""

    __slots__ = ("_corners", "_totals", "ends", "starts")

    def __init__(self, pairs: Pairs = ()) -> None:
        rows = np.array([(a, b) for a, b in pairs if b > a], dtype=float).reshape(-1, 2)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        reach = np.maximum.accumulate(rows[:, 1]) if len(rows) else rows[:, 1]
        fresh = np.append(True, rows[1:, 0] > reach[:-1]) if len(rows) else np.zeros(0, dtype=bool)
        last = np.append(np.flatnonzero(fresh)[1:] - 1, len(rows) - 1) if len(rows) else np.zeros(0, int)
        self.starts: Numbers = rows[fresh, 0]
        self.ends: Numbers = reach[last]
        lengths = np.column_stack((self.ends - self.starts, np.zeros(len(last)))).ravel()
        self._corners = np.column_stack((self.starts, self.ends)).ravel()
        self._totals = np.concatenate(([0.0], np.cumsum(lengths)))[:-1] if len(last) else np.zeros(0)

    def __len__(self) -> int:
        return len(self.starts)

    def pairs(self) -> list[tuple[float, float]]:
        """Return the start and end of each interval."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def before(self, times: ArrayLike) -> Numbers:
        """Return the days in the intervals before each of some times."""
        at = np.asarray(times, dtype=float)
        if not len(self):
            return np.zeros(at.shape)
        days: Numbers = np.interp(at, self._corners, self._totals)
        return days

    def within(self, since: ArrayLike, until: ArrayLike) -> Numbers:
        """Return the days in the intervals between some times and others; 0 if `until` precedes `since`."""
        return np.maximum(self.before(until) - self.before(since), 0.0)

    def together(self, other: Intervals) -> Intervals:
        """Return the union with another set."""
        return Intervals([*self.pairs(), *other.pairs()])

    def without(self, other: Intervals) -> Intervals:
        """Return the moments that are not in another set."""
        cuts = np.unique(np.concatenate((self._corners, other._corners)))
        middles = (cuts[1:] + cuts[:-1]) / 2
        left = self.holds(middles) & ~other.holds(middles)
        return Intervals(zip(cuts[:-1][left].tolist(), cuts[1:][left].tolist(), strict=True))

    def holds(self, times: ArrayLike) -> Flags:
        """Return a flag for each time: whether it lies in one of the intervals."""
        at = np.asarray(times, dtype=float)
        flags: Flags = np.asarray(np.searchsorted(self._corners, at, side="right") % 2 == 1, dtype=bool)
        return flags


def event_intervals(
    events: Iterable[Event], starts: EventKind, ends: EventKind, element: str, until: float, reason: str = ""
) -> Intervals:
    """Return the intervals between events of two kinds at an element; an open one ends at `until`.

    With a `reason`, only events with that reason count; without, each reason has its own intervals.
    """
    since: dict[str, float] = {}
    pairs = []
    for event in events:
        if event.element != element or (reason and event.reason != reason):
            continue
        if event.kind == starts:
            since.setdefault(event.reason, event.time)
        elif event.kind == ends and event.reason in since:
            pairs.append((since.pop(event.reason), event.time))
    return Intervals([*pairs, *((start, until) for start in since.values())])
