"""Where the days go: what cargo does on each leg of a corridor, and on the whole way by each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.waits import KINDS
from sim.network.freight import Corridor
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.freight import groups, titled
from sim.plots.stack import empty
from sim.plots.style import FILLS, INK, Fill, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

LAYERS = {
    "moving": ("moving, borders included", FILLS[0]),
    "path": ("waiting for a path", FILLS[1]),
    "yard": ("in a yard", FILLS[3]),
    "ship": ("loading, waiting for a quay, unloading", FILLS[4]),
    "weather": ("storm", FILLS[5]),
    "held": ("held, the yard ahead being full", Fill(INK, "")),
}


@styled
def days(record: Record, cargo: str, ax: Axes | None = None) -> Axes:
    """Mean days that a unit of cargo spends on each leg of the corridor with most legs, by what it does there.

    Below them stands the whole way by the busiest corridor of each group: the sum of its legs. A leg's
    mean is over all that came through it during the run, whichever corridor it followed.
    """
    own, ax = ax is None, ax or blank()
    bars = bars_of(record, cargo)
    if own:
        make_room(ax, bars)
    draw_bars(ax, bars, dict(LAYERS.values()))
    reach(ax, bars)
    if any(bar.parts for bar in bars):
        ax.set_xlabel("Days, mean of what came through")
    else:
        empty(ax, "nothing came through")
    kind = record.network.cargoes[cargo]
    surround_bars(ax, record.title, f"{kind.name}: where the days go", bars, own=own)
    return ax


def bars_of(record: Record, cargo: str) -> list[Bar]:
    """A bar for each leg of the corridor with most legs, and one for the whole way by each group."""
    spent = spent_by_leg(record)
    chosen = {group: busiest(record, cargo, group) for group in groups(record.network, cargo)}
    routes, places = record.freight, record.network.places
    if not chosen:
        return []
    longest = max(chosen.values(), key=lambda corridor: len(routes.corridors[corridor.id]))
    bars = [Bar(name=longest.name, heading=True)]
    for number in routes.corridors[longest.id]:
        leg = routes.legs[number]
        bars.append(_bar(f"{places[leg.start].name} → {places[leg.end].name}", [spent[number]]))
    bars.append(Bar(name="The whole way", heading=True))
    for group, corridor in chosen.items():
        name = f"{titled(group)}: {corridor.name}" if group not in corridor.name.lower() else corridor.name
        bars.append(_bar(name, [spent[number] for number in routes.corridors[corridor.id]]))
    return bars


def spent_by_leg(record: Record) -> list[dict[str, float]]:
    """The mean days by kind of a unit of cargo on each leg, of what came through it; empty where none did."""
    loads, spent = record.passages.loads, record.spent
    found = []
    for number in range(len(record.freight.legs)):
        rows = (loads.leg == number) & (loads.done <= record.days)
        amounts = loads.amount[rows]
        whole = float(np.sum(amounts))
        found.append(
            {kind: float(np.sum(spent[kind][rows] * amounts)) / whole for kind in KINDS} if whole else {}
        )
    return found


def busiest(record: Record, cargo: str, group: str) -> Corridor:
    """The corridor of a group by which most of a cargo was sent, the first in the table among equals."""
    sent = dict.fromkeys(record.network.corridors, 0.0)
    for lot in record.journal.consignments:
        sent[lot.corridor] += lot.amount
    some = [one for one in record.network.corridors.values() if (one.cargo, one.group) == (cargo, group)]
    return max(some, key=lambda one: sent[one.id])


def _bar(name: str, legs: list[Mapping[str, float]]) -> Bar:
    if not all(legs):
        return Bar(name=name, told="nothing came through")
    parts = {LAYERS[kind][0]: sum(leg[kind] for leg in legs) for kind in KINDS}
    return Bar(name=name, parts=parts, told=f"{sum(parts.values()):.1f}")
