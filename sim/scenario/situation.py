"""The part of a scenario that changes act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sim.network.network import Network
from sim.scenario.events import Boycott, DatedChange, Disturbance
from sim.scenario.horizon import Horizon
from sim.scenario.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A network, a horizon, and what happens in it.

    `cargo` are the cargoes that move; the network has only what these need. `provenance` has the
    fields of elements, by id and name, whose value when the run begins is not that of their table.
    """

    start: date
    end: date
    network: Network
    disturbances: tuple[Disturbance, ...]
    dated: tuple[DatedChange, ...]
    boycotts: tuple[Boycott, ...] = ()
    cargo: tuple[str, ...] = ()
    provenance: Mapping[tuple[str, str], Provenance] = field(default_factory=dict, compare=False)

    @property
    def horizon(self) -> Horizon:
        return Horizon(self.start, self.end)

    @property
    def days(self) -> float:
        """The length of the horizon in days."""
        return self.horizon.days
