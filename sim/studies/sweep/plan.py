"""Sweeps: one to three numbers of a scenario varied together, over a grid or a Latin hypercube."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Unpack

import numpy as np

from sim.errors import InputError, fail
from sim.scenario import Scenario, load
from sim.scenario.apply import apply_changes
from sim.scenario.naming import study_name
from sim.studies.plan import MAX_POINTS, Runner, RunOptions, StudyPlan, read_requests
from sim.studies.ranges import Varied, read_varied
from sim.studies.sweep.results import Point, Sweep
from sim.studies.variants import Variant

MAX_NUMBERS = 3
REPLICATIONS = 10  # where no number is given


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPlan(StudyPlan[Sweep]):
    """A sweep before it is run: its points, and a variant of the scenario for each."""

    varied: tuple[Varied, ...]
    points: tuple[Point, ...]
    variants: tuple[Variant, ...]
    is_grid: bool

    @property
    def name(self) -> str:
        return study_name(self.scenario.name, "sweep", [varied.number.name for varied in self.varied])

    def count_runs(self, replications: int) -> int:
        return replications * (len(self.points) + 1)

    def carry_out(self, runner: Runner, replications: int) -> Sweep:
        base, *ensembles = runner.run([self.base, *self.variants], self.requests, replications)
        return Sweep(
            varied=self.varied,
            base_point=tuple(varied.number.value(self.scenario) for varied in self.varied),
            base=base,
            points=self.points,
            ensembles=tuple(ensembles),
            is_grid=self.is_grid,
        )


def sweep(
    scenario: Scenario | str,
    vary: str | Sequence[str],
    *,
    measures: Sequence[str] = (),
    latin_hypercube: int | None = None,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    **options: Unpack[RunOptions],
) -> Sweep:
    """Vary one to three numbers, each as `novorossiysk.tanks.capacity=400..1600 kt:7`.

    All combinations of their values are run, or the points of a Latin hypercube if a count is given.
    """
    plan = plan_sweep(scenario, vary, measures=measures, latin_hypercube=latin_hypercube, seed=seed)
    return plan.run(replications, **options)


def plan_sweep(
    scenario: Scenario | str,
    vary: str | Sequence[str],
    *,
    measures: Sequence[str] = (),
    latin_hypercube: int | None = None,
    seed: int | None = None,
) -> SweepPlan:
    """Return all that a sweep will run. Raises `InputError` for values that do not fit the scenario."""
    scenario = load(scenario) if isinstance(scenario, str) else scenario
    scenario = scenario if seed is None else replace(scenario, seed=seed)
    texts = [vary] if isinstance(vary, str) else vary
    if not 1 <= len(texts) <= MAX_NUMBERS:
        message = f"one to {MAX_NUMBERS} numbers are varied together"
        raise fail(message, key="--vary", value=len(texts), advice="for many, see chokepoint sensitivity")
    varied = tuple(read_varied(text, scenario) for text in texts)
    _check_distinct(varied)
    is_grid = latin_hypercube is None
    points = _grid(varied) if latin_hypercube is None else _hypercube(varied, latin_hypercube, scenario.seed)
    return SweepPlan(
        scenario=scenario,
        requests=read_requests(scenario, measures),
        varied=varied,
        points=points,
        variants=tuple(_variant(scenario, varied, point) for point in points),
        is_grid=is_grid,
    )


def _check_distinct(varied: Sequence[Varied]) -> None:
    names = [each.number.name for each in varied]
    for name in names:
        if names.count(name) > 1:
            raise fail("is varied twice", key="--vary", value=name)


def _grid(varied: Sequence[Varied]) -> tuple[Point, ...]:
    count = prod(len(each.values) for each in varied)
    if count > MAX_POINTS:
        advice = "fewer values of each, or --latin-hypercube"
        raise fail(f"a sweep has up to {MAX_POINTS:,} points", key="--vary", value=count, advice=advice)
    return tuple(product(*(each.values for each in varied)))


def _hypercube(varied: Sequence[Varied], count: int, seed: int) -> tuple[Point, ...]:
    """Return points of which each 1/count of the range of each number holds exactly one."""
    from scipy.stats.qmc import LatinHypercube

    if not 2 <= count <= MAX_POINTS:
        raise fail(f"2 to {MAX_POINTS:,} points can be tried", key="--latin-hypercube", value=count)
    shares = LatinHypercube(len(varied), seed=np.random.default_rng(seed)).random(count)
    return tuple(
        tuple(each.at(share) for each, share in zip(varied, row, strict=True)) for row in shares.tolist()
    )


def _variant(scenario: Scenario, varied: Sequence[Varied], point: Point) -> Variant:
    pairs = [(each.number, value) for each, value in zip(varied, point, strict=True)]
    label = ", ".join(f"{number.name}={value:.6g} {number.unit}".strip() for number, value in pairs)
    try:
        changes = [number.change(value) for number, value in pairs]
        return Variant(label=label, scenario=apply_changes(scenario, changes))
    except InputError as error:
        names = {number.name for number, _ in pairs}
        raise InputError(
            replace(fault, value=label) if fault.key in names else fault for fault in error.faults
        ) from None
