"""All charts and maps of a run as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.charts.chart import Chart
from sim.charts.map.scene import SIDES, has_map, map_scene
from sim.charts.map.static import draw_map
from sim.charts.registry import charts_of
from sim.charts.static import save
from sim.charts.static.figure import save_axes
from sim.measures.record import Record


def write_figures(
    record: Record,
    folder: Path,
    reference: Record | None = None,
    groups: Iterable[Sequence[Chart]] | None = None,
) -> list[Path]:
    """Write every chart and map of a run as PNG and SVG, and return the files; the same run, the same bytes.

    With a `reference` run its lines are dashed in the charts of this one, and the differences of the two
    have charts of their own. `sim.charts.registry` lists the charts; `groups` are those, if built already.
    """
    built = [chart for group in groups for chart in group] if groups else charts_of(record, reference)
    return [path for chart in built for path in save(chart, folder)] + _write_maps(record, folder, reference)


def _write_maps(record: Record, folder: Path, reference: Record | None) -> list[Path]:
    """Write the map of what a run carries; one that carries both has its freight on map-freight."""
    sides = [side for side in SIDES if has_map(record.network, side)]
    names = dict(zip(sides, ("map", "map-freight"), strict=False))
    return [
        path
        for side, name in names.items()
        for path in save_axes(draw_map(map_scene(record, side, reference)), folder, name)
    ]
