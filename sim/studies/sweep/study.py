"""One to three numbers of a scenario varied together, and what comes of it, all on the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

from sim.scenario import Scenario
from sim.studies.batches import run_all
from sim.studies.differences import Difference, difference
from sim.studies.ensemble import Done, Ensemble, silent
from sim.studies.estimates import cells, nine_in_ten
from sim.studies.frames import frame
from sim.studies.ranges import Varied
from sim.studies.request import MeasureRequest, RunRequest
from sim.studies.store import Store
from sim.studies.sweep.break_even import BreakEven, break_evens
from sim.studies.sweep.plan import PlannedSweep, Point, plan_sweep
from sim.studies.variants import Variant
from sim.studies.workers import Workers

if TYPE_CHECKING:
    from pandas import DataFrame

USUAL = 10  # replications, where no number is given
COLUMNS = (
    "measure",
    "element",
    "title",
    "unit",
    "better",
    "mean",
    "half_width",
    "low",
    "high",
    "difference",
    "difference_half_width",
    "replications",
    "missed",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sweep:
    """An ensemble for each point, a point being a value of each number that is varied; and one as it is.

    `usual` are the values of the numbers in the scenario as it is, None where it has several or none.
    """

    varied: tuple[Varied, ...]
    usual: tuple[float | None, ...]
    base: Ensemble
    points: tuple[Point, ...]
    ensembles: tuple[Ensemble, ...]
    is_grid: bool

    @property
    def wanted(self) -> tuple[MeasureRequest, ...]:
        return self.base.wanted

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows: the point by number and by its values, and what came of it."""
        return ("point", *map(str, self.varied), *COLUMNS)

    @property
    def is_line_by_line(self) -> bool:
        """Whether the first number has several values for each of those of the others."""
        return self.is_grid or len(self.varied) == 1

    def differences(self, wanted: MeasureRequest) -> list[Difference]:
        """What each point makes different from the scenario as it is, pair by pair."""
        return [difference(self.base, one, wanted) for one in self.ensembles]

    def rows(self) -> Iterator[tuple[str | float | None, ...]]:
        """A row for each point and measure; see `columns`.

        `low` and `high` are what nine in ten replications lie between.
        """
        for wanted in self.wanted:
            for number, (point, one) in enumerate(zip(self.points, self.ensembles, strict=True)):
                apart = difference(self.base, one, wanted)
                yield (
                    number,
                    *point,
                    *wanted.key,
                    str(wanted),
                    wanted.unit,
                    wanted.better,
                    *cells(apart.after),
                    *nine_in_ten(one.column(wanted)),
                    *cells(apart.difference),
                    apart.after.replications if apart.after else 0,
                    one.missed(wanted),
                )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(self.columns, self.rows())

    def break_evens(self, wanted: MeasureRequest, level: float | None = None) -> dict[Point, list[BreakEven]]:
        """Where along the first number a measure is at a level, for all values of the others.

        Without a level: where else it is as in the scenario as it is. Empty for the points of a hypercube
        of several numbers, which lie on no lines.
        """
        if not self.is_line_by_line:
            return {}
        lines: dict[Point, list[tuple[float, float, float]]] = {}
        for point, apart in zip(self.points, self.differences(wanted), strict=True):
            found = apart.difference if level is None else apart.after
            if found is not None:
                above = found.mean - (level or 0.0)
                lines.setdefault(point[1:], []).append((point[0], above, found.half_width or 0.0))
        if level is None and self.usual[0] is not None:
            for others, line in lines.items():
                if self._is_usual(others, 1):
                    line.append((self.usual[0], 0.0, 0.0))
        return {
            others: [
                one
                for one in break_evens(sorted(line))
                if level is not None or not self._is_usual((one.at, *others))
            ]
            for others, line in lines.items()
        }

    def _is_usual(self, values: Point, since: int = 0) -> bool:
        """Whether these are the values that the numbers have as it is, from the one at a place on."""
        return all(
            usual is not None and isclose(value, usual)
            for value, usual in zip(values, self.usual[since:], strict=True)
        )


def sweep(
    scenario: Scenario | str,
    vary: str | Sequence[str],
    *,
    measures: Sequence[str] = (),
    latin_hypercube: int | None = None,
    replications: int = USUAL,
    seed: int | None = None,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Sweep:
    """Vary one to three numbers, each as `novorossiysk.tanks.capacity=400..1600 kt:7`, on the same luck.

    All combinations of their values are run, or so many points of a Latin hypercube.
    """
    planned = plan_sweep(scenario, vary, measures=measures, latin_hypercube=latin_hypercube, seed=seed)
    return run_sweep(planned, replications, workers=workers, store=store, done=done)


def run_sweep(
    planned: PlannedSweep,
    replications: int = USUAL,
    *,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Sweep:
    """Run what was planned, and the scenario as it is."""
    variants = [Variant(label=planned.scenario.name, scenario=planned.scenario), *planned.variants]
    questions = [RunRequest(variant=one, wanted=planned.wanted, flows=()) for one in variants]
    base, *others = run_all(questions, replications, workers=workers, store=store, done=done)
    return Sweep(
        varied=planned.varied,
        usual=tuple(one.number.value(planned.scenario) for one in planned.varied),
        base=base,
        points=planned.points,
        ensembles=tuple(others),
        is_grid=planned.is_grid,
    )
