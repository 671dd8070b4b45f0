"""The plots of oil: exports, curtailment, tank farms, ships."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measures import Record
from sim.measures.series import Numbers
from sim.plots.exports import main_cargo, routes, smoothing_name
from sim.plots.figures import called_stock
from sim.plots.style import FILLS, fills
from sim.report.html.curves import baseline_curve, curve, dotted, layer
from sim.report.html.figure import LOW, Figure, Row, figure, legend_once
from sim.report.html.map_flows import KILOTONNE, fill, frame_means, step_flow
from sim.report.html.shown import Shown
from sim.report.html.strip import told_about

SHOWN_TANKS = 3
CUT = 190.0  # pixels
LOOKS = (
    (FILLS[0].colour, "solid"),
    (FILLS[4].colour, "dashdot"),
    (FILLS[2].colour, "dot"),
    (FILLS[6].colour, "longdash"),
    (FILLS[1].colour, "solid"),
    (FILLS[5].colour, "dash"),
)


def oil_figures(shown: Shown) -> Iterator[Figure]:
    """The plots of a run that exports any liquid."""
    if shown.record.network.contracts:
        yield from _exports(shown)
        yield from _curtailment(shown)
        yield from _tanks(shown)
        yield from _ships(shown)


def _exports(shown: Shown) -> Iterator[Figure]:
    cargo = main_cargo(shown.record)
    by_route = _by_route(shown, shown.record, cargo.id)
    looks = dict(zip(by_route, fills(len(by_route)), strict=True))
    sold = {route: values for route, values in by_route.items() if _any(values)}
    curves = [layer(shown, route, values, looks[route], "exports") for route, values in sold.items()]
    if shown.beside and shown.beside.network.contracts:
        usual = _total(shown, _by_route(shown, shown.beside, cargo.id))
        curves.append(baseline_curve(shown, f"Total in {shown.beside.name}", usual))
    told = f"{cargo.name} by route, {smoothing_name(shown.record.days)}"
    rows = [Row(name="Exports", unit="kt/day", curves=curves)]
    yield figure(shown, "exports", "Exports", told, rows, told_about(shown.record, "oil"))


def _by_route(shown: Shown, record: Record, cargo: str) -> dict[str, Numbers]:
    journal = record.journal
    return {
        route: _total(
            shown, {one: step_flow(shown, record, journal.step_series("exported", one)) for one in markets}
        )
        / KILOTONNE
        for route, markets in routes(record.network, cargo).items()
    }


def _total(shown: Shown, layers: dict[str, Numbers]) -> Numbers:
    total: Numbers = np.sum([np.zeros(len(shown.middles)), *layers.values()], axis=0)
    return total


def _any(values: Numbers) -> bool:
    return bool(np.nanmax(values, initial=0.0) > 0.0)


def _curtailment(shown: Shown) -> Iterator[Figure]:
    by_shipper = _curtailed(shown, shown.record)
    looks = dict(zip(by_shipper, fills(len(by_shipper)), strict=True))
    cut = {name: values for name, values in by_shipper.items() if _any(values)}
    curves = [layer(shown, name, values, looks[name], "curtailed") for name, values in cut.items()]
    if shown.beside:
        usual = _total(shown, _curtailed(shown, shown.beside))
        if _any(usual):
            curves.append(baseline_curve(shown, f"Total in {shown.beside.name}", usual))
    if curves:
        told = "What fields had to shut in because nothing could take it, by shipper, mean of each day"
        rows = [Row(name="Curtailed", unit="kt/day", curves=curves, height=CUT)]
        yield figure(shown, "curtailment", "Curtailment", told, rows, told_about(shown.record, "oil"))


def _curtailed(shown: Shown, record: Record) -> dict[str, Numbers]:
    journal = record.journal
    found: dict[str, Numbers] = {}
    for shipper in record.network.shippers.values():
        values = frame_means(shown, record, journal.step_series("curtailed", shipper.id)) / KILOTONNE
        found[shipper.name] = found[shipper.name] + values if shipper.name in found else values
    return found


def _tanks(shown: Shown) -> Iterator[Figure]:
    """All tank farms whose level moved; those that were fullest are shown at first, the others on a click."""
    network = shown.record.network
    levels = {stock.id: fill(shown, shown.record, stock) for stock in network.stocks.values()}
    moving = {id: values for id, values in levels.items() if _any(values)}
    called = called_stock(network)
    ordered = sorted(moving, key=lambda id: (id != called, -float(np.nanmax(moving[id]))))
    curves = [
        {
            **curve(shown, network.stocks[id].name, moving[id], *LOOKS[number % len(LOOKS)]),
            "visible": True if number < SHOWN_TANKS else "legendonly",
        }
        for number, id in enumerate(ordered)
    ]
    if shown.beside and called and called in shown.beside.network.stocks:
        stock = shown.beside.network.stocks[called]
        name = f"{stock.name} in {shown.beside.name}"
        curves.insert(1, baseline_curve(shown, name, fill(shown, shown.beside, stock)))
    if curves:
        told = "How full, mean of each day; click a name to show or hide it"
        rows = [Row(name="Fill", unit="% of capacity", curves=curves, top=100.0)]
        yield figure(shown, "tanks", "Tank farms", told, rows, told_about(shown.record, "oil"))


def _ships(shown: Shown) -> Iterator[Figure]:
    """Of each lane that ships came to load on: those alongside, and on top of them those in the roads."""
    network, journal = shown.record.network, shown.record.journal
    rows = []
    for lane in [
        id for id, link in network.links.items() if ("waiting", id) in journal.steps and link.mode == "sea"
    ]:
        alongside, waiting = (
            frame_means(shown, shown.record, journal.step_series(quantity, lane))
            for quantity in ("alongside", "waiting")
        )
        curves = [
            layer(shown, "Alongside", alongside, FILLS[0], lane),
            layer(shown, "Waiting in the roads", waiting, FILLS[1], lane),
        ]
        if shown.beside and (reference := shown.beside.journal.step_series("waiting", lane)):
            usual = frame_means(shown, shown.beside, reference)
            curves.append(dotted(shown, f"Waiting in {shown.beside.name}", usual))
        ends = [
            network.places[id].name for id in (network.links[lane].origin, network.links[lane].destination)
        ]
        rows.append(Row(name=f"{ends[0]}, for {ends[1]}", unit="ships", curves=curves, height=LOW))
    if rows:
        told = "Ships by where they load, mean of each day"
        yield figure(
            shown,
            "ships",
            "Ships waiting and alongside",
            told,
            legend_once(rows),
            told_about(shown.record, "oil"),
        )
