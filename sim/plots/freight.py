"""What a record says of boxes and wagons, gathered for pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from sim.measures.freight.arrivals import arrivals_by_group as delivered
from sim.measures.freight.arrivals import groups_of_cargo as groups_of
from sim.measures.freight.arrivals import groups_of_loads
from sim.measures.freight.arrivals import loads_of_cargo as loads_of
from sim.measures.freight.selectors import groups
from sim.measures.series import Numbers
from sim.measures.smoothing import Events, smoothing_of
from sim.measures.smoothing import events_in_order as events
from sim.network.elements import Cargo
from sim.network.freight.elements import Corridor
from sim.network.network import Network
from sim.plots.style import RATE_UNITS, Fill, Stroke, fills, strokes

if TYPE_CHECKING:
    from sim.measures.record import Record

__all__ = ["Events", "delivered", "events", "groups_of", "groups_of_loads", "loads_of"]
DARKER = {"#E69F00": "#A86600", "#F0E442": "#8A8000"}
"""What would be too light for a thin line, in a darker shade."""


def travelling(network: Network) -> list[Cargo]:
    """The cargoes that some demand sends, in the table's order: boxes and wagons."""
    sent = {demand.cargo for demand in network.demands.values()}
    return [cargo for cargo in network.cargoes.values() if cargo.id in sent]


def carries_oil(network: Network) -> bool:
    """Whether any liquid is exported."""
    return bool(network.contracts)


def scale_of(cargo: Cargo) -> tuple[float, str]:
    """By what amounts of a cargo are divided to be shown, and the unit that they are shown in."""
    return RATE_UNITS[cargo.unit]


def group_fills(network: Network) -> dict[str, Fill]:
    """How each group of corridors is filled, the same in every picture."""
    found = groups(network)
    light = (0, 1, 5, *(n for n in range(2, max(6, len(found) + 1)) if n != 5))
    made = fills(len(light))
    return {group: made[n] for group, n in zip(found, light, strict=False)}


def group_strokes(network: Network) -> dict[str, Stroke]:
    """How the line of each group of corridors is drawn, the same in every picture."""
    drawn = group_fills(network)
    dashes = strokes(len(drawn))
    return {
        group: Stroke(DARKER.get(fill.colour, fill.colour), stroke.dashes)
        for (group, fill), stroke in zip(drawn.items(), dashes, strict=True)
    }


def busiest(record: Record, corridors: Iterable[str]) -> Corridor:
    """The corridor by which most was sent, the first among equals."""
    sent = dict.fromkeys(corridors, 0.0)
    for lot in record.journal.consignments:
        if lot.corridor in sent:
            sent[lot.corridor] += lot.amount
    return record.network.corridors[max(sent, key=lambda id: sent[id])]


def main_choices(record: Record, cargo: str) -> list[Corridor]:
    """The corridors of the demand with most groups to choose among, the greatest such demand, in order."""
    network, choices = record.network, record.freight.choices
    demands = [demand for demand in network.demands.values() if demand.cargo == cargo and choices[demand.id]]
    if not demands:
        return []
    main = max(
        demands,
        key=lambda demand: (len({network.corridors[id].group for id in choices[demand.id]}), demand.rate),
    )
    return [network.corridors[id] for id in choices[main.id]]


def main_corridor(record: Record, cargo: str) -> Corridor | None:
    """The one of the main choices with most legs, the busiest of those: the one with most to look at."""
    legs = record.freight.corridors
    some = main_choices(record, cargo)
    most = max((len(legs[one.id]) for one in some), default=0)
    return busiest(record, [one.id for one in some if len(legs[one.id]) == most]) if some else None


def in_thousands(ax: Axes) -> None:
    """Write the amounts of the vertical axis with commas, without a sign."""
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.4g}"))


def titled(group: str) -> str:
    """A group's name as it stands at the start of a label."""
    return group[:1].upper() + group[1:]


def daily(record: Record, some: Events, times: Numbers, width: float) -> Numbers:
    """Events a day, as means over `width` days about each time, none across a closure's edge or the run's."""
    return smoothing_of(record, times, width).of_events(some)


def in_order_of_size(layers: Mapping[str, Numbers], last: Sequence[str] = ()) -> dict[str, Numbers]:
    """Layers with the smallest first, so that none is lost on top of a large one; those named come last."""
    return dict(sorted(layers.items(), key=lambda item: (item[0] in last, float(np.sum(item[1])))))


def by_ocean(network: Network) -> list[str]:
    """The groups whose corridors are the ocean's alone."""
    return [
        group
        for group in groups(network)
        if all(
            network.lines[line].mode == "ocean"
            for one in network.corridors.values()
            if one.group == group
            for line in one.lines
        )
    ]


def westward(network: Network, origin: str, destination: str) -> bool:
    """Whether a way between two places leads west."""
    return network.places[destination].longitude < network.places[origin].longitude
