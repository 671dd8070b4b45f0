"""What several numbers do to the answer when all may be off at once, by the method of Morris or of Sobol.

Morris (1991, Technometrics 33) moves one number at a time from many places of the whole range. Sobol
(2001, Mathematics and Computers in Simulation 55) shares out the variance of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.errors import fail
from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.studies.ensemble import Asked, Done, silent
from sim.studies.frames import frame
from sim.studies.screening_ranges import fitting
from sim.studies.sensitivity_numbers import Ranged
from sim.studies.store import Store
from sim.studies.variants import Variant
from sim.studies.varying import with_shares
from sim.studies.varying_runs import run_all
from sim.studies.wanted import Wanted
from sim.studies.workers import Workers

if TYPE_CHECKING:
    from pandas import DataFrame

Method = Literal["morris", "sobol"]
USUAL = 3  # replications at each point, where no number is given
LEVELS = 4  # places in a number's range that Morris's method visits
EXTRA = "pip install 'chokepoint[screening]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """By Morris, in the measure's unit: what moving a number across its whole range does to the answer.

    `mean` is that effect, `size` its mean size whichever way it goes; a `spread` (standard deviation) as
    large as the size says that it depends on the other numbers.
    """

    ranged: Ranged
    mean: float
    size: float
    half_width: float
    spread: float

    @property
    def weight(self) -> float:
        return self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """By Sobol: a number's share of the variance of the answer, `alone` and with all that it takes part in."""

    ranged: Ranged
    alone: float
    alone_half_width: float
    total: float
    half_width: float

    @property
    def weight(self) -> float:
        return self.total


COLUMNS = {
    "morris": ("number", "source", "mean_effect", "effect_size", "effect_size_half_width", "spread"),
    "sobol": ("number", "source", "alone", "alone_half_width", "total", "total_half_width"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screening:
    """A screening of some numbers at so many points, each of them run so many times on the same luck.

    `mean` and `deviation` are those of the answer over the points.
    """

    method: Method
    wanted: Wanted
    points: int
    replications: int
    mean: float
    deviation: float
    found: tuple[Effect | Part, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS[self.method]

    def ranked(self) -> list[Effect | Part]:
        """The numbers, those that matter most first."""
        return sorted(self.found, key=lambda one: -one.weight)

    def rows(self) -> Iterator[tuple[str | float, ...]]:
        """A row for each number; see `columns`."""
        for one in self.ranked():
            name, source = one.ranged.number.name, one.ranged.source
            if isinstance(one, Effect):
                yield name, source, one.mean, one.size, one.half_width, one.spread
            else:
                yield name, source, one.alone, one.alone_half_width, one.total, one.half_width

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(self.columns, self.rows())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedScreening:
    """A screening before it is run: the points, a row for each with a column for each number, and variants."""

    method: Method
    scenario: Scenario
    wanted: Wanted
    ranged: tuple[Ranged, ...]
    problem: dict[str, Any]
    points: Numbers
    variants: tuple[Variant, ...]


def plan_screening(
    scenario: Scenario, wanted: Wanted, numbers: Sequence[Ranged], method: Method, count: int
) -> PlannedScreening:
    """The points at which a method asks: so many paths (Morris), or points to begin with (Sobol).

    The ranges of numbers are made narrower where two of them would not fit together. Raises `InputError`
    when SALib is not installed or the count does not suit the method.
    """
    if len(numbers) < 2:
        raise fail("at least two numbers are needed to screen", value=len(numbers))
    ranged = fitting(scenario, numbers)
    problem = {
        "num_vars": len(ranged),
        "names": [one.number.name for one in ranged],
        "bounds": [[one.low, one.high] for one in ranged],
    }
    points = _points(problem, method, count, scenario.seed)
    variants = tuple(
        Variant(
            label=f"{method} {number}",
            scenario=with_shares(
                scenario, [(one.number, share) for one, share in zip(ranged, point, strict=True)]
            ),
        )
        for number, point in enumerate(points.tolist(), start=1)
    )
    return PlannedScreening(
        method=method,
        scenario=scenario,
        wanted=wanted,
        ranged=tuple(ranged),
        problem=problem,
        points=points,
        variants=variants,
    )


def run_screening(
    planned: PlannedScreening,
    replications: int = USUAL,
    *,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Screening:
    """Run what was planned; the answer at a point is the mean over its replications."""
    questions = [Asked(variant=one, wanted=(planned.wanted,), flows=()) for one in planned.variants]
    answers = []
    for one in run_all(questions, replications, workers=workers, store=store, done=done):
        told = one.estimate(planned.wanted)
        if told is None:
            message = "has no value at some points, so nothing can be said of it"
            raise fail(message, key="--measure", value=str(planned.wanted))
        answers.append(told.mean)
    values = np.array(answers)
    return Screening(
        method=planned.method,
        wanted=planned.wanted,
        points=len(values),
        replications=replications,
        mean=float(values.mean()),
        deviation=float(values.std()),
        found=tuple(_effects(planned, values) if planned.method == "morris" else _parts(planned, values)),
    )


def _points(problem: dict[str, Any], method: Method, count: int, seed: int) -> Numbers:
    try:
        from SALib.sample import morris, sobol
    except ImportError:
        raise fail("needs SALib", key=f"--{method}", advice=EXTRA) from None
    if count < 2:
        raise fail("at least two are needed", key=f"--{method}", value=count)
    if method == "morris":
        found: Numbers = morris.sample(problem, count, num_levels=LEVELS, seed=seed)
        return found
    if count & (count - 1):
        below = 1 << (count.bit_length() - 1)
        advice = f"such as {below} or {2 * below}"
        raise fail("Sobol's method wants a power of two", key="--sobol", value=count, advice=advice)
    found = sobol.sample(problem, count, calc_second_order=False, seed=seed)
    return found


def _effects(planned: PlannedScreening, values: Numbers) -> Iterator[Effect]:
    from SALib.analyze import morris

    told = morris.analyze(
        planned.problem, planned.points, values, num_levels=LEVELS, seed=planned.scenario.seed
    )
    for place, one in enumerate(planned.ranged):
        yield Effect(
            ranged=one,
            mean=float(told["mu"][place]),
            size=float(told["mu_star"][place]),
            half_width=float(told["mu_star_conf"][place]),
            spread=float(told["sigma"][place]),
        )


def _parts(planned: PlannedScreening, values: Numbers) -> Iterator[Part]:
    """Nothing has a part in an answer that is the same everywhere."""
    from SALib.analyze import sobol

    if not values.std():
        for one in planned.ranged:
            yield Part(ranged=one, alone=0.0, alone_half_width=0.0, total=0.0, half_width=0.0)
        return
    told = sobol.analyze(planned.problem, values, calc_second_order=False, seed=planned.scenario.seed)
    for place, one in enumerate(planned.ranged):
        yield Part(
            ranged=one,
            alone=float(told["S1"][place]),
            alone_half_width=float(told["S1_conf"][place]),
            total=float(told["ST"][place]),
            half_width=float(told["ST_conf"][place]),
        )
