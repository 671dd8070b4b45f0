"""What became of what shippers had to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.freight.delivered import cargo_amount
from sim.measures.freight.selectors import within
from sim.measures.freight.service_level import IN_TIME, NOT_SENT, REBOOKED, losses
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.stack import empty
from sim.plots.style import FILLS, INK, Fill, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

LAYERS = {
    "on time": (f"left within {IN_TIME:.0f} days", FILLS[0]),
    "late": ("left later", FILLS[1]),
    "ocean": ("by ocean, as booked", FILLS[5]),
    "rebooked": ("by ocean, having waited in vain", FILLS[6]._replace(hatch="\\\\")),
    "waiting": ("still waiting at the end", FILLS[7]),
    "not sent": ("not sent", Fill(INK, "")),
}


@styled
def outcome(record: Record, ax: Axes | None = None) -> Axes:
    """What became of each demand, in percent of what was ready to go at least a week before the run's end."""
    own, ax = ax is None, ax or blank()
    bars = bars_of(record)
    if own:
        make_room(ax, bars)
    draw_bars(ax, bars, dict(LAYERS.values()))
    reach(ax, bars, least=100.0)
    if bars:
        ax.set_xticks([0, 20, 40, 60, 80, 100])
        ax.set_xlabel("Share of what shippers had to send (%)")
    else:
        empty(ax, "nothing was to be sent")
    surround_bars(ax, record.title, "What became of each demand, and how much there was", bars, own=own)
    return ax


def bars_of(record: Record) -> list[Bar]:
    """A bar of percentages for each demand that had anything to send."""
    bars = []
    for demand in record.network.demands.values():
        amounts = fate(record, demand.id)
        whole = sum(amounts.values())
        if whole > 0.0:
            parts = {LAYERS[kind][0]: 100.0 * amount / whole for kind, amount in amounts.items()}
            cargo = record.network.cargoes[demand.cargo]
            bars.append(Bar(name=demand.name, parts=parts, told=cargo_amount(cargo, whole)))
    return bars


def fate(record: Record, demand: str) -> dict[str, float]:
    """What became of what a demand had to send, in its cargo's unit, by kind (see `LAYERS`).

    Only what was born early enough in the run to tell whether it left in time.
    """
    table, until = record.trip_table, max(record.days - IN_TIME, 0.0)
    loads = table.loads
    rows = loads.first & within(loads.created, 0.0, until)
    rows &= loads.demand == table.demands.index(demand)
    ocean = np.array([leg.mode == "ocean" for leg in table.legs], dtype=bool)[loads.leg]
    took = loads.departed - loads.created

    def amount(which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
        return float(loads.amount[rows & which].sum())

    def lost(kinds: tuple[str, ...]) -> float:
        some = losses(record, demand, kinds, 0.0, np.inf)
        return sum(one.amount for one in some if 0.0 <= one.ready < until)

    rebooked = lost(REBOOKED)
    return {
        "on time": amount(~ocean & (took <= IN_TIME)),
        "late": amount(~ocean & (took > IN_TIME) & np.isfinite(took)),
        "ocean": max(amount(ocean) - rebooked, 0.0),
        "rebooked": rebooked,
        "waiting": amount(~ocean & ~np.isfinite(took)),
        "not sent": lost(NOT_SENT),
    }
