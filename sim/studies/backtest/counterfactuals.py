"""What was never tried: scenarios that did not happen, each against one that did, or an ordinary year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario import load
from sim.studies.compare import Comparison, compared
from sim.studies.ensemble import Done, gather, silent
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.store import Store
from sim.studies.variants import Variant, on_one_seed, variant
from sim.studies.workers import Workers


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A shipped scenario, with settings laid over it."""

    scenario: str
    settings: tuple[str, ...] = ()

    def variant(self) -> Variant:
        return variant(load(self.scenario, settings=self.settings))


@dataclass(frozen=True, slots=True)
class Untried:
    """Counterfactuals of one kind, the `base` that they are held against, and by which measures."""

    base: str
    counterfactuals: tuple[Counterfactual, ...]
    costs: tuple[MeasureRequest, ...]

    @property
    def scenarios(self) -> int:
        """How many have to be run."""
        return 1 + len(self.counterfactuals)


def _wanted(*keys: tuple[str, str]) -> tuple[MeasureRequest, ...]:
    return tuple(MeasureRequest(measure=measure, element=element) for measure, element in keys)


ORDINARY = "baseline-2022"
BOYCOTTED = "northern-boycott-2022"
OIL = Untried(
    base=ORDINARY,
    counterfactuals=(
        Counterfactual("court-order-2022-as-ruled"),
        Counterfactual("cpc-full-stop-90-days"),
        Counterfactual(ORDINARY, ("novorossiysk.spm3.in_service=false",)),
        Counterfactual(
            ORDINARY, ("novorossiysk.spm2.in_service=false", "novorossiysk.spm3.in_service=false")
        ),
    ),
    costs=_wanted(("exported", "KZ>*"), ("curtailed", "KZ"), ("curtailed", "*"), ("diverted", "*")),
)
FREIGHT = Untried(
    base=BOYCOTTED,
    counterfactuals=(Counterfactual("middle-corridor-closed-30-days"),),
    costs=_wanted(
        ("containers", "middle"), ("freight", "middle"), ("containers to the ocean", "*"), ("not sent", "*")
    ),
)
UNTRIED = (OIL, FREIGHT)


def counterfactual_costs(
    count: int,
    untried: Sequence[Untried] = UNTRIED,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> list[Comparison]:
    """What each costs, over `count` pairs of replications; a comparison for each base."""
    groups = [
        [
            RunRequest(variant=each, wanted=one.costs, flows=())
            for each in on_one_seed([variant(one.base), *(each.variant() for each in one.counterfactuals)])
        ]
        for one in untried
    ]
    together = [question for group in groups for question in group]
    found = iter(gather(together, count, workers=workers, store=store, done=done))
    return [compared([next(found) for _ in group]) for group in groups]
