"""Recovery of corridors, by hand: one lot a day by ocean, with a gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import builders as b
import pytest
from freight_by_hand import ByHand
from oil_by_hand import shut

from sim.measures import MEASURES, BoycottSpan, Record, Span
from sim.measures.freight.corridor_recovery import first_disruption
from sim.measures.oil.recovery import first_closure


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def daily(amount: Callable[[int], float], days: int = 200) -> ByHand:
    """Deliver an amount of TEU at noon of each day, by ocean."""
    by_hand = ByHand(days=float(days))
    leg = by_hand.leg("china", "europe", line="china-europe")
    for day in range(days):
        if amount(day) > 0.0:
            n = by_hand.lot(amount(day), day - 10.0, "ocean.containers")
            by_hand.trip(
                leg, "", [(n, amount(day), day - 10.0)], day - 10.0, day - 10.0, day + 0.5, day + 0.5
            )
    return by_hand


def refused(since: float) -> BoycottSpan:
    return BoycottSpan(
        label="refusal",
        elements=("brest-europe",),
        demands=("boxes-west",),
        share=0.5,
        premium=0.0,
        start=since,
        end=200.0,
    )


def test_recovery_ends_when_deliveries_are_back() -> None:
    record = daily(lambda day: 0.0 if 100 <= day < 120 else 10.0).record(
        spans=(shut("china-europe", 95.0, 115.0),)
    )
    for element in ("ocean", "*", "boxes-west"):
        # from day 115 the coming 28 days have 23 with arrivals, from day 119 six of the next seven
        assert measured(record, "corridor recovered after", element) == 119.0 - 95.0
        assert measured(record, "corridor triangle", element) == pytest.approx(100.0 * 19)
    assert measured(record, "corridor triangle", "north") is None  # nothing went there before


def test_later_deliveries_make_up_for_missing_ones() -> None:
    record = daily(lambda day: 0.0 if 100 <= day < 120 else 20.0 if 120 <= day < 130 else 10.0).record(
        spans=(shut("china-europe", 95.0, 115.0),)
    )
    # in the week from day 116 on three days bring twice as much, which is enough
    assert measured(record, "corridor recovered after", "ocean") == 116.0 - 95.0
    slow = daily(lambda day: 10.0 if day < 100 or day >= 150 else 7.0).record(
        spans=(shut("china-europe", 100.0, 115.0),)
    )
    recovered = measured(slow, "corridor recovered after", "ocean")
    assert recovered is not None
    assert measured(slow, "corridor triangle", "ocean") == pytest.approx(30.0 * recovered)


def test_the_level_is_the_mean_of_eight_weeks_before_and_needs_four() -> None:
    grown = daily(lambda day: 5.0 if day < 60 else 0.0 if 120 <= day < 150 else 10.0)
    record = grown.record(spans=(shut("china-europe", 120.0, 150.0),))
    assert measured(record, "corridor triangle", "ocean") == pytest.approx(100.0 * 29)
    early = grown.record(spans=(shut("china-europe", 27.0, 150.0),))
    assert measured(early, "corridor triangle", "ocean") is None
    assert measured(early, "corridor recovered after", "ocean") is None
    assert (
        measured(record, "corridor triangle", "ocean", 0.0, 140.0) is None
    )  # not four weeks to judge by yet


def test_throughput_that_never_falls_has_no_triangle_and_one_that_never_recovers_no_time() -> None:
    steady = daily(lambda day: 10.0).record(spans=(shut("china-europe", 100.0, 101.0),))
    assert measured(steady, "corridor recovered after", "ocean") is None
    assert measured(steady, "corridor triangle", "ocean") == 0.0
    gone = daily(lambda day: 10.0 if day < 100 else 4.0).record(boycotts=(refused(100.0),))
    assert measured(gone, "corridor recovered after", "ocean") is None
    assert measured(gone, "corridor triangle", "ocean") == pytest.approx(100.0 * 60.0)
    assert measured(daily(lambda day: 10.0).record(), "corridor triangle", "*") is None


def test_a_closure_comes_before_a_boycott_and_oil_and_boxes_have_their_own() -> None:
    by_hand = daily(lambda day: 10.0)
    only_boycott = by_hand.record(boycotts=(refused(60.0), refused(40.0)))
    assert first_disruption(only_boycott) == 40.0
    both = by_hand.record(boycotts=(refused(40.0),), spans=(shut("aktau-alat", 90.0, 95.0),))
    assert (first_disruption(both), first_closure(both)) == (90.0, None)
    berths = {"spm1": b.berth("spm1", "aktau", "lane", 1.0)}
    by_hand.network = replace(by_hand.network, berths=berths)
    of_oil = by_hand.record(spans=(shut("spm1", 20.0, 95.0),))
    assert (first_disruption(of_oil), first_closure(of_oil)) == (None, 20.0)
    storm = Span(
        label="storm",
        elements=("aktau.feeders", "spm1"),
        start=30.0,
        end=33.0,
        remaining=0.0,
        planned=False,
    )
    of_both = by_hand.record(spans=(storm,))
    assert (first_disruption(of_both), first_closure(of_both)) == (30.0, 30.0)
    planned = by_hand.record(spans=(shut("aktau-alat", 90.0, 95.0, planned=True),))
    assert first_disruption(planned) is None
