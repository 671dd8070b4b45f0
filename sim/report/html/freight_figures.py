"""The plots of boxes and wagons: arrivals, how long they took, yards, and what waits its turn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measures import Record
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.series import Numbers
from sim.network.elements import Cargo
from sim.network.freight.elements import Yard
from sim.plots.exports import smoothing_name
from sim.plots.freight import delivered, group_strokes, scale_of, titled, travelling
from sim.plots.style import FILLS
from sim.plots.yards import held_for
from sim.report.html.curves import Curve, baseline_curve, curve, dotted, layer, limit
from sim.report.html.days_figures import days_figures
from sim.report.html.figure import LOW, Figure, Row, figure, legend_once
from sim.report.html.map_flows import event_flow, frame_means
from sim.report.html.queue_figures import ships_waiting, trains_waiting
from sim.report.html.shown import Shown
from sim.report.html.strip import told_about
from sim.report.html.transit_figures import transit_figures

MOST = 8  # rows of a plot
WAITING, HELD = FILLS[5], FILLS[4]


def freight_figures(shown: Shown) -> Iterator[Figure]:
    """The plots of a run that carries boxes or wagons."""
    if shown.record.network.demands:
        yield from _arrivals(shown)
        yield from transit_figures(shown)
        yield from days_figures(shown)
        yield from _yards(shown)
        yield from trains_waiting(shown)
        yield from ships_waiting(shown)


def _arrivals(shown: Shown) -> Iterator[Figure]:
    rows = [row for cargo in travelling(shown.record.network) for row in _arriving(shown, cargo)]
    if rows:
        told = f"By corridor, each row on its own scale, {smoothing_name(shown.record.days)}"
        yield figure(
            shown, "arrivals", "Arrivals", told, legend_once(rows), told_about(shown.record, "freight")
        )


def _arriving(shown: Shown, cargo: Cargo) -> Iterator[Row]:
    """A row for each group of corridors by which any of a cargo arrived in either run."""
    looks = group_strokes(shown.record.network)
    unit = scale_of(cargo)[1]
    usual = _by_group(shown, shown.beside, cargo) if shown.beside else {}
    for group, values in _by_group(shown, shown.record, cargo).items():
        curves = [{**curve(shown, shown.record.name, values, looks[group].colour), "fill": "tozeroy"}]
        if shown.beside and group in usual:
            curves.append(baseline_curve(shown, shown.beside.name, usual[group]))
        if np.any(values > 0.0) or np.any(usual.get(group, values) > 0.0):
            name = f"{titled(group)}, {cargo.name.lower()}"
            yield Row(name=name, unit=f"{unit}/day", curves=curves, height=LOW)


def _by_group(shown: Shown, record: Record, cargo: Cargo) -> dict[str, Numbers]:
    divisor, _ = scale_of(cargo)
    return {
        group: event_flow(shown, record, some.times, some.amounts / divisor)
        for group, some in delivered(record, cargo.id).items()
    }


def _yards(shown: Shown) -> Iterator[Figure]:
    """What waits in each yard for each way on, and what is held before it; of many, those fullest."""
    found = [
        row
        for yard in shown.record.network.yards.values()
        for leg in legs_from(shown.record, yard.id)
        for row in _yard(shown, yard, leg)
    ]
    kept = sorted(found, key=lambda one: -one[0])[:MOST]
    rows = [row for part, row in found if (part, row) in kept]
    if rows:
        told = "What waits by the way on, mean of each day"
        yield figure(shown, "yards", "Yards", told, legend_once(rows), told_about(shown.record, "freight"))


def _yard(shown: Shown, yard: Yard, leg: int) -> Iterator[tuple[float, Row]]:
    """How full a yard got for one way on, as a part of its capacity, and its row; none if nothing waited."""
    record, places = shown.record, shown.record.network.places
    cargo = record.network.cargoes[yard.cargo]
    divisor, unit = scale_of(cargo)
    waiting = frame_means(shown, record, yard_queue(record, leg)) / divisor
    held = frame_means(shown, record, held_for(record, yard, leg)) / divisor
    most, capacity = float(np.nanmax(waiting + held, initial=0.0)), yard.capacity / divisor
    if most > 0.0:
        stack = f"{yard.id}:{leg}"
        curves = [
            layer(shown, "Waiting in the yard", waiting, WAITING, stack),
            layer(shown, "Held on trains before it", held, HELD, stack),
            limit(shown, "Capacity, each way on", capacity),
            *_usual(shown, yard.id, leg, divisor),
        ]
        ahead = places[record.freight.legs[leg].end].name
        name = f"{places[yard.place].name}, for {ahead}: {cargo.name.lower()}"
        part = most / capacity if capacity > 0.0 else np.inf
        yield part, Row(name=name, unit=unit, curves=curves, height=LOW, top=max(most, capacity))


def _usual(shown: Shown, yard: str, leg: int, divisor: float) -> Iterator[Curve]:
    """What waited there in the run beside."""
    if shown.beside and yard in shown.beside.network.yards:
        legs = {one.id: number for number, one in enumerate(shown.beside.freight.legs)}
        same = legs.get(shown.record.freight.legs[leg].id)
        if same is not None:
            waiting = frame_means(shown, shown.beside, yard_queue(shown.beside, same)) / divisor
            yield dotted(shown, f"Waiting in {shown.beside.name}", waiting)
