"""The plots of trains and ships that wait their turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.engine.journal import Series
from sim.measures import Record
from sim.measures.freight.lines import directions, line_queue
from sim.measures.series import occupancy
from sim.plots.style import FILLS
from sim.report.html.curves import dotted, layer
from sim.report.html.figure import LOW, Figure, Row, figure, legend_once
from sim.report.html.map_flows import frame_means
from sim.report.html.shown import Shown
from sim.report.html.strip import told_about

MOST = 8  # rows of a plot
LEAST = 2.0  # waiting on some day: where it was less there is nothing to see


def trains_waiting(shown: Shown) -> Iterator[Figure]:
    """Trains that wait, by line and direction."""
    rows = _rows(shown, directions, line_queue, _way_name, "trains")
    if rows:
        told = "Trains that wait for a path, or for room ahead, by line and direction, mean of each day"
        yield figure(
            shown, "trains", "Trains waiting", told, legend_once(rows), told_about(shown.record, "freight")
        )


def ships_waiting(shown: Shown) -> Iterator[Figure]:
    """Ships that wait for a quay, by port."""
    rows = _rows(shown, _ports, _in_the_roads, _port_name, "ships")
    if rows:
        told = "Ships in the roads that wait for a quay, by port, mean of each day"
        yield figure(
            shown,
            "quays",
            "Ships waiting for a quay",
            told,
            legend_once(rows),
            told_about(shown.record, "freight"),
        )


def _rows(
    shown: Shown, elements: Callable[[Record], list[str]], queue: Callable[[Record, str], Series],
    name: Callable[[Record, str], str], unit: str,
) -> list[Row]:  # fmt: skip
    """A row for each element at which most waited, in the order of the tables, with the run beside."""
    record, beside = shown.record, shown.beside
    waiting = {one: frame_means(shown, record, queue(record, one)) for one in elements(record)}
    most = {one: float(np.nanmax(values, initial=0.0)) for one, values in waiting.items()}
    kept = sorted((one for one in most if most[one] >= LEAST), key=lambda one: -most[one])[:MOST]
    known = elements(beside) if beside else []
    rows = []
    for one in [one for one in waiting if one in kept]:
        curves = [layer(shown, record.name, waiting[one], FILLS[1], one)]
        if beside and one in known:
            curves.append(dotted(shown, beside.name, frame_means(shown, beside, queue(beside, one))))
        rows.append(Row(name=name(record, one), unit=unit, curves=curves, height=LOW))
    return rows


def _way_name(record: Record, way: str) -> str:
    line, _, place = way.rpartition(">")
    return f"{record.network.lines[line].name}, towards {record.network.places[place].name}"


def _ports(record: Record) -> list[str]:
    return list(dict.fromkeys(quay.place for quay in record.network.quays.values()))


def _port_name(record: Record, place: str) -> str:
    return record.network.places[place].name


def _in_the_roads(record: Record, place: str) -> Series:
    """How many ships wait for a quay of a place, as a step series."""
    quays = {quay.id for quay in record.network.quays.values() if quay.place == place}
    calls = [call for call in record.journal.port_calls if call.quay in quays]
    arrived = np.array([call.arrived for call in calls], dtype=float)
    berthed = np.array([call.berthed for call in calls], dtype=float)
    return occupancy(arrived, berthed, record.days)
