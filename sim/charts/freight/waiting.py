"""Trains waiting for a path or for room ahead, and ships waiting for a quay, over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Chart, Mark, Panel
from sim.charts.over_time import layers, reference_line, sampling_of, time_chart
from sim.charts.style import FILLS
from sim.charts.wording import count, day_and_month, number
from sim.engine.journal import Series
from sim.measures.freight.lines import directions, line_queue
from sim.measures.record import Record
from sim.measures.series import occupancy

MAX_ROWS = 8
MIN_WAITING = 2.0  # on some day: a shorter queue is no row
FILL = FILLS[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """Queues of one kind: their elements, the series of each, its name in words, and what waits."""

    elements: Callable[[Record], Sequence[str]]
    series: Callable[[Record, str], Series]
    name: Callable[[Record, str], str]
    noun: str


def trains(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of trains waiting for a path, or for room ahead, by line and direction."""
    subject = "Trains waiting for a path, or for room ahead, by line and direction, mean of each day"
    return _chart(record, reference, TRAINS, "trains", subject)


def quays(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of ships in the roads that wait for a quay, by port."""
    return _chart(record, reference, SHIPS, "quays", "Ships waiting for a quay, by port, mean of each day")


def trains_wait(record: Record) -> bool:
    """Return whether two trains or more waited on some day at one line."""
    return bool(_longest(record, TRAINS))


def ships_wait(record: Record) -> bool:
    """Return whether two ships or more waited on some day at one port."""
    return bool(_longest(record, SHIPS))


def in_the_roads(record: Record, port: str) -> Series:
    """Return the number of ships waiting for a quay of a port, as a step series."""
    of_port = {quay.id for quay in record.network.quays.values() if quay.place == port}
    calls = [call for call in record.journal.port_calls if call.quay in of_port]
    arrived = np.array([call.arrived for call in calls], dtype=float)
    berthed = np.array([call.berthed for call in calls], dtype=float)
    return occupancy(arrived, berthed, record.days)


def line_name(record: Record, way: str) -> str:
    """Return the name of a line with its direction, from `line>place`."""
    line, _, place = way.rpartition(">")
    return f"{record.network.lines[line].name}, towards {record.network.places[place].name}"


def _ports(record: Record) -> list[str]:
    return list(dict.fromkeys(quay.place for quay in record.network.quays.values()))


def _port_name(record: Record, place: str) -> str:
    return record.network.places[place].name


TRAINS = Queues(elements=directions, series=line_queue, name=line_name, noun="train")
SHIPS = Queues(elements=_ports, series=in_the_roads, name=_port_name, noun="ship")


def _chart(record: Record, reference: Record | None, queues: Queues, name: str, subject: str) -> Chart:
    longest = _longest(record, queues)
    drawn = sorted(longest, key=lambda element: -longest[element][0])[:MAX_ROWS]
    hidden = len(longest) - len(drawn)
    panels = [_panel(record, reference, queues, element) for element in longest if element in drawn]
    return time_chart(
        record,
        "freight",
        name=name,
        finding=_finding(record, queues),
        subject=subject,
        panels=panels or [Panel(marks=(), empty=_finding(record, queues))],
        reference=reference,
        note=f"Not shown: {count(hidden, 'shorter queue')}." if hidden else "",
    )


def _longest(record: Record, queues: Queues) -> dict[str, tuple[float, int]]:
    """Return the longest daily mean of each queue and its day, of those long enough to be drawn."""
    daily = sampling_of(record).daily
    longest = {}
    for element in queues.elements(record):
        lengths = daily(queues.series(record, element))
        if float(np.max(lengths)) >= MIN_WAITING:
            longest[element] = float(np.max(lengths)), int(np.argmax(lengths))
    return longest


def _finding(record: Record, queues: Queues) -> str:
    longest = _longest(record, queues)
    if not longest:
        return f"No queue of {queues.noun}s reached {number(MIN_WAITING)} on any day"
    element = max(longest, key=lambda each: longest[each][0])
    length, day = longest[element]
    when = day_and_month(record.start, day)
    return f"Longest queue: {count(round(length), queues.noun)} at {queues.name(record, element)}, on {when}"


def _panel(record: Record, reference: Record | None, queues: Queues, element: str) -> Panel:
    sampling, name = sampling_of(record), f"Waiting {queues.noun}s"
    values = {name: sampling.daily(queues.series(record, element))}
    marks: list[Mark] = [*layers(sampling.edges, values, {name: FILL}, stack=element, steps=True)]
    marks += _reference(record, reference, queues, element)
    return Panel(
        name=queues.name(record, element),
        unit=f"{queues.noun}s",
        marks=tuple(marks),
        height=72.0,
        whole=True,
    )


def _reference(record: Record, reference: Record | None, queues: Queues, element: str) -> Iterator[Mark]:
    if reference and element in queues.elements(reference):
        sampling = sampling_of(reference, record)
        baseline = sampling.daily(queues.series(reference, element))
        yield reference_line(sampling.edges, baseline, "Waiting in the reference run", steps=True)
