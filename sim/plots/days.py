"""Where the days go: what cargo does on each leg of a corridor, and on the whole way by each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.days import days_by_leg
from sim.measures.freight.selectors import ALL
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.freight import main_choices, main_corridor
from sim.plots.stack import empty
from sim.plots.style import FILLS, INK, Fill, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

LAYERS = {
    "moving": ("moving, borders included", FILLS[0]),
    "path": ("waiting for a path, or room ahead", FILLS[1]),
    "yard": ("in a yard, for a train or ship", FILLS[3]),
    "ship": ("loading, waiting for a quay, unloading", FILLS[4]),
    "weather": ("storm", FILLS[5]),
    "held": ("held, the yard ahead being full", Fill(INK, "")),
}


@styled
def days(record: Record, cargo: str, ax: Axes | None = None) -> Axes:
    """Mean days of a unit of cargo on each leg of the main corridor, by what it does there.

    A leg's mean is over all that came through it during the run, whichever corridor it followed. Below
    them stand the whole ways that the same cargo could choose among: means of what went by that corridor
    alone, summed over its legs. The legs above need not add up to them.
    """
    own, ax = ax is None, ax or blank()
    bars = bars_of(record, cargo)
    if own:
        make_room(ax, bars)
    draw_bars(ax, bars, dict(LAYERS.values()))
    reach(ax, bars)
    if any(bar.parts for bar in bars):
        ax.set_xlabel("Days: on a leg, mean of all cargo on it; the whole way, of what went by that corridor")
    else:
        empty(ax, "nothing came through")
    kind = record.network.cargoes[cargo]
    main = main_corridor(record, cargo)
    legs = f"; legs of {main.name}" if main else ""
    surround_bars(ax, record.title, f"{kind.name}: where the days go{legs}", bars, own=own)
    return ax


def bars_of(record: Record, cargo: str) -> list[Bar]:
    """A bar for each leg of the main corridor, and one for each whole way that its cargo may choose."""
    chosen = main_corridor(record, cargo)
    if chosen is None:
        return []
    routes, places = record.freight, record.network.places
    spent = {one.leg: one.days for one in days_by_leg(record, ALL)}
    bars = [Bar(name=f"Legs of the {chosen.group} corridor, all cargo on them", heading=True)]
    for number in routes.corridors[chosen.id]:
        leg = routes.legs[number]
        name = f"{places[leg.start].name} → {places[leg.end].name}"
        bars.append(_bar(name, [spent.get(leg, {})]))
    bars.append(Bar(name="The whole way, what went by that corridor", heading=True))
    for corridor in main_choices(record, cargo):
        by_it = {one.leg: one.days for one in days_by_leg(record, corridor.id)}
        legs = (routes.legs[number] for number in routes.corridors[corridor.id])
        bars.append(_bar(corridor.name, [by_it.get(leg, {}) for leg in legs]))
    return bars


def _bar(name: str, legs: list[Mapping[str, float]]) -> Bar:
    if not all(legs):
        return Bar(name=name, told="nothing came through")
    parts = {LAYERS[kind][0]: sum(leg[kind] for leg in legs) for kind in ACTIVITIES}
    return Bar(name=name, parts=parts, told=f"{sum(parts.values()):.1f}")
