"""What the pictures of studies show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from stormy_terminal import variant

from sim.plots.comparison import smoothed
from sim.report.studies.comparison_plots import (
    draw_comparison,
    draw_ensemble,
    draw_whiskers,
    save_comparison,
    save_ensemble,
    shown_flows,
)
from sim.studies.compare import Comparison, compare


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(variant("small", farm=150.0), variant("large", farm=600.0), replications=8)


def test_a_comparison_shows_means_above_and_differences_below(found: Comparison) -> None:
    upper = draw_comparison(found)
    upper, lower = upper.figure.axes
    assert [line.get_label() for line in upper.get_lines()] == ["small", "large"]
    assert [line.get_label() for line in lower.get_lines()] == ["small", "large"]
    one, other = (line.get_ydata() for line in upper.get_lines())
    assert lower.get_lines()[1].get_ydata() == pytest.approx(np.array(other) - np.array(one))
    means = [one.daily.sum(axis=1).mean() / 1e3 for one in found.ensembles]
    assert np.array(one).mean() == pytest.approx(means[0], rel=0.05)


def test_plots_are_drawn_on_axes_that_are_given(found: Comparison) -> None:
    figure = Figure(figsize=(12, 6))
    left, right = figure.subplots(1, 2)
    assert draw_comparison(found, ax=left) is left
    assert draw_whiskers(found, ax=right) is right
    assert figure.get_size_inches() == pytest.approx((12, 6))
    alone = Figure().subplots()
    assert draw_ensemble(found.base, ax=alone) is alone


def test_a_single_ensemble_has_no_differences(found: Comparison) -> None:
    ax = draw_ensemble(found.base)
    assert len(ax.figure.axes) == 1


def test_whiskers_leave_out_what_is_identical(found: Comparison) -> None:
    ax = draw_whiskers(found)
    names = [label.get_text() for label in ax.get_yticklabels()]
    differing = [str(one.wanted) for one in found.differences if not one.identical]
    assert names == differing
    assert 0 < len(names) < len(found.differences)


def test_differences_of_shares_are_told_in_percentage_points_and_of_dates_in_days() -> None:
    """A throttled farm of another size fills up to another share, and on another day."""
    one, other = variant("small", farm=150.0), variant("large", farm=200.0)
    also = [("fill", "farm"), ("loading stopped", "sea")]
    ax = draw_whiskers(compare(one, other, replications=8, also=also))
    names = [label.get_text() for label in ax.get_yticklabels()]
    told = dict(zip(names, (text.get_text() for text in ax.texts), strict=False))
    assert told["Mean fill of tanks, farm"].endswith(" pp")
    assert told["First whole day without loading, sea"].endswith(" days")


def test_liquids_are_shown_by_all_routes_together(found: Comparison) -> None:
    assert shown_flows(found.ensembles) == [list(found.base.flows)]


def test_files_are_the_same_each_time(found: Comparison, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        save_comparison(found, tmp_path / name)
        save_ensemble(found.base, tmp_path / name)
    names = {file.name for file in (tmp_path / "one").iterdir()}
    assert names == {
        f"{name}.{kind}" for name in ("comparison", "whiskers", "throughput") for kind in ("png", "svg")
    }
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_smoothing_keeps_what_passed_and_never_looks_across_an_edge() -> None:
    daily = np.array([[0.0] * 10 + [7.0] * 10])
    times = np.arange(21.0)
    across = smoothed(daily, times, 7.0, [])
    assert across[0, 10] == pytest.approx(3.5)
    cut = smoothed(daily, times, 7.0, [10.0])
    assert cut[0].tolist() == [0.0] * 10 + [7.0] * 11
    open_end = smoothed(daily, times, 7.0, [10.0, 20.0, 30.0])
    assert open_end.tolist() == cut.tolist()
