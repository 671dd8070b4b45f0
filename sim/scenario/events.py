"""Events of a run, resolved against its network: closures, boycotts and dated changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """Change of a field during the run, its value in the field's own unit."""

    day: float
    element: str
    field: str
    value: float
    provenance: Provenance = dataclasses.field(default=Provenance(), compare=False)
