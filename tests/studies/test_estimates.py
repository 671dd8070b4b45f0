"""Intervals, chances and their adjustment, against figures worked out elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.studies.estimates import Estimate, estimate, holm, p_value


def test_an_interval_is_students() -> None:
    """Of 1, 2, 3, 4: mean 2.5, s = 1.29099, t(3; 0.975) = 3.182446, half-width 3.182446 s / 2."""
    found = estimate([1.0, 2.0, 3.0, 4.0])
    assert (found.mean, found.replications) == (2.5, 4)
    assert found.half_width == pytest.approx(3.182446 * 1.2909944 / 2, rel=1e-6)
    assert estimate([1.0]).half_width is None


def test_a_spread_of_rounding_is_no_spread() -> None:
    assert estimate([0.1 + 0.2, 0.3, 0.3]).half_width == 0.0


def test_a_chance_is_that_of_the_t_test() -> None:
    apart = np.random.default_rng(1).normal(0.3, 1.0, 25)
    assert p_value(estimate(apart)) == pytest.approx(stats.ttest_1samp(apart, 0.0).pvalue, rel=1e-9)


@pytest.mark.parametrize(("mean", "told"), [(0.0, 1.0), (2.0, 0.0)])
def test_differences_that_are_all_the_same_leave_nothing_to_chance(mean: float, told: float) -> None:
    assert p_value(Estimate(mean, 0.0, 10)) == told


def test_holm_by_hand() -> None:
    """0.01 × 4, 0.02 × 3, 0.03 × 2, 0.04 × 1: none below those before it."""
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([0.2]) == [0.2]
    assert holm([]) == []


def test_holm_never_makes_more_of_a_difference_than_it_is_and_keeps_their_order() -> None:
    chances = np.random.default_rng(2).uniform(size=30).tolist()
    adjusted = holm(chances)
    assert all(a >= c for a, c in zip(adjusted, chances, strict=True))
    assert [adjusted[n] for n in np.argsort(chances)] == sorted(adjusted)


@pytest.mark.parametrize(
    ("found", "near"),
    [(Estimate(0.5, 0.4, 9), False), (Estimate(-0.3, 0.4, 9), True), (Estimate(0.0, 0.0, 9), True)],
)
def test_a_mean_within_its_own_interval_of_nothing_is_near_zero(found: Estimate, near: bool) -> None:
    assert found.is_near_zero is near
