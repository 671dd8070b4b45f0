"""Which numbers move the answer most: each made smaller and larger by itself, on the same luck."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import accumulate
from pathlib import Path

from sim.scenario import Scenario
from sim.studies.batches import run_all
from sim.studies.ensemble import Done, Ensemble, silent
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.sensitivity.found import Sensitivity
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.plan import BY, PlannedSensitivity, plan_sensitivity
from sim.studies.sensitivity.swing import Swing, swing
from sim.studies.store import Store
from sim.studies.variants import Variant
from sim.studies.workers import Workers, local

USUAL = 10  # replications of those that matter most, where no number is given
SCOUTING = 2  # replications of those that matter at all
TOP = 20  # numbers that are run so often, where no number is given


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

    All numbers in one replication, those that change anything in a second, and in all of them the foremost
    for each measure, down to the `top` assumed ones (0: all that change anything).
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
            if top and counts[place + 1 :] and counts[place + 1] > SCOUTING:
                left = _foremost(left, swings, len(planned.wanted), top)
    return Sensitivity(
        base=base,
        wanted=planned.wanted,
        by=planned.by,
        swings=tuple(swings.values()),
        fixed=planned.fixed,
        is_whole=planned.is_whole,
    )


def how_many(planned: PlannedSensitivity, replications: int, top: int = TOP) -> int:
    """How many runs a sensitivity study comes to at most."""
    count, scouting = len(planned.numbers), min(SCOUTING, replications)
    sourced = sum(not one.is_assumed for one in planned.numbers)
    foremost = min(count, top * len(planned.wanted) + sourced) if top else count
    return replications + 2 * count * scouting + 2 * foremost * (replications - scouting)


def _foremost(left: Sequence[Ranged], swings: Mapping[str, Swing], measures: int, top: int) -> list[Ranged]:
    """The numbers that do most to each measure, so many that `top` assumed ones are among them."""
    kept: set[str] = set()
    for place in range(measures):
        ordered = sorted(left, key=lambda one: -swings[one.number.name].size(place))
        assumed = accumulate(one.is_assumed for one in ordered)
        kept.update(
            one.number.name
            for one, count in zip(ordered, assumed, strict=True)
            if count < top or (count == top and one.is_assumed)
        )
    return [one for one in left if one.number.name in kept]


def _run(
    wanted: tuple[MeasureRequest, ...],
    variants: Iterable[Variant],
    *,
    count: int,
    workers: Workers,
    store: Store,
    done: Done,
) -> Iterator[Ensemble]:
    questions = (RunRequest(variant=one, wanted=wanted, flows=()) for one in variants)
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
