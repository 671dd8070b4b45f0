"""Stretches of time: united, measured, and taken out of each other, against counting on a fine grid."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Event
from sim.measures.intervals import Intervals, event_intervals

whole = st.integers(0, 30)
pairs = st.lists(st.tuples(whole, whole), max_size=8)
MIDDLES = np.arange(0.0, 30.0) + 0.5


def on_grid(some: list[tuple[int, int]]) -> np.ndarray:
    return np.array([any(a < middle < b for a, b in some) for middle in MIDDLES])


@given(pairs)
def test_united_stretches_cover_what_any_of_them_covers_and_do_not_touch(some: list[tuple[int, int]]) -> None:
    spans = Intervals(some)
    assert np.array_equal(spans.holds(MIDDLES), on_grid(some))
    assert all(later > end for end, later in zip(spans.ends[:-1], spans.starts[1:], strict=True))


@given(pairs, whole, whole)
def test_days_within_are_those_of_the_grid(some: list[tuple[int, int]], a: int, b: int) -> None:
    inside = on_grid(some) & (a < MIDDLES) & (b > MIDDLES)
    assert float(Intervals(some).within(a, b)) == inside.sum()


@given(pairs, pairs)
def test_what_is_taken_out_is_gone_and_the_rest_stays(
    some: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    left = Intervals(some).without(Intervals(others))
    assert np.array_equal(left.holds(MIDDLES), on_grid(some) & ~on_grid(others))
    assert np.array_equal(
        Intervals(some).together(Intervals(others)).holds(MIDDLES), on_grid(some) | on_grid(others)
    )


def test_what_was_told_to_begin_lasts_until_it_is_told_to_end_or_the_run_does() -> None:
    told = [
        Event(1.0, "held", "yard", 5.0, "west"),
        Event(2.0, "held", "other", 5.0, "west"),
        Event(3.0, "held", "yard", 5.0, "east"),
        Event(4.0, "freed", "yard", 5.0, "west"),
    ]
    assert event_intervals(told, "held", "freed", "yard", 10.0).pairs() == [(1.0, 10.0)]
    assert event_intervals(told, "held", "freed", "yard", 10.0, reason="west").pairs() == [(1.0, 4.0)]
    assert event_intervals([], "held", "freed", "yard", 10.0).pairs() == []
