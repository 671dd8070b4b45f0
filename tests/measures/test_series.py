"""Series measures against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.journal import Series
from sim.measures.series import (
    daily_edges,
    integral,
    line_at,
    line_means,
    line_ranges,
    step_at,
    step_means,
    step_totals,
)
from sim.measures.smoothing import Smoothing


def series(*pairs: tuple[float, float]) -> Series:
    made = Series()
    for time, value in pairs:
        made.times.append(time)
        made.values.append(value)
    return made


STEPS = series((0.5, 4.0), (2.0, 0.0), (2.25, 8.0))
LINES = series((0.0, 0.0), (2.0, 10.0), (4.0, 10.0), (5.0, 0.0))


def test_step_holds_from_its_time_on_and_is_zero_before() -> None:
    assert step_at(STEPS, [0.0, 0.5, 1.9, 2.0, 2.25, 99.0]).tolist() == [0, 4, 4, 0, 8, 8]


def test_step_means_split_a_bin_at_the_change() -> None:
    # day 0: half a day of 4; day 1: 4; day 2: a quarter of nothing, then 8; day 3: 8 for half of it
    assert step_means(STEPS, 3.5, [0, 1, 2, 3, 4]).tolist() == [2.0, 4.0, 6.0, 4.0]


def test_step_means_of_a_change_after_the_end_are_untouched_by_it() -> None:
    assert step_means(series((0.0, 1.0), (9.0, 5.0)), 2.0, [0, 1, 2]).tolist() == [1.0, 1.0]


def test_integral_is_the_area_between_two_times() -> None:
    assert integral(STEPS, 0.0, 3.0) == pytest.approx(12.0)  # 1.5 days of 4, then 0.75 days of 8
    assert integral(STEPS, 1.0, 2.5) == pytest.approx(6.0)
    assert integral(STEPS, 10.0, 11.0) == pytest.approx(8.0)


def test_running_means_narrow_at_both_ends() -> None:
    # about 0: 0..1 only, half of it 4; about 2: 1..3, one day of 4 and 0.75 of 8; about 4: 3..4
    assert Smoothing(times=np.array([0.0, 2.0, 4.0]), until=4.0, width=2.0).of_steps(STEPS).tolist() == [
        2.0,
        5.0,
        8.0,
    ]


def test_line_is_straight_between_points_and_flat_outside() -> None:
    assert line_at(LINES, [-1, 0, 1, 3, 4.5, 9]).tolist() == [0, 0, 5, 10, 5, 0]


def test_line_means_are_areas_under_the_line() -> None:
    # 0..3: a triangle of 10 and a rectangle of 10; 3..5: 10 and a triangle of 5
    assert line_means(LINES, [0, 3, 5]) == pytest.approx([20 / 3, 7.5])


def test_line_ranges_see_corners_inside_a_bin() -> None:
    least, greatest = line_ranges(series((0, 5.0), (0.5, 9.0), (1.5, 1.0), (3.0, 4.0)), [0, 1, 2, 3])
    assert least == pytest.approx([5.0, 1.0, 2.0])
    assert greatest == pytest.approx([9.0, 5.0, 4.0])


def test_a_series_never_written_is_zero() -> None:
    for missing in (None, Series()):
        assert step_at(missing, [1.0]).tolist() == [0.0]
        assert step_means(missing, 2.0, [0, 1, 2]).tolist() == [0.0, 0.0]
        assert integral(missing, 0.0, 2.0) == 0.0
        assert line_means(missing, [0, 1]).tolist() == [0.0]
        assert [part.tolist() for part in line_ranges(missing, [0, 1])] == [[0.0], [0.0]]


def test_daily_edges_end_where_the_run_ends() -> None:
    assert daily_edges(3.0).tolist() == [0, 1, 2, 3]
    assert daily_edges(2.5).tolist() == [0, 1, 2, 2.5]
    assert daily_edges(0.25).tolist() == [0, 0.25]


steps = st.lists(st.tuples(st.floats(0, 50), st.floats(0, 1e6)), min_size=1, max_size=20).map(
    lambda pairs: series(*sorted(dict(pairs).items()))
)


@given(steps, st.floats(0.1, 60))
def test_bins_of_any_width_add_up_to_the_whole(steps: Series, until: float) -> None:
    edges = daily_edges(until)
    whole = float(step_totals(steps, until, until))
    assert np.sum(step_means(steps, until, edges) * np.diff(edges)) == pytest.approx(
        whole, rel=1e-9, abs=1e-4
    )
