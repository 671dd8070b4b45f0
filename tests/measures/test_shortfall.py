"""Oil diverted, delayed and curtailed, and the worst week, against values worked out by hand."""

from __future__ import annotations

import pytest
from builders import closure, scenario, terminal
from oil_by_hand import OilByHand

from sim.measures import MEASURES, Record
from sim.measures.oil.shortfall import weeks
from sim.studies.runs import run


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def a_stop() -> OilByHand:
    """Ten days without the pipe: tanks take 50 t, then 20 t/day are diverted, and 80 left in the ground."""
    by_hand = OilByHand()
    by_hand.output((0.0, 100.0), (10.5, 20.0), (20.0, 100.0))
    by_hand.steps("diverted", "well", (0.0, 0.0), (10.5, 20.0), (20.0, 0.0))
    by_hand.points("level", "well.storage", (0.0, 0.0), (10.0, 0.0), (10.5, 50.0), (20.0, 50.0), (25.0, 0.0))
    return by_hand


def test_refused_oil_is_diverted_delayed_or_curtailed() -> None:
    record = a_stop().record()
    diverted, delayed, lost = 9.5 * 20.0, 50.0, 9.5 * 80.0
    for measure, tonnes in (
        ("diverted", diverted),
        ("delayed in tanks", delayed),
        ("turned away", diverted + delayed + lost),
    ):
        for origin in ("*", "XX", "well"):
            assert measured(record, measure, origin) == pytest.approx(tonnes / 1e3), (measure, origin)
    assert measured(record, "part lost", "*") == pytest.approx(100.0 * lost / (diverted + delayed + lost))
    assert measured(record, "part lost", "*", 0.0, 10.0) is None  # nothing was turned away yet


def test_each_time_that_tanks_fill_counts_and_their_drawing_down_does_not() -> None:
    by_hand = OilByHand()
    by_hand.points("level", "well.storage", (0.0, 5.0), (1.0, 0.0), (2.0, 30.0), (3.0, 10.0), (4.0, 50.0))
    by_hand.points("level", "farm", (0.0, 0.0), (9.0, 900.0))  # not a field's own
    record = by_hand.record()
    assert measured(record, "delayed in tanks", "*") == pytest.approx(0.070)
    assert measured(record, "delayed in tanks", "*", 1.5, 3.5) == pytest.approx(0.015 + 0.020)


def test_the_worst_week_may_start_on_any_day() -> None:
    record = a_stop().record()
    assert measured(record, "peak shortfall", "*") == pytest.approx(0.080)
    # five of the days from 15 to 22 are cut
    assert measured(record, "peak shortfall", "*", 15.0, 22.0) == pytest.approx(0.080 * 5 / 7)
    assert measured(record, "peak shortfall", "*", 30.0, 60.0) == 0.0
    assert measured(record, "peak shortfall", "*", 18.0, 21.0) == pytest.approx(
        0.080 * 2 / 3
    )  # no whole week


def test_exports_may_be_short_while_output_is_not() -> None:
    by_hand = OilByHand()
    by_hand.output((0.0, 100.0))
    by_hand.steps("exported", "world", (0.0, 100.0), (40.0, 0.0), (44.0, 200.0), (48.0, 100.0))
    by_hand.points(
        "sold", "well>world", (0.0, 0.0), (40.0, 4000.0), (44.0, 4000.0), (48.0, 4800.0), (100, 1e4)
    )
    record = by_hand.record()
    assert measured(record, "peak shortfall", "*") == 0.0
    for origin in ("*", "XX"):
        assert measured(record, "peak export shortfall", origin) == pytest.approx(0.100 * 4 / 7)
    assert measured(record, "peak export shortfall", "*", 44.0, 60.0) == 0.0


def test_weeks_begin_on_every_day_of_a_window_and_none_sticks_out() -> None:
    begins, ends = weeks(3.5, 12.0)
    assert begins.tolist() == [3.5, 4.5]
    assert ends.tolist() == [10.5, 11.5]
    begins, ends = weeks(3.5, 5.0)
    assert (begins.tolist(), ends.tolist()) == ([3.5], [5.0])


def test_the_balance_of_a_run_agrees() -> None:
    """Ten days without the pipe: two of them fill the field's tanks, then its wells are turned down."""
    shut = scenario(terminal(storage=200.0), 60, closure("pipe", 20.0, 30.0))
    record = run(shut)
    delayed, lost = (measured(record, measure, "*") for measure in ("delayed in tanks", "curtailed"))
    assert delayed is not None and lost is not None
    assert delayed == pytest.approx(0.2)
    assert 1e6 * lost == pytest.approx(record.balance.curtailed)
    assert measured(record, "turned away", "*") == pytest.approx(delayed + 1e3 * lost)
    assert measured(record, "peak shortfall", "*") == pytest.approx(0.1, rel=0.02)
    assert 0.0 < (measured(record, "resilience triangle", "*") or 0.0) < 1500.0
