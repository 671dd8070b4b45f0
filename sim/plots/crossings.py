"""What ships landed over time, by crossing: westward above the line, eastward below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers, daily_edges
from sim.network.network import Network
from sim.plots.dates import on_axis
from sim.plots.exports import smoothing
from sim.plots.frame import surround
from sim.plots.freight import Events, daily, events, in_thousands, scale_of, westward
from sim.plots.stack import empty, stacked
from sim.plots.style import FAINT, INK, blank, fills, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

Crossing = frozenset[str]
"""The two ports of it."""


@styled
def crossings(record: Record, cargo: str, ax: Axes | None = None) -> Axes:
    """Boxes (TEU a day) or wagons (kt a day) over a sea by its ports: westward above, eastward below zero.

    Of several seas, the one over which most of the cargo went. Smoothed as arrivals by corridor are, or
    over 28 days where ships land less often than once a day.
    """
    own, ax = ax is None, ax or blank()
    kind = record.network.cargoes[cargo]
    divisor, unit = scale_of(kind)
    times, found = daily_edges(record.days), landed(record, cargo)
    width = width_for(record, found)
    heights = []
    for west, sign in ((True, 1.0), (False, -1.0)):
        layers = {
            ports_of(record.network, crossing): sign * daily(record, some[west], times, width) / divisor
            for crossing, some in found.items()
        }
        drawn = dict(zip(layers, fills(len(layers)), strict=True))
        stacked(ax, on_axis(record.start, times), layers, drawn)
        heights.append(_highest(layers))
    _name_once(ax)
    if max(heights) > 0.0:
        _both_ways(ax, *heights)
        ax.set_ylabel(f"Landed ({unit}/day)")
    else:
        empty(ax, "no ship landed any")
    surround(
        ax,
        record.title,
        f"{kind.name}: landed from ships by crossing, {width:.0f}-day mean",
        record.start,
        record.days,
        record.spans,
        own=own,
        boycotts=record.boycotts,
    )
    return ax


def landed(record: Record, cargo: str) -> dict[Crossing, dict[bool, Events]]:
    """What ships brought over the busiest sea by crossing, westward (True) and eastward, in its unit."""
    table, network = record.trip_table, record.network
    trips = table.trips
    found: dict[Crossing, dict[bool, Events]] = {}
    for number, leg in enumerate(table.legs):
        if leg.mode == "sea" and leg.cargo == cargo:
            rows = (trips.leg == number) & (trips.delivered <= record.days) & (trips.amount > 0.0)
            both = found.setdefault(frozenset((leg.start, leg.end)), {True: _none(), False: _none()})
            west = westward(network, leg.start, leg.end)
            both[west] = events(
                np.concatenate((both[west].times, trips.delivered[rows])),
                np.concatenate((both[west].amounts, trips.amount[rows])),
            )
    amounts = {crossing: _amount(both) for crossing, both in found.items()}
    busiest = max(_seas(list(found)), key=lambda sea: sum(amounts[one] for one in sea), default=[])
    return {crossing: found[crossing] for crossing in sorted(busiest, key=lambda one: -amounts[one])}


def width_for(record: Record, found: dict[Crossing, dict[bool, Events]]) -> float:
    """The days that make single ships into a line."""
    landings = sum(len(some.times) for both in found.values() for some in both.values())
    usual = smoothing(record.days)
    return usual if landings >= record.days else 4.0 * usual


def ports_of(network: Network, crossing: Crossing) -> str:
    """The names of a crossing's ports, from east to west."""
    ports = sorted((network.places[id] for id in crossing), key=lambda place: -place.longitude)
    return " – ".join(place.name for place in ports)


def _seas(crossings: list[Crossing]) -> list[list[Crossing]]:
    """The crossings that share ports, together."""
    seas: list[list[Crossing]] = []
    for crossing in crossings:
        joined = [sea for sea in seas if any(crossing & other for other in sea)]
        seas = [sea for sea in seas if sea not in joined]
        seas.append([one for sea in joined for one in sea] + [crossing])
    return seas


def _none() -> Events:
    return Events(np.zeros(0), np.zeros(0))


def _amount(both: dict[bool, Events]) -> float:
    return float(sum(np.sum(some.amounts) for some in both.values()))


def _highest(layers: dict[str, Numbers]) -> float:
    return float(np.max(np.abs(np.sum(list(layers.values()), axis=0)))) if layers else 0.0


def _name_once(ax: Axes) -> None:
    """Keep one legend entry of those that stand for the same crossing on both sides of zero."""
    named: set[str] = set()
    for layer in ax.collections:
        label = str(layer.get_label())
        if label in named:
            layer.set_label("_nolegend_")
        named.add(label)


def _both_ways(ax: Axes, west: float, east: float) -> None:
    """Amounts upwards and downwards from zero, both told as positive numbers, and which way is which."""
    least = 0.12 * max(west, east)
    ax.set_ylim(-1.1 * max(east, least), 1.1 * max(west, least))
    in_thousands(ax)
    ax.axhline(0.0, color=INK, linewidth=0.8, zorder=3)
    for at, side, told in ((1.0, "top", "westward"), (0.0, "bottom", "eastward")):
        ax.annotate(
            told, (1.0, at), (5.0, 0.0), xycoords="axes fraction", textcoords="offset points",
            color=FAINT, fontsize=8.5, va=side, rotation=90.0,
        )  # fmt: skip
