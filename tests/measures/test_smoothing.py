"""The one windowed mean of charts, pages and studies, and the days that it never crosses."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.journal import Series
from sim.measures import Span
from sim.measures.smoothing import (
    Events,
    Smoothing,
    breaks,
    events_in_order,
    smoothing_name,
    smoothing_width,
)


def closure(start: float, end: float, remaining: float = 0.0, planned: bool = False) -> Span:
    return Span(label="shut", elements=(), start=start, end=end, remaining=remaining, planned=planned)


def test_breaks_are_both_ends_of_unplanned_closures() -> None:
    assert breaks([closure(20.0, 40.0)], 100.0) == (20.0, 40.0)
    assert breaks([closure(20.0, 40.0, planned=True)], 100.0) == ()
    assert breaks([closure(20.0, 40.0, remaining=1.0)], 100.0) == ()


def test_an_edge_within_three_days_of_the_one_before_is_dropped() -> None:
    assert breaks([closure(20.0, 22.9)], 100.0) == (20.0,)
    assert breaks([closure(20.0, 23.0)], 100.0) == (20.0, 23.0)
    assert breaks([closure(20.0, 40.0), closure(41.0, 43.0)], 100.0) == (20.0, 40.0, 43.0)


def test_an_edge_within_three_days_of_either_end_of_the_run_is_dropped() -> None:
    assert breaks([closure(2.0, 20.0)], 100.0) == (20.0,)
    assert breaks([closure(0.0, 20.0)], 100.0) == (20.0,)
    assert breaks([closure(50.0, 98.0)], 100.0) == (50.0,)
    assert breaks([closure(50.0, 100.0)], 100.0) == (50.0,)


def test_means_of_steps_events_and_daily_amounts_agree() -> None:
    daily = np.array([[2.0] * 10 + [8.0] * 10])
    steps = Series()
    steps.hold(0.0, 2.0)
    steps.hold(10.0, 8.0)
    hundredths = np.arange(0.005, 20.0, 0.01)
    events = Events(hundredths, np.where(hundredths < 10.0, 0.02, 0.08))
    for cut in ((), (10.0,)):
        smoothing = Smoothing(times=np.arange(21.0), until=20.0, width=7.0, breaks=cut)
        of_steps = smoothing.of_steps(steps)
        assert smoothing.of_days(daily)[0] == pytest.approx(of_steps)
        assert smoothing.of_events(events) == pytest.approx(of_steps)
        assert of_steps[10] == pytest.approx(8.0 if cut else 5.0)


def test_no_mean_crosses_a_break_or_the_ends_of_the_run() -> None:
    smoothing = Smoothing(
        times=np.array([-1.0, 0.0, 9.0, 10.0, 20.0, 25.0]), until=20.0, width=7.0, breaks=(10.0,)
    )
    events = events_in_order(np.array([15.0, 12.0]), np.array([70.0, 35.0]))
    assert smoothing.of_events(events) == pytest.approx([np.nan, 0, 0, 10.0, 0.0, np.nan], nan_ok=True)
    assert smoothing.of_steps(None) == pytest.approx([np.nan, 0, 0, 0, 0, np.nan], nan_ok=True)


def test_the_width_is_named_unchanged_used() -> None:
    assert (smoothing_width(99.0), smoothing_name(99.0)) == (1.0, "daily mean")
    assert (smoothing_width(100.0), smoothing_name(100.0)) == (7.0, "7-day mean")
