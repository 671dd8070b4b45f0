"""Union, length and difference of sets of intervals, against counting on a fine grid."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Event
from sim.measures.intervals import Intervals, event_intervals

whole = st.integers(0, 30)
pairs = st.lists(st.tuples(whole, whole), max_size=8)
MIDDLES = np.arange(0.0, 30.0) + 0.5


def on_grid(rows: list[tuple[int, int]]) -> np.ndarray:
    return np.array([any(a < middle < b for a, b in rows) for middle in MIDDLES])


@given(pairs)
def test_a_union_covers_all_its_intervals_and_none_touch(rows: list[tuple[int, int]]) -> None:
    spans = Intervals(rows)
    assert np.array_equal(spans.holds(MIDDLES), on_grid(rows))
    assert all(later > end for end, later in zip(spans.ends[:-1], spans.starts[1:], strict=True))


@given(pairs, whole, whole)
def test_days_within_are_those_of_the_grid(rows: list[tuple[int, int]], a: int, b: int) -> None:
    inside = on_grid(rows) & (a < MIDDLES) & (b > MIDDLES)
    assert float(Intervals(rows).within(a, b)) == inside.sum()


@given(pairs, pairs)
def test_a_difference_has_the_moments_of_the_first_set_alone(
    rows: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    left = Intervals(rows).without(Intervals(others))
    assert np.array_equal(left.holds(MIDDLES), on_grid(rows) & ~on_grid(others))
    assert np.array_equal(
        Intervals(rows).together(Intervals(others)).holds(MIDDLES), on_grid(rows) | on_grid(others)
    )


def test_an_interval_lasts_from_its_first_event_to_its_last_or_the_end_of_the_run() -> None:
    events = [
        Event(1.0, "held", "yard", 5.0, "west"),
        Event(2.0, "held", "other", 5.0, "west"),
        Event(3.0, "held", "yard", 5.0, "east"),
        Event(4.0, "freed", "yard", 5.0, "west"),
    ]
    assert event_intervals(events, "held", "freed", "yard", 10.0).pairs() == [(1.0, 10.0)]
    assert event_intervals(events, "held", "freed", "yard", 10.0, reason="west").pairs() == [(1.0, 4.0)]
    assert event_intervals([], "held", "freed", "yard", 10.0).pairs() == []
