"""Events of a run, resolved against its network: closures, boycotts and dated changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sim.scenario.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """A closure of elements: the steps that their capacity takes.

    `steps` are pairs of a day since the start of the run and the share left open from then on; the last
    step brings everything back. Shippers believe the end to be on day `announced`.
    """

    label: str
    elements: tuple[str, ...]
    steps: tuple[tuple[float, float], ...]
    announced: float
    planned: bool
    cause: str
    source: str
    provenance: Provenance = dataclasses.field(default=Provenance(), compare=False)

    @property
    def start(self) -> float:
        return self.steps[0][0]

    @property
    def until(self) -> float:
        """Day on which the recovery begins."""
        return self.steps[1][0]

    @property
    def end(self) -> float:
        """Day from which the elements are open again in full."""
        return self.steps[-1][0]

    @property
    def remaining(self) -> float:
        return self.steps[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boycott:
    """Refusal by shippers of every corridor that uses one of some elements.

    From day `start` until `end` (infinity: to stay), a `share` of the cargo of the `demands` refuses such
    corridors; to the rest they cost `premium` more, in USD per unit of the demands' cargo.
    """

    label: str
    elements: tuple[str, ...]
    demands: tuple[str, ...]
    share: float
    premium: float
    start: float
    end: float
    cause: str
    source: str
    provenance: Provenance = dataclasses.field(default=Provenance(), compare=False)

    @property
    def until(self) -> float:
        """Day on which it ends, at once."""
        return self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """Change of a field during the run, its value in the field's own unit."""

    day: float
    element: str
    field: str
    value: float
    provenance: Provenance = dataclasses.field(default=Provenance(), compare=False)


Event = TypeVar("Event", Disturbance, Boycott)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in order of their start, those of one day by label and elements."""
    return tuple(sorted(events, key=_place))


def _place(event: Disturbance | Boycott) -> tuple[float, str, tuple[str, ...], tuple[str, ...]]:
    demands = event.demands if isinstance(event, Boycott) else ()
    return event.start, event.label, event.elements, demands
