"""Counterfactuals: scenarios that did not happen, each against one that did or an undisturbed year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from sim.scenario import load
from sim.studies.compare import Comparison, compare_ensembles
from sim.studies.ensemble import run_ensembles
from sim.studies.plan import RunOptions
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.variants import Variant, on_one_seed, variant


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A shipped scenario with settings."""

    scenario: str
    settings: tuple[str, ...] = ()

    def variant(self) -> Variant:
        return variant(load(self.scenario, settings=self.settings))


@dataclass(frozen=True, slots=True)
class CounterfactualGroup:
    """Counterfactuals of one kind, the `base` they are compared with, and the measures of their cost."""

    base: str
    counterfactuals: tuple[Counterfactual, ...]
    costs: tuple[MeasureRequest, ...]

    @property
    def scenarios(self) -> int:
        """Number of scenarios to be run."""
        return 1 + len(self.counterfactuals)

    def variants(self) -> list[Variant]:
        """Return the base and the counterfactuals, all on the same seed."""
        return on_one_seed([variant(self.base), *(each.variant() for each in self.counterfactuals)])


def _requests(*keys: tuple[str, str]) -> tuple[MeasureRequest, ...]:
    return tuple(MeasureRequest(measure=measure, element=element) for measure, element in keys)


ORDINARY = "baseline-2022"
BOYCOTTED = "northern-boycott-2022"
OIL = CounterfactualGroup(
    base=ORDINARY,
    counterfactuals=(
        Counterfactual("court-order-2022-as-ruled"),
        Counterfactual("cpc-full-stop-90-days"),
        Counterfactual(ORDINARY, ("novorossiysk.spm3.in_service=false",)),
        Counterfactual(
            ORDINARY, ("novorossiysk.spm2.in_service=false", "novorossiysk.spm3.in_service=false")
        ),
    ),
    costs=_requests(("exported", "KZ>*"), ("curtailed", "KZ"), ("curtailed", "*"), ("diverted", "*")),
)
FREIGHT = CounterfactualGroup(
    base=BOYCOTTED,
    counterfactuals=(Counterfactual("middle-corridor-closed-30-days"),),
    costs=_requests(
        ("containers", "middle"), ("freight", "middle"), ("containers to the ocean", "*"), ("not sent", "*")
    ),
)
GROUPS = (OIL, FREIGHT)


def counterfactual_costs(
    count: int, groups: Sequence[CounterfactualGroup] = GROUPS, **options: Unpack[RunOptions]
) -> list[Comparison]:
    """Return the costs of each group over `count` pairs of replications, as one comparison per group."""
    run_requests = [
        [RunRequest(variant=each, requests=group.costs, flows=()) for each in group.variants()]
        for group in groups
    ]
    together = [request for requests in run_requests for request in requests]
    ensembles = iter(run_ensembles(together, count, **options))
    return [compare_ensembles([next(ensembles) for _ in requests]) for requests in run_requests]
