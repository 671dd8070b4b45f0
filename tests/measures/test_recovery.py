"""Time to recover output, and the resilience triangle, by hand."""

from __future__ import annotations

import pytest
from oil_by_hand import OilByHand, shut

from sim.measures import MEASURES, Record, Span


def measured(record: Record, measure: str, element: str = "*", *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def hurt(*spans: Span, days: float = 100.0) -> Record:
    """Record a run with half of its output missing from day 22 to 30, and a tenth until day 40."""
    by_hand = OilByHand(days)
    by_hand.output((0.0, 100.0), (22.0, 50.0), (30.0, 90.0), (40.0, 100.0))
    return by_hand.record(spans)


def test_the_triangle_is_the_output_missing_from_closure_to_recovery() -> None:
    record = hurt(shut("pipe", 20.0, 30.0))
    for origin in ("*", "XX", "well"):
        assert measured(record, "recovered after", origin) == 20.0
        assert measured(record, "resilience triangle", origin) == pytest.approx(8 * 50.0 + 10 * 10.0)


def test_a_window_cuts_the_triangle_and_a_run_that_ends_too_soon_leaves_it_open() -> None:
    record = hurt(shut("pipe", 20.0, 30.0))
    assert measured(record, "resilience triangle", "*", 0.0, 25.0) == pytest.approx(3 * 50.0)
    soon = hurt(shut("pipe", 20.0, 30.0), days=45.0)  # well again, but not for a fortnight yet
    assert measured(soon, "recovered after") is None
    assert measured(soon, "resilience triangle") == pytest.approx(8 * 50.0 + 10 * 10.0)


def test_full_output_has_no_triangle_and_no_closure_has_no_value() -> None:
    harmless = hurt(shut("spur", 60.0, 70.0))
    assert measured(harmless, "recovered after") is None
    assert measured(harmless, "resilience triangle") == 0.0
    assert measured(hurt(), "resilience triangle") is None
    assert measured(hurt(shut("pipe", 20.0, 30.0, planned=True)), "resilience triangle") is None


def test_a_field_without_potential_misses_nothing() -> None:
    by_hand = OilByHand()
    by_hand.steps("potential", "well", (0.0, 100.0), (25.0, 0.0), (35.0, 100.0))
    by_hand.steps("produced", "well", (0.0, 100.0), (22.0, 50.0), (25.0, 0.0), (35.0, 100.0))
    record = by_hand.record([shut("pipe", 20.0, 30.0)])
    assert measured(record, "resilience triangle") == pytest.approx(3 * 50.0)
    assert measured(record, "recovered after") == 5.0
