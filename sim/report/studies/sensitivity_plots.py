"""What a sensitivity study found, handed to the plots that draw it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.plots.figures import save
from sim.plots.tornado import Blade, Weight, screening, tornado
from sim.report.studies.sweep_plots import file_name
from sim.studies.estimates import Estimate
from sim.studies.formatting import format_range
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.screening_methods import Effect, VarianceShare
from sim.studies.sensitivity.swing import Swing
from sim.studies.verdicts import spread

Axes = Any  # of matplotlib, which only plots know
MOST = 20


def draw_tornado(found: Sensitivity, place: int = 0, ax: Axes | None = None) -> Axes:
    """What the assumed numbers that matter most do to a measure, by its place among those asked."""
    wanted, share = found.wanted[place], found.assumed_share(place)
    blades = [_blade(one, place) for one in found.ranked(place)[:MOST]]
    told = (
        f"Each assumed number up to {found.by:.0%} off by itself, on the same luck; {len(found.base)} "
        "replications, 95 % intervals"
    )
    if share is not None:
        told += f"; about {share:.0%} of the answer rests on assumed numbers"
        told += "" if found.is_whole else ", of those asked for"
    base = found.base.estimate(wanted)
    usual = f", which is {spread(base)} {wanted.unit}".rstrip() if base else ""
    what = f"Difference from {wanted} as it is{usual}"
    return tornado(blades, f"{found.base.title}: {wanted}", told, what, ax)


def draw_screening(found: Screening, title: str = "", ax: Axes | None = None) -> Axes:
    """What several numbers do to a measure when all may be off at once."""
    unit = f" {found.wanted.unit}" if found.wanted.unit else ""
    runs = f"{found.points} points, {found.replications} replications at each, on the same luck"
    if found.method == "morris":
        told, what = (
            f"By the method of Morris: {runs}",
            f"Mean size of the effect across the range ({unit.strip()})",
        )
    else:
        told, what = f"By the method of Sobol: {runs}", "VarianceShare of the variance of the answer"
    weights = [_weight(one, unit) for one in found.ranked()]
    return screening(weights, f"{title}: {found.wanted}" if title else str(found.wanted), told, what, ax)


def save_sensitivity(found: Sensitivity, screenings: Sequence[Screening], folder: Path) -> list[Path]:
    """Write tornado.png, of measures after the first with their names behind, morris.png and sobol.png."""
    files: list[Path] = []
    for place, wanted in enumerate(found.wanted):
        behind = f"-{file_name(wanted)}" if place else ""
        files += save(draw_tornado(found, place), folder, f"tornado{behind}")
    for one in screenings:
        files += save(draw_screening(one, found.base.title), folder, one.method)
    return files


def _blade(one: Swing, place: int) -> Blade:
    low, high = one.ends(place)
    return Blade(name=one.name, told=format_range(one.ranged), smaller=_end(low), larger=_end(high))


def _end(found: Estimate | None) -> tuple[float, float]:
    return (found.mean, found.half_width or 0.0) if found else (0.0, 0.0)


def _weight(one: Effect | VarianceShare, unit: str) -> Weight:
    name, told = one.ranged.number.name, spread(Estimate(one.weight, one.half_width, 2))
    if isinstance(one, Effect):
        parts = {"mean size of its effect": one.size}
        return Weight(name=name, parts=parts, told=f"{told}{unit}; spread {one.spread:.2g}")
    alone = min(max(one.alone, 0.0), max(one.total, 0.0))
    parts = {"alone": alone, "together with others": max(one.total, 0.0) - alone}
    return Weight(name=name, parts=parts, told=told)
