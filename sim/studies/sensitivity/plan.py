"""Which numbers a sensitivity study moves, and about what it asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sim.errors import fail
from sim.scenario import Scenario, load
from sim.scenario.apply import apply_changes
from sim.studies.batches import wanted_by
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Fixed, Ranged, ranged_numbers
from sim.studies.variants import Variant

BY = 0.2  # of itself by which a number may be off, where nothing else is said


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSensitivity:
    """A sensitivity study before it is run: the scenario, its numbers, and what they are asked about.

    `measures` and `patterns` of numbers are as they were asked for; its folder is named after them.
    """

    scenario: Scenario
    by: float
    numbers: tuple[Ranged, ...]
    fixed: tuple[Fixed, ...]
    wanted: tuple[MeasureRequest, ...]
    measures: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether no number was left out because of its name."""
        return not self.patterns

    def variants(self, some: Sequence[Ranged]) -> Iterator[Variant]:
        """The scenario with each of some numbers smaller, then larger; made as they are asked for."""
        for one in some:
            for share in (one.low, one.high):
                yield Variant(
                    label=f"{one.number.name} × {share:.4g}",
                    scenario=apply_changes(self.scenario, [one.number.scaled(share)]),
                )


def plan_sensitivity(
    scenario: Scenario | str,
    measures: Sequence[str],
    *,
    by: float = BY,
    numbers: Sequence[str] = (),
    only_assumed: bool = False,
    seed: int | None = None,
) -> PlannedSensitivity:
    """Which numbers a study will move, and how far. Raises `InputError` before anything is run."""
    if not 0 < by < 1:
        raise fail("a number can be off by more than nothing and less than itself", key="--by", value=by)
    found = load(scenario) if isinstance(scenario, str) else scenario
    found = found if seed is None else replace(found, seed=seed)
    wanted = wanted_by(found, measures)
    ranged, fixed = ranged_numbers(found, by, numbers, only_assumed)
    return PlannedSensitivity(
        scenario=found,
        by=by,
        numbers=tuple(ranged),
        fixed=tuple(fixed),
        wanted=wanted,
        measures=tuple(measures),
        patterns=tuple(numbers),
    )
