"""Timeline of a map: the runs that it plays back, their normal flows, and the day that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.charts.map.disruptions import Disruption, choose_frame, disruptions, subjects
from sim.charts.map.playback import Playback, frames_of, playback, unit_of, ways_of
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.sides import Side

MIN_NORMAL_DAYS = 5.0  # before the first disruption, for its flows to be called normal


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    """Runs of a map, the map's own first, then the reference run, if any; flows are in `unit` a day.

    `normal` holds the normal flow of each way by frame. The map shows a `frame`, on which it is about a
    `disruption`, if any; `disruptions` lists them all.
    """

    side: Side
    runs: tuple[Playback, ...]
    normal: Mapping[str, Numbers]
    normal_until: float | None
    """Day until which the mean is normal, if that is the normal flow."""
    disruptions: Sequence[Disruption]
    disruption: Disruption | None
    frame: int
    unit: str

    @property
    def record(self) -> Record:
        return self.runs[0].frames.record

    @property
    def reference(self) -> Record | None:
        return self.runs[1].frames.record if len(self.runs) > 1 else None

    @property
    def window(self) -> tuple[float, float]:
        """First and last moment of the frame that the map shows."""
        first, last = self.runs[0].frames.edges[self.frame : self.frame + 2].tolist()
        return first, last

    @cached_property
    def largest(self) -> float:
        """Largest flow of any way at any time, the scale of all widths."""
        ways = ways_of(self.record.network, self.side)
        flows = [total for run in self.runs for way in ways if (total := run.total(way)) is not None]
        flows += [self.normal[way] for way in ways if way in self.normal]
        return max((float(np.nan_to_num(flow).max()) for flow in flows), default=0.0)

    def flow(self, way: str) -> float:
        """Return the flow over a way on the map's day."""
        total = self.runs[0].total(way)
        return 0.0 if total is None else float(np.nan_to_num(total[self.frame]))

    def normal_flow(self, way: str) -> float | None:
        """Return the normal flow over a way on the map's day; None if there is none to compare with."""
        normal = float(self.normal[way][self.frame]) if way in self.normal else np.nan
        return None if np.isnan(normal) else normal


def timeline(record: Record, side: Side, reference: Record | None, day: float | None) -> Timeline:
    """Return the timeline of a run; `day` overrides the day that its map would choose to show.

    The normal flow is that of the reference run on the same day, else the mean before the first disruption,
    else, where that comes too soon, unknown.
    """
    runs = tuple(playback(frames, side) for frames in frames_of(record, reference))
    edges = runs[0].frames.edges
    candidates = subjects(record, runs[1].frames.record if len(runs) > 1 else None, side)
    first = min((item.start for item in candidates), default=0.0)
    has_mean = len(runs) == 1 and first >= MIN_NORMAL_DAYS
    normal = _before(runs[0], first) if has_mean else {}
    if len(runs) > 1:
        normal = {way: total for way in runs[0].flows if (total := runs[1].total(way)) is not None}
    missing = [np.nan_to_num(np.maximum(flow - _total(runs[0], way), 0.0)) for way, flow in normal.items()]
    frame, disruption = choose_frame(np.sum([np.zeros(len(edges) - 1), *missing], axis=0), edges, candidates)
    return Timeline(
        side=side,
        runs=runs,
        normal=normal,
        normal_until=first if has_mean else None,
        disruptions=disruptions(record, side),
        disruption=disruption,
        frame=frame if day is None else runs[0].frames.frame_of(day),
        unit=unit_of(record, side)[1],
    )


def _total(run: Playback, way: str) -> Numbers | float:
    total = run.total(way)
    return np.nan if total is None else total


def _before(run: Playback, day: float) -> dict[str, Numbers]:
    """Return the mean flow of each way before a day, for all frames."""
    before = run.frames.edges[1:] <= day + 1e-9
    totals = {way: run.total(way) for way in run.flows}
    return {
        way: np.full(len(before), total[before].mean()) for way, total in totals.items() if total is not None
    }
