"""All charts of a run as files."""

from __future__ import annotations

from pathlib import Path

from sim.charts.registry import charts_of
from sim.charts.static import save
from sim.measures.record import Record


def write_figures(record: Record, folder: Path, reference: Record | None = None) -> list[Path]:
    """Write every chart of a run as PNG and SVG, and return the files; the same run, the same bytes.

    With a `reference` run its lines are dashed in the charts of this one, and the differences of the two
    have charts of their own. `sim.charts.registry` lists the charts.
    """
    return [path for chart in charts_of(record, reference) for path in save(chart, folder)]
