"""Screening: the effects of several numbers that vary together, by the methods of Morris and Sobol.

Morris (1991, Technometrics 33) moves one number at a time from many points of the whole range. Sobol
(2001, Mathematics and Computers in Simulation 55) divides the variance of the answer among the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from sim.errors import fail
from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.scenario.apply import apply_changes
from sim.studies.plan import Runner, RunOptions, StudyPlan
from sim.studies.request import MeasureRequest
from sim.studies.results import StudyResults, TableRow
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening_methods import (
    Effect,
    Method,
    VarianceShare,
    effects,
    points_of,
    requested_methods,
    variance_shares,
)
from sim.studies.sensitivity.screening_ranges import compatible_ranges
from sim.studies.variants import Variant

REPLICATIONS = 3  # at each point, where no number is given
MAX_NUMBERS = 8  # where no number is given


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screening(StudyResults):
    """A screening of numbers over some points, with `replications` runs at each.

    `mean` and `deviation` are those of the answer over the points.
    """

    method: Method
    request: MeasureRequest
    points: int
    replications: int
    mean: float
    deviation: float
    effects: tuple[Effect | VarianceShare, ...]

    def ranked(self) -> list[Effect | VarianceShare]:
        """Return the effects, the largest first."""
        return sorted(self.effects, key=lambda effect: -effect.weight)

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each number, the most important first."""
        for effect in self.ranked():
            cells: TableRow = {"number": effect.ranged.number.name, "source": effect.ranged.source}
            if isinstance(effect, Effect):
                yield cells | {
                    "mean_effect": effect.mean,
                    "effect_size": effect.size,
                    "effect_size_half_width": effect.half_width,
                    "spread": effect.spread,
                }
            else:
                yield cells | {
                    "alone": effect.alone,
                    "alone_half_width": effect.alone_half_width,
                    "total": effect.total,
                    "total_half_width": effect.half_width,
                }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScreeningPlan(StudyPlan[Screening]):
    """A screening before it is run: its points, rows with a share for each number, and their variants."""

    method: Method
    ranged: tuple[Ranged, ...]
    points: Numbers
    variants: tuple[Variant, ...]

    @property
    def name(self) -> str:
        return f"{self.scenario.name}-{self.method}"

    def count_runs(self, replications: int) -> int:
        return replications * len(self.points)

    def carry_out(self, runner: Runner, replications: int) -> Screening:
        """Run the points; the answer at a point is the mean over its replications."""
        (request,) = self.requests
        means = []
        for ensemble in runner.run(self.variants, self.requests, replications):
            answer = ensemble.estimate(request)
            if answer is None:
                message = "has no value at some points, so it cannot be screened"
                advice = "omit --morris and --sobol; finished runs are used again"
                raise fail(message, key="--measure", value=str(request), advice=advice)
            means.append(answer.mean)
        answers, seed = np.array(means), self.scenario.seed
        return Screening(
            method=self.method,
            request=request,
            points=len(answers),
            replications=replications,
            mean=float(answers.mean()),
            deviation=float(answers.std()),
            effects=tuple(
                effects(self.ranged, self.points, answers, seed)
                if self.method == "morris"
                else variance_shares(self.ranged, answers, seed)
            ),
        )


def plan_screening(
    scenario: Scenario, request: MeasureRequest, numbers: Sequence[Ranged], method: Method, count: int
) -> ScreeningPlan:
    """Return the points of a method, from `count` paths (Morris) or starting points (Sobol).

    Ranges are narrowed where the ends of two numbers are incompatible. Raises `InputError` when SALib is
    not installed or the count does not suit the method.
    """
    if len(numbers) < 2:
        raise fail("at least two numbers are needed to screen", value=len(numbers))
    ranged = compatible_ranges(scenario, numbers)
    points = points_of(method, ranged, count, scenario.seed)
    variants = tuple(
        Variant(
            label=f"{method} {number}",
            scenario=apply_changes(
                scenario, [each.number.scaled(share) for each, share in zip(ranged, point, strict=True)]
            ),
        )
        for number, point in enumerate(points.tolist(), start=1)
    )
    return ScreeningPlan(
        scenario=scenario,
        requests=(request,),
        method=method,
        ranged=tuple(ranged),
        points=points,
        variants=variants,
    )


def plan_screenings(
    results: Sensitivity, scenario: Scenario, methods: Mapping[Method, int], max_numbers: int
) -> list[ScreeningPlan]:
    """Plan screenings of the first measure over the assumed numbers with the largest effect on it."""
    leading = [swing.ranged for swing in results.ranked()[:max_numbers]]
    return [
        plan_screening(scenario, results.requests[0], leading, method, count)
        for method, count in methods.items()
    ]


def screen(
    results: Sensitivity,
    scenario: Scenario,
    *,
    morris: int | None = None,
    sobol: int | None = None,
    max_numbers: int = MAX_NUMBERS,
    replications: int = REPLICATIONS,
    **options: Unpack[RunOptions],
) -> list[Screening]:
    """Screen together the assumed numbers with the largest effects in a sensitivity study of a scenario."""
    methods = requested_methods(morris, sobol, max_numbers)
    return [
        plan.run(replications, **options) for plan in plan_screenings(results, scenario, methods, max_numbers)
    ]
