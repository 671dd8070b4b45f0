"""Concentration, reliable weeks and buffer time, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from freight_by_hand import ByHand
from hypothesis import given
from hypothesis import strategies as st
from oil_by_hand import OilByHand

from sim.measures import MEASURES, Record
from sim.measures.concentration import concentration


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def test_the_index_is_the_sum_of_squared_shares() -> None:
    assert concentration(np.array([3.0])) == 1.0
    assert concentration(np.array([5.0, 5.0, 5.0, 5.0])) == pytest.approx(0.25)
    assert concentration(np.array([80.0, 20.0])) == pytest.approx(0.68)
    assert concentration(np.array([0.0, 0.0])) is None


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=8).filter(lambda amounts: sum(amounts) > 1.0))
def test_the_index_lies_between_even_and_single(amounts: list[float]) -> None:
    found = concentration(np.array(amounts))
    assert found is not None
    assert 1.0 / len(amounts) - 1e-9 <= found <= 1.0 + 1e-9
    assert concentration(np.array([*amounts, 0.0])) == pytest.approx(found)


def test_exports_are_concentrated_by_route_not_by_market() -> None:
    by_hand = OilByHand()
    by_hand.points("sold", "well>world", (0.0, 0.0), (100.0, 8000.0))
    by_hand.points("sold", "well>inland", (0.0, 0.0), (100.0, 2000.0))
    record = by_hand.record()
    assert measured(record, "concentration", "XX") == pytest.approx(0.68)
    assert measured(record, "concentration", "*") is None  # nothing was noted as exported
    places = dict(record.network.places)
    places["inland"] = replace(places["inland"], route=places["world"].route)
    one_route = replace(record, network=replace(record.network, places=places))
    assert measured(one_route, "concentration", "XX") == pytest.approx(1.0)


def test_a_week_counts_if_nine_tenths_of_potential_are_exported() -> None:
    by_hand = OilByHand(days=30.0)
    by_hand.output((0.0, 100.0))
    by_hand.steps("exported", "world", (0.0, 100.0), (7.0, 90.1), (14.0, 89.0), (21.0, 0.0), (22.0, 117.0))
    record = by_hand.record()
    assert measured(record, "reliable weeks", "*") == pytest.approx(75.0)  # the last two days are no week
    assert measured(record, "reliable weeks", "*", 14.0, 21.0) == 0.0
    assert measured(record, "reliable weeks", "*", 0.0, 6.9) is None


def test_corridors_are_concentrated_by_group_and_weight() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle(amount=100.0)
    record = by_hand.record()
    assert measured(record, "corridor concentration", "boxes-west") == pytest.approx(1.0)
    n = by_hand.lot(300.0, 0.0, "ocean.containers")
    by_hand.trip(
        by_hand.leg("china", "europe", line="china-europe"), "", [(n, 300.0, 0.0)], 0.0, 0.0, 30.0, 30.0
    )
    record = by_hand.record()
    for element in ("*", "containers", "boxes-west"):
        assert measured(record, "corridor concentration", element) == pytest.approx(0.75**2 + 0.25**2)
    assert measured(record, "corridor concentration", "wagons") is None


def test_the_buffer_is_the_time_of_the_slowest_twentieth_beyond_the_median() -> None:
    by_hand = ByHand()
    leg = by_hand.leg("china", "europe", line="china-europe")
    for days, amount in ((20.0, 500.0), (24.0, 440.0), (30.0, 20.0), (50.0, 40.0)):
        n = by_hand.lot(amount, 0.0, "ocean.containers")
        by_hand.trip(leg, "", [(n, amount, 0.0)], 0.0, 0.0, days, days)
    record = by_hand.record()
    assert measured(record, "buffer time", "ocean.containers") == pytest.approx(50.0)
    assert measured(record, "buffer time", "containers>ocean", 0.0, 25.0) == pytest.approx(20.0)
    assert measured(record, "buffer time", "containers>north") is None
