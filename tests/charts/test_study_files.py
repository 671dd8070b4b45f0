"""Files of the charts of studies, and charts drawn on the caller's axes."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pytest
from made_up_studies import CAPACITY, DAYS, comparison, sensitivity, stress, sweep
from matplotlib.figure import Figure

import sim
from sim.charts.studies.draw import save_charts
from sim.charts.studies.registry import comparison_charts, ensemble_charts
from sim.studies.compare import Comparison

CLEAR = ([-1.0, -1.01, -0.99], [0.5, 0.51, 0.49])


def variants() -> Comparison:
    return comparison(none=[1000.0, 1100.0, 900.0], spare=[1500.0, 1605.0, 1395.0])


@pytest.mark.slow
def test_files_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        save_charts([*comparison_charts(variants()), *ensemble_charts(variants().base)], tmp_path / name)
    names = {file.name for file in (tmp_path / "one").iterdir()}
    assert {"comparison.png", "whiskers.svg", "throughput.png", "spread.png"} <= names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_charts_of_one_panel_are_drawn_on_the_axes_that_are_given() -> None:
    figure = Figure(figsize=(12, 6))
    first, second, third, fourth = figure.subplots(2, 2).ravel()
    before = dict(matplotlib.rcParams)
    assert sim.draw_whiskers(variants(), ax=first) is first
    assert sim.draw_stress_ranking(stress({"pipe": {30.0: [1.0, 1.1]}}), ax=second) is second
    assert sim.draw_tornado(sensitivity({"pipe": CLEAR}), ax=third) is third
    grid = sweep(
        (CAPACITY, (400.0, 1600.0)),
        (DAYS, (0.0, 30.0)),
        mean=lambda *point: sum(point),
        unchanged=[800.0, 5.0],
    )
    assert sim.draw_sweep(grid, ax=fourth) is fourth
    assert figure.get_size_inches() == pytest.approx((12, 6))
    assert dict(matplotlib.rcParams) == before


def test_charts_of_several_panels_need_a_figure_of_their_own() -> None:
    assert len(sim.draw_comparison(variants()).figure.axes) == 2
    with pytest.raises(ValueError, match="2 panels"):
        sim.draw_comparison(variants(), ax=Figure().subplots())
