"""Plans of studies: many variants of one scenario, run on the same random draws in batches."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypedDict, TypeVar, Unpack

from sim.errors import fail, option
from sim.measures import MEASURES
from sim.scenario import Scenario
from sim.studies.ensemble import Ensemble, Progress, run_ensembles, silent
from sim.studies.request import Flow, MeasureRequest, RunRequest, find_request, main_measures, read_key
from sim.studies.results import StudyResults
from sim.studies.store import Store
from sim.studies.variants import Variant
from sim.studies.workers import Workers, local

MAX_POINTS = 20_000  # of a study; more would run for days
BATCH = 40  # variants whose runs are handed out together, so that memory stays flat

Results = TypeVar("Results", bound=StudyResults)


class RunOptions(TypedDict, total=False):
    """Settings for carrying out the runs of a study; none of them changes a result."""

    workers: int | Workers
    store: Store | None
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Carries out runs with the same workers from batch to batch."""

    workers: Workers
    store: Store | None
    progress: Progress

    def run(
        self,
        variants: Iterable[Variant],
        requests: Sequence[MeasureRequest],
        replications: int,
        flows: Sequence[Flow] = (),
    ) -> Iterator[Ensemble]:
        """Yield the ensembles of variants in their order; equal variants of a batch are run once."""
        run_requests = (
            RunRequest(variant=variant, requests=tuple(requests), flows=tuple(flows)) for variant in variants
        )
        while batch := list(islice(run_requests, BATCH)):
            yield from run_ensembles(
                batch, replications, workers=self.workers, store=self.store, progress=self.progress
            )


@contextmanager
def start_runner(
    *, workers: int | Workers = 1, store: Store | None = None, progress: Progress = silent
) -> Iterator[Runner]:
    """Start the workers of a study, and end them with it."""
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as team:
        yield Runner(workers=team, store=store, progress=progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan(ABC, Generic[Results]):
    """A study before it is run: the scenario, and the measures requested of each of its variants."""

    scenario: Scenario
    requests: tuple[MeasureRequest, ...]

    @property
    @abstractmethod
    def name(self) -> str:
        """Name of the study and of the folder of its results."""

    @abstractmethod
    def count_runs(self, replications: int) -> int:
        """Return the largest number of runs that the study may take."""

    @abstractmethod
    def carry_out(self, runner: Runner, replications: int) -> Results:
        """Run the variants and return the results."""

    def run(self, replications: int, **options: Unpack[RunOptions]) -> Results:
        """Run the study with workers of its own."""
        with start_runner(**options) as runner:
            return self.carry_out(runner, replications)

    @property
    def base(self) -> Variant:
        """The scenario without any change, which all variants are compared with."""
        return Variant(label=self.scenario.name, scenario=self.scenario)


def read_requests(scenario: Scenario, texts: Sequence[str]) -> tuple[MeasureRequest, ...]:
    """Read `--measure` texts such as `curtailed KZ`; without any, return the main measures.

    Raises `InputError` for a measure or element that the scenario does not have.
    """
    if not texts:
        return main_measures(scenario)
    return tuple(dict.fromkeys(_read_request(scenario, text) for text in texts))


def _read_request(scenario: Scenario, text: str) -> MeasureRequest:
    with option("--measure", text):
        return find_request(scenario, *_read_key(text))


def _read_key(text: str) -> tuple[str, str]:
    if "," in text:
        return read_key(text)
    measure, space, element = text.strip().rpartition(" ")
    if not space or text.strip() in MEASURES:
        raise fail("not of the form measure element", advice="such as curtailed KZ")
    return measure.strip(), element
