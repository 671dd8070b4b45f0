"""Cargoes and groups of corridors as freight charts name, colour and choose among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sim.charts.style import Fill, Stroke, fills, strokes
from sim.measures.freight.selectors import groups
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo
from sim.network.freight.elements import Corridor
from sim.network.network import Network

DARKER = {"#E69F00": "#A86600", "#F0E442": "#8A8000"}
"""Shades for thin lines of the colours that are too light for them."""


def dry_cargoes(record: Record) -> list[Cargo]:
    """Return the cargoes that some demand sends, in the order of the table."""
    network = record.network
    sent = {demand.cargo for demand in network.demands.values()}
    return [cargo for cargo in network.cargoes.values() if cargo.id in sent]


def group_fills(network: Network) -> dict[str, Fill]:
    """Return the fill of each group of corridors, the same in every chart."""
    names = groups(network)
    order = (0, 1, 5, *(n for n in range(2, max(6, len(names) + 1)) if n != 5))
    looks = fills(len(order))
    return {name: looks[n] for name, n in zip(names, order, strict=False)}


def group_strokes(network: Network) -> dict[str, Stroke]:
    """Return the stroke of each group of corridors: its fill's colour, dark enough for a line."""
    filled = group_fills(network)
    dashes = strokes(len(filled))
    return {
        group: Stroke(DARKER.get(fill.colour, fill.colour), stroke.dash)
        for (group, fill), stroke in zip(filled.items(), dashes, strict=True)
    }


def ocean_groups(network: Network) -> list[str]:
    """Return the groups whose corridors are ocean services alone."""
    return [
        group
        for group in groups(network)
        if all(
            network.lines[line].mode == "ocean"
            for corridor in network.corridors.values()
            if corridor.group == group
            for line in corridor.lines
        )
    ]


def by_size(layers: Mapping[str, Numbers], last: Sequence[str] = ()) -> dict[str, Numbers]:
    """Return layers with the smallest first, at the bottom of a stack; those of `last` follow all others."""
    return dict(sorted(layers.items(), key=lambda item: (item[0] in last, float(np.nansum(item[1])))))


def is_westward(network: Network, origin: str, destination: str) -> bool:
    """Return whether the destination lies west of the origin."""
    return network.places[destination].longitude < network.places[origin].longitude


def main_choices(record: Record, cargo: str) -> list[Corridor]:
    """Return the corridors open to the largest demand among those with most groups to choose from."""
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
    """Return the corridor among the main choices with most legs, the busiest of several."""
    legs = record.freight.corridors
    choices = main_choices(record, cargo)
    most = max((len(legs[corridor.id]) for corridor in choices), default=0)
    longest = [corridor.id for corridor in choices if len(legs[corridor.id]) == most]
    return _busiest(record, longest) if longest else None


def _busiest(record: Record, corridors: Iterable[str]) -> Corridor:
    sent = dict.fromkeys(corridors, 0.0)
    for consignment in record.journal.consignments:
        if consignment.corridor in sent:
            sent[consignment.corridor] += consignment.amount
    return record.network.corridors[max(sent, key=lambda id: sent[id])]
