"""What was never tried: scenarios that did not happen, each against an ordinary year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.scenario import load
from sim.studies.paired import Difference, differences

ORDINARY = "baseline-2022"
COSTS = (("exported", "KZ>*"), ("curtailed", "KZ"), ("curtailed", "*"), ("diverted", "*"))


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A shipped scenario, with settings laid over it, to be held against the ordinary year."""

    scenario: str
    settings: tuple[str, ...] = ()

    def __call__(self, count: int, done: Callable[[str], None]) -> list[Difference]:
        """What it costs, over `count` pairs of replications; `done` is told of each."""
        return differences(load(self.scenario, settings=self.settings), load(ORDINARY), COSTS, count, done)


COUNTERFACTUALS = (
    Counterfactual("court-order-2022-as-ruled"),
    Counterfactual("cpc-full-stop-90-days"),
    Counterfactual(ORDINARY, ("novorossiysk.spm3.in_service=false",)),
    Counterfactual(ORDINARY, ("novorossiysk.spm2.in_service=false", "novorossiysk.spm3.in_service=false")),
)
