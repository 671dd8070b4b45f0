"""Report of a study: its findings, tables, charts and provenance, free of any form of output.

It is built once from the results and rendered four times: on the terminal, as CSV and JSON files, and as
a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.charts.studies.groups import ChartGroup
from sim.charts.wording import count as count_of
from sim.report.page.sources import SourceRef
from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate
from sim.studies.formatting import format_change, format_estimate, minus
from sim.studies.request import MeasureRequest
from sim.studies.results import TableRow

NONE = "–"
MIN_REPLICATIONS = 5  # below which intervals and verdicts depend much on chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Text of a cell; `value` is the number it is sorted by, `detail` a second line in small letters."""

    text: str
    value: float | None = None
    detail: str = ""
    is_code: bool = False
    source: SourceRef | None = None
    tone: Literal["", "better", "worse"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title, and whether it holds numbers. One that is not `is_main` is on the page only."""

    title: str
    unit: str = ""
    is_number: bool = False
    is_main: bool = True

    @property
    def heading(self) -> str:
        return f"{self.title}, {self.unit}" if self.unit else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of cells. The page can select rows by their `group`, and those that are marked."""

    cells: Sequence[Cell]
    group: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of a report, with a note below it; the terminal shows up to `max_printed` rows."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    max_printed: int = 0
    group_title: str = ""
    """Name of the groups of rows, where the page lets the reader select one."""
    mark_title: str = ""
    """Description of the marked rows, where the page lets the reader select them."""

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(row.group for row in self.rows if row.group))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVariant:
    """A variant of a study: its results, scenario and manifest. One read from a folder has no scenario."""

    ensemble: Ensemble
    scenario: Scenario | None
    manifest: Mapping[str, Any]

    @property
    def label(self) -> str:
        return self.ensemble.label


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StudyReport:
    """A report of a study, in the folder `name`.

    `data` are long tables by the name of their CSV file, `facts` the content of summary.json after the
    headlines, `manifest` that of manifest.json after the request.
    """

    name: str
    title: str
    subtitle: str
    tables: Sequence[ReportTable]
    charts: Sequence[ChartGroup]
    variants: Sequence[ReportVariant]
    request: Request
    data: Mapping[str, Iterable[TableRow]]
    facts: Mapping[str, Any]
    manifest: Mapping[str, Any]
    sentences: Sequence[str] = ()
    """Findings in addition to those of the charts."""
    notes: Sequence[str] = ()
    arrays: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    """Arrays that are saved for later studies, by the name of their .npz file."""

    @property
    def base(self) -> Ensemble:
        return self.variants[0].ensemble

    @property
    def headlines(self) -> list[str]:
        """Findings of the study, a sentence each."""
        findings = [group.charts[0].finding for group in self.charts if group.charts]
        return list(dict.fromkeys([*self.sentences, *findings]))

    @property
    def warning(self) -> str:
        """Warning that the replications are too few for firm claims; empty if they are not."""
        if len(self.base) >= MIN_REPLICATIONS:
            return ""
        count = count_of(len(self.base), "replication")
        return f"Only {count}: findings may be due to chance; use at least {MIN_REPLICATIONS}."

    @property
    def stalled(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """Stalled runs: variant, replication, and the reasons."""
        return [
            (variant.label, replication, reasons)
            for variant in self.variants
            for replication, reasons in variant.ensemble.stalled.items()
        ]


def number_cell(value: float | None, remark: str = "") -> Cell:
    """Return a cell with a number to six digits, and a remark in brackets."""
    text = NONE if value is None else minus(f"{value:,.6g}")
    return Cell(text=f"{text} ({remark})" if remark else text, value=value)


def estimate_cell(estimate: Estimate | None) -> Cell:
    """Return a cell with a mean and its half-width."""
    return Cell(text=format_estimate(estimate), value=estimate.mean if estimate else None)


def change_cell(estimate: Estimate | None) -> Cell:
    """Return a cell with a mean change, its sign and its half-width."""
    return Cell(text=format_change(estimate), value=estimate.mean if estimate else None)


def measure_cell(request: MeasureRequest) -> Cell:
    """Return a cell with the title of a measure, and its name and element below."""
    return Cell(text=str(request), detail=f"{request.measure}, {request.element}")
