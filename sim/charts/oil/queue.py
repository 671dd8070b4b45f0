"""Ships waiting and alongside where sea lanes load, one row for each lane."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.charts.chart import Chart, Mark, Panel
from sim.charts.over_time import daily_reference, layers, time_chart
from sim.charts.style import FILLS
from sim.charts.wording import count, day_and_month
from sim.engine.journal import Series, StepQuantity
from sim.measures.record import Record
from sim.measures.series import Numbers, daily_edges, step_at, step_means
from sim.network.elements import Link

EXACT_UNTIL = 120.0  # days: shorter runs show every arrival and departure
LOOKS = {"Alongside": FILLS[0], "Waiting in the roads": FILLS[1]}
QUANTITIES: dict[str, StepQuantity] = {"Alongside": "alongside", "Waiting in the roads": "waiting"}


def called_lanes(record: Record) -> list[Link]:
    """Return the sea lanes at which ships came to load, in the order of the table."""
    steps = record.journal.steps
    return [
        link for link in record.network.links.values() if link.mode == "sea" and ("waiting", link.id) in steps
    ]


def queue(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of ships alongside and, on top of them, ships in the roads, by sea lane."""
    exact = record.days <= EXACT_UNTIL
    lanes = called_lanes(record)
    return time_chart(
        record,
        "oil",
        name="queue",
        finding=finding(record),
        subject=f"{_ships(record, lanes[0]).capitalize()} by where they load, number, "
        f"{'at each moment' if exact else 'mean of each day'}",
        panels=[_panel(record, reference, lane, exact, tall=len(lanes) == 1) for lane in lanes],
        reference=reference,
    )


def finding(record: Record) -> str:
    """Return the longest queue of all lanes, where it was and when."""
    longest = {lane.id: _longest(record, lane) for lane in called_lanes(record)}
    lane = record.network.links[max(longest, key=lambda id: longest[id][0])]
    number, day = longest[lane.id]
    ships, port = _ships(record, lane), record.network.places[lane.origin].name
    if not number:
        return f"No {ships.removesuffix('s')} had to wait for a berth"
    noun = count(number, ships.removesuffix("s"))
    return f"Up to {noun} waited at {port}, on {day_and_month(record.start, day)}"


def _panel(record: Record, reference: Record | None, lane: Link, exact: bool, tall: bool) -> Panel:
    places, journal = record.network.places, record.journal
    series = {name: journal.step_series(quantity, lane.id) for name, quantity in QUANTITIES.items()}
    x = _changes(series.values(), record.days) if exact else daily_edges(record.days)
    values = {
        name: step_at(each, x) if exact else step_means(each, record.days, x) for name, each in series.items()
    }
    marks: list[Mark] = [*layers(x, values, LOOKS, stack=lane.id, steps=True)]
    if reference and (waiting := reference.journal.step_series("waiting", lane.id)):
        marks.append(daily_reference(record, reference, waiting))
    return Panel(
        name=f"{places[lane.origin].name}, for {places[lane.destination].name}",
        unit=_ships(record, lane),
        marks=tuple(marks),
        height=200.0 if tall else 92.0,
        integer=True,
        empty=f"No {_ships(record, lane)} called",
    )


def _ships(record: Record, lane: Link) -> str:
    return "tankers" if record.network.cargoes[lane.cargo].unit == "t" else "ships"


def _longest(record: Record, lane: Link) -> tuple[int, float]:
    series = record.journal.steps["waiting", lane.id]
    if not series.values:
        return 0, 0.0
    at = int(np.argmax(series.values))
    return round(series.values[at]), series.times[at]


def _changes(series: Iterable[Series | None], until: float) -> Numbers:
    times = np.concatenate([[0.0, until], *(each.times for each in series if each is not None)])
    return np.unique(times[times <= until])
