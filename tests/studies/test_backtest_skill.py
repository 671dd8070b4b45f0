"""Skill against naive forecasts, totals of it, and the range of runs."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_figures import finding

from sim.studies.backtest.results import line_skill, totals
from sim.studies.spread import coverage, spread_of


@pytest.mark.parametrize(
    ("error", "naive", "skill"),
    [
        (0.0, 4.0, 1.0),
        (-1.0, 4.0, 0.75),
        (4.0, -4.0, 0.0),
        (6.0, 4.0, -0.5),
        (1.0, 0.0, None),
        (1.0, None, None),
    ],
)
def test_skill_is_one_less_the_errors_by_one_another(
    error: float, naive: float | None, skill: float | None
) -> None:
    assert line_skill(error, naive) == skill


def test_no_skill_is_reported_where_the_naive_forecast_is_right() -> None:
    near, off = (finding(10.5, unchanged=unchanged, in_proportion=8.0) for unchanged in (10.09, 10.2))
    assert near.skill is None
    assert off.skill == pytest.approx(-1.5)
    assert near.proportion_skill == pytest.approx(0.75)


def test_totals_add_errors_in_tolerances() -> None:
    """Errors of 1 and 3 tolerances against 4 and 1, one line without a forecast, one without a value."""
    found = totals(
        [
            finding(12.0, unchanged=18.0, in_proportion=10.0, tolerance=2.0, spread=(9.0, 14.0)),
            finding(7.0, unchanged=11.0, tolerance=1.0, spread=(6.0, 8.0)),
            finding(10.0, tolerance=1.0, spread=(10.0, 10.0)),
            finding(None, unchanged=9.0, tolerance=1.0, spread=(0.0, 0.0)),
        ]
    )
    assert (found.lines, found.within, found.in_range) == (4, 2, 2)
    unchanged, proportion = found.against_unchanged, found.against_proportion
    assert (unchanged.lines, unchanged.closer) == (2, 1)
    assert unchanged.score == pytest.approx(1 - 4 / 5)
    assert (proportion.lines, proportion.closer, proportion.score) == (1, 0, None)


def test_no_lines_have_no_skill() -> None:
    assert totals([]).against_unchanged.score is None


def test_with_39_runs_lowest_and_highest_hold_the_next_with_95_percent() -> None:
    values = np.random.default_rng(1).permutation(np.arange(1.0, 40.0))
    found = spread_of(values)
    assert found is not None
    assert (found.low, found.high, found.coverage) == pytest.approx((1.0, 39.0, 0.95))
    assert coverage(9) == pytest.approx(0.8)
    assert coverage(1000) == 0.95


def test_the_next_run_falls_in_the_range_as_often_as_is_said() -> None:
    """Whatever the distribution: here lognormal, 50 runs each time and the 51st."""
    luck = np.random.default_rng(2).lognormal(size=(4000, 51))
    ranges = [spread_of(row[:50]) for row in luck]
    hits = np.mean(
        [found is not None and found.has(row[50]) for found, row in zip(ranges, luck, strict=True)]
    )
    assert hits == pytest.approx(0.95, abs=0.012)


def test_runs_without_a_value_are_left_out_and_one_alone_has_no_range() -> None:
    assert spread_of(np.array([np.nan, 2.0, 3.0])) == spread_of(np.array([2.0, 3.0]))
    assert spread_of(np.array([np.nan, 2.0])) is None


def test_what_rounding_puts_outside_is_inside() -> None:
    found = spread_of(np.full(50, 0.1 + 0.2))
    assert found is not None
    assert found.has(0.3)
