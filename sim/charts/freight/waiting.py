"""Trains waiting for a path or for room ahead, and ships waiting for a quay, over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.charts.chart import Chart, Mark, Panel
from sim.charts.over_time import daily_reference, layers, sampling_of, time_chart
from sim.charts.style import FILLS
from sim.charts.wording import count, day_and_month
from sim.engine.journal import Series
from sim.measures.freight.lines import directions, line_queue
from sim.measures.record import Record
from sim.measures.series import Numbers, daily_edges, occupancy

MAX_ROWS = 8
MIN_WAITING = 2.0  # on some day: a shorter queue is no row
FILL = FILLS[1]

Queues = Callable[[Record], Mapping[str, Series]]
"""Number of trains or ships that wait, as step series by the name of where they wait."""


def trains(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of trains waiting for a path, or for room ahead, by line and direction."""
    subject = "Trains waiting for a path, or for room ahead, by line and direction, mean of each day"
    return _chart(record, reference, line_queues, "trains", subject, "train")


def quays(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of ships in the roads that wait for a quay, by port."""
    subject = "Ships waiting for a quay, by port, mean of each day"
    return _chart(record, reference, port_queues, "quays", subject, "ship")


def trains_wait(record: Record) -> bool:
    """Return whether two trains or more waited on some day at one line."""
    return bool(_long_queues(record, line_queues))


def ships_wait(record: Record) -> bool:
    """Return whether two ships or more waited on some day at one port."""
    return bool(_long_queues(record, port_queues))


def line_queues(record: Record) -> dict[str, Series]:
    """Return the number of trains that wait at each line and direction."""
    queues = {}
    for way in directions(record):
        line, _, place = way.rpartition(">")
        name = f"{record.network.lines[line].name}, towards {record.network.places[place].name}"
        queues[name] = line_queue(record, way)
    return queues


def port_queues(record: Record) -> dict[str, Series]:
    """Return the number of ships that wait for a quay of each port."""
    quays = record.network.quays
    queues = {}
    for port in dict.fromkeys(quay.place for quay in quays.values()):
        calls = [call for call in record.journal.port_calls if quays[call.quay].place == port]
        arrived = np.array([call.arrived for call in calls], dtype=float)
        berthed = np.array([call.berthed for call in calls], dtype=float)
        queues[record.network.places[port].name] = occupancy(arrived, berthed, record.days)
    return queues


def _long_queues(record: Record, queues: Queues) -> dict[str, Numbers]:
    """Return the daily means of those queues that are long enough to be drawn."""
    daily = sampling_of(record).daily
    lengths = {name: daily(series) for name, series in queues(record).items()}
    return {name: each for name, each in lengths.items() if np.max(each) >= MIN_WAITING}


def _chart(
    record: Record, reference: Record | None, queues: Queues, name: str, subject: str, noun: str
) -> Chart:
    x, lengths = daily_edges(record.days), _long_queues(record, queues)
    longest = sorted(lengths, key=lambda place: -np.max(lengths[place]))
    drawn = [place for place in lengths if place in longest[:MAX_ROWS]]
    baseline = queues(reference) if reference else {}
    waiting = f"Waiting {noun}s"
    panels = []
    for place in drawn:
        marks: list[Mark] = [*layers(x, {waiting: lengths[place]}, {waiting: FILL}, steps=True)]
        if reference and place in baseline:
            marks.append(daily_reference(record, reference, baseline[place]))
        panels.append(Panel(name=place, unit=f"{noun}s", marks=tuple(marks), height=72.0, integer=True))
    hidden = len(lengths) - len(drawn)
    first = longest[0]
    day = int(np.argmax(lengths[first]))
    size, when = count(round(float(lengths[first][day])), noun), day_and_month(record.start, day)
    return time_chart(
        record,
        "freight",
        name=name,
        finding=f"Longest queue: {size} at {first}, on {when}",
        subject=subject,
        panels=panels,
        reference=reference,
        note=f"Not shown: {count(hidden, 'shorter queue')}." if hidden else "",
    )
