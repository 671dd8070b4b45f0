"""Charts of studies drawn by matplotlib, on axes of their own or on those of the caller.

A chart of several panels cannot be drawn on the caller's axes: it raises `ValueError` there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from sim.charts.static import draw, save
from sim.charts.studies.groups import ChartGroup
from sim.charts.studies.over_time import flow_chart, main_flows
from sim.charts.studies.sensitivity import screening, tornado
from sim.charts.studies.stress import stress_curves, stress_ranking
from sim.charts.studies.sweep import sweep_chart
from sim.charts.studies.whiskers import whiskers
from sim.studies.compare import Comparison
from sim.studies.ensemble import Ensemble
from sim.studies.request import Flow, MeasureRequest
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.stress.results import Stress
from sim.studies.sweep.results import Sweep


def save_charts(groups: Sequence[ChartGroup], folder: Path) -> list[Path]:
    """Write the charts that are saved as files, each as PNG and SVG, and return the files."""
    return [file for group in groups for chart in group.saved for file in save(chart, folder)]


def draw_ensemble(results: Ensemble, flows: Sequence[Flow] = (), ax: Axes | None = None) -> Axes:
    """Draw cargo over time in many runs of one scenario; without `flows`, the main ones added up."""
    return draw(flow_chart([results], flows or main_flows([results])[0], "throughput"), ax)


def draw_comparison(results: Comparison, flows: Sequence[Flow] = (), ax: Axes | None = None) -> Axes:
    """Draw cargo over time in all variants, and how they differ from the first."""
    return draw(flow_chart(results.ensembles, flows or main_flows(results.ensembles)[0], "comparison"), ax)


def draw_whiskers(results: Comparison, ax: Axes | None = None) -> Axes:
    """Draw the differences of all measures from the first variant."""
    return draw(whiskers(results), ax)


def draw_sweep(
    results: Sweep, measure: MeasureRequest | None = None, level: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a measure, by default the headline, over the numbers varied."""
    return draw(sweep_chart(results, measure, level), ax)


def draw_stress(results: Stress, measure: MeasureRequest | None = None, ax: Axes | None = None) -> Axes:
    """Draw losses against the length of each closure, by a measure, by default the main one."""
    return draw(stress_curves(results, measure), ax)


def draw_stress_ranking(
    results: Stress, measure: MeasureRequest | None = None, paired: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw the losses of the longest closures, or of pairs, as a ranking."""
    return draw(stress_ranking(results, measure, paired), ax)


def draw_tornado(results: Sensitivity, measure: MeasureRequest | None = None, ax: Axes | None = None) -> Axes:
    """Draw the effect of each number on a measure, by default the first."""
    return draw(tornado(results, measure), ax)


def draw_screening(results: Screening, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw what several numbers do to a measure when all vary at once."""
    return draw(screening(results, title), ax)
