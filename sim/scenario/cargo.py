"""Cargoes of a run, and the elements that they need."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import Faults, nearest
from sim.network.cargo_scope import carrying, sent
from sim.network.network import Network
from sim.scenario.provenance import Origin


def check_cargo(network: Network, cargo: Sequence[str], origin: Origin, faults: Faults) -> bool:
    """Return whether the network has and sends all these cargoes; collect a fault for each other one."""
    there = sent(network)
    before = len(faults)
    for id in cargo:
        if id not in network.cargoes:
            advice = nearest(id, network.cargoes) or f"cargoes here: {', '.join(network.cargoes)}"
            faults.add("no cargo has this id", value=id, advice=advice, **origin.at("cargo"))
        elif id not in there:
            advice = f"sent here: {', '.join(there)}"
            faults.add("nobody sends this cargo", value=id, advice=advice, **origin.at("cargo"))
    return len(faults) == before


class Carried:
    """The part of a network that a run of some of its cargoes needs (None: all of them)."""

    def __init__(self, network: Network, cargo: Sequence[str] | None) -> None:
        self.cargo = sent(network) if cargo is None else tuple(id for id in network.cargoes if id in cargo)
        self.network = part_of(network, cargo)
        self._complete = network
        self._ids = set(self.network.ids())

    def has(self, id: str) -> bool:
        return id in self._ids

    def present(
        self,
        elements: Sequence[str],
        own: Sequence[str] | None,
        value: str,
        key: str,
        origin: Origin,
        faults: Faults,
    ) -> tuple[str, ...]:
        """Return the elements that are part of this run.

        If none is, that is a fault, unless some are part of the run of the file that names them, which
        moves its `own` cargoes.
        """
        present = tuple(id for id in elements if id in self._ids)
        if elements and not present and not {*part_of(self._complete, own).ids()} & {*elements}:
            message = f"is not part of this run, which carries {' and '.join(self.cargo)} only"
            faults.add(message, value=value, **origin.at(key))
        return present


def part_of(network: Network, cargo: Sequence[str] | None) -> Network:
    """Return the part of a network that a run of these cargoes needs; None: all of them."""
    if cargo is None or set(sent(network)) <= set(cargo):
        return network
    return carrying(network, cargo)
