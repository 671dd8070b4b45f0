"""Ensembles: many replications of one variant, each with its own random draws, and their statistics."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from sim.errors import fail
from sim.measures import BoycottSpan, Span
from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.request import Flow, MeasureRequest, RunRequest, empty_record, find_request, run_request
from sim.studies.results import StudyResults, TableRow
from sim.studies.sampling import Daily, Sample
from sim.studies.stopping import Width, requests_of, stopping_points
from sim.studies.store import Store, key_of
from sim.studies.variants import Variant, variant
from sim.studies.workers import Task, Workers, local

MAX_CHUNK = 4  # replications that are run and stored together
MIN_TASKS = 4  # for each worker, so that none is idle for long at the end

Progress = Callable[[str, int], None]
"""Function that is called with the label of a variant and the number of replications just finished."""
IsEnough = Callable[[Sequence["Ensemble"]], bool]


def silent(label: str, count: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble(StudyResults):
    """Results of the replications of a variant.

    `values` has a row for each replication and a column for each of `requests` (nan: no value); `daily`
    has the axes replication, flow and day, in each flow's unit a day. `digest` identifies all that the
    results depend on.
    """

    label: str
    name: str
    title: str
    start: date
    days: float
    seed: int
    digest: str
    requests: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]
    replications: tuple[int, ...]
    values: Numbers
    daily: Daily
    spans: tuple[Span, ...] = ()
    boycotts: tuple[BoycottSpan, ...] = ()
    stalled: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.replications)

    def column(self, request: MeasureRequest) -> Numbers:
        """Return the values of a measure, by replication. Raises `KeyError` if it was not requested."""
        if request not in self.requests:
            raise KeyError(request.key)
        values: Numbers = self.values[:, self.requests.index(request)]
        return values

    def estimate(self, measure: str | MeasureRequest, element: str = "") -> Estimate | None:
        """Return the mean and interval of a measure, over the replications in which it has a value."""
        if isinstance(measure, str):
            measure = MeasureRequest(measure=measure, element=element)
        return estimate_of(self.column(measure))

    def missed(self, request: MeasureRequest) -> int:
        """Return the number of replications in which a measure has no value."""
        return int(np.isnan(self.column(request)).sum())

    def estimates(self) -> Iterator[tuple[MeasureRequest, Estimate | None]]:
        """Yield each measure with its estimate."""
        return ((request, self.estimate(request)) for request in self.requests)

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each replication and measure, with its value."""
        for replication, values in zip(self.replications, self.values.tolist(), strict=True):
            for request, value in zip(self.requests, values, strict=True):
                yield {
                    "replication": replication,
                    "measure": request.measure,
                    "element": request.element,
                    "value": value,
                    "unit": request.unit,
                }


def ensemble(
    scenario: Scenario | str | Variant,
    replications: int = 50,
    *,
    workers: int | Workers = 1,
    until: Sequence[Width] = (),
    also: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    progress: Progress = silent,
) -> Ensemble:
    """Run replications of a scenario, fewer where the widths of `until` are reached earlier.

    `also` are measures and elements in addition to the main ones.
    """
    subject = scenario if isinstance(scenario, Variant) else variant(scenario)
    extra = [*requests_of(until), *(find_request(subject.scenario, *key) for key in also)]
    is_enough = (lambda ensembles: is_narrow(ensembles[0], until)) if until else None
    (result,) = run_ensembles(
        [run_request(subject, extra)],
        replications,
        workers=workers,
        is_enough=is_enough,
        store=store,
        progress=progress,
    )
    return result


def is_narrow(ensemble: Ensemble, widths: Sequence[Width]) -> bool:
    """Return whether the intervals of an ensemble are as narrow as requested."""
    for width in widths:
        for request in [width.request] if width.request else ensemble.requests:
            estimate = ensemble.estimate(request)
            if estimate is not None and not width.is_reached(estimate, estimate.mean):
                return False
    return True


def run_ensembles(
    requests: Sequence[RunRequest],
    max_count: int,
    *,
    workers: int | Workers = 1,
    is_enough: IsEnough | None = None,
    store: Store | None = None,
    progress: Progress = silent,
) -> list[Ensemble]:
    """Run the same replications of several variants, until there are `max_count` or `is_enough` holds.

    Replications in the store are not run again; equal variants are run once.
    """
    if max_count < 1:
        raise fail("at least one replication is needed", value=max_count)
    if store is not None:
        store.make()
    finished = _finished_before(requests, store)
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as team:
        for count in stopping_points(max_count) if is_enough else (max_count,):
            for variant_runs in finished.values():
                progress(variant_runs.label, variant_runs.count_new(count))
            for key, samples in _run_missing(finished, count, team):
                variant_runs = finished[key]
                variant_runs.samples.update((sample.replication, sample) for sample in samples)
                if store is not None:
                    store.write(key, samples)
                progress(variant_runs.label, variant_runs.count_new(count))
            ensembles = [finished[_key(request)].ensemble(request, count) for request in requests]
            if is_enough and is_enough(ensembles):
                break
    return ensembles


def _key(request: RunRequest) -> str:
    return key_of(request.variant.digest, request.requests, request.flows)


def _finished_before(requests: Sequence[RunRequest], store: Store | None) -> dict[str, _FinishedRuns]:
    finished: dict[str, _FinishedRuns] = {}
    for request in requests:
        key = _key(request)
        if key not in finished:
            finished[key] = _FinishedRuns(request, store.read(key) if store else {})
    return finished


def _run_missing(
    finished: Mapping[str, _FinishedRuns], count: int, workers: Workers
) -> Iterator[tuple[str, list[Sample]]]:
    """Run those of the first `count` replications that are missing, variant by variant."""
    missing = {
        key: [number for number in range(count) if number not in runs.samples]
        for key, runs in finished.items()
    }
    size = max(1, min(MAX_CHUNK, sum(map(len, missing.values())) // (MIN_TASKS * workers.count)))
    tasks = (
        finished[key].task(key, numbers[first : first + size])
        for key, numbers in missing.items()
        for first in range(0, len(numbers), size)
    )
    return ((task.key, samples) for task, samples in workers.perform(tasks))


class _FinishedRuns:
    """The replications of one variant that are finished."""

    def __init__(self, request: RunRequest, samples: dict[int, Sample]) -> None:
        self.request, self.samples = request, samples
        self._scenario = b""
        self._reported = 0

    @property
    def label(self) -> str:
        return self.request.variant.label

    def task(self, key: str, replications: Sequence[int]) -> Task:
        if not self._scenario:
            self._scenario = pickle.dumps(self.request.variant.scenario, protocol=pickle.HIGHEST_PROTOCOL)
        return Task(
            key=key,
            scenario=self._scenario,
            replications=tuple(replications),
            requests=self.request.requests,
            flows=self.request.flows,
        )

    def count_new(self, count: int) -> int:
        """Return how many of the first `count` replications were finished since the last call."""
        present = sum(number < count for number in self.samples)
        before, self._reported = self._reported, present
        return present - before

    def ensemble(self, request: RunRequest, count: int) -> Ensemble:
        scenario, samples = request.variant.scenario, [self.samples[number] for number in range(count)]
        record = empty_record(scenario)
        return Ensemble(
            label=request.variant.label,
            name=scenario.name,
            title=scenario.title,
            start=scenario.start,
            days=scenario.days,
            seed=scenario.seed,
            digest=request.variant.digest,
            requests=request.requests,
            flows=request.flows,
            replications=tuple(range(count)),
            values=np.array([sample.values for sample in samples]),
            daily=np.array([sample.daily for sample in samples]),
            spans=record.spans,
            boycotts=record.boycotts,
            stalled={sample.replication: sample.stalled for sample in samples if sample.stalled},
        )
