"""Story of dry cargo: shifts of bookings, held trains, queues and losses, without small ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from freight_by_hand import ByHand
from made_up_freight import BOYCOTT, freight_record

from sim.engine.journal import CorridorChoice, LostCargo, PortCall
from sim.measures import Record
from sim.report.story import story
from sim.report.story_line import StoryLine


@pytest.fixture(scope="module")
def played() -> Record:
    return freight_record()


def texts(record: Record, words: str = "") -> list[str]:
    return [line.dated(record) for line in story(record) if words in line.text]


def test_a_boycott_has_its_share_and_the_names_of_the_refused_lines(played: Record) -> None:
    assert texts(played, "oycott") == [
        "02 Mar 00:00  Boycott of the north: 35% of all shippers refuse corridors over Line altynkol-brest,"
        " Line kazakhstan-brest"
    ]


def test_a_boycott_that_grows_has_another_line_and_ends_once() -> None:
    first = replace(BOYCOTT, label="Insurers", demands=("boxes-west",), start=10.0, end=20.0)
    grown = replace(first, share=0.0, premium=150.0, start=20.0, end=30.0)
    lines = texts(ByHand().record(boycotts=(first, grown)))
    assert lines == [
        "11 Jan 00:00  Boycott, Insurers: 35% of the shippers of Boxes to Europe refuse corridors over"
        " Line altynkol-brest, Line kazakhstan-brest",
        "21 Jan 00:00  Boycott, Insurers: premium of 150 USD for the shippers of Boxes to Europe",
        "31 Jan 00:00  Boycott, Insurers: ends",
    ]


def test_a_full_yard_has_its_time_and_the_trains_held(played: Record) -> None:
    lines = texts(played, "Aktau yard, containers")
    assert lines[0].endswith("Aktau yard, containers full; trains for it are held on the line")
    assert lines[-1].endswith("Aktau yard, containers still refuses trains; up to 11 held")
    assert len(lines) == 2


def moving(*shares: float) -> Record:
    """Record a demand whose share by the north changes week by week."""
    by_hand = ByHand()
    for week, share in enumerate(shares):
        for group, part in (("north", share), ("ocean", 1.0 - share)):
            by_hand.journal.choices.append(
                CorridorChoice(7.0 * week, "boxes-west", f"{group}.containers", part, 12.0)
            )
    return by_hand.record()


def test_a_large_shift_has_one_line_and_small_ones_none() -> None:
    assert texts(moving(0.80, 0.78, 0.74, 0.76, 0.78, 0.79)) == []
    assert texts(moving(0.80, 0.40, 0.42, 0.41, 0.44)) == [
        "08 Jan 00:00  Boxes to Europe: bookings shift, north 80% → 40%, ocean 20% → 60%"
    ]


def test_a_slow_shift_has_a_line_a_month() -> None:
    shares = [0.80 - 0.03 * week for week in range(13)]
    lines = texts(moving(*shares))
    assert [line.split("north ")[1].split(",")[0] for line in lines] == [
        "80% → 68%",
        "68% → 56%",
        "56% → 44%",
    ]


def test_demands_that_shift_alike_share_a_line() -> None:
    by_hand = ByHand()
    for demand, cargo in (("boxes-west", "containers"), ("kazakh-exports", "wagons")):
        for time, share in ((0.0, 0.9), (7.0, 0.5)):
            by_hand.journal.choices.append(CorridorChoice(time, demand, f"north.{cargo}", share, 12.0))
            by_hand.journal.choices.append(CorridorChoice(time, demand, f"middle.{cargo}", 1.0 - share, 12.0))
    lines = texts(by_hand.record())
    assert len(lines) == 1
    assert "Boxes to Europe, Kazakh exports: bookings shift, north 90% → 50%" in lines[0]


def test_losses_of_a_month_have_a_line_at_its_end_if_large() -> None:
    by_hand = ByHand(days=59.0)
    by_hand.journal.lost += [
        LostCargo(20.0, "boxes-west", "middle.containers", 500.0, 6.0, "rebooked"),
        LostCargo(21.0, "boxes-west", "", 200.0, 21.0, "refused"),
        LostCargo(40.0, "boxes-west", "middle.containers", 50.0, 26.0, "rebooked"),  # of 16,800 in February
        LostCargo(41.0, "kazakh-exports", "middle.wagons", 6000.0, 26.0, "dropped"),
    ]
    assert texts(by_hand.record()) == [
        "01 Feb 00:00  Containers in January: 500 TEU diverted to the ocean, 200 TEU not sent;"
        " mostly Boxes to Europe",
        "01 Mar 00:00  Cargo in wagons in February: 6.0 kt not sent; mostly Kazakh exports",
    ]


def queue(days: float, trains: int = 12) -> list[StoryLine]:
    by_hand = ByHand()
    leg = by_hand.leg("china", "aktau")
    for _ in range(trains):
        n = by_hand.lot(100.0, 0.0)
        by_hand.trip(leg, "trains.containers", [(n, 100.0, 0.0)], 10.0, 10.0 + days)
    return story(by_hand.record())


def test_queues_of_days_have_a_line_at_their_peak() -> None:
    assert queue(1.0) == queue(5.0, trains=6) == []
    assert [line.text for line in queue(5.0)] == [
        "12 trains wait for a path or room on Line china-altynkol, towards Altynkol,"
        " the peak between 11 Jan and 16 Jan"
    ]


def test_ships_that_wait_for_a_quay_have_a_line() -> None:
    by_hand = ByHand()
    for vehicle in range(3):
        call = PortCall("ferries", vehicle, "aktau.ferries", 10.0, 13.0 + vehicle, 20.0, 0.5, 0.0, 1800.0)
        by_hand.journal.port_calls.append(call)
    assert texts(by_hand.record()) == [
        "11 Jan 00:00  3 ships wait for a quay at Aktau, the peak between 11 Jan and 14 Jan"
    ]


def test_closures_of_freight_have_names() -> None:
    by_hand = ByHand()
    for id in ("aktau.feeders", "feeders", "boxes-west", "alat.containers"):
        by_hand.journal.log_event(5.0, "closes", id, 0.0, f"a reason for {id}")
    lines = texts(by_hand.record())
    for name in ("Aktau quay of feeders", "Feeders", "Boxes to Europe", "Alat yard, containers"):
        assert any(f"  {name} shut (" in line for line in lines)


def test_storms_have_a_line_where_there_are_ships() -> None:
    by_hand = ByHand()
    by_hand.storm("aktau", 5.0, 8.0)
    by_hand.storm("kars", 5.0, 8.0)
    assert texts(by_hand.record()) == ["06 Jan 00:00  Storm at Aktau for 3.0 days"]
