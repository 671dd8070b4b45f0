"""What waited in yards, and on trains held before them, against the room that there was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.engine.journal import Series
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.series import Numbers, daily_edges, occupancy, step_means
from sim.network.freight.elements import Yard
from sim.plots import facets
from sim.plots.dates import on_axis
from sim.plots.facets import Facet, draw_facets, in_row
from sim.plots.frame import surround
from sim.plots.freight import scale_of
from sim.plots.stack import empty, turns
from sim.plots.style import CLOSED, FILLS, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

LEAST, MOST = 3, 8
WAITING, HELD = FILLS[5], FILLS[4]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pile:
    """What waited in a yard for one way on, and on trains held before it: daily means, in the unit shown."""

    name: str
    capacity: float
    waiting: Numbers
    held: Numbers

    @property
    def most(self) -> float:
        return float(np.max(self.waiting + self.held, initial=0.0))


@styled
def yards(record: Record, ax: Axes | None = None) -> Axes:
    """What waited in each yard for each way on, the mean of each day, and above it what was held before it.

    The row's red line is the capacity, which each way on has for itself. Shown are those that were fullest,
    in the order of the tables.
    """
    own, ax = ax is None, ax or blank()
    shown = fullest(piles(record))
    rows = [Facet(name=pile.name, top=max(pile.capacity, pile.most)) for pile in shown]
    draw_facets(ax, rows)
    x = on_axis(record.start, daily_edges(record.days))
    for n, pile in enumerate(shown):
        _draw(ax, rows, n, pile, x)
    if not rows:
        empty(ax, "nothing waited in a yard")
    ax.set_ylabel("Waiting, each row in its unit")
    surround(
        ax,
        record.title,
        "Waiting in yards, by the way on; daily mean",
        record.start,
        record.days,
        record.spans,
        own=own,
        boycotts=record.boycotts,
        height=facets.HEIGHT * max(len(rows), 2),
    )
    return ax


def piles(record: Record) -> list[Pile]:
    """What waited in each yard for each way on, where anything did."""
    network, edges = record.network, daily_edges(record.days)
    found = []
    for yard in network.yards.values():
        cargo = network.cargoes[yard.cargo]
        divisor, unit = scale_of(cargo)
        for leg in legs_from(record, yard.id):
            waiting = step_means(yard_queue(record, leg), record.days, edges) / divisor
            held = step_means(held_for(record, yard, leg), record.days, edges) / divisor
            ahead = network.places[record.freight.legs[leg].end].name
            here = network.places[yard.place].name
            if np.any(waiting) or np.any(held):
                name = f"{here}, for {ahead}: {cargo.name.lower()} ({unit})"
                capacity = yard.capacity / divisor
                found.append(Pile(name=name, capacity=capacity, waiting=waiting, held=held))
    return found


def fullest(some: list[Pile]) -> list[Pile]:
    """Those that filled a quarter of their room or more, at least three and at most eight, in their order."""
    ranked = sorted(some, key=lambda pile: -pile.most / pile.capacity)
    kept = [pile for n, pile in enumerate(ranked[:MOST]) if n < LEAST or pile.most >= 0.25 * pile.capacity]
    return [pile for pile in some if any(pile is one for one in kept)]


def held_for(record: Record, yard: Yard, leg: int) -> Series:
    """What stands on trains before a full yard and will go on by a leg, in the cargo's unit."""
    loads, freight = record.trip_table.loads, record.freight
    onward = np.array(
        [
            [leg in numbers[1:] and numbers[numbers.index(leg) - 1] == before
             for before in range(len(freight.legs))]
            for numbers in (freight.corridors[id] for id in record.trip_table.corridors)
        ],
        dtype=bool,
    )  # fmt: skip
    by_land = np.array([one.mode == "land" and one.yards[1] == yard.id for one in freight.legs], dtype=bool)
    rows = by_land[loads.leg] & onward[loads.corridor, loads.leg]
    rows &= np.isfinite(loads.arrived) & (loads.delivered > loads.arrived)
    return occupancy(loads.arrived[rows], loads.delivered[rows], record.days, loads.amount[rows])


def _draw(ax: Axes, rows: list[Facet], n: int, pile: Pile, days: Numbers) -> None:
    ends = {name: np.append(one, one[-1]) for name, one in (("level", pile.waiting), ("held", pile.held))}
    x, layers = turns(days, ends)
    level, top = layers["level"], layers["level"] + layers["held"]
    for low, high, fill, name in (
        (np.zeros(len(x)), level, WAITING, "Waiting in the yard"),
        (level, top, HELD, "Held before it"),
    ):
        there = high > low
        steps = there | np.append(False, there[:-1])  # a step ends where the next begins
        ax.fill_between(
            x, in_row(rows, n, low), in_row(rows, n, high), where=steps, step="post",
            facecolor=fill.colour, hatch=fill.hatch or None, edgecolor="white", linewidth=0.0, zorder=2,
            label=name if n == 0 else "_nolegend_",
        )  # fmt: skip
    full = float(in_row(rows, n, np.asarray(pile.capacity)))
    ax.plot(
        x[[0, -1]], [full, full], color=CLOSED, linewidth=1.1, linestyle=(0, (5, 2)), zorder=3,
        label="Capacity each way on" if n == 0 else "_nolegend_",
    )  # fmt: skip
    ax.annotate(
        f"{pile.capacity:,.4g}", (1.0, full), (4.0, 0.0), xycoords=("axes fraction", "data"),
        textcoords="offset points", va="center", fontsize=8.0, color=CLOSED,
    )  # fmt: skip
