"""Dry cargo sent, delivered and lost, by hand and against the engine's balance."""

from __future__ import annotations

import pytest
from builders import scenario
from freight_by_hand import ByHand, with_fields
from made_up_corridors import freight_network
from made_up_freight import freight_record

from sim.engine.journal import Load, LostCargo, PortCall
from sim.errors import InputError
from sim.measures import DRY, MEASURES, OIL, Record, summarise
from sim.measures.freight.lines import line_queue
from sim.measures.freight.yards import legs_from, yard_queue
from sim.studies.runs import run


def measured(record: Record, measure: str, element: str, *window: float) -> float | None:
    return MEASURES[measure](record, element, *window)


@pytest.fixture(scope="module")
def played() -> Record:
    return freight_record()


@pytest.fixture(scope="module")
def simulated() -> Record:
    return run(scenario(freight_network(), 90))


def test_a_lot_counts_where_it_was_when() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle(amount=100.0)
    record = by_hand.record()
    for measure, element, window, value in (
        ("containers", "middle", (0.0, 25.0), 0.0),
        ("containers", "middle", (25.0, 26.0), 100.0),
        ("containers", "boxes-west>middle", (), 100.0),
        ("containers", "boxes-west>north", (), 0.0),
        ("freight", "*", (), 1.2),
        ("freight", "kazakh-exports", (), 0.0),
        ("containers sent", "boxes-*", (1.0, 2.0), 100.0),
        ("containers sent", "*", (2.0, 100.0), 0.0),  # later legs are not sent again
        ("sent", "containers>middle", (), 1.2),
        ("passed", "aktau-alat", (), 100.0),
        ("passed", "aktau-alat>alat", (15.0, 16.5), 100.0),
        ("passed", "aktau-alat>aktau", (), 0.0),
        ("passed", "tag:caspian", (), 100.0),
        ("passed tonnes", "alat-kars", (), 1.2),
        ("corridor share", "*>middle", (), 100.0),
        ("transport cost", "middle", (), 3000.0),
    ):
        assert measured(record, measure, element, *window) == pytest.approx(value), (measure, element)
    assert measured(record, "corridor share", "*>middle", 0.0, 10.0) is None
    assert measured(record, "transport cost", "north") is None


def test_cost_is_the_mean_of_what_was_delivered() -> None:
    by_hand = ByHand()
    by_hand.through_the_middle(amount=100.0)
    n = by_hand.lot(300.0, 0.0, "ocean.containers")
    by_hand.trip(
        by_hand.leg("china", "europe", line="china-europe"), "", [(n, 300.0, 0.0)], 0.0, 0.0, 35.0, 35.0
    )
    record = by_hand.record()
    assert measured(record, "transport cost", "*") == pytest.approx((3000.0 + 3 * 1800.0) / 4)
    assert measured(record, "corridor share", "boxes-west>ocean") == pytest.approx(75.0)


def test_in_time_late_diverted_and_not_sent_are_distinguished() -> None:
    """Of four lots one leaves in time, one after nine days, one goes by ocean after ten, one waits on."""
    by_hand = ByHand(days=30.0)
    land, ocean = by_hand.leg("china", "aktau"), by_hand.leg("china", "europe", line="china-europe")
    lots = [by_hand.lot(100.0, 0.0) for _ in range(2)]
    lots += [by_hand.lot(100.0, 0.0, "ocean.containers"), by_hand.lot(100.0, 0.0)]
    by_hand.trip(land, "trains.containers", [(lots[0], 100.0, 0.0)], 1.0, 2.0)
    by_hand.trip(land, "trains.containers", [(lots[1], 100.0, 0.0)], 8.0, 9.0)
    by_hand.trip(ocean, "", [(lots[2], 100.0, 0.0)], 10.0, 10.0)
    by_hand.journal.waiting.append((land, Load(lots[3], 100.0, 0.0)))
    by_hand.journal.lost += [
        LostCargo(10.0, "boxes-west", "middle.containers", 100.0, 0.0, "rebooked"),
        LostCargo(5.0, "boxes-west", "", 100.0, 0.0, "refused"),
        LostCargo(12.0, "kazakh-exports", "middle.wagons", 600.0, 1.0, "dropped"),
    ]
    record = by_hand.record()
    assert measured(record, "sent on time", "boxes-west") == pytest.approx(
        100.0 / 5
    )  # of 4 lots and the refused
    assert measured(record, "sent on time", "middle.containers") == pytest.approx(100.0 / 4)
    assert measured(record, "containers delayed", "*") == 100.0
    assert measured(record, "delayed", "*") == pytest.approx(1.2)
    assert measured(record, "containers to the ocean", "middle") == 100.0
    assert measured(record, "containers to the ocean", "north") == 0.0
    assert measured(record, "to the ocean", "*", 0.0, 10.0) == 0.0
    assert measured(record, "not sent", "*") == pytest.approx(1.2 + 0.6)
    assert measured(record, "not sent", "middle") == pytest.approx(0.6)  # the refused named no way
    assert measured(record, "containers not sent", "*") == 100.0


def test_cargo_created_in_the_last_week_is_left_out() -> None:
    by_hand = ByHand(days=30.0)
    by_hand.journal.waiting.append(
        (by_hand.leg("china", "aktau"), Load(by_hand.lot(100.0, 25.0), 100.0, 25.0))
    )
    assert measured(by_hand.record(), "sent on time", "*") is None


def test_quays_are_used_while_cargo_is_worked() -> None:
    by_hand = ByHand(days=10.0)
    by_hand.journal.port_calls += [
        PortCall("feeders", 0, "aktau.feeders", 1.0, 2.0, 4.0, 1.0, 50.0, 150.0),
        PortCall("ferries", 0, "aktau.ferries", 5.0, 5.0, 6.0, 0.5, 0.0, 1800.0),
        PortCall("feeders", 0, "alat.feeders", 5.0, 5.5, 6.5, 1.0, 150.0, 0.0),
    ]
    record = by_hand.record()
    assert measured(record, "quay use", "aktau") == pytest.approx(100.0 * 1.5 / 20.0)
    assert measured(record, "quay use", "aktau", 3.0, 4.0) == pytest.approx(25.0)  # half of one of two quays
    assert measured(record, "quay use", "aktau+alat") == pytest.approx(100.0 * 2.5 / 40.0)
    assert measured(record, "quay occupied", "aktau.feeders") == pytest.approx(20.0)
    assert measured(record, "quay wait", "aktau.feeders") == pytest.approx(24.0)
    assert measured(record, "containers handled", "aktau") == 200.0
    assert measured(record, "handled", "aktau") == pytest.approx(2.4 + 1.8)
    closed = ByHand(network=with_fields(by_hand.network, "quays", "aktau.ferries", in_service=False))
    assert measured(closed.record(), "quay use", "aktau.feeders") == 0.0
    assert "aktau.ferries" not in MEASURES["quay use"].elements(closed.record())


def test_ships_are_as_full_as_their_trips_there_and_back() -> None:
    by_hand = ByHand(days=10.0)
    n = by_hand.lot(200.0, 0.0)
    by_hand.trip(by_hand.leg("aktau", "alat"), "feeders", [(n, 200.0, 0.0)], 1.0, 2.0, 3.0, 4.0)
    by_hand.trip(by_hand.leg("alat", "aktau"), "feeders", [], 5.0, 5.0, 6.0, 6.0)
    record = by_hand.record()
    assert measured(record, "service use", "feeders") == 50.0
    assert measured(record, "service use", "ferries") is None


def test_a_ship_that_lies_waiting_for_more_cargo_is_not_busy() -> None:
    """Loading 200 TEU at 400 a day and casting off take 0.55 days of the five that it lies; a storm, half."""
    by_hand = ByHand(days=10.0)
    n = by_hand.lot(200.0, 0.0)
    by_hand.trip(by_hand.leg("aktau", "alat"), "feeders", [(n, 200.0, 0.0)], 0.0, 5.0, 6.0, 7.0)
    record = by_hand.record()
    layover = 0.5
    assert measured(record, "service busy", "feeders") == pytest.approx(100.0 * (0.55 + 2.0 + layover) / 20.0)
    by_hand.storm("aktau", 1.0, 1.5)
    assert measured(by_hand.record(), "service busy", "feeders") == pytest.approx(100.0 * 3.55 / 20.0)
    by_hand.journal.log_step("share", "feeders", 5.0, 0.5)  # one of two is laid up from day 5
    assert measured(by_hand.record(), "service busy", "feeders") == pytest.approx(100.0 * 3.55 / 15.0)
    assert measured(by_hand.record(), "service busy", "trains.containers") is None


def test_yards_hold_cargo_that_is_ready_and_not_loaded() -> None:
    by_hand = ByHand(days=20.0)
    one, two = by_hand.lot(300.0, 0.0), by_hand.lot(600.0, 0.0)
    by_hand.trip(by_hand.leg("aktau", "alat"), "feeders", [(one, 300.0, 2.0)], 7.0, 8.0, 9.0, 10.0)
    by_hand.journal.waiting.append((by_hand.leg("aktau", "alat"), Load(two, 600.0, 5.0)))
    record = by_hand.record()
    assert measured(record, "yard fullest", "aktau.containers") == pytest.approx(60.0)
    assert measured(record, "yard fullest", "aktau.containers", 8.0, 20.0) == pytest.approx(40.0)
    whole = 300.0 * 5 + 600.0 * 15
    assert measured(record, "yard fill", "aktau.containers") == pytest.approx(100.0 * whole / 20 / 1500.0)
    assert measured(record, "yard fill", "aktau.wagons") == 0.0


def test_a_yard_that_grows_is_full_by_what_it_holds_then() -> None:
    by_hand = ByHand(days=20.0)
    lots = by_hand.lot(900.0, 0.0)
    by_hand.journal.waiting.append((by_hand.leg("aktau", "alat"), Load(lots, 900.0, 0.0)))
    by_hand.journal.log_event(10.0, "changes", "aktau.containers", 3000.0)
    record = by_hand.record()
    assert measured(record, "yard fullest", "aktau.containers") == pytest.approx(60.0)
    assert measured(record, "yard fullest", "aktau.containers", 10.0, 20.0) == pytest.approx(30.0)
    assert measured(record, "yard fill", "aktau.containers") == pytest.approx(45.0)


def test_trains_are_held_from_their_arrival_until_there_is_room() -> None:
    by_hand = ByHand(days=20.0)
    leg = by_hand.leg("china", "aktau")
    for born, times in ((0.0, (0.0, 0.0, 0.5, 0.5, 9.0, 12.0)), (1.0, (1.0, 1.0, 1.5, 1.5, 10.0))):
        by_hand.trip(leg, "trains.containers", [(by_hand.lot(100.0, born), 100.0, born)], *times)
    record = by_hand.record()
    assert measured(record, "held", "aktau.containers") == pytest.approx(3.0 + 10.0)
    assert measured(record, "held", "aktau.containers", 11.0, 13.0) == pytest.approx(1.0 + 2.0)


def test_queues_count_trains_that_wait_for_a_path() -> None:
    by_hand = ByHand(days=20.0)
    leg = by_hand.leg("china", "aktau")
    for times in ((0.0, 3.0), (1.0, 4.0), (2.0,)):
        by_hand.trip(leg, "trains.containers", [(by_hand.lot(100.0, 0.0), 100.0, 0.0)], *times)
    record = by_hand.record()
    queue = line_queue(record, "china-altynkol>altynkol")
    assert (queue.times, queue.values) == ([0.0, 1.0, 2.0, 3.0, 4.0], [1, 2, 3, 2, 1])
    assert measured(record, "longest queue", "china-altynkol>altynkol") == 3.0
    assert measured(record, "longest queue", "china-altynkol", 3.5, 10.0) == 2.0


def test_yards_never_hold_more_than_they_can(played: Record) -> None:
    for id, yard in played.network.yards.items():
        for leg in legs_from(played, id):
            assert max(yard_queue(played, leg).values) <= yard.capacity + 1e-6


def test_groups_add_up_to_all(played: Record) -> None:
    for measure in ("containers", "freight", "containers sent", "sent", "delayed", "not sent"):
        groups = sum(measured(played, measure, group) or 0.0 for group in ("north", "middle", "ocean"))
        demands = sum(measured(played, measure, id) or 0.0 for id in played.network.demands)
        whole = measured(played, measure, "*")
        assert whole == pytest.approx(groups) == pytest.approx(demands), measure
    shares = (
        measured(played, "corridor share", f"*>{group}") or 0.0 for group in ("north", "middle", "ocean")
    )
    assert sum(shares) == pytest.approx(100.0)


def test_arrivals_over_the_last_lines_are_the_deliveries(played: Record) -> None:
    ends = ("brest-europe", "kars-europe", "china-europe")
    assert sum(measured(played, "passed", line) or 0.0 for line in ends) == measured(
        played, "containers", "*"
    )


def test_measures_agree_with_the_balance_of_a_run(simulated: Record) -> None:
    """Delivered, dropped, in yards and under way, by measures of the journal and by the engine's ledger."""
    books = {line.cargo: line for line in simulated.freight_balance.lines}
    assert measured(simulated, "containers", "*") == pytest.approx(books["containers"].delivered)
    assert measured(simulated, "freight", "wagons") == pytest.approx(books["wagons"].delivered / 1e3)
    for cargo, line in books.items():
        lying = sum(
            yard_queue(simulated, number).values[-1]
            for number, leg in enumerate(simulated.freight.legs)
            if leg.cargo == cargo
        )
        assert lying == pytest.approx(line.in_yards, abs=1e-6)


def test_a_summary_has_no_oil_without_oil_and_no_freight_without_freight(simulated: Record) -> None:
    names = {value.measure for value in summarise(simulated)}
    assert not names & {measure.name for measure in OIL}
    assert names == {measure.name for measure in DRY}


def test_every_element_of_a_summary_can_be_measured_in_any_window(simulated: Record) -> None:
    for measure in DRY:
        for element in measure.elements(simulated):
            measure(simulated, element, 10.0, 10.5)
            assert measure(simulated, element) == measure(simulated, element, 0.0, 90.0)


@pytest.mark.parametrize(
    ("measure", "element"),
    [
        ("containers", "nroth"),
        ("freight", "boxes-west>nroth"),
        ("transit days", "middle@aktua"),
        ("passed", "aktau-alta"),
        ("passed", "tag:caspain"),
        ("quay use", "aktua"),
        ("service use", "feeder"),
        ("yard fill", "aktau.container"),
        ("not sent", "boxes"),
    ],
)
def test_what_is_not_there_is_an_error_and_not_a_zero(played: Record, measure: str, element: str) -> None:
    with pytest.raises(InputError) as caught:
        measured(played, measure, element)
    assert caught.value.faults[0].value == element
