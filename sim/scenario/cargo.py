"""Which cargoes a run moves, and which elements are part of it for that reason."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import Faults, nearest
from sim.network.cargo_scope import carrying, sent
from sim.network.network import Network
from sim.scenario.origin import Origin


def check_cargo(network: Network, cargo: Sequence[str], origin: Origin, faults: Faults) -> bool:
    """Whether the network has all these cargoes and somebody sends them; tells those that it has not."""
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
    """The elements that are part of a run which moves some of a network's cargoes (None: all of them)."""

    def __init__(self, whole: Network, cargo: Sequence[str] | None) -> None:
        self.cargo = sent(whole) if cargo is None else tuple(id for id in whole.cargoes if id in cargo)
        self.network = part_of(whole, cargo)
        self._whole = whole
        self._ids = set(self.network.ids())

    def has(self, id: str) -> bool:
        return id in self._ids

    def keep(
        self, elements: Sequence[str], own: Sequence[str] | None, value: str, key: str, origin: Origin,
        faults: Faults,
    ) -> tuple[str, ...]:  # fmt: skip
        """Those elements that are part of this run.

        That none is, is a fault, unless some were in the run of the file that names them, which moves
        its `own` cargoes, and this run has it only as part of another.
        """
        kept = tuple(id for id in elements if id in self._ids)
        if elements and not kept and not {*part_of(self._whole, own).ids()} & {*elements}:
            message = f"is not part of this run, which carries {' and '.join(self.cargo)} only"
            faults.add(message, value=value, **origin.at(key))
        return kept


def part_of(whole: Network, cargo: Sequence[str] | None) -> Network:
    """What of a network a run needs that moves these cargoes; None: all of them."""
    return whole if cargo is None or set(sent(whole)) <= set(cargo) else carrying(whole, cargo)
