"""The maps of a page: one of the liquids' links, one of the lines of boxes and wagons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.measures import Record, Span
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.elements import Link, Stock
from sim.network.freight.elements import Line, Yard
from sim.plots.freight import carries_oil, scale_of, travelling
from sim.plots.map_ways import MODES
from sim.report.html.map_flows import KILOTONNE, fill, line_flow, link_flow, strained
from sim.report.html.map_shut import refused_frames, shut_frames, storm_frames
from sim.report.html.map_sketch import Sketch, sketch
from sim.report.html.shown import Shown, short

Flow = Callable[[Record, Any], list[tuple[str, Numbers]]]
Intervals = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One map: what stands still on it, and what its script needs to play a run back."""

    id: str
    title: str
    sketch: Sketch
    data: dict[str, Any]


def views(shown: Shown, spans: Intervals) -> list[View]:
    """The maps of what the run carries; `spans` are the closures of each run."""
    network = shown.record.network
    found = []
    if carries_oil(network) and network.links:
        title = "Oil" if travelling(network) else "Flows"
        of = partial(link_flow, shown)
        found.append(_view(shown, spans, "oil", title, network.links, network.stocks, "kt/day", of))
    cargoes = travelling(network)
    if cargoes:
        in_tonnes = len(cargoes) > 1
        divisor, unit = (KILOTONNE, "kt") if in_tonnes else scale_of(cargoes[0])
        title = "Dry cargo" if in_tonnes else cargoes[0].name
        drawn = {id: line for id, line in network.lines.items() if line.mode != "ocean"}
        over = partial(line_flow, shown, divisor=divisor, in_tonnes=in_tonnes)
        found.append(_view(shown, spans, "freight", title, drawn, network.yards, f"{unit}/day", over))
    return found


def _view(
    shown: Shown, spans: Intervals, id: str, title: str, ways: Mapping[str, Link | Line],
    stocks: Mapping[str, Stock | Yard], unit: str, flow: Flow,
) -> View:  # fmt: skip
    network = shown.record.network
    still = sketch(network, list(ways.values()), list(stocks.values()))
    played = {name: _played(shown, record, spans[name], ways, stocks, flow) for name, record in shown.runs}
    content = {
        "id": id,
        "unit": unit,
        "greatest": max(_greatest(one["flows"]) for one in played.values()),
        "ways": [
            {"id": one.id, "name": one.name, "mode": _mode(one), "note": _note(network, one)}
            for one in ways.values()
        ],
        "discs": [{"id": disc.id, "name": disc.name, "capacity": disc.capacity} for disc in still.discs],
        "places": [{"id": place.id, "name": place.name, "kind": place.kind} for place in still.places],
        "runs": played,
    }
    return View(id=id, title=title, sketch=still, data=content)


def _played(
    shown: Shown, record: Record, spans: Sequence[Span], ways: Mapping[str, Link | Line],
    stocks: Mapping[str, Stock | Yard], flow: Flow,
) -> dict[str, Any]:  # fmt: skip
    """What a run did, in the order of the page's ways and stocks; nothing for those that it does not have."""
    network = record.network
    known = {**network.links, **network.lines}
    theirs: dict[str, Stock | Yard] = {**network.stocks, **network.yards}
    return {
        "flows": [
            [
                {"towards": network.places[place].name, "flow": short(values, 3)}
                for place, values in (flow(record, known[id]) if id in known else [])
            ]
            for id in ways
        ],
        "fills": {id: _whole(fill(shown, record, theirs[id])) for id in stocks if id in theirs},
        "strained": {id: strained(shown, record, theirs[id]) for id in stocks if id in theirs},
        "shut": shut_frames(shown, record, spans),
        "refused": refused_frames(shown, record),
        "storms": storm_frames(shown, record),
    }


def _greatest(flows: Sequence[Sequence[dict[str, Any]]]) -> float:
    """The greatest flow on any way, all its directions together."""
    sums = (np.sum([np.array(one["flow"], dtype=float) for one in both], axis=0) for both in flows if both)
    return max((float(np.nanmax(values)) for values in sums if np.any(values == values)), default=0.0)


def _whole(percents: Numbers) -> list[int | None]:
    return [None if one != one else round(one) for one in percents.tolist()]


def _mode(way: Link | Line) -> str:
    return way.mode if way.mode in MODES else "rail"


def _note(network: Network, way: Link | Line) -> str:
    """What limits a way, in words."""
    if isinstance(way, Link):
        divisor, unit = scale_of(network.cargoes[way.cargo])
        return "" if way.capacity is None else f"capacity {way.capacity / divisor:,.4g} {unit}/day"
    return "" if way.paths is None else f"{way.paths:g} trains a day each way"
