"""Many runs of one variant, each with its own luck, and what they say together."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import fail
from sim.measures import BoycottSpan, Span
from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.studies.estimates import Estimate, estimate_of
from sim.studies.frames import frame
from sim.studies.request import Flow, MeasureRequest, RunRequest, empty_record, find_request, run_request
from sim.studies.sampling import Daily, Sample
from sim.studies.stopping import Width, asked_for, looks
from sim.studies.store import Store, key_of
from sim.studies.variants import Variant, variant
from sim.studies.workers import Task, Workers, local

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = ("replication", "measure", "element", "value", "unit")
CHUNK = 4  # replications that are done, and kept, together at most
SHARES = 4  # tasks for each worker at least, so that none is long idle at the end

Done = Callable[[str, int], None]
Enough = Callable[[Sequence["Ensemble"]], bool]


def silent(label: str, count: int) -> None:
    """Tells nobody how many replications of a variant were finished just now."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """What some replications of a variant left behind.

    `values` has a row for each replication and a column for each of `wanted` (nan: no value there);
    `daily` has replications, `flows`, and days, in each flow's unit a day. `digest` tells what all that
    was made from.
    """

    label: str
    name: str
    title: str
    start: date
    days: float
    seed: int
    digest: str
    wanted: tuple[MeasureRequest, ...]
    flows: tuple[Flow, ...]
    replications: tuple[int, ...]
    values: Numbers
    daily: Daily
    spans: tuple[Span, ...] = ()
    boycotts: tuple[BoycottSpan, ...] = ()
    stalled: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.replications)

    def column(self, wanted: MeasureRequest) -> Numbers:
        """The values of one of its measures, by replication. Raises `KeyError` when it was not wanted."""
        if wanted not in self.wanted:
            raise KeyError(wanted.key)
        values: Numbers = self.values[:, self.wanted.index(wanted)]
        return values

    def estimate(self, measure: str | MeasureRequest, element: str = "") -> Estimate | None:
        """The mean and interval of a measure, over the replications in which it has a value."""
        wanted = (
            measure
            if isinstance(measure, MeasureRequest)
            else MeasureRequest(measure=measure, element=element)
        )
        return estimate_of(self.column(wanted))

    def missed(self, wanted: MeasureRequest) -> int:
        """In how many replications a measure has no value."""
        return int(np.isnan(self.column(wanted)).sum())

    def estimates(self) -> Iterator[tuple[MeasureRequest, Estimate | None]]:
        return ((one, self.estimate(one)) for one in self.wanted)

    def rows(self) -> Iterator[tuple[int, str, str, float, str]]:
        """A row for each replication and measure; see `COLUMNS`."""
        for replication, values in zip(self.replications, self.values.tolist(), strict=True):
            for wanted, value in zip(self.wanted, values, strict=True):
                yield replication, *wanted.key, value, wanted.unit

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def ensemble(
    scenario: Scenario | str | Variant,
    replications: int = 50,
    *,
    workers: int | Workers = 1,
    until: Sequence[Width] = (),
    also: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    done: Done = silent,
) -> Ensemble:
    """Run a scenario so many times, or fewer where `until` is reached before.

    `also` are measures and elements that are wanted beside the main ones.
    """
    one = scenario if isinstance(scenario, Variant) else variant(scenario)
    questions = run_request(one, [*asked_for(until), *(find_request(one.scenario, *key) for key in also)])
    enough = (lambda found: narrow(found[0], until)) if until else None
    (found,) = gather([questions], replications, workers=workers, enough=enough, store=store, done=done)
    return found


def narrow(found: Ensemble, widths: Sequence[Width]) -> bool:
    """Whether the intervals of an ensemble are as narrow as was asked."""
    for width in widths:
        for wanted in [width.wanted] if width.wanted else found.wanted:
            now = found.estimate(wanted)
            if now is not None and not width.reached(now, now.mean):
                return False
    return True


def gather(
    questions: Sequence[RunRequest],
    most: int,
    *,
    workers: int | Workers = 1,
    enough: Enough | None = None,
    store: Store | None = None,
    done: Done = silent,
) -> list[Ensemble]:
    """Run variants side by side, the same replications of each, until there are `most` or `enough`.

    What a store has already is not run again, nor is a variant that is the same as another.
    """
    if most < 1:
        raise fail("at least one replication is needed", value=most)
    if store is not None:
        store.make()
    piles = _piles(questions, store)
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as hands:
        for count in looks(most) if enough else (most,):
            for pile in piles.values():
                done(pile.question.variant.label, pile.untold(count))
            for key, samples in _perform(piles, count, hands):
                pile = piles[key]
                pile.samples.update((one.replication, one) for one in samples)
                if store is not None:
                    store.keep(key, samples)
                done(pile.question.variant.label, pile.untold(count))
            found = [piles[_key(question)].ensemble(question, count) for question in questions]
            if enough and enough(found):
                break
    return found


def _key(question: RunRequest) -> str:
    return key_of(question.variant.digest, question.wanted, question.flows)


def _piles(questions: Sequence[RunRequest], store: Store | None) -> dict[str, _Pile]:
    piles: dict[str, _Pile] = {}
    for question in questions:
        key = _key(question)
        if key not in piles:
            piles[key] = _Pile(question, store.read(key) if store else {})
    return piles


def _perform(piles: Mapping[str, _Pile], count: int, hands: Workers) -> Iterator[tuple[str, list[Sample]]]:
    """The runs that are still to be done of the first `count`, variant by variant."""
    missing = {key: [n for n in range(count) if n not in pile.samples] for key, pile in piles.items()}
    size = max(1, min(CHUNK, sum(map(len, missing.values())) // (SHARES * hands.count)))
    tasks = (
        piles[key].task(key, numbers[first : first + size])
        for key, numbers in missing.items()
        for first in range(0, len(numbers), size)
    )
    return ((task.key, samples) for task, samples in hands.perform(tasks))


class _Pile:
    """The replications of one variant that are finished."""

    def __init__(self, question: RunRequest, samples: dict[int, Sample]) -> None:
        self.question, self.samples = question, samples
        self._scenario = b""
        self._told = 0

    def task(self, key: str, replications: Sequence[int]) -> Task:
        question = self.question
        if not self._scenario:
            self._scenario = pickle.dumps(question.variant.scenario, protocol=pickle.HIGHEST_PROTOCOL)
        return Task(
            key=key,
            scenario=self._scenario,
            replications=tuple(replications),
            wanted=question.wanted,
            flows=question.flows,
        )

    def untold(self, count: int) -> int:
        """How many of the first `count` are there that had not been told of."""
        there = sum(number < count for number in self.samples)
        told, self._told = self._told, there
        return there - told

    def ensemble(self, question: RunRequest, count: int) -> Ensemble:
        scenario, samples = question.variant.scenario, [self.samples[n] for n in range(count)]
        shown = empty_record(scenario)
        return Ensemble(
            label=question.variant.label,
            name=scenario.name,
            title=scenario.title,
            start=scenario.start,
            days=scenario.days,
            seed=scenario.seed,
            digest=question.variant.digest,
            wanted=question.wanted,
            flows=question.flows,
            replications=tuple(range(count)),
            values=np.array([one.values for one in samples]),
            daily=np.array([one.daily for one in samples]),
            spans=shown.spans,
            boycotts=shown.boycotts,
            stalled={one.replication: one.stalled for one in samples if one.stalled},
        )
