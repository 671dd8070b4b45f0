"""Which points a sweep tries: all combinations of values, or a Latin hypercube."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from sim.errors import InputError, fail
from sim.scenario import Scenario, load
from sim.scenario.apply import apply_changes
from sim.studies.batches import MOST_POINTS, wanted_by
from sim.studies.ranges import Varied, read_varied
from sim.studies.request import MeasureRequest
from sim.studies.variants import Variant

MOST_NUMBERS = 3
Point = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSweep:
    """A sweep before it is run: a variant of the scenario for each point, a value of each number varied."""

    scenario: Scenario
    varied: tuple[Varied, ...]
    points: tuple[Point, ...]
    variants: tuple[Variant, ...]
    wanted: tuple[MeasureRequest, ...]
    is_grid: bool


def plan_sweep(
    scenario: Scenario | str,
    vary: str | Sequence[str],
    *,
    measures: Sequence[str] = (),
    latin_hypercube: int | None = None,
    seed: int | None = None,
) -> PlannedSweep:
    """All that a sweep will run. Raises `InputError` for what cannot be, before anything is run."""
    found = load(scenario) if isinstance(scenario, str) else scenario
    found = found if seed is None else replace(found, seed=seed)
    texts = [vary] if isinstance(vary, str) else vary
    if not 1 <= len(texts) <= MOST_NUMBERS:
        message = f"one to {MOST_NUMBERS} numbers are varied together"
        raise fail(message, key="--vary", value=len(texts), advice="for many, see chokepoint sensitivity")
    varied = tuple(read_varied(text, found) for text in texts)
    _check_once(varied)
    points = _grid(varied) if latin_hypercube is None else _hypercube(varied, latin_hypercube, found.seed)
    return PlannedSweep(
        scenario=found,
        varied=varied,
        points=points,
        variants=tuple(_variant(found, varied, point) for point in points),
        wanted=wanted_by(found, measures),
        is_grid=latin_hypercube is None,
    )


def _check_once(varied: Sequence[Varied]) -> None:
    names = [one.number.name for one in varied]
    for name in names:
        if names.count(name) > 1:
            raise fail("is varied twice", key="--vary", value=name)


def _grid(varied: Sequence[Varied]) -> tuple[Point, ...]:
    count = prod(len(one.values) for one in varied)
    if count > MOST_POINTS:
        advice = "fewer values of each, or --latin-hypercube"
        raise fail(f"a sweep has up to {MOST_POINTS:,} points", key="--vary", value=count, advice=advice)
    return tuple(product(*(one.values for one in varied)))


def _hypercube(varied: Sequence[Varied], count: int, seed: int) -> tuple[Point, ...]:
    """Points such that of each number every stretch of 1/count of its range has one of them."""
    from scipy.stats.qmc import LatinHypercube

    if not 2 <= count <= MOST_POINTS:
        raise fail(f"2 to {MOST_POINTS:,} points can be tried", key="--latin-hypercube", value=count)
    shares = LatinHypercube(len(varied), seed=np.random.default_rng(seed)).random(count)
    return tuple(
        tuple(one.at(share) for one, share in zip(varied, row, strict=True)) for row in shares.tolist()
    )


def _variant(scenario: Scenario, varied: Sequence[Varied], point: Point) -> Variant:
    pairs = [(one.number, value) for one, value in zip(varied, point, strict=True)]
    label = ", ".join(f"{number.name}={value:.6g} {number.unit}".strip() for number, value in pairs)
    try:
        changes = [number.change(value) for number, value in pairs]
        return Variant(label=label, scenario=apply_changes(scenario, changes))
    except InputError as error:
        names = {number.name for number, _ in pairs}
        told = (replace(fault, value=label) if fault.key in names else fault for fault in error.faults)
        raise InputError(told) from None
