"""Runs that several figures need, collected so that each scenario is run once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.studies.ensemble import Ensemble, run_ensembles
from sim.studies.estimates import Estimate
from sim.studies.plan import RunOptions
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.variants import digest_of, variant


class RunCollection:
    """Collects the measures requested of scenarios; those with equal results count as one."""

    def __init__(self) -> None:
        self._digests: dict[int, tuple[Scenario, str]] = {}
        self._requests: dict[str, dict[MeasureRequest, None]] = {}

    def __len__(self) -> int:
        """Return the number of scenarios to be run."""
        return len(self._requests)

    def add(self, scenario: Scenario, *requests: MeasureRequest) -> None:
        """Request measures of a scenario."""
        self._requests.setdefault(self.digest(scenario), {}).update(dict.fromkeys(requests))

    def digest(self, scenario: Scenario) -> str:
        """Return the digest of all that the results of a scenario depend on."""
        if id(scenario) not in self._digests:
            self._digests[id(scenario)] = scenario, digest_of(scenario)
        return self._digests[id(scenario)][1]

    def run(self, count: int, **options: Unpack[RunOptions]) -> CollectedRuns:
        """Run each scenario `count` times."""
        scenarios = {digest: scenario for scenario, digest in self._digests.values()}
        run_requests = [
            RunRequest(variant=variant(scenarios[digest]), requests=tuple(requests), flows=())
            for digest, requests in self._requests.items()
        ]
        ensembles = run_ensembles(run_requests, count, **options)
        return CollectedRuns(self, dict(zip(self._requests, ensembles, strict=True)))


class CollectedRuns:
    """Results of the runs of a collection, by scenario."""

    def __init__(self, collection: RunCollection, ensembles: Mapping[str, Ensemble]) -> None:
        self._collection, self._ensembles = collection, ensembles

    def values(self, scenario: Scenario, request: MeasureRequest) -> Numbers:
        """Return the values of a measure by replication, nan where it has none."""
        return self._ensemble(scenario).column(request)

    def estimate(self, scenario: Scenario, request: MeasureRequest) -> Estimate | None:
        return self._ensemble(scenario).estimate(request)

    def mean(self, scenario: Scenario, request: MeasureRequest) -> float:
        """Return the mean of a measure, 0 where no replication has a value."""
        estimate = self.estimate(scenario, request)
        return estimate.mean if estimate else 0.0

    def _ensemble(self, scenario: Scenario) -> Ensemble:
        return self._ensembles[self._collection.digest(scenario)]
