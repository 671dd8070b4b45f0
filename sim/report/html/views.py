"""The maps of a page: one of the liquids' links, one of the lines of boxes and wagons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures import Record, Span
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.elements import Link, Stock
from sim.network.freight import Line, Yard
from sim.plots.freight import carries_oil, scale_of, travelling
from sim.report.html.map_flows import fill, line_flow, link_flow, strained
from sim.report.html.map_shut import refused_frames, shut_frames, storm_frames
from sim.report.html.map_sketch import Sketch, sketch
from sim.report.html.shown import Shown, short

Flow = Callable[[Record, Any], list[tuple[str, Numbers]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One map: what stands still on it, and what its script needs to play a run back."""

    id: str
    title: str
    sketch: Sketch
    data: dict[str, Any]


def views(shown: Shown, spans: dict[str, Sequence[Span]]) -> list[View]:
    """The maps of what the run carries; `spans` are the closures of each run."""
    network = shown.record.network
    found = []
    if carries_oil(network) and network.links:
        name = "Oil" if travelling(network) else "Flows"
        found.append(_view(shown, spans, "oil", name, list(network.links.values()), list(network.stocks.values()),
                           "kt/day", lambda record, link: link_flow(shown, record, link)))  # fmt: skip
    cargoes = travelling(network)
    if cargoes:
        in_tonnes = len(cargoes) > 1
        divisor, unit = (1e3, "kt") if in_tonnes else scale_of(cargoes[0])
        drawn = [line for line in network.lines.values() if line.mode != "ocean"]
        title = " and ".join(cargo.name for cargo in cargoes).capitalize()
        found.append(_view(shown, spans, "freight", title, drawn, list(network.yards.values()), f"{unit}/day",
                           lambda record, line: line_flow(shown, record, line, divisor, in_tonnes)))  # fmt: skip
    return found


def _view(
    shown: Shown, spans: dict[str, Sequence[Span]], id: str, title: str, ways: Sequence[Link | Line],
    stocks: Sequence[Stock | Yard], unit: str, flow: Flow,
) -> View:  # fmt: skip
    network = shown.record.network
    still = sketch(network, ways, stocks)
    played = {
        name: _played(shown, record, spans[name], ways, stocks, flow) for name, record in shown.runs
    }
    content = {
        "id": id,
        "unit": unit,
        "greatest": max(_greatest(one["flows"]) for one in played.values()),
        "ways": [
            {"id": one.id, "name": one.name, "mode": _mode(one), "note": _note(network, one)} for one in ways
        ],
        "discs": [{"id": disc.id, "name": disc.name, "capacity": disc.capacity} for disc in still.discs],
        "places": [{"id": place.id, "name": place.name, "kind": place.kind} for place in still.places],
        "runs": played,
    }
    return View(id=id, title=title, sketch=still, data=content)


def _played(
    shown: Shown, record: Record, spans: Sequence[Span], ways: Sequence[Link | Line],
    stocks: Sequence[Stock | Yard], flow: Flow,
) -> dict[str, Any]:  # fmt: skip
    places = record.network.places
    known = {**record.network.links, **record.network.lines, **record.network.stocks, **record.network.yards}
    return {
        "flows": [
            [
                {"towards": places[place].name, "flow": short(values, 3)}
                for place, values in (flow(record, known[one.id]) if one.id in known else [])
            ]
            for one in ways
        ],
        "fills": {one.id: _whole(fill(shown, record, known[one.id])) for one in stocks if one.id in known},
        "strained": {one.id: strained(shown, record, known[one.id]) for one in stocks if one.id in known},
        "shut": shut_frames(shown, record, spans),
        "refused": refused_frames(shown, record),
        "storms": storm_frames(shown, record),
    }


def _greatest(flows: Sequence[Sequence[dict[str, Any]]]) -> float:
    """The greatest flow on any way, all its directions together."""
    sums = (
        np.sum([np.array(one["flow"], dtype=float) for one in both], axis=0) for both in flows if both
    )
    return max((float(np.nanmax(values)) for values in sums if np.any(values == values)), default=0.0)


def _whole(percents: Numbers) -> list[int | None]:
    return [None if one != one else round(one) for one in percents.tolist()]


def _mode(way: Link | Line) -> str:
    return "rail" if way.mode == "border" else way.mode


def _note(network: Network, way: Link | Line) -> str:
    """What limits a way, in words."""
    if isinstance(way, Link):
        cargo = network.cargoes[way.cargo]
        return "" if way.capacity is None else f"capacity {way.capacity / scale_of(cargo)[0]:,.4g} {scale_of(cargo)[1]}/day"
    return "" if way.paths is None else f"{way.paths:g} trains a day each way"
