"""All charts of each kind of study: add a chart with one line here."""

from __future__ import annotations

from collections.abc import Sequence

from sim.charts.studies.groups import ChartGroup
from sim.charts.studies.over_time import flow_charts
from sim.charts.studies.sensitivity import screening, tornados
from sim.charts.studies.spread import spread_charts
from sim.charts.studies.stress import curves, pair_rankings, rankings
from sim.charts.studies.sweep import sweeps
from sim.charts.studies.whiskers import whiskers
from sim.studies.compare import Comparison
from sim.studies.ensemble import Ensemble
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.screening import Screening
from sim.studies.stress.results import Stress
from sim.studies.sweep.results import Sweep


def ensemble_charts(results: Ensemble) -> list[ChartGroup]:
    """Return the charts of many runs of one scenario."""
    return [*flow_charts([results], "throughput"), *spread_charts(results)]


def comparison_charts(results: Comparison) -> list[ChartGroup]:
    """Return the charts of variants compared with the first."""
    return [*flow_charts(results.ensembles, "comparison"), ChartGroup(charts=(whiskers(results),))]


def sweep_charts(results: Sweep, level: float | None = None) -> list[ChartGroup]:
    """Return the charts of a sweep; its first measure breaks even at `level`."""
    return [sweeps(results, level)]


def stress_charts(results: Stress) -> list[ChartGroup]:
    """Return the charts of a stress test; those of pairs only where pairs cost more than their parts."""
    groups = [rankings(results), curves(results)]
    return [*groups, pair_rankings(results)] if results.worse_together() else groups


def sensitivity_charts(results: Sensitivity, screenings: Sequence[Screening] = ()) -> list[ChartGroup]:
    """Return the charts of a sensitivity study and of its screenings."""
    screened = [ChartGroup(charts=(screening(each, results.base.title),)) for each in screenings]
    return [tornados(results), *screened]
