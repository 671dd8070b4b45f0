"""Choice of the day that a map shows, and the normal flows of that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.charts.map.playback import Playback
from sim.measures.record import BoycottSpan, Record, Span
from sim.measures.series import Numbers
from sim.measures.sides import Side, spans_of

MIN_NORMAL_DAYS = 5.0  # before the first disruption, for its flows to be called normal
MIN_LONG = 7.0  # days of a closure that outlasts a storm
TYPICAL = 0.75  # of a disruption's days have less missing than the day that a map shows
BY_SEA = (
    0.8  # weight of a change at sea, so that the title names the pipeline rather than the tankers behind it
)
MIN_CHANGE = 0.05  # of the larger of two flows: less counts as equal
Normal = Mapping[str, Numbers]
Kind = Literal["closure", "planned closure", "boycott"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """Closures or boycotts of one label, from the first day of the first to the end of the last."""

    kind: Kind
    label: str
    start: float
    end: float

    @property
    def name(self) -> str:
        """Label without its cause."""
        return self.label.partition(": ")[0]

    @property
    def title(self) -> str:
        """Kind and label, the cause in brackets: closure “SPM-3” (storm damage)."""
        _, _, cause = self.label.partition(": ")
        return f"{self.kind} “{self.name}”" + (f" ({cause})" if cause else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The frame that a map shows, and the disruption that it shows, if any."""

    frame: int
    disruption: Disruption | None


def disruptions(record: Record, side: Side) -> list[Disruption]:
    """Return the closures, and in freight the boycotts, that concern one side, in order of their start."""
    items: list[tuple[Kind, Span | BoycottSpan]] = [
        (_kind(span.planned), span) for span in spans_of(record, side) if span.remaining < 1.0
    ]
    items += [("boycott", boycott) for boycott in (record.boycotts if side == "freight" else ())]
    bounds: dict[tuple[Kind, str], list[tuple[float, float]]] = {}
    for kind, item in items:
        start, end = max(item.start, 0.0), min(item.end, record.days)
        if end > start:
            bounds.setdefault((kind, item.label), []).append((start, end))
    merged = [
        Disruption(kind=kind, label=label, start=min(a for a, _ in pairs), end=max(b for _, b in pairs))
        for (kind, label), pairs in bounds.items()
    ]
    return sorted(merged, key=lambda disruption: disruption.start)


def onsets(record: Record, reference: Record | None, side: Side) -> list[Disruption]:
    """Return the disruptions that make a run differ: not those in force throughout, nor of the reference run.

    Without any such disruption, those that the reference run has too are returned.
    """
    within = [item for item in disruptions(record, side) if item.start > 0.0 or item.end < record.days]
    theirs = {(item.kind, item.label) for item in disruptions(reference, side)} if reference else set()
    return [item for item in within if (item.kind, item.label) not in theirs] or within


def normal_flows(
    run: Playback, reference: Playback | None, onsets: list[Disruption], edges: Numbers
) -> dict[str, Numbers]:
    """Return the normal flow of each way by frame: that of the reference run on the same day.

    Without a reference run it is the mean before the first disruption; nothing where that comes too soon.
    """
    if reference is not None:
        totals = {way: reference.total(way) for way in run.flows}
        return {way: total for way, total in totals.items() if total is not None}
    first = min((disruption.start for disruption in onsets), default=0.0)
    before = edges[1:] <= first + 1e-9
    if first < MIN_NORMAL_DAYS:
        return {}
    totals = {way: run.total(way) for way in run.flows}
    return {
        way: np.full(len(before), total[before].mean()) for way, total in totals.items() if total is not None
    }


def choose_moment(run: Playback, normal: Normal, onsets: list[Disruption], edges: Numbers) -> Moment:
    """Choose a day on which the costliest disruption bites: three quarters of its days have less missing.

    Unplanned closures of a week or more go before boycotts and short closures, and those before planned
    ones. A disruption's cost is the flow missing on all ways, added up over its days, so that a month
    without a mooring outweighs a storm of two days. Without any disruption the map shows the middle of the
    run.
    """
    middles = (edges[1:] + edges[:-1]) / 2
    missing = np.zeros(len(middles))
    for way, expected in normal.items():
        total = run.total(way)
        if total is not None:
            missing += np.nan_to_num(np.maximum(expected - total, 0.0))
    candidates = _candidates(onsets)
    if not candidates:
        return Moment(frame=int(np.argmax(missing)) if missing.any() else len(middles) // 2, disruption=None)
    during = [(middles >= item.start) & (middles < item.end) for item in candidates]
    during = [
        flags if flags.any() else _nearest(middles, item)
        for flags, item in zip(during, candidates, strict=True)
    ]
    costs = [float(missing[flags].sum()) for flags in during]
    best = int(np.argmax(costs)) if max(costs) > 0.0 else int(np.argmax([flags.sum() for flags in during]))
    frames = np.flatnonzero(during[best])
    ordered = frames[np.argsort(missing[frames], kind="stable")]
    frame = ordered[int(TYPICAL * (len(ordered) - 1))] if costs[best] > 0.0 else frames[len(frames) // 2]
    return Moment(frame=int(frame), disruption=candidates[best])


def _candidates(onsets: list[Disruption]) -> list[Disruption]:
    unplanned = [item for item in onsets if item.kind != "planned closure"]
    long = [item for item in unplanned if item.kind == "closure" and item.end - item.start >= MIN_LONG]
    return long or unplanned or onsets


def differs(flow: float, expected: float) -> bool:
    """Whether a flow is visibly more or less than normal."""
    return abs(flow - expected) > MIN_CHANGE * max(flow, expected)


def on_date(start: date, day: float) -> str:
    """Return a day of a run in full: 3 April 2022."""
    at = start + timedelta(days=int(day))
    return f"{at.day} {at:%B} {at.year}"


def _kind(planned: bool) -> Kind:
    return "planned closure" if planned else "closure"


def _nearest(middles: Numbers, item: Disruption) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = np.arange(len(middles)) == np.argmin(np.abs(middles - item.start))
    return flags
