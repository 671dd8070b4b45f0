"""Maps of a page: the scene of each side of a run, and the data by which a script plays it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.charts.freight.groups import dry_cargoes
from sim.charts.map import courses, moment
from sim.charts.map.legend import Entry, EntryKind, legend
from sim.charts.map.playback import Playback, stocks_of
from sim.charts.map.scene import SIDES, Scene, has_map, map_scene
from sim.measures import Record, Span
from sim.measures.series import Numbers
from sim.measures.sides import Side
from sim.report.page.map_closures import closed_frames, refused_frames, storm_frames
from sim.report.page.map_flows import touched
from sim.report.page.page_runs import PageRuns, short

SCALE = {
    "max_width": courses.MAX_WIDTH,
    "min_width": courses.MIN_WIDTH,
    "min_change": moment.MIN_CHANGE,
    "min_visible": courses.MIN_VISIBLE,
    "dashes": courses.DASHES,
    "min_dashed": courses.MIN_DASHED,
}
"""How the script draws flows, by the rules of the scene."""
Spans = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One map: its scene, its legend for all days, and what its script needs to play the runs back."""

    id: Side
    title: str
    scene: Scene
    legend: tuple[Entry, ...]
    data: dict[str, Any]


def views(runs: PageRuns, spans: Spans) -> list[View]:
    """Return the maps of what a run carries; `spans` are the closures of each run."""
    network = runs.record.network
    return [_view(runs, spans, side) for side in SIDES if has_map(network, side)]


def _view(runs: PageRuns, spans: Spans, side: Side) -> View:
    scene = map_scene(runs.record, side, runs.beside)
    times = scene.timeline
    played = {
        name: _played(runs, run, spans[name], scene)
        for (name, _), run in zip(runs.by_name, times.runs, strict=True)
    }
    data = {
        "id": side,
        "unit": f"{times.unit}/day",
        "largest": times.largest,
        "first": times.moment.frame,
        "scale": SCALE,
        "ways": [{"id": way.id, "name": way.name, "note": way.note} for way in scene.ways],
        "normal": {} if runs.beside else {id: float(values[0]) for id, values in times.normal.items()},
        "discs": [{"id": disc.id, "name": disc.name, "capacity": disc.capacity} for disc in scene.discs],
        "places": [{"id": sign.id, "name": sign.name, "kind": sign.kind} for sign in scene.signs],
        "runs": played,
    }
    return View(
        id=side,
        title=_title(runs.record, side),
        scene=scene,
        legend=legend(scene.ways, scene.signs, times.unit, side == "freight", marks=_marks(scene, played)),
        data=data,
    )


def _title(record: Record, side: Side) -> str:
    cargoes = dry_cargoes(record)
    if side == "oil":
        return "Oil" if cargoes else "Flows"
    return cargoes[0].name if len(cargoes) == 1 else "Dry cargo"


def _marks(scene: Scene, played: Mapping[str, Mapping[str, Any]]) -> frozenset[EntryKind]:
    """Return the kinds of the legend that are drawn on some day of some run."""
    marks: set[EntryKind] = {"still", *(("disc",) if scene.discs else ())}
    for run in played.values():
        marks |= {"closed"} if run["shut"] else set()
        marks |= {"refused"} if scene.timeline.side == "freight" and run["refused"] else set()
        marks |= {"storm"} if any(run["storms"].values()) else set()
        marks |= {"strained"} if any(run["strained"].values()) else set()
    return frozenset(marks | ({"less", "more"} if scene.timeline.normal else set()))


def _played(runs: PageRuns, run: Playback, spans: Sequence[Span], scene: Scene) -> dict[str, Any]:
    """Return what a run did, its flows in the order of the scene's ways; none for ways that it has not."""
    record, side = run.record, scene.timeline.side
    stocks = stocks_of(runs.record.network, side)
    return {
        "flows": [
            [{"towards": flow.towards, "flow": short(flow.values, 3)} for flow in run.flows.get(way.id, ())]
            for way in scene.ways
        ],
        "fills": {id: _whole(run.fills[id]) for id in stocks if id in run.fills},
        "strained": {id: touched(runs, record, run.strained[id]) for id in stocks if id in run.strained},
        "shut": closed_frames(runs, record, spans, side),
        "refused": refused_frames(runs, record),
        "storms": storm_frames(runs, record),
    }


def _whole(percents: Numbers) -> list[int | None]:
    return [None if np.isnan(percent) else round(percent) for percent in percents.tolist()]
