"""Results of a sweep: measures at every point, and the break-evens between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from sim.studies.differences import Difference, difference
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import nine_in_ten
from sim.studies.ranges import Varied
from sim.studies.request import MeasureRequest
from sim.studies.results import StudyResults, TableRow, estimate_cells, measure_cells
from sim.studies.sweep.break_even import BreakEven, break_evens

Point = tuple[float, ...]
"""A value for each number that is varied."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sweep(StudyResults):
    """An ensemble for each point of a sweep, and one for the unchanged scenario (`base`).

    `base_point` holds the values of the varied numbers in the scenario, None where a number has several
    values or none.
    """

    varied: tuple[Varied, ...]
    base_point: tuple[float | None, ...]
    base: Ensemble
    points: tuple[Point, ...]
    ensembles: tuple[Ensemble, ...]
    is_grid: bool

    @property
    def requests(self) -> tuple[MeasureRequest, ...]:
        return self.base.requests

    @property
    def has_lines(self) -> bool:
        """Return whether points lie on lines along the first number, as break-evens require."""
        return self.is_grid or len(self.varied) == 1

    def differences(self, request: MeasureRequest) -> list[Difference]:
        """Return the paired difference of each point from the base."""
        return [difference(self.base, ensemble, request) for ensemble in self.ensembles]

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each measure and point; `low` and `high` bound nine in ten replications."""
        for request in self.requests:
            for number, (point, ensemble) in enumerate(zip(self.points, self.ensembles, strict=True)):
                change = difference(self.base, ensemble, request)
                low, high = nine_in_ten(ensemble.column(request))
                yield {
                    "point": number,
                    **dict(zip(map(str, self.varied), point, strict=True)),
                    **measure_cells(request),
                    **estimate_cells(change.after),
                    "low": low,
                    "high": high,
                    **estimate_cells(change.difference, "difference", "difference_half_width"),
                    "replications": change.after.replications if change.after else 0,
                    "missed": ensemble.missed(request),
                }

    def break_evens(
        self, request: MeasureRequest, level: float | None = None
    ) -> dict[Point, list[BreakEven]]:
        """Return where along the first number a measure reaches a level, by the values of the others.

        Without a level, the measure has to equal its value in the unchanged scenario. The points of a
        hypercube of several numbers lie on no lines, so the result is empty.
        """
        if not self.has_lines:
            return {}
        lines: dict[Point, list[tuple[float, float, float]]] = {}
        for point, change in zip(self.points, self.differences(request), strict=True):
            estimate = change.difference if level is None else change.after
            if estimate is not None:
                height = estimate.mean - (level or 0.0)
                lines.setdefault(point[1:], []).append((point[0], height, estimate.half_width or 0.0))
        if level is None and self.base_point[0] is not None:
            for others, line in lines.items():
                if self._is_base(others, first=1):
                    line.append((self.base_point[0], 0.0, 0.0))
        return {
            others: [
                each
                for each in break_evens(sorted(line))
                if level is not None or not self._is_base((each.at, *others))
            ]
            for others, line in lines.items()
        }

    def _is_base(self, values: Point, first: int = 0) -> bool:
        """Return whether these are the scenario's own values of the numbers from index `first` on."""
        return all(
            base is not None and isclose(value, base)
            for value, base in zip(values, self.base_point[first:], strict=True)
        )
