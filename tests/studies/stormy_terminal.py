"""A terminal small enough to be run thousands of times: storms close its mooring, tankers are late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import builders as b

from sim.scenario import Scenario
from sim.studies.request import MeasureRequest, flows_of, main_measures
from sim.studies.sampling import Sample, sample
from sim.studies.variants import Variant
from sim.studies.workers import Finished, InProcess, Task

CURTAILED = MeasureRequest(measure="curtailed", element="*")
EXPORTED = MeasureRequest(measure="exported", element="*>*")


def stormy(days: int = 30, seed: int = 1, farm: float = 300.0, storms: float = 4.0) -> Scenario:
    """About 90 t a day for one mooring; a smaller farm has to curtail more of it."""
    made = b.terminal(rate=90, farm=farm, load=100, lead=2, jitter=1.0, extra=b.stormy("port", storms, 1.5))
    return b.scenario(b.with_changes(made, spm1={"weather_limited": True}), days, seed=seed)


def variant(label: str = "usual", **given: float) -> Variant:
    return Variant(label=label, scenario=stormy(**given))  # type: ignore[arg-type]


def samples(one: Variant, count: int) -> list[Sample]:
    """So many replications, one after the other."""
    from sim.engine import prepare

    plan, wanted = prepare(one.scenario), main_measures(one.scenario)
    return [sample(plan, number, wanted, flows_of(one.scenario.network)) for number in range(count)]


class Counting(InProcess):
    """Workers that note which replications they were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def perform(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        for done in super().perform(tasks):
            self.asked += done[0].replications
            yield done
