"""How far the throughput of a group of corridors fell after a closure or boycott, and when it was back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.measures.freight.delivered import delivered
from sim.measures.freight.selectors import ALL, WAYS, groups, select
from sim.measures.measure import Measure
from sim.measures.oil.recovery import dry_elements
from sim.measures.record import Record
from sim.measures.series import Numbers

BACK = 0.8  # of the level before; weekly arrivals of a small corridor scatter by a sixth of their mean
HOLD = 28.0  # days over whose mean a corridor is judged, as ships and trains come in lumps
WEEK = 7.0
BEFORE = 56.0  # days whose mean is the level before
LEAST = 28.0  # days of them that there must be


def first_disruption(record: Record) -> float | None:
    """The day of the first unplanned closure of lines, quays or ships, else of the first boycott."""
    closures = [span.start for span in record.spans if not span.planned and dry_elements(record, span)]
    return min(closures or (boycott.start for boycott in record.boycotts), default=None)


class Throughput:
    """What a group delivered over time, by weight, and how that compares with before the first setback."""

    def __init__(self, record: Record, element: str, a: float, b: float) -> None:
        loads = record.trip_table.loads
        rows = np.flatnonzero(select(record, element).of(record.trip_table) & loads.last)
        order = np.argsort(delivered(loads)[rows], kind="stable")
        self._times: Numbers = delivered(loads)[rows][order]
        self._totals: Numbers = np.concatenate(([0.0], np.cumsum(loads.tonnes[rows][order])))
        setback, self.until = first_disruption(record), b
        self.since = None if setback is None or not a <= setback < b else setback
        begin = a if self.since is None else max(a, self.since - BEFORE)
        enough = self.since is not None and self.since - begin >= LEAST and b - self.since >= HOLD
        self.level = float(self.mean(begin, self.since or b)) if enough else 0.0

    def mean(self, begin: ArrayLike, end: ArrayLike) -> Numbers:
        """Tonnes a day delivered between some days and others."""
        first, last = np.asarray(begin, dtype=float), np.asarray(end, dtype=float)
        by_first, by_last = (self._totals[np.searchsorted(self._times, at)] for at in (first, last))
        found: Numbers = (by_last - by_first) / (last - first)
        return found

    def recovery(self) -> tuple[bool, float | None]:
        """Whether it fell, and the day from which it was back."""
        if self.since is None or self.level == 0.0:
            return False, None
        days = np.arange(self.since, self.until - HOLD + 1e-9)
        lasting = self.mean(days, days + HOLD) >= BACK * self.level
        if lasting.all():
            return False, None
        well = lasting & (self.mean(days, days + WEEK) >= BACK * self.level)
        after = np.flatnonzero(well & (np.arange(len(days)) > np.argmin(lasting)))
        return True, float(days[after[0]]) if len(after) else None


def _recovered(record: Record, element: str, a: float, b: float) -> float | None:
    flow = Throughput(record, element, a, b)
    _, day = flow.recovery()
    return None if day is None or flow.since is None else day - flow.since


def _triangle(record: Record, element: str, a: float, b: float) -> float | None:
    flow = Throughput(record, element, a, b)
    if flow.since is None or flow.level == 0.0:
        return None
    fell, back = flow.recovery()
    if not fell:
        return 0.0
    end = flow.until if back is None else back
    return 100.0 * (end - flow.since) * (1.0 - float(flow.mean(flow.since, end)) / flow.level)


def _elements(record: Record) -> list[str]:
    """All and each group; none without freight."""
    return [ALL, *groups(record.network)] if record.network.demands else []


LEVEL = (
    f"its mean of the {BEFORE:.0f} days before the first closure that was not planned, or, where nothing of "
    "boxes and wagons closes, the first boycott"
)
CORRIDOR_RECOVERY = (
    Measure(
        name="corridor recovered after",
        title=f"Throughput back to {BACK:.0%} for {HOLD:.0f} days, after the first closure or boycott",
        unit="days",
        better="less",
        what=f"Time to recover: once what is delivered in {HOLD:.0f} days has fallen below {BACK:.0%} of "
        f"{LEVEL}, the first day from which the next week and the next {HOLD:.0f} days reach that "
        "again. No value where it never falls or never recovers.",
        by=WAYS,
        of=_recovered,
        elements=_elements,
    ),
    Measure(
        name="corridor triangle",
        title="Throughput missing, first closure or boycott to recovery",
        unit="%·day",
        better="less",
        what="Area of the resilience triangle as for oil: 100 % less throughput by its level before, from "
        "the first closure or boycott to `corridor recovered after`, else to the end; 0 where it "
        "never falls. What comes in beyond the level makes up for what was missing.",
        by=WAYS,
        of=_triangle,
        elements=_elements,
    ),
)
