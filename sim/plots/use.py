"""How hard ships, quays and lines were used: what cargo waits for stands out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from sim.measures.freight.bottlenecks import bottlenecks
from sim.measures.freight.services import SERVICES
from sim.measures.freight.utilisation import Constraint
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.stack import empty
from sim.plots.style import FILLS, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

MOST = 10
BINDING, USED, ROOM_LEFT = "Used, and cargo waits for it", "Used", "Under way with room left"
FILLED = {BINDING: FILLS[4]._replace(hatch="//"), USED: FILLS[0], ROOM_LEFT: FILLS[7]._replace(hatch="")}
HEADINGS = {
    "service": "Ships",
    "quay": "Quays",
    "line": "Lines",
    "yard": "Yards, at their fullest",
    "weather": "Storms",
}
ALWAYS = ("service", "quay")
"""What is shown even where nothing waits for it."""


@styled
def use(record: Record, ax: Axes | None = None) -> Axes:
    """How hard each fleet and quay was used, and whatever else bound, in percent of the run.

    Ships: the share of their time not spent waiting for cargo, times how full they went on the way on which
    they were fuller; what their empty room took from that follows in grey. Quays: the time with cargo being
    worked. What binds (see `bottlenecks`) is marked, with its part of all waiting of a cargo.
    """
    own, ax = ax is None, ax or blank()
    bars = bars_of(record)
    if own:
        make_room(ax, bars)
    draw_bars(ax, bars, FILLED)
    reach(ax, bars, least=100.0)
    if bars:
        ax.set_xticks([0, 20, 40, 60, 80, 100])
        ax.set_xlabel("Use (%)")
    else:
        empty(ax, "no ships and no quays")
    surround_bars(ax, record.title, "How hard ships, quays and lines were used", bars, own=own)
    return ax


def bars_of(record: Record) -> list[Bar]:
    """A bar for each fleet, each quay, and all else that binds, those of a kind with the most used first."""
    constraints = bottlenecks(record)
    bars = []
    for kind, heading in HEADINGS.items():
        some = [one for one in constraints if one.kind == kind and (kind in ALWAYS or one.binds)]
        if some:
            bars.append(Bar(name=heading, heading=True))
            bars += [_bar(record, one) for one in _hardest(some)]
    return bars


def _hardest(constraints: Iterable[Constraint]) -> list[Constraint]:
    """The hardest used, ten at most, and all that bind."""
    ranked = sorted(constraints, key=lambda one: (-one.use, one.element))
    return [one for n, one in enumerate(ranked) if n < MOST or one.binds]


def _bar(record: Record, constraint: Constraint) -> Bar:
    parts = {BINDING if constraint.binds else USED: constraint.use}
    if constraint.kind == "service":
        (busy,) = (measure for measure in SERVICES if measure.name == "service busy")
        parts[ROOM_LEFT] = max((busy(record, constraint.element) or 0.0) - constraint.use, 0.0)
    told = f"{constraint.use:.0f}%"
    if constraint.binds:
        cargo = record.network.cargoes[constraint.cargo].name.lower()
        told += f"; {constraint.part:.0f}% of the waiting of {cargo}"
    return Bar(name=constraint.name, parts=parts, told=told)
