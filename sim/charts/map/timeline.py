"""Timeline of a map: the runs that it plays back, their normal flows, and the day that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.charts.map.disruptions import Disruption, choose_frame, disruptions, subjects
from sim.charts.map.playback import Flows, Frames, frames_of, unit_of, ways_of
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.sides import Side

Totals = dict[str, Numbers]
MIN_NORMAL_DAYS = 5.0  # before the first disruption, for its flows to be called normal


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    """Runs of a map, the map's own first, then the reference run, if any; flows are in `unit` a day.

    `flows` are those of each run in each direction, `totals` both directions together, and `normal` the
    normal flow of each way, all by frame. The map shows a `frame`, on which it is about a `disruption`, if
    any; `disruptions` lists them all.
    """

    side: Side
    unit: str
    runs: tuple[Frames, ...]
    flows: tuple[Flows, ...]
    totals: tuple[Totals, ...]
    normal: Totals
    normal_until: float | None
    """Day up to which the mean is normal, if that is the normal flow."""
    disruptions: Sequence[Disruption]
    disruption: Disruption | None
    frame: int

    @property
    def record(self) -> Record:
        return self.runs[0].record

    @property
    def reference(self) -> Record | None:
        return self.runs[1].record if len(self.runs) > 1 else None

    @property
    def window(self) -> tuple[float, float]:
        """First and last moment of the frame that the map shows."""
        first, last = self.runs[0].edges[self.frame : self.frame + 2].tolist()
        return first, last

    @cached_property
    def largest(self) -> float:
        """Largest flow of any way at any time, the scale of all widths."""
        ways = ways_of(self.record.network, self.side)
        flows = [
            flow for totals in (*self.totals, self.normal) for way, flow in totals.items() if way in ways
        ]
        return max((float(np.nan_to_num(flow).max()) for flow in flows), default=0.0)

    def flow(self, way: str) -> float:
        """Return the flow over a way on the map's day."""
        return float(np.nan_to_num(self.totals[0][way][self.frame])) if way in self.totals[0] else 0.0

    def normal_flow(self, way: str) -> float | None:
        """Return the normal flow over a way on the map's day; None if there is none to compare with."""
        normal = float(self.normal[way][self.frame]) if way in self.normal else np.nan
        return None if np.isnan(normal) else normal


def timeline(record: Record, side: Side, reference: Record | None, day: float | None) -> Timeline:
    """Return the timeline of a run; `day` overrides the day that its map would choose to show.

    The normal flow is that of the reference run on the same day, else the mean before the first disruption,
    else, where that comes too soon, unknown.
    """
    runs = frames_of(record, reference)
    flows = tuple(run.flows(side) for run in runs)
    totals = tuple(_totals(each) for each in flows)
    candidates = subjects(record, runs[1].record if len(runs) > 1 else None, side)
    first = min((item.start for item in candidates), default=0.0)
    has_mean = len(runs) == 1 and first >= MIN_NORMAL_DAYS
    before = runs[0].edges[1:] <= first + 1e-9
    means = {way: np.full(len(before), flow[before].mean()) for way, flow in totals[0].items() if has_mean}
    normal = totals[1] if len(runs) > 1 else means
    missing = np.zeros(len(before))
    for way in sorted(totals[0].keys() & normal.keys()):
        missing += np.nan_to_num(np.maximum(normal[way] - totals[0][way], 0.0))
    frame, disruption = choose_frame(missing, runs[0].edges, candidates)
    return Timeline(
        side=side,
        unit=unit_of(record, side)[1],
        runs=runs,
        flows=flows,
        totals=totals,
        normal={way: flow for way, flow in normal.items() if way in flows[0]},
        normal_until=first if has_mean else None,
        disruptions=disruptions(record, side),
        disruption=disruption,
        frame=frame if day is None else runs[0].frame_of(day),
    )


def _totals(flows: Flows) -> Totals:
    return {way: np.sum(list(directed.values()), axis=0) for way, directed in flows.items() if directed}
