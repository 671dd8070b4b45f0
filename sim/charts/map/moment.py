"""Choice of the day that a map shows, the normal flows of that day, and the finding in its title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.charts.map.playback import Playback
from sim.charts.wording import count, number, percent
from sim.measures.record import BoycottSpan, Record, Span
from sim.measures.series import Numbers
from sim.measures.sides import Side, spans_of
from sim.network.elements import Link
from sim.network.freight.elements import Line

MIN_NORMAL_DAYS = 5.0  # before the first disruption, for its flows to be called normal
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


def normal_flows(
    run: Playback, reference: Playback | None, known: list[Disruption], edges: Numbers
) -> dict[str, Numbers]:
    """Return the normal flow of each way by frame: that of the reference run on the same day.

    Without a reference run it is the mean before the first disruption; nothing where that comes too soon.
    """
    if reference is not None:
        totals = {way: reference.total(way) for way in run.flows}
        return {way: total for way, total in totals.items() if total is not None}
    first = min((disruption.start for disruption in known), default=0.0)
    before = edges[1:] <= first + 1e-9
    if first < MIN_NORMAL_DAYS:
        return {}
    totals = {way: run.total(way) for way in run.flows}
    return {
        way: np.full(len(before), total[before].mean()) for way, total in totals.items() if total is not None
    }


def choose_moment(run: Playback, normal: Normal, known: list[Disruption], edges: Numbers) -> Moment:
    """Choose a day on which the costliest disruption bites: three quarters of its days have less missing.

    Unplanned closures and boycotts go before planned ones. A disruption's cost is the flow missing on all
    ways, added up over its days, so that a month without a mooring outweighs a storm of two days. Without
    any disruption the map shows the middle of the run.
    """
    middles = (edges[1:] + edges[:-1]) / 2
    missing = np.zeros(len(middles))
    for way, usual in normal.items():
        total = run.total(way)
        if total is not None:
            missing += np.nan_to_num(np.maximum(usual - total, 0.0))
    unplanned = [disruption for disruption in known if disruption.kind != "planned closure"]
    candidates = unplanned or known
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


def finding(
    run: Playback,
    normal: Normal,
    moment: Moment,
    ways: Mapping[str, Link | Line],
    edges: Numbers,
    unit: str,
) -> str:
    """Return the date, how far into the disruption it is, and the way whose flow is farthest from normal."""
    frame = moment.frame
    begins = on_date(run.record.start, float(edges[frame]))
    if moment.disruption is not None:
        begins = f"{begins}, {_since(moment.disruption, float(edges[frame]))}"
    flows = {way: float(total[frame]) for way in ways if (total := run.total(way)) is not None}
    usual = {
        way: float(normal[way][frame])
        for way, flow in flows.items()
        if way in normal and np.isfinite(flow - normal[way][frame])
    }
    weights = {
        way: abs(flows[way] - usual[way]) * (BY_SEA if ways[way].mode == "sea" else 1.0) for way in usual
    }
    way = max(weights, key=lambda id: weights[id], default=None)
    if way is not None and differs(flows[way], usual[way]):
        return f"{begins}: {compared(ways[way].name, flows[way], usual[way], unit)}"
    way = max(flows, key=lambda id: np.nan_to_num(flows[id]), default=None)
    if way is None or not flows[way] > 0.0:
        return f"{begins}: nothing moves"
    largest = f"{number(flows[way])} {unit}/day on {ways[way].name}"
    return f"{begins}: every flow is normal, at most {largest}" if usual else f"{begins}: up to {largest}"


def compared(name: str, flow: float, usual: float, unit: str) -> str:
    """Return the flow on a way and what part of its normal value that is, in words."""
    if flow <= 0.0:
        return f"no flow on {name}, normally {number(usual)} {unit}/day"
    rate = f"{number(flow)} {unit}/day on {name}"
    if usual <= 0.0:
        return f"{rate}, normally none"
    times = flow / usual
    return (
        f"{rate}, {percent(flow, usual)} of normal"
        if times < 2.0
        else f"{rate}, {number(times, 2)} times normal"
    )


def _since(disruption: Disruption, day: float) -> str:
    days = int(day - np.floor(disruption.start))
    since = f"{count(days, 'day')} into" if days > 0 else "on the first day of"
    return f"{since} the {disruption.kind} “{disruption.name}”"


def differs(flow: float, usual: float) -> bool:
    """Whether a flow is visibly more or less than normal."""
    return abs(flow - usual) > MIN_CHANGE * max(flow, usual)


def on_date(start: date, day: float) -> str:
    """Return a day of a run in full: 3 April 2022."""
    at = start + timedelta(days=int(day))
    return f"{at.day} {at:%B} {at.year}"


def _kind(planned: bool) -> Kind:
    return "planned closure" if planned else "closure"


def _nearest(middles: Numbers, item: Disruption) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = np.arange(len(middles)) == np.argmin(np.abs(middles - item.start))
    return flags
