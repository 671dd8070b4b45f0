"""Recovery of a group of corridors after a closure or boycott: its time, and the cargo missing until then."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.measures.freight.delivered import delivered
from sim.measures.freight.selectors import ALL, FLOW, group_headline, groups, select
from sim.measures.measure import Headline, Measure
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.sides import spans_of

RECOVERED = 0.8  # of the level before; weekly arrivals of a small corridor scatter by a sixth of their mean
HOLD = 28.0  # days over whose mean a corridor is judged, as ships and trains come in lumps
WEEK = 7.0
BEFORE = 56.0  # days whose mean is the level before
MIN_BEFORE = 28.0  # days of them that a run must have


def first_disruption(record: Record) -> float | None:
    """Return the day of the first unplanned closure that concerns freight, or else of the first boycott."""
    closures = [span.start for span in spans_of(record, "freight") if not span.planned]
    return min(closures or (boycott.start for boycott in record.boycotts), default=None)


class Throughput:
    """Deliveries of an element over time, by weight, against their level before the first disruption."""

    def __init__(self, record: Record, element: str, a: float, b: float) -> None:
        loads = record.trip_table.loads
        rows = np.flatnonzero(select(record, element).of(record.trip_table) & loads.last)
        order = np.argsort(delivered(loads)[rows], kind="stable")
        self._times: Numbers = delivered(loads)[rows][order]
        self._totals: Numbers = np.concatenate(([0.0], np.cumsum(loads.tonnes[rows][order])))
        disrupted, self.until = first_disruption(record), b
        self.since = None if disrupted is None or not a <= disrupted < b else disrupted
        start = a if self.since is None else max(a, self.since - BEFORE)
        enough = self.since is not None and self.since - start >= MIN_BEFORE and b - self.since >= HOLD
        self.level = float(self.mean(start, self.since or b)) if enough else 0.0

    def mean(self, starts: ArrayLike, ends: ArrayLike) -> Numbers:
        """Return the tonnes per day delivered between some days and others."""
        first, last = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
        by_first, by_last = (self._totals[np.searchsorted(self._times, at)] for at in (first, last))
        means: Numbers = (by_last - by_first) / (last - first)
        return means

    def recovery(self) -> tuple[bool, float | None]:
        """Return whether throughput fell, and the day from which it was back."""
        if self.since is None or self.level == 0.0:
            return False, None
        days = np.arange(self.since, self.until - HOLD + 1e-9)
        lasting = self.mean(days, days + HOLD) >= RECOVERED * self.level
        if lasting.all():
            return False, None
        well = lasting & (self.mean(days, days + WEEK) >= RECOVERED * self.level)
        after = np.flatnonzero(well & (np.arange(len(days)) > np.argmin(lasting)))
        return True, float(days[after[0]]) if len(after) else None


def _recovered(record: Record, element: str, a: float, b: float) -> float | None:
    throughput = Throughput(record, element, a, b)
    _, day = throughput.recovery()
    return None if day is None or throughput.since is None else day - throughput.since


def _triangle(record: Record, element: str, a: float, b: float) -> float | None:
    throughput = Throughput(record, element, a, b)
    if throughput.since is None or throughput.level == 0.0:
        return None
    fell, recovered = throughput.recovery()
    if not fell:
        return 0.0
    end = throughput.until if recovered is None else recovered
    mean = float(throughput.mean(throughput.since, end))
    return 100.0 * (end - throughput.since) * (1.0 - mean / throughput.level)


def _elements(record: Record) -> list[str]:
    """Return all dry cargo (*) and each group; none without freight."""
    return [ALL, *groups(record.network)] if record.network.demands else []


LEVEL = (
    f"its mean of the {BEFORE:.0f} days before the first unplanned closure that concerns freight, or "
    "without one the first boycott"
)
CORRIDOR_RECOVERY = (
    Measure(
        name="corridor recovered after",
        title="Time to recover throughput",
        unit="days",
        better="less",
        definition=f"Once deliveries of {HOLD:.0f} days have fallen below {RECOVERED:.0%} of {LEVEL}, days "
        f"from that closure or boycott until the next week and the next {HOLD:.0f} days reach that again. "
        "No value where throughput never falls or never recovers.",
        kind=FLOW,
        formula=_recovered,
        elements=_elements,
        headline=Headline(place=40, elements=group_headline, decimals=0, hide_empty=True),
    ),
    Measure(
        name="corridor triangle",
        title="Resilience triangle of throughput",
        unit="%·day",
        better="less",
        definition="As for oil: 100 % less throughput by its level before, from the first closure or "
        "boycott to recovery, or to the end; 0 where throughput never falls. Deliveries above the level "
        "make up for missing ones.",
        kind=FLOW,
        formula=_triangle,
        elements=_elements,
    ),
)
