"""Groups of charts that show alike things, such as one chart for each measure of a study."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.charts.chart import Chart
from sim.studies.request import MeasureRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartGroup:
    """Charts of which the page shows the first and lets the reader choose another.

    The first `files` of them are also saved as files; None saves all.
    """

    charts: tuple[Chart, ...]
    files: int | None = None

    @property
    def saved(self) -> tuple[Chart, ...]:
        return self.charts[: self.files]


def file_name(measure: MeasureRequest) -> str:
    """Return a measure as part of a file name, such as `curtailed-KZ`."""
    return slug(f"{measure.measure}-{measure.element}".replace("*", "all"))


def slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-")
