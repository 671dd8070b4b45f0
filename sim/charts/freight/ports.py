"""Cargo landed from ships over time, by crossing of the busiest sea and by direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.charts.chart import Chart, Line, Mark, Panel
from sim.charts.freight.groups import is_westward
from sim.charts.freight.windows import window_for
from sim.charts.over_time import averaging, layers, sampling_of, time_chart
from sim.charts.style import fills, strokes
from sim.charts.wording import number, percent, scale_of
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import Events, events_in_order
from sim.network.elements import Cargo
from sim.network.network import Network

Crossing = frozenset[str]
"""The two ports of a sea leg."""
WAYS = {True: "westward", False: "eastward"}


def ports(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of what ships landed: westward above zero, eastward below it, by crossing.

    Where there is one crossing only, its two directions are lines.
    """
    landed, (divisor, unit) = landings(record, cargo), scale_of(cargo)
    width = window_for(record, (events for both in landed.values() for events in both.values()))
    sampling = sampling_of(record, width=width)
    rates = {
        crossing_name(record.network, crossing): {
            way: sampling.smooth.of_events(events) / divisor for way, events in both.items()
        }
        for crossing, both in landed.items()
    }
    mirrored = len(rates) > 1
    panel = Panel(
        name="Landed" if mirrored or not rates else f"Landed, {next(iter(rates))}",
        unit=f"{unit}/day",
        marks=tuple(_stacks(rates, sampling.edges) if mirrored else _lines(rates, sampling.edges)),
        signed=mirrored,
        above="westward" if mirrored else "",
        below="eastward" if mirrored else "",
        empty="No ship landed any",
    )
    return time_chart(
        record,
        "freight",
        name="ports",
        finding=finding(record, cargo),
        subject=f"{cargo.name}: landed from ships, {unit}/day, {averaging(record, width)}",
        panels=[panel],
    )


def landings(record: Record, cargo: Cargo) -> dict[Crossing, dict[bool, Events]]:
    """Return what ships landed over the busiest sea, by crossing and by whether they went west.

    Amounts are in the cargo's unit; the busiest crossing comes first.
    """
    table, network = record.trip_table, record.network
    trips = table.trips
    by_crossing: dict[Crossing, dict[bool, Events]] = {}
    for index, leg in enumerate(table.legs):
        if leg.mode == "sea" and leg.cargo == cargo.id:
            rows = (trips.leg == index) & (trips.delivered <= record.days) & (trips.amount > 0.0)
            both = by_crossing.setdefault(frozenset((leg.start, leg.end)), {way: _none() for way in WAYS})
            way = is_westward(network, leg.start, leg.end)
            both[way] = events_in_order(
                np.concatenate((both[way].times, trips.delivered[rows])),
                np.concatenate((both[way].amounts, trips.amount[rows])),
            )
    amounts = {crossing: _amount(*both.values()) for crossing, both in by_crossing.items()}
    used = [crossing for crossing, landed in amounts.items() if landed > 0.0]
    busiest = max(_seas(used), key=lambda sea: sum(amounts[crossing] for crossing in sea), default=[])
    return {crossing: by_crossing[crossing] for crossing in sorted(busiest, key=lambda each: -amounts[each])}


def crossing_name(network: Network, crossing: Crossing) -> str:
    """Return the names of a crossing's ports, from east to west."""
    ends = sorted((network.places[id] for id in crossing), key=lambda place: -place.longitude)
    return " – ".join(place.name for place in ends)


def finding(record: Record, cargo: Cargo) -> str:
    """Return the busiest crossing and its share, or both directions of the only one."""
    landed, (divisor, unit) = landings(record, cargo), scale_of(cargo)
    if not landed:
        return f"No ship landed any {cargo.name.lower()}"
    first, both = next(iter(landed.items()))
    name = crossing_name(record.network, first)
    if len(landed) == 1:
        west, east = (number(_amount(both[way]) / divisor / record.days, 2) for way in (True, False))
        return f"{cargo.name}, all by {name}: {west} {unit}/day westward, {east} eastward"
    everything = sum(_amount(*each.values()) for each in landed.values())
    westward = sum(_amount(each[True]) for each in landed.values())
    share = percent(_amount(*both.values()), everything)
    return f"{cargo.name}: {share} by {name}, {percent(westward, everything)} of all westward"


def _lines(rates: Mapping[str, Mapping[bool, Numbers]], x: Numbers) -> Iterator[Mark]:
    for both in rates.values():
        for (way, values), stroke in zip(both.items(), strokes(len(WAYS)), strict=True):
            yield Line(name=WAYS[way].capitalize(), x=x, values=values, stroke=stroke, width=2.0)


def _stacks(rates: Mapping[str, Mapping[bool, Numbers]], x: Numbers) -> Iterator[Mark]:
    looks = dict(zip(rates, fills(len(rates)), strict=True))
    for way, sign in ((True, 1.0), (False, -1.0)):
        values = {name: sign * both[way] for name, both in rates.items()}
        yield from layers(x, values, looks, stack=WAYS[way])


def _seas(crossings: Sequence[Crossing]) -> list[list[Crossing]]:
    """Return crossings grouped by sea: those that share ports, directly or through others."""
    seas: list[list[Crossing]] = []
    for crossing in crossings:
        joined = [sea for sea in seas if any(crossing & other for other in sea)]
        seas = [sea for sea in seas if sea not in joined]
        seas.append([each for sea in joined for each in sea] + [crossing])
    return seas


def _none() -> Events:
    return Events(np.zeros(0), np.zeros(0))


def _amount(*events: Events) -> float:
    return float(sum(np.sum(each.amounts) for each in events))
