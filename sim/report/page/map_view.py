"""Maps of a page: the scene of each side of a run as SVG, and the data by which a script plays it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import numpy as np

from sim.charts.freight.groups import dry_cargoes
from sim.charts.map import palette, ways
from sim.charts.map.closed import closed_during
from sim.charts.map.legend import Entry, EntryKind, legend
from sim.charts.map.playback import Flows, FrameRange, Frames, stocks_of
from sim.charts.map.projection import WIDTH
from sim.charts.map.scene import SIDES, Scene, has_map, map_scene
from sim.charts.map.signs import AREA_SIZE, NAME_SIZE
from sim.measures import Record
from sim.measures.intervals import event_intervals
from sim.measures.series import Numbers
from sim.measures.sides import Side
from sim.report.page.readout import RUN_NAMES, short

MAP_WIDTH = WIDTH
MAP_STYLE = {
    "name-size": f"{NAME_SIZE}px",
    "area-size": f"{AREA_SIZE}px",
    "land": palette.LAND,
    "sea": palette.SEA,
    "coast": palette.COAST,
    "border": palette.BORDER,
    "less-edge": palette.LESS_EDGE,
    "more-edge": palette.MORE_EDGE,
    "held": palette.HELD,
    "strained": palette.STRAINED,
    **{f"area-{kind}": colour for kind, colour in palette.AREA_COLOURS.items()},
    **{f"mode-{mode}": colour for mode, colour in palette.MODES.items()},
}
"""Custom properties of the map's style."""
SCALE = {
    "max_width": ways.MAX_WIDTH,
    "min_width": ways.MIN_WIDTH,
    "min_change": ways.MIN_CHANGE,
    "min_visible": ways.MIN_VISIBLE,
    "dashes": palette.DASHES,
    "min_dashed": palette.MIN_DASHED,
}
"""Rules of the scene by which the script draws flows."""
MIN_STORM = 0.25  # of a frame


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One map: its scene, its legend for all days, and the data with which its script plays the runs back."""

    id: Side
    title: str
    scene: Scene
    legend: tuple[Entry, ...]
    data: dict[str, Any]


def views(record: Record, reference: Record | None) -> list[View]:
    """Return the maps of what a run carries."""
    return [_view(map_scene(record, side, reference)) for side in SIDES if has_map(record.network, side)]


def svg_path(lines: Sequence[Numbers], closed: bool = False) -> str:
    """Return lines as the `d` of an SVG path, in points of the sheet to a tenth."""
    return "".join(_path(line, closed) for line in lines)


def _path(line: Numbers, closed: bool) -> str:
    rounded = np.round(line, 1)
    rounded = rounded[np.append(True, np.any(np.diff(rounded, axis=0) != 0.0, axis=1))]
    steps = "L".join(f"{x:g} {y:g}" for x, y in rounded.tolist())
    return f"M{steps}{'Z' if closed else ''}"


def _view(scene: Scene) -> View:
    times = scene.timeline
    is_mean = times.reference is None
    runs = zip(RUN_NAMES, times.runs, times.flows, strict=False)
    played = {name: _played(frames, flows, scene) for name, frames, flows in runs}
    data = {
        "id": times.side,
        "unit": f"{times.unit}/day",
        "largest": times.largest,
        "first": times.frame,
        "scale": SCALE,
        "ways": [{"id": way.id, "name": way.name, "note": way.note} for way in scene.ways],
        "normal": {id: float(values[0]) for id, values in times.normal.items()} if is_mean else {},
        "discs": [{"id": disc.id, "name": disc.name, "capacity": disc.capacity} for disc in scene.discs],
        "places": [{"id": sign.id, "name": sign.name, "kind": sign.kind} for sign in scene.signs],
        "runs": played,
    }
    return View(
        id=times.side,
        title=_title(times.record, times.side),
        scene=scene,
        legend=legend(scene.ways, scene.signs, times.unit, times.side, _marks(scene, list(played.values()))),
        data=data,
    )


def _title(record: Record, side: Side) -> str:
    cargoes = dry_cargoes(record)
    if side == "oil":
        return "Oil" if cargoes else "Flows"
    return cargoes[0].name if len(cargoes) == 1 else "Dry cargo"


def _marks(scene: Scene, played: Sequence[dict[str, Any]]) -> frozenset[EntryKind]:
    """Return the kinds of the legend that are drawn on some day of some run."""
    drawn: dict[EntryKind, bool] = {
        "still": True,
        "disc": bool(scene.discs),
        "closed": any(run["shut"] for run in played),
        "refused": any(run["refused"] for run in played),
        "storm": any(ranges for run in played for ranges in run["storms"].values()),
        "strained": any(ranges for run in played for ranges in run["strained"].values()),
        "less": bool(scene.timeline.normal),
        "more": bool(scene.timeline.normal),
    }
    return frozenset(kind for kind, is_drawn in drawn.items() if is_drawn)


def _played(frames: Frames, flows: Flows, scene: Scene) -> dict[str, Any]:
    """Return the playback of a run, its flows in the order of the scene's ways; none for ways it has not."""
    side, network = scene.timeline.side, frames.record.network
    stocks = stocks_of(network, side).values()
    return {
        "flows": [
            [
                {"towards": network.places[end].name, "flow": short(flow, 3)}
                for end, flow in flows.get(way.id, {}).items()
            ]
            for way in scene.ways
        ],
        "fills": {stock.id: _to_percent(frames.fill(stock)) for stock in stocks},
        "strained": {stock.id: frames.strained(stock) for stock in stocks},
        "shut": list(_closed(frames, side)),
        "refused": list(_refused(frames)) if side == "freight" else [],
        "storms": _storms(frames),
    }


def _to_percent(fills: Numbers) -> list[int | None]:
    return [None if np.isnan(fill) else round(fill) for fill in fills.tolist()]


def _closed(frames: Frames, side: Side) -> Iterator[dict[str, Any]]:
    """Return by range of frames the ways and places that closures concern, with a note for each place."""
    record, windows = frames.record, list(pairwise(frames.edges.tolist()))
    steps = [step for span in record.spans for step in span.steps]

    def steps_in(frame: int) -> list[bool]:
        first, last = windows[frame]
        return [start < last and end > first for start, end, _ in steps]

    for in_force, group in groupby(range(len(windows)), key=steps_in):
        if any(in_force):
            numbers = list(group)
            closed = closed_during(record.network, record.spans, windows[numbers[0]], side)
            if closed.ways or closed.places:
                yield {
                    "from": numbers[0],
                    "until": numbers[-1] + 1,
                    "ways": sorted(closed.ways),
                    "places": dict(sorted(closed.places.items())),
                }


def _refused(frames: Frames) -> Iterator[dict[str, Any]]:
    """Return by range of frames the lines that shippers refuse."""
    for boycott in frames.record.boycotts:
        refused = sorted(set(boycott.elements) & set(frames.record.network.lines))
        for first, until in frames.touched([(boycott.start, boycott.end)]):
            yield {"from": first, "until": until, "ways": refused}


def _storms(frames: Frames) -> dict[str, list[FrameRange]]:
    """Return by place the frames of which a storm takes a good part."""
    record, events = frames.record, frames.record.journal.events
    stormy = dict.fromkeys(event.element for event in events if event.kind == "storm")
    return {
        place: frames.touched(event_intervals(events, "storm", "calm", place, record.days).pairs(), MIN_STORM)
        for place in stormy
        if place in record.network.places
    }
