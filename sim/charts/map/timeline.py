"""Timeline of a map: the runs that it plays back, their normal flows, and the day that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.charts.freight.groups import dry_cargoes
from sim.charts.map.moment import (
    Disruption,
    Moment,
    choose_moment,
    disruptions,
    normal_flows,
    on_date,
    onsets,
)
from sim.charts.map.playback import Playback, frame_edges, playback, unit_of, ways_of
from sim.charts.wording import listed, number
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.sides import Side
from sim.measures.smoothing import smoothing_name


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Timeline:
    """Flows of a run by frame, between `edges` in days, in `unit` a day.

    `runs` has the map's run first, then the reference run, if any. `normal` holds the normal flow of each
    way by frame; `largest` is the largest flow of any way at any time, the scale of all widths.
    """

    side: Side
    edges: Numbers
    runs: tuple[Playback, ...]
    normal: Mapping[str, Numbers]
    disruptions: Sequence[Disruption]
    moment: Moment
    unit: str
    largest: float

    @property
    def record(self) -> Record:
        return self.runs[0].record

    @property
    def reference(self) -> Record | None:
        return self.runs[1].record if len(self.runs) > 1 else None

    @property
    def window(self) -> tuple[float, float]:
        """First and last moment of the frame that the map shows."""
        first, last = self.edges[self.moment.frame : self.moment.frame + 2].tolist()
        return first, last

    @property
    def subject(self) -> str:
        """Return what is drawn, with its averaging, and what is closed on the day shown."""
        cargoes = dry_cargoes(self.record)
        what = "oil" if self.side == "oil" else listed([cargo.name.lower() for cargo in cargoes])
        ways = "" if self.side == "oil" else ", both ways together"
        parts = [f"Flow of {what}{ways}, {smoothing_name(self.record.days)}"]
        first, last = self.window
        now = [item.title for item in self.disruptions if item.start < last and item.end > first]
        if now:
            parts.append(f"in force: {listed(now)}")
        ocean = self._ocean()
        if ocean > 0.0:
            parts.append(f"the ocean, not drawn, carries {number(ocean)} {self.unit}/day")
        return "; ".join(parts)

    @property
    def context(self) -> str:
        """Return the run's title, and with what its flows are compared."""
        title = self.record.title
        if self.reference is not None:
            return f"{title}; normal flow: “{self.reference.title}” on the same day"
        if self.normal:
            first = min(item.start for item in onsets(self.record, None, self.side))
            return f"{title}; normal flow: mean before {on_date(self.record.start, first)}"
        return title

    def _ocean(self) -> float:
        lines = self.record.network.lines.values() if self.side == "freight" else ()
        totals = [self.runs[0].total(line.id) for line in lines if line.mode == "ocean"]
        return float(sum(np.nan_to_num(total[self.moment.frame]) for total in totals if total is not None))


def timeline(record: Record, side: Side, reference: Record | None, day: float | None) -> Timeline:
    """Return the timeline of a run; `day` overrides the day that its map would choose to show."""
    edges = frame_edges(record.days)
    records = [record, *([reference] if reference is not None and _overlap(record, reference) else [])]
    runs = tuple(playback(run, side, edges, record) for run in records)
    all_disruptions = disruptions(record, side)
    within = onsets(record, reference if len(runs) > 1 else None, side)
    normal = normal_flows(runs[0], runs[1] if len(runs) > 1 else None, within, edges)
    moment = choose_moment(runs[0], normal, within, edges)
    if day is not None:
        frame = int(np.clip(np.searchsorted(edges, day, side="right") - 1, 0, len(edges) - 2))
        moment = replace(moment, frame=frame)
    return Timeline(
        side=side,
        edges=edges,
        runs=runs,
        normal=normal,
        disruptions=all_disruptions,
        moment=moment,
        unit=unit_of(record, side),
        largest=max((float(np.nanmax(values)) for values in _drawn_flows(runs, normal, side)), default=0.0),
    )


def _drawn_flows(runs: Sequence[Playback], normal: Mapping[str, Numbers], side: Side) -> Iterator[Numbers]:
    for way in ways_of(runs[0].record.network, side):
        for values in (*(run.total(way) for run in runs), normal.get(way)):
            if values is not None and np.isfinite(values).any():
                yield values


def _overlap(record: Record, reference: Record) -> bool:
    start = (reference.start - record.start).days
    return start < record.days and start + reference.days > 0.0
