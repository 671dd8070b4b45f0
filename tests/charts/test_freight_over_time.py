"""Charts of freight over time: values, names and findings are those of the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from made_up_freight import DAYS, freight_record
from marks import layers, lines, names, of_kind, top_at, value_at

from sim.charts.chart import Band, Chart, Limit
from sim.charts.freight.corridors import corridors
from sim.charts.freight.corridors_difference import corridors_difference
from sim.charts.freight.ports import landings, ports
from sim.charts.freight.transit import trailing, transit
from sim.charts.freight.waiting import (
    Queues,
    line_queues,
    port_queues,
    quays,
    ships_wait,
    trains,
    trains_wait,
)
from sim.charts.freight.windows import window_for
from sim.charts.freight.yards import FULL_ENOUGH, MIN_ROWS, fullest, piles, yards
from sim.engine.journal import Journal
from sim.measures import MEASURES, BoycottSpan, Record
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.freight.yards import yard_queue
from sim.measures.series import step_means
from sim.measures.smoothing import Events
from sim.network.elements import Cargo


@cache
def record() -> Record:
    return freight_record()


def empty() -> Record:
    return freight_record(journal=Journal(until=DAYS))


def cargo(id: str) -> Cargo:
    return record().network.cargoes[id]


def arrived(id: str, first: float, last: float) -> float:
    """Return the arrivals of a cargo in a window of days, from the table of trips."""
    loads = record().trip_table.loads
    of_cargo = np.array([leg.cargo == id for leg in record().freight.legs])[loads.leg]
    rows = of_cargo & loads.last & (loads.delivered >= first) & (loads.delivered < last)
    return float(loads.amount[rows].sum())


@pytest.mark.parametrize(("id", "divisor"), [("containers", 1.0), ("wagons", 1e3)])
def test_corridors_stack_up_to_all_that_arrives(id: str, divisor: float) -> None:
    width = window_for(record(), arrivals_by_group(record(), id).values())
    panel = corridors(record(), cargo(id)).panels[0]
    for day in (40.0, 130.0):
        amount = arrived(id, day - width / 2, day + width / 2)
        assert top_at(panel, day) == pytest.approx(amount / width / divisor)


def test_the_smallest_corridor_lies_at_the_bottom_and_the_ocean_on_top() -> None:
    assert list(layers(corridors(record(), cargo("containers")).panels[0])) == ["Middle", "North", "Ocean"]


def test_a_corridor_too_thin_to_follow_has_a_row_of_its_own_with_the_reference_run() -> None:
    boxes = cargo("containers")
    table = record().trip_table
    thin = np.array([record().network.corridors[id].group == "middle" for id in table.corridors])
    amounts = np.where(thin[table.loads.corridor], table.loads.amount / 20, table.loads.amount)
    run = freight_record()
    run.__dict__["trip_table"] = replace(table, loads=replace(table.loads, amount=amounts))
    stack, own = corridors(run, boxes, record()).panels
    assert own.name.startswith("Middle alone")
    assert list(layers(own)) == ["Middle"]
    assert value_at(layers(own)["Middle"], 100.0) == value_at(layers(stack)["Middle"], 100.0)
    assert lines(own)["Reference run"].stroke.dash == "dash"


def test_lumpy_flows_are_smoothed_over_four_weeks() -> None:
    even = Events(np.arange(0.0, DAYS, 0.2), np.ones(1000))
    rare = Events(np.arange(0.0, DAYS, 4.0), np.ones(50))
    lumps = Events(np.arange(0.0, DAYS, 0.2), np.where(np.arange(1000) % 50, 0.001, 100.0))
    assert window_for(record(), [rare, even]) == 7.0
    assert window_for(record(), [rare]) == window_for(record(), [lumps]) == window_for(record(), []) == 28.0


def test_the_finding_on_corridors_has_the_sum_and_the_shares_of_the_measure() -> None:
    amounts = {
        group: MEASURES["containers"](record(), f"containers>{group}") or 0.0
        for group in ("north", "middle", "ocean")
    }
    total = sum(amounts.values())
    assert total == pytest.approx(arrived("containers", 0.0, DAYS))
    finding = corridors(record(), cargo("containers")).finding
    for group, amount in amounts.items():
        assert f"{100 * amount / total:.0f} % by {group}" in finding


def test_the_difference_of_two_runs_has_a_signed_row_for_each_cargo_and_group() -> None:
    none = replace(record(), title="None", journal=Journal(until=DAYS))
    chart = corridors_difference(record(), none)
    titles = [panel.name.split(":")[0] for panel in chart.panels]
    assert titles == [
        "North, containers",
        "Middle, containers",
        "Ocean, containers",
        "North, cargo in wagons",
        "Middle, cargo in wagons",
    ]
    assert all(panel.signed for panel in chart.panels)
    assert names(chart) == {"More"}
    assert names(corridors_difference(none, record())) == {"Less"}
    stack = corridors(record(), cargo("containers")).panels[0]
    for panel, group in zip(chart.panels[:3], ("North", "Middle", "Ocean"), strict=True):
        mine, theirs = layers(panel)["More"], layers(stack)[group]
        assert value_at(mine, 90.0) == pytest.approx(value_at(theirs, 90.0))


def test_the_finding_on_the_difference_is_its_total() -> None:
    none = replace(record(), journal=Journal(until=DAYS))
    north = MEASURES["containers"](record(), "containers>north") or 0.0
    (title,) = [
        panel.name
        for panel in corridors_difference(record(), none).panels
        if panel.name.startswith("North, containers")
    ]
    shown = title.removeprefix("North, containers: +").removesuffix(" TEU").replace(",", "")
    assert float(shown) == pytest.approx(north, rel=0.006)
    assert corridors_difference(record(), record()).finding == (
        "Arrivals by each corridor were those of the reference run"
    )


def test_one_crossing_is_drawn_as_a_line_each_way() -> None:
    chart = ports(record(), cargo("wagons"))
    (panel,) = chart.panels
    assert set(lines(panel)) == {"Westward", "Eastward"}
    (both,) = landings(record(), cargo("wagons")).values()
    weeks = both[True].amounts[(both[True].times >= 86.0) & (both[True].times < 114.0)].sum()
    assert value_at(lines(panel)["Westward"], 100.0) == pytest.approx(weeks / 28 / 1e3)
    assert not lines(panel)["Eastward"].values.any()
    assert chart.finding.startswith("Cargo in wagons, all by Aktau – Alat: ")
    assert chart.finding.endswith(" westward, 0 eastward")


def test_several_crossings_are_stacked_westward_above_and_eastward_below() -> None:
    run = freight_record()
    places, lines_ = dict(run.network.places), dict(run.network.lines)
    places["kuryk"] = replace(places["aktau"], id="kuryk", name="Kuryk", longitude=51.6)
    legs = list(run.freight.legs)
    index = next(n for n, leg in enumerate(legs) if leg.mode == "sea" and leg.cargo == "wagons")
    legs += [replace(legs[index], id="kuryk>alat:wagons", start="kuryk")]
    table = run.trip_table
    leg = table.trips.leg.copy()
    leg[np.flatnonzero(leg == index)[::2]] = len(legs) - 1
    run = replace(run, network=replace(run.network, places=places, lines=lines_))
    run.__dict__["trip_table"] = replace(table, legs=tuple(legs), trips=replace(table.trips, leg=leg))
    (panel,) = ports(run, cargo("wagons")).panels
    assert panel.signed
    assert (panel.above, panel.below) == ("westward", "eastward")
    assert set(layers(panel)) == {"Aktau – Alat", "Kuryk – Alat"}
    all_of_it = landings(record(), cargo("wagons")).popitem()[1][True]
    weeks = all_of_it.amounts[(all_of_it.times >= 86.0) & (all_of_it.times < 114.0)].sum()
    assert top_at(panel, 100.0) == pytest.approx(weeks / 28 / 1e3)


def test_transit_is_the_median_and_ninetieth_percentile_of_the_fortnight_before() -> None:
    (panel,) = transit(record(), cargo("containers")).panels
    medians = lines(panel)
    assert set(medians) == {"North, median", "Middle, median", "Ocean, median"}
    bands = {band.name: band for band in of_kind(panel, Band)}
    assert set(bands) == {"North, up to the 90th percentile", "Middle, up to the 90th percentile"}
    median, late = MEASURES["transit days"], MEASURES["long transit"]
    for group in ("north", "middle"):
        for day in (60, 150):
            element, window = f"containers>{group}", (day - 14.0 + 1e-9, day + 1e-9)
            assert medians[f"{group.capitalize()}, median"].values[day] == pytest.approx(
                median(record(), element, *window)
            )
            band = bands[f"{group.capitalize()}, up to the 90th percentile"]
            assert band.high[day] == pytest.approx(late(record(), element, *window))


def test_where_nothing_arrived_transit_has_a_gap() -> None:
    times = np.arange(0.0, 31.0)
    median, late = trailing(times, 5.0, np.asarray([10.0, 12.0]), np.asarray([7.0, 9.0]), np.ones(2))
    assert np.isnan(median[[9, 17, 30]]).all()
    assert median[[10, 13]].tolist() == [7.0, 7.0]
    assert late[13] == 9.0


def test_yards_show_what_waits_what_is_held_and_the_capacity() -> None:
    chart = yards(record())
    assert {"Waiting in the yard", "Held on trains before it", "Capacity each way"} == names(chart)
    (panel,) = [panel for panel in chart.panels if panel.name == "Aktau, for Alat, containers"]
    (limit,) = of_kind(panel, Limit)
    assert (limit.at, limit.label) == (1500.0, "1,500")
    (leg,) = [n for n, leg in enumerate(record().freight.legs) if leg.id == "aktau>alat:containers"]
    by_hand = step_means(yard_queue(record(), leg), DAYS, [150.0, 151.0])
    assert value_at(layers(panel)["Waiting in the yard"], 150.5) == pytest.approx(by_hand[0])


def test_what_is_held_is_what_stands_on_trains_that_have_arrived_but_are_not_ashore() -> None:
    (pile,) = [pile for pile in piles(record()) if pile.name == "Aktau, for Alat, cargo in wagons"]
    legs, days = record().freight.legs, 0.0
    for trip in record().journal.trips:
        leg = legs[trip.leg]
        if leg.end == "aktau" and leg.cargo == "wagons" and len(trip.times) >= 2 * len(leg.lines) + 1:
            done = trip.times[-1] if len(trip.times) == 2 * len(leg.lines) + 2 else DAYS
            since = trip.times[2 * len(leg.lines)]
            amount = sum(load.amount for load in trip.loads)
            days += amount * (max(done, 0.0) - max(since, 0.0)) / 1e3
    assert float(np.sum(pile.held)) == pytest.approx(days)


def test_the_fullest_yards_are_shown_in_their_order() -> None:
    filled = list(piles(record()))
    drawn = fullest(filled)
    assert drawn == [pile for pile in filled if pile in drawn]
    assert len(drawn) >= MIN_ROWS
    least = min(pile.peak for pile in drawn)
    assert all(pile.peak <= max(least, FULL_ENOUGH) for pile in filled if pile not in drawn)


@pytest.mark.parametrize(("chart", "queues"), [(trains, line_queues), (quays, port_queues)])
def test_queues_are_daily_means_of_what_waits(chart: Callable[[Record], Chart], queues: Queues) -> None:
    journal = freight_record().journal
    busy = freight_record(journal=replace(journal, port_calls=3 * journal.port_calls))
    assert trains_wait(busy) and ships_wait(busy) and not ships_wait(freight_record())
    panels = chart(busy).panels
    assert panels
    for panel in panels:
        by_hand = step_means(queues(busy)[panel.name], DAYS, [120.0, 121.0])
        assert top_at(panel, 120.5) == pytest.approx(by_hand[0])


def test_a_boycott_has_an_interval_for_each_step_and_its_shares_in_its_name() -> None:
    steps = tuple(
        BoycottSpan(label=label, elements=(), demands=(), share=share, premium=9.0, start=start, end=end)
        for label, share, start, end in (
            ("Boycott of the north", 0.35, 60.0, 100.0),
            ("Boycott of the north", 0.465, 100.0, DAYS),
            ("War risk", 0.0, 30.0, DAYS),
        )
    )
    chart = corridors(freight_record(boycotts=steps), cargo("containers"))
    by_name = {closure.name: closure for closure in chart.closures if closure.boycott}
    assert set(by_name) == {
        "Boycott of the north (35%, then 46.5% from 11 Apr refuse)",
        "Boycott: War risk (dearer)",
    }
    stepped = by_name["Boycott of the north (35%, then 46.5% from 11 Apr refuse)"]
    assert stepped.intervals == ((60.0, 100.0), (100.0, DAYS))


@pytest.mark.parametrize("build", [corridors, ports, transit])
def test_a_run_in_which_nothing_moves_says_so(build: Callable[[Record, Cargo], Chart]) -> None:
    chart = build(empty(), cargo("containers"))
    assert chart.finding.startswith(("No containers arrived", "No ship landed any"))
    assert chart.panels[0].empty


def test_empty_yards_say_so() -> None:
    chart = yards(empty())
    assert chart.finding == chart.panels[0].empty == "Nothing waited in a yard"
