"""Use of pipelines and berths, and demurrage, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from oil_by_hand import OilByHand, oil

from sim.errors import InputError
from sim.measures import MEASURES, Record
from sim.measures.oil.use import usable_berths


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


def test_the_use_of_a_pipe_is_of_the_capacity_that_closures_and_changes_left() -> None:
    by_hand = OilByHand()
    by_hand.steps("flow", "pipe", (0.0, 100.0), (50.0, 0.0), (60.0, 100.0))
    by_hand.steps("share", "pipe", (50.0, 0.0), (60.0, 1.0))
    by_hand.journal.log_event(80.0, "changes", "pipe", 400.0)
    record = by_hand.record()
    assert measured(record, "link use", "pipe", 0.0, 50.0) == pytest.approx(50.0)
    assert measured(record, "link use", "pipe", 40.0, 70.0) == pytest.approx(
        50.0
    )  # none is to be had for ten days
    assert measured(record, "link use", "pipe", 70.0, 90.0) == pytest.approx(100.0 * 2000.0 / 6000.0)
    assert measured(record, "link use", "pipe", 52.0, 58.0) is None
    assert measured(record, "link use", "spur") == 0.0
    assert list(MEASURES["link use"].elements(record)) == ["pipe", "spur"]  # a sea lane has no capacity
    with pytest.raises(InputError, match="did you mean pipe"):
        measured(record, "link use", "pip")


def test_the_use_of_berths_is_of_those_that_could_work_at_once() -> None:
    by_hand = OilByHand(days=10.0)
    by_hand.steps("alongside", "sea", (0.0, 1.0), (4.0, 0.0))
    by_hand.steps("share", "spm1", (2.0, 0.0))
    record = by_hand.record()
    assert usable_berths(record, "port").values == [1.0]  # one of two at a time, and one is left
    assert measured(record, "berth use", "port") == pytest.approx(40.0)
    both = replace(record, network=with_room_for_two(record))
    assert (usable_berths(both, "port").times, usable_berths(both, "port").values) == ([0.0, 2.0], [2.0, 1.0])
    assert measured(both, "berth use", "port") == pytest.approx(100.0 * 4.0 / 12.0)


def with_room_for_two(record: Record) -> object:
    places = dict(record.network.places)
    places["port"] = replace(places["port"], berths_at_once=None)
    return replace(record.network, places=places)


def test_berths_all_shut_have_no_use_and_one_out_of_service_does_not_count() -> None:
    by_hand = OilByHand(days=10.0)
    by_hand.steps("share", "spm1", (0.0, 0.0))
    berths = dict(by_hand.network.berths)
    berths["spm2"] = replace(berths["spm2"], in_service=False)
    by_hand.network = replace(by_hand.network, berths=berths)
    record = by_hand.record()
    assert measured(record, "berth use", "port") is None
    assert list(MEASURES["berth use"].elements(record)) == ["port"]
    with pytest.raises(InputError, match="a place where oil is loaded"):
        measured(record, "berth use", "world")


def test_demurrage_runs_from_the_end_of_laytime_at_the_rate_of_the_ships_size() -> None:
    by_hand = OilByHand()
    by_hand.call(10.0, 12.0, 13.5)  # three days beyond the half one allowed, at 24,000 a day
    by_hand.call(20.0, 20.0, 20.4)  # away in time
    by_hand.call(30.0, 30.0, 32.0, load=300.0)  # one day beyond the one allowed, at 60,000
    record = by_hand.record()
    assert measured(record, "demurrage", "sea") == pytest.approx(0.132)
    assert measured(record, "demurrage", "sea", 0.0, 12.5) == pytest.approx(0.048)  # as it runs up
    assert measured(record, "demurrage", "sea", 12.5, 40.0) == pytest.approx(0.084)


def test_ships_without_a_rate_owe_nothing_and_no_lane_is_listed() -> None:
    fleets = {id: replace(fleet, demurrage=None, laytime=None) for id, fleet in oil().fleets.items()}
    by_hand = OilByHand(network=replace(oil(), fleets=fleets))
    by_hand.call(10.0, 12.0, 13.5)
    assert measured(by_hand.record(), "demurrage", "sea") == 0.0
    assert list(MEASURES["demurrage"].elements(by_hand.record())) == []


def test_days_in_the_roads_are_those_of_all_ships_that_wait() -> None:
    by_hand = OilByHand()
    by_hand.steps("waiting", "sea", (0.0, 0.0), (10.0, 2.0), (12.0, 1.0), (15.0, 0.0), (98.0, 3.0))
    record = by_hand.record()
    assert measured(record, "days in the roads", "sea") == pytest.approx(2 * 2 + 3 + 6)
    assert measured(record, "days in the roads", "sea", 11.0, 13.0) == pytest.approx(3.0)
