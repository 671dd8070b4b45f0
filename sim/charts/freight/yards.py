"""Cargo waiting in yards, and on trains held before them, over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Chart, Limit, Mark, NumberAxis, Panel
from sim.charts.over_time import daily_reference, layers, sampling_of, time_chart
from sim.charts.style import CLOSED, FILLS, Stroke
from sim.charts.wording import count, day_and_month, number, percent, scale_of
from sim.engine.journal import Series
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.record import Record
from sim.measures.series import Numbers, daily_edges, occupancy
from sim.network.freight.elements import Yard

MIN_ROWS, MAX_ROWS = 3, 8
FULL_ENOUGH = 0.25  # of the capacity: a row beyond the first three needs as much
LOOKS = {"Waiting in the yard": FILLS[5]._replace(hatch=""), "Held on trains before it": FILLS[4]}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pile:
    """Cargo for one onward leg of a yard, waiting there or held on trains before it (daily means)."""

    yard: Yard
    leg: int
    name: str
    unit: str
    capacity: float
    waiting: Numbers
    held: Numbers

    @property
    def peak(self) -> float:
        """The highest daily mean as a part of the capacity."""
        highest = float(np.max(self.waiting + self.held, initial=0.0))
        return highest / self.capacity if self.capacity else float("inf")


def yards(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of the fullest yards, one row for each onward leg."""
    filled = list(piles(record))
    drawn = fullest(filled)
    hidden = len(filled) - len(drawn)
    return time_chart(
        record,
        "freight",
        name="yards",
        finding=finding(record, filled),
        subject="Waiting in yards, by the next leg, each on its own scale, mean of each day",
        panels=[_panel(record, reference, pile) for pile in drawn]
        or [Panel(marks=(), empty="Nothing waited in a yard")],
        reference=reference,
        note=f"Not shown: {count(hidden, 'less full row')}." if hidden else "",
    )


def piles(record: Record) -> Iterator[Pile]:
    """Yield what waited in each yard for each onward leg, where anything did."""
    network, daily = record.network, sampling_of(record).daily
    for yard in network.yards.values():
        cargo, here = network.cargoes[yard.cargo], network.places[yard.place].name
        divisor, unit = scale_of(cargo)
        for leg in legs_from(record, yard.id):
            waiting = daily(yard_queue(record, leg)) / divisor
            held = daily(held_for(record, yard, leg)) / divisor
            if np.any(waiting) or np.any(held):
                ahead = network.places[record.freight.legs[leg].end].name
                yield Pile(
                    yard=yard,
                    leg=leg,
                    name=f"{here}, for {ahead}, {cargo.name.lower()}",
                    unit=unit,
                    capacity=yard.capacity / divisor,
                    waiting=waiting,
                    held=held,
                )


def fullest(filled: Sequence[Pile]) -> list[Pile]:
    """Return the rows that became a quarter full, at least three and at most eight, in their order."""
    ranked = sorted(filled, key=lambda pile: -pile.peak)[:MAX_ROWS]
    drawn = [pile for rank, pile in enumerate(ranked) if rank < MIN_ROWS or pile.peak >= FULL_ENOUGH]
    return [pile for pile in filled if pile in drawn]


def held_for(record: Record, yard: Yard, onto: int) -> Series:
    """Return the cargo on trains held before a full yard that goes on by a leg, in its cargo's unit."""
    loads, freight = record.trip_table.loads, record.freight
    onward = np.zeros((len(record.trip_table.corridors), len(freight.legs)), dtype=bool)
    for row, id in enumerate(record.trip_table.corridors):
        numbers = freight.corridors[id]
        if onto in numbers[1:]:
            onward[row, numbers[numbers.index(onto) - 1]] = True
    by_land = np.array([leg.mode == "land" and leg.yards[1] == yard.id for leg in freight.legs], dtype=bool)
    rows = by_land[loads.leg] & onward[loads.corridor, loads.leg]
    rows &= np.isfinite(loads.arrived) & (loads.delivered > loads.arrived)
    return occupancy(loads.arrived[rows], loads.delivered[rows], record.days, loads.amount[rows])


def finding(record: Record, filled: Sequence[Pile]) -> str:
    """Return how full the fullest yard became, when, and on how many days it was over its capacity."""
    if not filled:
        return "Nothing waited in a yard"
    pile = max(filled, key=lambda each: each.peak)
    level = pile.waiting + pile.held
    network = record.network
    here = network.places[pile.yard.place].name
    cargo = network.cargoes[pile.yard.cargo].name
    day = day_and_month(record.start, int(np.argmax(level)))
    over = int(np.sum(level > pile.capacity))
    peak = f"{cargo} at {here}: {percent(float(np.max(level)), pile.capacity)} of capacity on {day}"
    return f"{peak}, above it on {count(over, 'day')}" if over else peak


def _panel(record: Record, reference: Record | None, pile: Pile) -> Panel:
    values = dict(zip(LOOKS, (pile.waiting, pile.held), strict=True))
    marks: list[Mark] = [*layers(daily_edges(record.days), values, LOOKS, steps=True)]
    if reference and (queue := _queue_in(reference, record.freight.legs[pile.leg].id)):
        divisor = scale_of(record.network.cargoes[pile.yard.cargo])[0]
        marks.append(daily_reference(record, reference, queue, divisor))
    limit = Stroke(CLOSED, "dash")
    marks.append(
        Limit(name="Capacity each way", at=pile.capacity, stroke=limit, label=number(pile.capacity, 4))
    )
    return Panel(name=pile.name, unit=pile.unit, marks=tuple(marks), y=NumberAxis(low=0.0), height=64.0)


def _queue_in(reference: Record, leg: str) -> Series | None:
    """Return the cargo that waits for a leg in a reference run, unless it has no such leg."""
    numbers = [number for number, each in enumerate(reference.freight.legs) if each.id == leg]
    return yard_queue(reference, numbers[0]) if numbers else None
