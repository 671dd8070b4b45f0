"""Files of a study's report: CSV tables, summary, charts, page and manifest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.report.csv_files import short, write_csv, write_json
from sim.report.folder import atomic_folder
from sim.report.study_report import StudyReport
from sim.studies.estimates import CONFIDENCE
from sim.studies.results import TableRow


def write_study(report: StudyReport, out: Path, plots: bool = True) -> Path:
    """Write `out`/<name>/, complete or not at all, in place of an earlier one, and return it.

    Without `plots` neither charts nor the page are written. Raises `InputError` when the place cannot be
    written to.
    """
    target = out / report.name
    with atomic_folder(target) as folder:
        for name, rows in report.data.items():
            write_rows(folder / f"{name}.csv", rows)
        write_json(folder / "summary.json", summary(report))
        for name, array in report.arrays.items():
            np.savez_compressed(folder / f"{name}.npz", allow_pickle=False, **{name: array})
        if plots:
            from sim.charts.studies.draw import save_charts
            from sim.report.page.study_page import write_study_page

            save_charts(report.charts, folder)
            write_study_page(report, folder)
        write_json(folder / "manifest.json", {"request": report.request.as_json(), **report.manifest})
    return target


def write_rows(file: Path, rows: Iterable[TableRow]) -> None:
    """Write rows with the names of their cells as the header. There is at least one row."""
    table = list(rows)
    write_csv(file, list(table[0]), short(row.values() for row in table))


def summary(report: StudyReport) -> dict[str, object]:
    """Return the content of summary.json."""
    base = report.base
    return {
        "scenario": base.name,
        "title": base.title,
        "headlines": report.headlines,
        "start": str(base.start),
        "days": base.days,
        "seed": base.seed,
        "replications": len(base),
        "confidence": CONFIDENCE,
        **report.facts,
        "warning": report.warning,
        "notes": list(report.notes),
    }
