"""Days of a consignment by activity, and its transit."""

from __future__ import annotations

import numpy as np
import pytest
from freight_by_hand import ByHand
from made_up_freight import freight_record

from sim.errors import InputError
from sim.measures import MEASURES, Record, days_by_leg
from sim.measures.freight.activities import ACTIVITIES, time_by_activity
from sim.measures.freight.transit import weighted_quantile


@pytest.fixture(scope="module")
def played() -> Record:
    return freight_record()


def days(record: Record, leg: str) -> dict[str, float]:
    found = next(one for one in days_by_leg(record, "middle.containers") if one.leg.id.startswith(leg))
    return {kind: round(value, 6) for kind, value in found.days.items() if value}


def test_each_day_of_a_lot_is_attributed_to_one_activity() -> None:
    """It waits a day for its train, half a day and a quarter for paths, is held a day, and so on."""
    by_hand = ByHand()
    by_hand.through_the_middle()
    record = by_hand.record()
    assert days(record, "china>aktau") == {"yard": 1.0, "path": 0.75, "moving": 9.25, "held": 1.0}
    assert days(record, "aktau>alat") == {"yard": 2.0, "ship": 2.0, "moving": 1.0}
    assert days(record, "alat>europe") == {"yard": 0.5, "path": 0.5, "moving": 7.0}
    assert sum(one.total for one in days_by_leg(record, "middle")) == pytest.approx(25.0)


def test_waiting_at_a_port_in_a_storm_is_weather_where_the_quays_shut() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle()
    by_hand.storm("aktau", 13.0, 14.5)
    by_hand.storm("alat", 15.5, 16.25)
    by_hand.storm("kars", 0.0, 30.0)
    record = by_hand.record()
    assert days(record, "aktau>alat") == {"yard": 1.0, "ship": 1.25, "weather": 1.75, "moving": 1.0}
    assert days(record, "alat>europe") == {"yard": 0.5, "path": 0.5, "moving": 7.0}


def test_a_ship_that_a_full_yard_refuses_is_held() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle()
    by_hand.journal.log_event(16.25, "held", "alat.containers", 1500.0, "alat>europe:containers:alat-kars")
    by_hand.journal.log_event(16.75, "freed", "alat.containers", 1500.0, "alat>europe:containers:alat-kars")
    assert days(by_hand.record(), "aktau>alat") == {"yard": 2.0, "ship": 1.5, "held": 0.5, "moving": 1.0}


def test_waiting_in_a_yard_behind_a_train_that_waits_for_its_path_is_waiting_for_a_path() -> None:
    """No train is made up while another stands at the first line: the second lot comes on day 1, and
    the first train stands from day 1 to day 4."""
    by_hand = ByHand()
    leg = by_hand.leg("china", "aktau")
    first, second = by_hand.lot(100.0, 0.0), by_hand.lot(100.0, 1.0)
    by_hand.trip(leg, "trains.containers", [(first, 100.0, 0.0)], 1.0, 4.0, 4.5, 4.5, 13.0, 13.0)
    by_hand.trip(leg, "trains.containers", [(second, 100.0, 1.0)], 4.5, 4.5, 5.0, 5.0, 14.0, 14.0)
    record = by_hand.record()
    assert record.time_by_activity["path"].tolist() == [3.0, 3.0]
    assert record.time_by_activity["yard"].tolist() == [1.0, 0.5]


def test_cargo_that_becomes_ready_while_its_ship_loads_does_not_wait() -> None:
    by_hand = ByHand()
    n = by_hand.lot(100.0, 0.0)
    by_hand.trip(by_hand.leg("aktau", "alat"), "feeders", [(n, 100.0, 14.5)], 14.0, 15.0, 16.0, 17.0)
    record = by_hand.record()
    assert (record.time_by_activity["yard"][0], record.time_by_activity["ship"][0]) == (0.0, 1.5)


def test_days_add_up_for_every_load_whole_or_cut_off(played: Record) -> None:
    loads = played.trip_table.loads
    ends = np.minimum(loads.delivered, played.days)
    assert np.allclose(sum(played.time_by_activity[kind] for kind in ACTIVITIES), ends - loads.ready)
    assert all((column >= -1e-9).all() for column in played.time_by_activity.values())


@pytest.mark.parametrize("cut", [0.0, 37.5, 93.0, 150.25, 199.0])
def test_days_of_two_windows_are_those_of_both_together(played: Record, cut: float) -> None:
    table, journal, network = played.trip_table, played.journal, played.network
    before = time_by_activity(table, journal, network, -np.inf, cut)
    after = time_by_activity(table, journal, network, cut, np.inf)
    for kind in ACTIVITIES:
        assert np.allclose(before[kind] + after[kind], played.time_by_activity[kind]), kind


def test_transit_runs_from_creation_to_a_stop_or_a_place_on_the_way() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle(created=-3.0)
    record = by_hand.record()
    transit = MEASURES["transit days"]
    for element, value in (
        ("middle", 25.0),
        ("boxes-west>middle", 25.0),
        ("middle.containers@aktau", 12.0),
        ("containers>middle@alat", 17.0),
        ("middle@altynkol", None),  # passed on the day before the run began
        ("middle@europe", 25.0),
    ):
        assert transit(record, element) == value, element
    assert transit(record, "north") is None
    assert transit(record, "middle", 22.5) is None  # it was delivered on day 22
    assert transit(record, "middle@kars", 17.0, 19.0) == 21.0
    assert transit(record, "middle@altynkol", -2.0) == 2.0


def test_quantiles_are_weighted_by_cargo() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 8.0, 1.0])
    assert weighted_quantile(values, weights, 0.5) == 1.0
    assert weighted_quantile(values, weights, 0.9) == 2.0
    assert weighted_quantile(values, weights, 1.0) == 3.0
    assert weighted_quantile(np.zeros(0), np.zeros(0), 0.5) is None


def test_waiting_days_of_a_leg_are_those_of_its_activities(played: Record) -> None:
    waiting = MEASURES["waiting days"]
    leg = "aktau>alat:containers"
    parts = [waiting(played, f"{kind}@{leg}") or 0.0 for kind in ACTIVITIES if kind != "moving"]
    assert sum(parts) == pytest.approx(waiting(played, leg))
    with pytest.raises(InputError, match="no such leg"):
        waiting(played, "aktau>alta:containers")
