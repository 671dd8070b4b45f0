"""Results of studies as one long table: a row for each variant or point, measure and element.

A cell has the same column name in every study, so that tables of several studies can be put together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest

if TYPE_CHECKING:
    from pandas import DataFrame

Cell = str | float | bool | None
TableRow = dict[str, Cell]
"""Cells by the name of their column, the same names in the same order in all rows of a table."""


class StudyResults(ABC):
    """Results of a study, which can be read as a tidy table."""

    __slots__ = ()

    @abstractmethod
    def rows(self) -> Iterator[TableRow]:
        """Yield the rows of the table."""

    def frame(self) -> DataFrame:
        """Return the table as a pandas DataFrame."""
        from pandas import DataFrame

        return DataFrame(list(self.rows()))


def measure_cells(request: MeasureRequest) -> TableRow:
    """Return the cells that identify a measure of an element, with its title and direction."""
    return {
        "measure": request.measure,
        "element": request.element,
        "title": str(request),
        "unit": request.unit,
        "better": request.better,
    }


def estimate_cells(estimate: Estimate | None, mean: str = "mean", half_width: str = "half_width") -> TableRow:
    """Return a mean and the half-width of its interval under the names of two columns."""
    if estimate is None:
        return {mean: None, half_width: None}
    return {mean: estimate.mean, half_width: estimate.half_width}
