"""What several numbers do to the answer when all may be off at once, by the method of Morris or of Sobol.

Morris (1991, Technometrics 33) moves one number at a time from many places of the whole range. Sobol
(2001, Mathematics and Computers in Simulation 55) shares out the variance of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import fail
from sim.measures.series import Numbers
from sim.scenario import Scenario
from sim.scenario.apply import apply_changes
from sim.studies.batches import run_all
from sim.studies.ensemble import Done, silent
from sim.studies.frames import frame
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.sensitivity.found import Sensitivity
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.screening_methods import Effect, Method, Part, effects, methods, parts, points_of
from sim.studies.sensitivity.screening_ranges import fitting
from sim.studies.store import Store
from sim.studies.variants import Variant
from sim.studies.workers import Workers

if TYPE_CHECKING:
    from pandas import DataFrame

PER_POINT = 3  # replications at each point, where no number is given
MOST = 8  # numbers, where no number is given
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
    wanted: MeasureRequest
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
    """A screening before it is run: its points, rows with a share for each number, and their variants."""

    method: Method
    scenario: Scenario
    wanted: MeasureRequest
    ranged: tuple[Ranged, ...]
    points: Numbers
    variants: tuple[Variant, ...]


def plan_screening(
    scenario: Scenario, wanted: MeasureRequest, numbers: Sequence[Ranged], method: Method, count: int
) -> PlannedScreening:
    """The points at which a method asks: so many paths (Morris), or points to begin with (Sobol).

    The ranges of numbers are made narrower where two of them would not fit together. Raises `InputError`
    when SALib is not installed or the count does not suit the method.
    """
    if len(numbers) < 2:
        raise fail("at least two numbers are needed to screen", value=len(numbers))
    ranged = fitting(scenario, numbers)
    points = points_of(method, ranged, count, scenario.seed)
    variants = tuple(
        Variant(
            label=f"{method} {number}",
            scenario=apply_changes(
                scenario, [one.number.scaled(share) for one, share in zip(ranged, point, strict=True)]
            ),
        )
        for number, point in enumerate(points.tolist(), start=1)
    )
    return PlannedScreening(
        method=method,
        scenario=scenario,
        wanted=wanted,
        ranged=tuple(ranged),
        points=points,
        variants=variants,
    )


def plan_screenings(
    found: Sensitivity, scenario: Scenario, wished: Mapping[Method, int], most: int
) -> list[PlannedScreening]:
    """Screenings of the first measure over so many of the assumed numbers that move it most."""
    foremost = [one.ranged for one in found.ranked()[:most]]
    return [
        plan_screening(scenario, found.wanted[0], foremost, method, count) for method, count in wished.items()
    ]


def screen(
    found: Sensitivity,
    scenario: Scenario,
    *,
    morris: int | None = None,
    sobol: int | None = None,
    most: int = MOST,
    replications: int = PER_POINT,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> list[Screening]:
    """Screen together the assumed numbers that a sensitivity study of a scenario found to matter most."""
    return [
        run_screening(one, replications, workers=workers, store=store, done=done)
        for one in plan_screenings(found, scenario, methods(morris, sobol, most), most)
    ]


def run_screening(
    planned: PlannedScreening,
    replications: int = PER_POINT,
    *,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Screening:
    """Run what was planned; the answer at a point is the mean over its replications."""
    questions = [RunRequest(variant=one, wanted=(planned.wanted,), flows=()) for one in planned.variants]
    answers = []
    for one in run_all(questions, replications, workers=workers, store=store, done=done):
        told = one.estimate(planned.wanted)
        if told is None:
            message = "has no value at some points, so nothing can be said of it"
            advice = "leave --morris and --sobol out; what is finished is kept"
            raise fail(message, key="--measure", value=str(planned.wanted), advice=advice)
        answers.append(told.mean)
    values, seed = np.array(answers), planned.scenario.seed
    found: list[Effect] | list[Part] = (
        effects(planned.ranged, planned.points, values, seed)
        if planned.method == "morris"
        else parts(planned.ranged, values, seed)
    )
    return Screening(
        method=planned.method,
        wanted=planned.wanted,
        points=len(values),
        replications=replications,
        mean=float(values.mean()),
        deviation=float(values.std()),
        found=tuple(found),
    )
