"""The plots of boxes and wagons: arrivals, yards, trains and ships that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.engine.journal import Series
from sim.measures import Record
from sim.measures.lines import directions, queue_of
from sim.measures.series import Numbers, standing
from sim.measures.yards import waiting_for, ways_on
from sim.plots.exports import smoothing_name
from sim.plots.freight import delivered, group_strokes, scale_of, titled, travelling
from sim.plots.style import FILLS, INK
from sim.plots.yards import held_for
from sim.report.html.figure import LOW, Figure, Row, baseline_curve, curve, figure, layer, legend_once, limit
from sim.report.html.map_flows import event_flow, frame_means
from sim.report.html.shown import Shown

MOST = 8  # rows of a plot
LEAST = 1.0  # waiting on some day: where it was less there is nothing to see
WAITING, HELD = FILLS[5], FILLS[4]


def freight_figures(shown: Shown) -> Iterator[Figure]:
    """The plots of a run that carries boxes or wagons."""
    if shown.record.network.demands:
        yield from _arrivals(shown)
        yield from _yards(shown)
        yield from _trains(shown)
        yield from _ships(shown)


def _arrivals(shown: Shown) -> Iterator[Figure]:
    network = shown.record.network
    looks = group_strokes(network)
    rows = []
    for cargo in travelling(network):
        divisor, unit = scale_of(cargo)
        for group, values in _by_group(shown, shown.record, cargo.id, divisor).items():
            curves = [curve(shown, shown.record.name, values, looks[group].colour, width=1.8, fill="tozeroy")]
            if shown.beside and cargo.id in shown.beside.network.cargoes:
                usual = _by_group(shown, shown.beside, cargo.id, divisor).get(group)
                if usual is not None:
                    curves.append(baseline_curve(shown, shown.beside.name, usual))
            if any(np.nanmax(np.array(one["y"], dtype=float), initial=0.0) > 0.0 for one in curves):
                rows.append(Row(name=f"{titled(group)}, {cargo.name.lower()}, {unit}/day", curves=curves, height=LOW))
    if rows:
        told = f"By corridor, each row on its own scale, {smoothing_name(shown.record.days)}"
        yield figure(shown, "arrivals", "Arrivals", told, legend_once(rows), boycotts=True)


def _by_group(shown: Shown, record: Record, cargo: str, divisor: float) -> dict[str, Numbers]:
    return {
        group: event_flow(shown, record, some.times, some.amounts / divisor)
        for group, some in delivered(record, cargo).items()
    }


def _yards(shown: Shown) -> Iterator[Figure]:
    """What waits in each yard for each way on, and what is held before it; of many, those fullest."""
    network = shown.record.network
    found = []
    for yard in network.yards.values():
        cargo = network.cargoes[yard.cargo]
        divisor, unit = scale_of(cargo)
        for leg in ways_on(shown.record, yard.id):
            waiting = frame_means(shown, shown.record, waiting_for(shown.record, leg)) / divisor
            held = frame_means(shown, shown.record, held_for(shown.record, yard, leg)) / divisor
            most = float(np.max(waiting + held, initial=0.0))
            if most > 0.0:
                ahead = network.places[shown.record.freight.legs[leg].end].name
                stack = f"{yard.id}:{leg}"
                curves = [
                    layer(shown, "Waiting in the yard", waiting, WAITING, stack),
                    layer(shown, "Held on trains before it", held, HELD, stack),
                    limit(shown, "Capacity, each way on", yard.capacity / divisor),
                    *_usual(shown, yard.id, leg, divisor),
                ]
                name = f"{network.places[yard.place].name}, for {ahead}: {cargo.name.lower()}, {unit}"
                row = Row(name=name, curves=curves, height=LOW, top=max(most, yard.capacity / divisor))
                found.append((most * divisor / yard.capacity, row))
    kept = sorted(found, key=lambda one: -one[0])[:MOST]
    rows = [row for one in found if one in kept for row in [one[1]]]
    if rows:
        told = "What waits by the way on, mean of each day"
        yield figure(shown, "yards", "Yards", told, legend_once(rows), boycotts=True)


def _usual(shown: Shown, yard: str, leg: int, divisor: float) -> Iterator[dict[str, object]]:
    """What waited there in the run beside."""
    if shown.beside and yard in shown.beside.network.yards:
        legs = {one.id: number for number, one in enumerate(shown.beside.freight.legs)}
        same = legs.get(shown.record.freight.legs[leg].id)
        if same is not None:
            waiting = frame_means(shown, shown.beside, waiting_for(shown.beside, same)) / divisor
            yield curve(shown, f"Waiting in {shown.beside.name}", waiting, INK, "dot", 1.4)


def _trains(shown: Shown) -> Iterator[Figure]:
    rows = _queues(shown, directions, queue_of, lambda way: _way_name(shown.record, way))
    if rows:
        told = "Trains that wait for a path, or for room ahead, by line and direction, mean of each day"
        yield figure(shown, "trains", "Trains waiting", told, legend_once(rows), boycotts=True)


def _ships(shown: Shown) -> Iterator[Figure]:
    places = shown.record.network.places
    rows = _queues(shown, _ports, _roads, lambda place: f"{places[place].name}, ships")
    if rows:
        told = "Ships in the roads that wait for a quay, by port, mean of each day"
        yield figure(shown, "quays", "Ships waiting for a quay", told, legend_once(rows), boycotts=True)


def _queues(
    shown: Shown, elements: Callable[[Record], list[str]], queue: Callable[[Record, str], Series],
    name: Callable[[str], str],
) -> list[Row]:  # fmt: skip
    """A row for each element at which most waited, in the order of the tables, with the run beside."""
    by_run = {
        which: {one: frame_means(shown, record, queue(record, one)) for one in elements(record)}
        for which, record in shown.runs
    }
    most = {one: float(np.nanmax(values, initial=0.0)) for one, values in by_run["run"].items()}
    kept = sorted((one for one in most if most[one] >= LEAST), key=lambda one: -most[one])[:MOST]
    rows = []
    for one in [one for one in most if one in kept]:
        curves = [layer(shown, shown.record.name, by_run["run"][one], FILLS[1], one)]
        if shown.beside and one in by_run["beside"]:
            curves.append(baseline_curve(shown, shown.beside.name, by_run["beside"][one]))
        rows.append(Row(name=name(one), curves=curves, height=LOW))
    return rows


def _way_name(record: Record, way: str) -> str:
    line, _, place = way.rpartition(">")
    return f"{record.network.lines[line].name}, towards {record.network.places[place].name}, trains"


def _ports(record: Record) -> list[str]:
    return list(dict.fromkeys(quay.place for quay in record.network.quays.values()))


def _roads(record: Record, place: str) -> Series:
    """How many ships wait for a quay of a place, as a step series."""
    quays = {quay.id for quay in record.network.quays.values() if quay.place == place}
    calls = [call for call in record.journal.port_calls if call.quay in quays]
    arrived = np.array([call.arrived for call in calls], dtype=float)
    berthed = np.array([call.berthed for call in calls], dtype=float)
    return standing(arrived, berthed, record.days)
