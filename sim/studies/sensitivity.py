"""Which numbers move the answer most: each made smaller and larger by itself, on the same luck."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario import Scenario
from sim.studies.ensemble import Asked, Done, Ensemble, silent
from sim.studies.estimates import Estimate
from sim.studies.frames import frame
from sim.studies.sensitivity_numbers import Fixed, Ranged
from sim.studies.sensitivity_plan import BY, PlannedSensitivity, plan_sensitivity
from sim.studies.sensitivity_swing import Swing, swing
from sim.studies.store import Store
from sim.studies.variants import Variant
from sim.studies.varying_runs import run_all
from sim.studies.wanted import Wanted
from sim.studies.workers import Workers, local

if TYPE_CHECKING:
    from pandas import DataFrame

USUAL = 10  # replications of those that matter most, where no number is given
SCOUTING = 2  # replications of those that matter at all
TOP = 20  # numbers that are run so often, where no number is given
SHARE = (
    "The part of the answer that rests on assumed numbers: if every number of the network, the closures "
    "and the boycotts were off by {by:.0%}, or as far as it can be, each by itself, then the squares of what "
    "that does to the answer, down and up, are added up; it is the part of this sum that assumed numbers "
    "have. Squares are products of different replications, so that luck adds nothing to them. Numbers that "
    "are nothing, and those that change nothing in the first replication, count for nothing."
)
COLUMNS = (
    "rank",
    "number",
    "source",
    "assumed",
    "value",
    "number_unit",
    "low",
    "high",
    "measure",
    "element",
    "unit",
    "at_low",
    "at_low_half_width",
    "at_high",
    "at_high_half_width",
    "swing",
    "replications",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity:
    """What all numbers do to some measures, and which of them could not be off by themselves."""

    base: Ensemble
    wanted: tuple[Wanted, ...]
    by: float
    swings: tuple[Swing, ...]
    fixed: tuple[Fixed, ...]

    def ranked(self, place: int = 0, only_assumed: bool = True) -> list[Swing]:
        """The numbers that were run in full and do anything to a measure, those that do most first."""
        some = [
            one
            for one in self.swings
            if len(one.low) == len(self.base)
            and one.size(place) > 0.0
            and (one.ranged.is_assumed or not only_assumed)
        ]
        return sorted(some, key=lambda one: -one.size(place))

    def assumed_share(self, place: int = 0) -> float | None:
        """The part of the answer that rests on assumed numbers; see `SHARE`. None where it cannot be told."""
        squares = [(one.ranged.is_assumed, one.square(place)) for one in self.swings]
        whole = sum(square for _, square in squares)
        if whole <= 0.0 or all(is_assumed for is_assumed, _ in squares):
            return None
        return min(max(sum(square for is_assumed, square in squares if is_assumed) / whole, 0.0), 1.0)

    def rows(self) -> Iterator[tuple[str | float | bool | None, ...]]:
        """A row for each number and measure, those that do most first; see `COLUMNS`."""
        for place, wanted in enumerate(self.wanted):
            ordered = sorted(self.swings, key=lambda one: (-one.size(place), one.name))
            for rank, one in enumerate(ordered, start=1):
                ranged, (low, high) = one.ranged, one.ends(place)
                yield (
                    rank,
                    one.name,
                    ranged.source,
                    ranged.is_assumed,
                    ranged.value,
                    ranged.number.unit,
                    ranged.value * ranged.low,
                    ranged.value * ranged.high,
                    *wanted.key,
                    wanted.unit,
                    *_numbers(low),
                    *_numbers(high),
                    one.size(place),
                    len(one.low),
                )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def sensitivity(
    scenario: Scenario | str,
    measures: Sequence[str] = (),
    *,
    by: float = BY,
    numbers: Sequence[str] = (),
    only_assumed: bool = False,
    top: int = TOP,
    replications: int = USUAL,
    seed: int | None = None,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Sensitivity:
    """Make each number smaller and larger by a share of itself, and see what that does to some measures."""
    planned = plan_sensitivity(
        scenario, measures, by=by, numbers=numbers, only_assumed=only_assumed, seed=seed
    )
    return run_sensitivity(planned, replications, top=top, workers=workers, store=store, done=done)


def run_sensitivity(
    planned: PlannedSensitivity,
    replications: int = USUAL,
    *,
    top: int = TOP,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Sensitivity:
    """Run what was planned, on the same luck throughout.

    All numbers in one replication, those that change anything in a second, and of these the `top` assumed
    ones for each measure in all (0: all of them).
    """
    counts = sorted({1, min(SCOUTING, replications), replications})
    left, swings = list(planned.numbers), dict[str, Swing]()
    with (
        _kept(store) as keep,
        local(workers) if isinstance(workers, int) else nullcontext(workers) as hands,
    ):
        once = Once(done)
        for place, count in enumerate(counts):
            run = partial(_run, planned.wanted, count=count, workers=hands, store=keep, done=once.again())
            (base,) = run([Variant(label=planned.scenario.name, scenario=planned.scenario)])
            ends = run(planned.variants(left))
            for ranged in left:
                swings[ranged.number.name] = swing(ranged, base, next(ends), next(ends), planned.wanted)
            left = [one for one in left if swings[one.number.name].moves]
            if place == len(counts) - 2 and top:
                left = _foremost(left, swings, len(planned.wanted), top)
    return Sensitivity(
        base=base,
        wanted=planned.wanted,
        by=planned.by,
        swings=tuple(swings.values()),
        fixed=planned.fixed,
    )


def how_many(planned: PlannedSensitivity, replications: int, top: int = TOP) -> int:
    """How many runs a sensitivity study comes to at most."""
    count, scouting = len(planned.numbers), min(SCOUTING, replications)
    foremost = min(count, top * len(planned.wanted)) if top else count
    return replications + 2 * count * scouting + 2 * foremost * (replications - scouting)


def _foremost(left: Sequence[Ranged], swings: Mapping[str, Swing], measures: int, top: int) -> list[Ranged]:
    """The assumed numbers that do most to each measure; of all numbers where none is assumed."""
    some = [one for one in left if one.is_assumed] or list(left)
    kept: set[str] = set()
    for place in range(measures):
        ordered = sorted(some, key=lambda one: -swings[one.number.name].size(place))
        kept.update(one.number.name for one in ordered[:top])
    return [one for one in some if one.number.name in kept]


def _run(
    wanted: tuple[Wanted, ...],
    variants: Sequence[Variant],
    *,
    count: int,
    workers: Workers,
    store: Store,
    done: Done,
) -> Iterator[Ensemble]:
    questions = [Asked(variant=one, wanted=wanted, flows=()) for one in variants]
    return run_all(questions, count, workers=workers, store=store, done=done)


@contextmanager
def _kept(store: Store | None) -> Iterator[Store]:
    """Where replications are kept from round to round: a folder of its own if there is no other."""
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Store(Path(folder))


class Once:
    """Tells of each replication once, though every round goes through those that are finished again."""

    def __init__(self, done: Done) -> None:
        self._done = done
        self._told: Counter[str] = Counter()

    def again(self) -> Done:
        seen: Counter[str] = Counter()

        def tell(label: str, count: int) -> None:
            seen[label] += count
            more = seen[label] - self._told[label]
            if more > 0:
                self._told[label] += more
                self._done(label, more)

        return tell


def _numbers(found: Estimate | None) -> tuple[float | None, float | None]:
    return (found.mean, found.half_width) if found else (None, None)
