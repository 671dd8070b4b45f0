"""What several questions ask of the same scenarios, gathered so that each is run once for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.studies.ensemble import Done, Ensemble, gather, silent
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.store import Store
from sim.studies.variants import digest_of, variant
from sim.studies.workers import Workers


class Inquiry:
    """Collects what is wanted of scenarios; those that give the same answers count as one."""

    def __init__(self) -> None:
        self._digests: dict[int, tuple[Scenario, str]] = {}
        self._wanted: dict[str, dict[MeasureRequest, None]] = {}

    def __len__(self) -> int:
        """How many scenarios have to be run."""
        return len(self._wanted)

    def ask(self, scenario: Scenario, *wanted: MeasureRequest) -> None:
        self._wanted.setdefault(self.digest(scenario), {}).update(dict.fromkeys(wanted))

    def digest(self, scenario: Scenario) -> str:
        """What tells scenarios apart that give other answers."""
        if id(scenario) not in self._digests:
            self._digests[id(scenario)] = scenario, digest_of(scenario)
        return self._digests[id(scenario)][1]

    def answers(
        self, count: int, workers: int | Workers = 1, store: Store | None = None, done: Done = silent
    ) -> Answers:
        """Run each scenario `count` times; `done` is told of finished runs."""
        scenarios = {digest: scenario for scenario, digest in self._digests.values()}
        questions = [
            RunRequest(variant=variant(scenarios[digest]), wanted=tuple(wanted), flows=())
            for digest, wanted in self._wanted.items()
        ]
        ensembles = gather(questions, count, workers=workers, store=store, done=done)
        return Answers(self, dict(zip(self._wanted, ensembles, strict=True)))


class Answers:
    """The answers to an inquiry."""

    def __init__(self, inquiry: Inquiry, ensembles: Mapping[str, Ensemble]) -> None:
        self._inquiry, self._ensembles = inquiry, ensembles

    def values(self, scenario: Scenario, wanted: MeasureRequest) -> Numbers:
        """By replication; nan where it has no value."""
        return self._of(scenario).column(wanted)

    def estimate(self, scenario: Scenario, wanted: MeasureRequest) -> Estimate | None:
        return self._of(scenario).estimate(wanted)

    def mean(self, scenario: Scenario, wanted: MeasureRequest) -> float:
        """The mean, nothing where no replication has a value."""
        found = self.estimate(scenario, wanted)
        return found.mean if found else 0.0

    def _of(self, scenario: Scenario) -> Ensemble:
        return self._ensembles[self._inquiry.digest(scenario)]
