"""The logit, and shippers who refuse: shares worked out by hand and by their closed form."""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.freight.choice import logit, shares

costs = st.lists(st.floats(0.0, 5000.0), min_size=1, max_size=5)
scales = st.floats(1.0, 500.0)


def test_what_costs_the_scale_times_the_logarithm_of_two_more_is_chosen_half_as_often() -> None:
    assert logit([1000.0, 1000.0 + 200.0 * log(2.0)], 200.0) == pytest.approx([2 / 3, 1 / 3])


@given(costs, scales)
def test_shares_are_in_proportion_to_the_exponential_of_cost(given_costs: list[float], scale: float) -> None:
    found = logit(given_costs, scale)
    assert sum(found) == pytest.approx(1.0)
    for one, cost in zip(found, given_costs, strict=True):
        for other, other_cost in zip(found, given_costs, strict=True):
            if abs(other_cost - cost) < 500.0 * scale:
                assert one == pytest.approx(other * exp((other_cost - cost) / scale), rel=1e-9, abs=1e-300)


@given(costs, scales, st.floats(-1000.0, 1000.0))
def test_only_differences_of_cost_matter(given_costs: list[float], scale: float, more: float) -> None:
    assert logit([cost + more for cost in given_costs], scale) == pytest.approx(
        logit(given_costs, scale), abs=1e-9
    )


def test_costs_beyond_all_measure_are_no_trouble() -> None:
    assert logit([0.0, 1e9], 1.0) == [1.0, 0.0]
    assert logit([1e9, 1e9], 1e-3) == [0.5, 0.5]


def test_those_who_refuse_choose_among_the_rest_and_the_others_among_all() -> None:
    """A third refuse the first of two equal ways: 1/3 by the second, and of 2/3 a half each."""
    found, nowhere = shares([100.0, 100.0], [1 / 3, 0.0], 50.0)
    assert found == pytest.approx([1 / 3, 2 / 3])
    assert nowhere == 0.0


def test_who_refuses_the_less_refused_refuses_the_more_refused_too() -> None:
    """0.2 refuse both, 0.3 the first only, 0.5 neither; there is no third way."""
    found, nowhere = shares([100.0, 100.0], [0.5, 0.2], 50.0)
    assert found == pytest.approx([0.25, 0.25 + 0.3])
    assert nowhere == pytest.approx(0.2)


@given(st.data(), scales)
def test_shares_and_refusers_add_up_and_nobody_uses_more_than_do_not_refuse(
    data: st.DataObject, scale: float
) -> None:
    given_costs = data.draw(costs)
    refused = [data.draw(st.one_of(st.just(0.0), st.just(1.0), st.floats(0.0, 1.0))) for _ in given_costs]
    found, nowhere = shares(given_costs, refused, scale)
    assert sum(found) + nowhere == pytest.approx(1.0)
    assert nowhere == pytest.approx(min(refused), abs=1e-12)
    for share, refusing in zip(found, refused, strict=True):
        assert -1e-12 <= share <= 1.0 - refusing + 1e-9


@given(costs, scales)
def test_with_nobody_refusing_shares_are_the_logit(given_costs: list[float], scale: float) -> None:
    assert shares(given_costs, [0.0] * len(given_costs), scale) == (
        pytest.approx(logit(given_costs, scale)),
        0.0,
    )
