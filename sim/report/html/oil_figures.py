"""The plots of oil: exports, curtailment, tank farms, ships."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measures import Record
from sim.measures.series import Numbers
from sim.plots.exports import main_cargo, routes, smoothing_name
from sim.plots.figures import called_stock
from sim.plots.style import FILLS, INK, fills, strokes
from sim.report.html.figure import DASHES, LOW, Figure, Row, baseline_curve, curve, figure, layer, legend_once
from sim.report.html.map_flows import KILOTONNE, fill, frame_means, step_flow
from sim.report.html.shown import Shown

SHOWN_TANKS = 3


def oil_figures(shown: Shown) -> Iterator[Figure]:
    """The plots of a run that exports any liquid."""
    if shown.record.network.contracts:
        yield _exports(shown)
        yield from _curtailment(shown)
        yield from _tanks(shown)
        yield from _ships(shown)


def _exports(shown: Shown) -> Figure:
    by_route = _by_route(shown, shown.record)
    curves = [
        layer(shown, route, values, look, "exports")
        for (route, values), look in zip(by_route.items(), fills(len(by_route)), strict=True)
        if np.nanmax(values, initial=0.0) > 0.0
    ]
    if shown.beside:
        usual = _total(_by_route(shown, shown.beside))
        curves.append(baseline_curve(shown, f"Total in {shown.beside.name}", usual))
    told = f"{main_cargo(shown.record).name} by route, {smoothing_name(shown.record.days)}"
    return figure(shown, "exports", "Exports", told, [Row(name="Exports, kt/day", curves=curves)])


def _by_route(shown: Shown, record: Record) -> dict[str, Numbers]:
    steps = record.journal.steps
    return {
        route: _total({m: step_flow(shown, record, steps.get(("exported", m))) / KILOTONNE for m in markets})
        for route, markets in routes(record.network, main_cargo(record).id).items()
    }


def _total(layers: dict[str, Numbers]) -> Numbers:
    total: Numbers = np.sum(list(layers.values()), axis=0)
    return total


def _curtailment(shown: Shown) -> Iterator[Figure]:
    cut = _curtailed(shown, shown.record)
    looks = dict(zip(cut, fills(len(cut)), strict=True))
    curves = [
        layer(shown, name, values, looks[name], "curtailed")
        for name, values in cut.items()
        if np.nanmax(values, initial=0.0) > 0.0
    ]
    if shown.beside:
        usual = _total(_curtailed(shown, shown.beside))
        if np.nanmax(usual, initial=0.0) > 0.0:
            curves.append(baseline_curve(shown, f"Total in {shown.beside.name}", usual))
    if curves:
        told = "What fields had to shut in because nothing could take it, by shipper, daily mean"
        yield figure(shown, "curtailment", "Curtailment", told, [Row(name="Curtailed, kt/day", curves=curves, height=190.0)])


def _curtailed(shown: Shown, record: Record) -> dict[str, Numbers]:
    steps = record.journal.steps
    found: dict[str, Numbers] = {}
    for shipper in record.network.shippers.values():
        values = frame_means(shown, record, steps.get(("curtailed", shipper.id))) / KILOTONNE
        found[shipper.name] = found[shipper.name] + values if shipper.name in found else values
    return found


def _tanks(shown: Shown) -> Iterator[Figure]:
    """All tank farms whose level moved; those that were fullest are shown at first, the others on a click."""
    network = shown.record.network
    levels = {stock.id: fill(shown, shown.record, stock) for stock in network.stocks.values()}
    moving = {id: values for id, values in levels.items() if np.nanmax(values, initial=0.0) > 0.0}
    called = called_stock(network)
    ordered = sorted(moving, key=lambda id: (id != called, -float(np.nanmax(moving[id]))))
    curves = [
        curve(shown, network.stocks[id].name, moving[id], look.colour, _dash(look.dashes),
              visible=True if number < SHOWN_TANKS else "legendonly")
        for number, (id, look) in enumerate(zip(ordered, strokes(len(ordered) + 1)[1:], strict=True))
    ]  # fmt: skip
    if shown.beside and called in shown.beside.network.stocks:
        stock = shown.beside.network.stocks[called]
        usual = fill(shown, shown.beside, stock)
        curves.insert(1, baseline_curve(shown, f"{stock.name} in {shown.beside.name}", usual))
    if curves:
        told = "How full, mean of each day; click a name to show or hide it"
        yield figure(shown, "tanks", "Tank farms", told, [Row(name="Fill, % of capacity", curves=curves, top=100.0)])


def _dash(dashes: object) -> str:
    return DASHES.get(dashes, "longdashdot") if isinstance(dashes, str) else "longdashdot"


def _ships(shown: Shown) -> Iterator[Figure]:
    """Of each lane that ships came to load on: those alongside, and on top of them those in the roads."""
    network, steps = shown.record.network, shown.record.journal.steps
    rows = []
    for lane in [id for id, link in network.links.items() if ("waiting", id) in steps and link.mode == "sea"]:
        alongside = frame_means(shown, shown.record, steps.get(("alongside", lane)))
        waiting = frame_means(shown, shown.record, steps.get(("waiting", lane)))
        curves = [
            layer(shown, "Alongside", alongside, FILLS[0], lane),
            layer(shown, "Waiting in the roads", waiting, FILLS[1], lane),
        ]
        if shown.beside and ("waiting", lane) in shown.beside.journal.steps:
            theirs = shown.beside.journal.steps
            both = frame_means(shown, shown.beside, theirs.get(("alongside", lane)))
            both = both + frame_means(shown, shown.beside, theirs.get(("waiting", lane)))
            curves.append(curve(shown, f"Both in {shown.beside.name}", both, INK, "dash", 1.4))
        link = network.links[lane]
        name = f"{network.places[link.origin].name}, for {network.places[link.destination].name}"
        rows.append(Row(name=f"{name}, ships", curves=curves, height=LOW))
    if rows:
        told = "Ships by where they load, mean of each day"
        yield figure(shown, "ships", "Ships waiting and alongside", told, legend_once(rows))
