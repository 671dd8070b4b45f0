"""Sensitivity studies: each number of a scenario made smaller and larger alone, on the same random draws."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Unpack

from sim.errors import fail
from sim.scenario import Scenario, load
from sim.scenario.apply import apply_changes
from sim.scenario.naming import study_name
from sim.studies.ensemble import Progress
from sim.studies.plan import Runner, RunOptions, StudyPlan, read_requests
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Fixed, Ranged, ranged_numbers
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.swing import Swing, swing
from sim.studies.store import Store
from sim.studies.variants import Variant

BY = 0.2  # share by which a number is moved, where none is given
REPLICATIONS = 10  # of the leading numbers, where no number is given
SCOUTING = 2  # replications of the other numbers that have an effect
TOP = 20  # assumed numbers that are run in full, where no number is given


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityPlan(StudyPlan[Sensitivity]):
    """A sensitivity study before it is run: the numbers, and how far each can be moved.

    `top` assumed numbers are run in full (0: all that have an effect). `measures` and `patterns` of
    numbers are the texts that the study and its folder are named after.
    """

    by: float
    numbers: tuple[Ranged, ...]
    fixed: tuple[Fixed, ...]
    top: int = TOP
    measures: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return study_name(self.scenario.name, "sensitivity", [*self.measures, *self.patterns])

    def variants(self, numbers: Sequence[Ranged]) -> Iterator[Variant]:
        """Yield the scenario with each number at the low, then at the high end of its range."""
        for ranged in numbers:
            for share in (ranged.low, ranged.high):
                yield Variant(
                    label=f"{ranged.number.name} × {share:.4g}",
                    scenario=apply_changes(self.scenario, [ranged.number.scaled(share)]),
                )

    def count_runs(self, replications: int) -> int:
        count, scouting = len(self.numbers), min(SCOUTING, replications)
        sourced = sum(not ranged.is_assumed for ranged in self.numbers)
        leading = min(count, self.top * len(self.requests) + sourced) if self.top else count
        return replications + 2 * count * scouting + 2 * leading * (replications - scouting)

    def carry_out(self, runner: Runner, replications: int) -> Sensitivity:
        """Run all numbers once, those with an effect twice, and the leading ones in full."""
        counts = sorted({1, min(SCOUTING, replications), replications})
        numbers, swings = list(self.numbers), dict[str, Swing]()
        progress = _ProgressOverRounds(runner.progress)
        with _store_between_rounds(runner.store) as store:
            for index, count in enumerate(counts):
                round_runner = replace(runner, store=store, progress=progress.next_round())
                (base,) = round_runner.run([self.base], self.requests, count)
                ends = round_runner.run(self.variants(numbers), self.requests, count)
                for ranged in numbers:
                    swings[ranged.number.name] = swing(ranged, base, next(ends), next(ends))
                numbers = [ranged for ranged in numbers if swings[ranged.number.name].has_effect]
                if self.top and counts[index + 1 :] and counts[index + 1] > SCOUTING:
                    numbers = _leading(numbers, swings, self.requests, self.top)
        return Sensitivity(
            base=base,
            by=self.by,
            swings=tuple(swings.values()),
            fixed=self.fixed,
            is_complete=not self.patterns,
        )


def sensitivity(
    scenario: Scenario | str,
    measures: Sequence[str] = (),
    *,
    by: float = BY,
    numbers: Sequence[str] = (),
    only_assumed: bool = False,
    top: int = TOP,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    **options: Unpack[RunOptions],
) -> Sensitivity:
    """Move each number down and up by a share of itself, and measure the changes."""
    plan = plan_sensitivity(
        scenario, measures, by=by, numbers=numbers, only_assumed=only_assumed, top=top, seed=seed
    )
    return plan.run(replications, **options)


def plan_sensitivity(
    scenario: Scenario | str,
    measures: Sequence[str],
    *,
    by: float = BY,
    numbers: Sequence[str] = (),
    only_assumed: bool = False,
    top: int = TOP,
    seed: int | None = None,
) -> SensitivityPlan:
    """Return the numbers that a study will move, and how far. Raises `InputError`."""
    if not 0 < by < 1:
        raise fail("a number is moved by more than 0 % and less than 100 %", key="--by", value=by)
    scenario = load(scenario) if isinstance(scenario, str) else scenario
    scenario = scenario if seed is None else replace(scenario, seed=seed)
    requests = read_requests(scenario, measures)
    ranged, fixed = ranged_numbers(scenario, by, numbers, only_assumed)
    return SensitivityPlan(
        scenario=scenario,
        requests=requests,
        by=by,
        numbers=tuple(ranged),
        fixed=tuple(fixed),
        top=top,
        measures=tuple(measures),
        patterns=tuple(numbers),
    )


def _leading(
    numbers: Sequence[Ranged], swings: Mapping[str, Swing], requests: Sequence[MeasureRequest], top: int
) -> list[Ranged]:
    """Return the numbers with the largest effect on each measure, down to the `top`-th assumed one."""
    leading: set[str] = set()
    for request in requests:
        ordered = sorted(numbers, key=lambda ranged: -swings[ranged.number.name].size(request))
        assumed = accumulate(ranged.is_assumed for ranged in ordered)
        leading.update(
            ranged.number.name
            for ranged, count in zip(ordered, assumed, strict=True)
            if count < top or (count == top and ranged.is_assumed)
        )
    return [ranged for ranged in numbers if ranged.number.name in leading]


@contextmanager
def _store_between_rounds(store: Store | None) -> Iterator[Store]:
    """Provide a temporary store if there is none, so that no round repeats the runs of an earlier one."""
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Store(Path(folder))


class _ProgressOverRounds:
    """Reports each replication once, although every round reads those of earlier rounds again."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._reported: Counter[str] = Counter()

    def next_round(self) -> Progress:
        seen: Counter[str] = Counter()

        def report(label: str, count: int) -> None:
            seen[label] += count
            new = seen[label] - self._reported[label]
            if new > 0:
                self._reported[label] += new
                self._progress(label, new)

        return report
