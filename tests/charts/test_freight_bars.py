"""Days, use and outcome: bars as long as the measures and the journal say."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from made_up_freight import DAYS, freight_network, freight_record
from marks import bars, names, of_kind, row_total

from sim.charts.chart import Dots, Text
from sim.charts.freight.days import LOOKS, days, rows_of
from sim.charts.freight.groups import main_choices, main_corridor
from sim.charts.freight.outcome import outcome, outcomes
from sim.charts.freight.use import BINDING, ROOM_LEFT, USED, use
from sim.engine.journal import Journal
from sim.measures import MEASURES, Record, bottlenecks, days_by_leg
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.service_level import IN_TIME
from sim.network.elements import Cargo


@cache
def record() -> Record:
    return freight_record()


def boxes() -> Cargo:
    return record().network.cargoes["containers"]


def test_the_legs_of_the_main_corridor_and_every_whole_corridor_have_a_row() -> None:
    corridor = main_corridor(record(), "containers")
    assert corridor is not None and corridor.group == "middle"
    assert [choice.group for choice in main_choices(record(), "containers")] == ["north", "middle", "ocean"]
    (panel,) = days(record(), boxes()).panels
    assert [row.name for row in panel.rows] == [
        "Legs of the middle corridor",
        "China → Aktau",
        "Aktau → Alat",
        "Alat → Europe",
        "Whole corridors",
        "North, containers",
        "Middle, containers",
        "Ocean, containers",
    ]
    assert [row.name for row in panel.rows if row.heading] == [
        "Legs of the middle corridor",
        "Whole corridors",
    ]


def test_days_on_a_leg_are_the_mean_of_what_came_through_it() -> None:
    (number,) = [n for n, leg in enumerate(record().freight.legs) if leg.id == "aktau>alat:containers"]
    all_of_it, unit_days = 0.0, 0.0
    for trip in record().journal.trips:
        if trip.leg == number and len(trip.times) == 4:
            for load in trip.loads:
                all_of_it += load.amount
                unit_days += load.amount * (trip.times[-1] - load.ready)
    (panel,) = days(record(), boxes()).panels
    assert row_total(panel, "Aktau → Alat") == pytest.approx(unit_days / all_of_it)


def test_a_whole_corridor_is_the_days_of_what_went_by_it_alone() -> None:
    (all_of_it,) = [way for way in rows_of(record(), boxes()) if way.name == "Middle, containers"]
    own = days_by_leg(record(), "middle.containers")
    assert len(own) == 3
    assert all_of_it.parts == pytest.approx(
        {LOOKS[kind][0]: sum(leg.days[kind] for leg in own) for kind in ACTIVITIES}
    )


def test_each_activity_of_the_jam_has_a_layer_and_each_row_its_total() -> None:
    (panel,) = days(record(), boxes()).panels
    assert set(bars(panel)) == {
        "moving, borders included",
        "waiting for a path, or room ahead",
        "in a yard, for a train or ship",
        "loading, waiting for a quay, unloading",
        "storm",
        "held, the yard ahead being full",
    }
    for text in of_kind(panel, Text):
        assert text.text == f"{row_total(panel, panel.rows[int(text.y)].name):.1f}"


def test_the_finding_on_days_is_the_longest_wait_on_the_main_corridor() -> None:
    (all_of_it,) = [way for way in rows_of(record(), boxes()) if way.name == "Middle, containers"]
    longest = max(days for name, days in all_of_it.parts.items() if name != LOOKS["moving"][0])
    finding = days(record(), boxes()).finding
    assert finding.startswith(f"Middle, containers: {all_of_it.total:.1f} days")
    assert f"{100 * longest / all_of_it.total:.0f} % of them" in finding


def test_totals_of_a_reference_run_are_dots() -> None:
    (panel,) = days(record(), boxes(), record()).panels
    (dots,) = of_kind(panel, Dots)
    for total, row in zip(dots.x, dots.y, strict=True):
        assert total == pytest.approx(row_total(panel, panel.rows[int(row)].name))


def test_use_is_that_of_the_measures() -> None:
    (panel,) = use(record()).panels
    network = record().network
    for id in ("feeders", "ferries"):
        busy = MEASURES["service busy"](record(), id)
        assert row_total(panel, network.services[id].name) == pytest.approx(busy)
    for id, quay in network.quays.items():
        assert row_total(panel, quay.name) == pytest.approx(MEASURES["quay use"](record(), id))


def test_what_binds_has_a_layer_of_its_own_and_its_share_of_the_waiting() -> None:
    (panel,) = use(record()).panels
    layers = bars(panel)
    binding = {constraint.name for constraint in bottlenecks(record()) if constraint.binds}
    marked = {
        row.name for row, length in zip(panel.rows, layers[BINDING].lengths, strict=True) if length >= 0.0
    }
    assert marked == binding
    assert marked
    texts = {panel.rows[int(text.y)].name: text.text for text in of_kind(panel, Text)}
    assert all("of the waiting of" in texts[name] for name in marked)
    assert {USED, ROOM_LEFT} <= set(layers)


def test_ships_and_quays_are_sorted_by_use() -> None:
    (panel,) = use(record()).panels
    layers = bars(panel)
    used = np.nan_to_num(layers[BINDING].lengths) + np.nan_to_num(layers[USED].lengths)
    headings = [n for n, row in enumerate(panel.rows) if row.heading]
    for first, last in zip(headings, [*headings[1:], len(panel.rows)], strict=True):
        assert used[first + 1 : last].tolist() == sorted(used[first + 1 : last], reverse=True)


def test_the_finding_on_use_is_what_most_cargo_waits_for() -> None:
    first = max((each for each in bottlenecks(record()) if each.binds), key=lambda each: each.part)
    assert use(record()).finding.startswith(f"{first.name}: {first.use:.0f} % used")


def test_what_became_of_a_demand_adds_up_to_what_it_had_to_send() -> None:
    until = DAYS - IN_TIME
    for demand in record().network.demands:
        booked = sum(
            lot.amount
            for lot in record().journal.consignments
            if lot.demand == demand and 0.0 <= lot.created < until
        )
        dropped = sum(
            lost.amount
            for lost in record().journal.lost
            if lost.demand == demand and lost.kind != "rebooked" and 0.0 <= lost.ready < until
        )
        assert sum(outcomes(record(), demand).values()) == pytest.approx(booked + dropped, rel=0.01)


def test_what_left_in_time_is_the_share_of_the_measure() -> None:
    amounts = outcomes(record(), "kazakh-exports")
    share = MEASURES["sent on time"](record(), "kazakh-exports")
    assert 100.0 * amounts["in time"] / sum(amounts.values()) == pytest.approx(share)


def test_what_was_diverted_to_the_ocean_is_apart_from_what_was_booked_there() -> None:
    lost = [each for each in record().journal.lost if each.demand == "boxes-west" and each.kind == "rebooked"]
    assert outcomes(record(), "boxes-west")["diverted"] == sum(each.amount for each in lost)
    assert {
        "left within 7 days",
        "by ocean, as booked",
        "diverted to the ocean after waiting",
        "not sent",
    } <= names(outcome(record()))


def test_each_demand_has_all_of_its_cargo_and_how_much_there_was() -> None:
    (panel,) = outcome(record()).panels
    assert [row.name for row in panel.rows] == [demand.name for demand in freight_network().demands.values()]
    assert all(row_total(panel, row.name) == pytest.approx(100.0) for row in panel.rows)
    texts = [text.text for text in of_kind(panel, Text)]
    assert any(text.endswith("TEU") for text in texts) and any(text.endswith("Mt") for text in texts)


def test_a_run_in_which_nothing_moves_says_so() -> None:
    still = freight_record(journal=Journal(until=DAYS))
    assert days(still, boxes()).panels[0].empty == "Nothing came through"
    assert days(still, boxes()).finding == "Nothing came all the way through the main corridor"
    assert outcome(still).finding == outcome(still).panels[0].empty == "Nothing was to be sent"
    assert use(still).finding.startswith("No bottleneck: ")
