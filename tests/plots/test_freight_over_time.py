"""The pictures of boxes and wagons over time: what they say, and that it is what the journal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import matplotlib
import numpy as np
import pytest
from made_up_freight import DAYS, freight_network, freight_record
from made_up_records import Span
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from seen import assert_nothing_overlaps, edges_at, legend, words

from sim.engine.journal import Journal
from sim.measures import MEASURES, BoycottSpan, Record
from sim.measures.freight.yards import yard_queue
from sim.plots.beside import corridors_overlay
from sim.plots.corridors import corridors
from sim.plots.crossings import crossings, landed, width_for
from sim.plots.facets import Facet
from sim.plots.freight import daily, delivered, events
from sim.plots.space_time import space_time
from sim.plots.style import blank
from sim.plots.transit import trailing, transit
from sim.plots.yards import Pile, _draw, fullest, piles, yards

DAY_ONE = date2num(date(2022, 1, 1))
MANY = tuple(
    Span(label=label, elements=(), start=start, end=end, remaining=0.0, planned=planned)
    for label, start, end, planned in (
        ("A stop of all wagons for Kuryk while those that had gathered there are taken on", 40, 70, False),
        ("Storm off Aktau", 90, 96, False),
        ("Storm off Aktau", 120, 122, False),
        ("Poland closes its border with Belarus", 93, 140, False),
        ("Works on the line to Kars, between Marabda and Akhalkalaki, for a year and more", 150, 200, True),
        ("Works at Brest", 10, 20, True),
    )
)
BOYCOTTS = tuple(
    BoycottSpan(label=label, elements=(), demands=(), share=share, premium=100.0, start=start, end=end)
    for label, share, start, end in (
        ("Boycott of the north by most of those who insure boxes", 0.35, 60.0, 100.0),
        ("Boycott of the north by most of those who insure boxes", 0.465, 100.0, DAYS),
        ("Kazakh trade", 0.2, 70.0, 90.0),
        ("War risk", 0.0, 30.0, DAYS),
    )
)
PLOTS = {
    "corridors": lambda made, ax=None: corridors(made, "containers", ax),
    "corridors of wagons": lambda made, ax=None: corridors(made, "wagons", ax),
    "ports": lambda made, ax=None: crossings(made, "containers", ax),
    "ports of wagons": lambda made, ax=None: crossings(made, "wagons", ax),
    "transit": lambda made, ax=None: transit(made, "containers", ax),
    "yards": lambda made, ax=None: yards(made, ax),
    "space-time": lambda made, ax=None: space_time(made, "containers", ax),
    "beside": lambda made, ax=None: corridors_overlay([made, made], ["As usual", made.title], ax),
}
UNITS = {
    "corridors": "TEU/day", "corridors of wagons": "kt/day", "ports": "TEU/day", "ports of wagons": "kt/day",
    "transit": "days", "yards": "in its unit", "space-time": "km", "beside": "in its unit",
}  # fmt: skip


@cache
def record() -> Record:
    return freight_record()


def empty() -> Record:
    return freight_record(journal=Journal(until=DAYS))


@pytest.fixture(params=sorted(PLOTS))
def plot(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_picture_names_its_unit_its_scenario_closures_and_boycotts(plot: str) -> None:
    ax = PLOTS[plot](record())
    assert UNITS[plot] in ax.get_ylabel()
    assert record().title in ax.get_title(loc="left")
    assert {"Works at Brest (planned)", "Boycott of the north (35% refuse)"} <= set(words(ax))


def test_nothing_written_covers_anything_else(plot: str) -> None:
    assert_nothing_overlaps(PLOTS[plot](record()))
    crowded = freight_record(spans=MANY, boycotts=BOYCOTTS, title="A rather long title of a scenario " * 5)
    assert_nothing_overlaps(PLOTS[plot](crowded))


def test_pictures_are_drawn_on_the_axes_that_are_given(plot: str) -> None:
    ax = blank()
    assert PLOTS[plot](record(), ax) is ax
    assert ax.figure.get_size_inches().tolist() == [10.0, 5.0]


def test_pictures_leave_matplotlib_settings_alone(plot: str) -> None:
    before = dict(matplotlib.rcParams)
    PLOTS[plot](record())
    assert dict(matplotlib.rcParams) == before


def test_time_is_told_as_dates_over_the_whole_run(plot: str) -> None:
    ax = PLOTS[plot](record())
    assert ax.get_xlim() == (DAY_ONE, DAY_ONE + DAYS)
    assert ax.get_xticklabels()[0].get_text() == "Jan\n2022"


def test_a_run_in_which_nothing_moves_says_so(plot: str) -> None:
    ax = PLOTS[plot](empty())
    assert any(text.startswith(("nothing", "no ship")) for text in words(ax))


def test_a_boycott_is_marked_at_its_beginning_but_does_not_colour_the_picture() -> None:
    ax = corridors(freight_record(spans=()), "containers")
    dashed = [line for line in ax.lines if line.is_dashed()]
    assert [line.get_xdata()[0] for line in dashed] == [DAY_ONE + record().boycotts[0].start]
    assert not [patch for patch in ax.patches if patch.get_alpha() == 0.13]


def test_boycotts_of_one_label_are_named_once_with_their_shares_in_order_of_time() -> None:
    told = words(corridors(freight_record(spans=(), boycotts=BOYCOTTS), "containers"))
    assert "Boycott of the north by most of those who insure boxes (35%, then 46.5% refuse)" in told
    assert {"Boycott: Kazakh trade (20% refuse)", "Boycott: War risk (dearer)"} <= set(told)


@pytest.mark.parametrize(("cargo", "divisor"), [("containers", 1.0), ("wagons", 1e3)])
def test_corridors_stack_up_to_all_that_arrives(cargo: str, divisor: float) -> None:
    ax = corridors(record(), cargo)
    loads = record().trip_table.loads
    arrived = [
        (done, amount)
        for done, amount, last, leg in zip(loads.delivered, loads.amount, loads.last, loads.leg, strict=True)
        if last and record().freight.legs[leg].cargo == cargo
    ]
    for day in (40.0, 130.0):
        week = sum(amount for done, amount in arrived if day - 3.5 <= done < day + 3.5)
        assert max(edges_at(ax, DAY_ONE + day)) == pytest.approx(week / 7 / divisor)


def test_the_smallest_corridor_lies_at_the_bottom_and_the_ocean_on_top() -> None:
    assert legend(corridors(record(), "containers")) == ["Middle", "North", "Ocean"]


def test_what_is_drawn_as_delivered_is_what_the_measure_counts() -> None:
    containers = MEASURES["containers"]
    for group, some in delivered(record(), "containers").items():
        inside = (some.times >= 0.0) & (some.times < DAYS)
        assert some.amounts[inside].sum() == pytest.approx(containers(record(), f"containers>{group}"))


def test_no_mean_runs_across_the_edge_of_a_closure() -> None:
    shut = Span(label="Shut", elements=(), start=100.0, end=150.0, remaining=0.0, planned=False)
    some = events(np.arange(0.5, 100.0), np.full(100, 3.0))
    means = daily(freight_record(spans=(shut,)), some, np.asarray([50.0, 98.0, 100.0, 101.0]), 7.0)
    assert means.tolist() == pytest.approx([3.0, 3.0, 0.0, 0.0], abs=0.3)
    assert means[2:].tolist() == [0.0, 0.0]


def test_landings_are_told_by_crossing_westward_above_and_eastward_below() -> None:
    ax = crossings(record(), "wagons")
    assert legend(ax) == ["Aktau – Alat"]
    assert {"westward", "eastward"} <= set(words(ax))
    (both,) = landed(record(), "wagons").values()
    weeks = both[True].amounts[(both[True].times >= 86.0) & (both[True].times < 114.0)].sum()
    assert max(edges_at(ax, DAY_ONE + 100.0)) == pytest.approx(weeks / 28 / 1e3)
    assert both[False].amounts.sum() == 0.0
    ax.figure.draw_without_rendering()
    assert not any("−" in label.get_text() for label in ax.get_yticklabels())


def test_few_landings_are_smoothed_over_four_weeks() -> None:
    assert any("28-day mean" in text for text in words(crossings(record(), "containers")))
    often = landed(record(), "wagons")
    (both,) = often.values()
    both[True] = events(np.arange(DAYS), np.ones(200))
    assert width_for(record(), often) == 7.0


def test_transit_is_the_median_and_ninetieth_percentile_of_the_fortnight_before() -> None:
    ax = transit(record(), "containers")
    lines = {line.get_label().split(":")[0]: line for line in ax.lines if ":" in str(line.get_label())}
    assert set(lines) == {"North", "Middle", "Ocean"}
    median, late = MEASURES["transit days"], MEASURES["long transit"]
    for group, line in lines.items():
        for day in (60.0, 150.0):
            element = f"containers>{group.lower()}"
            found = np.interp(DAY_ONE + day, line.get_xdata(), line.get_ydata())
            assert found == pytest.approx(median(record(), element, day - 14.0 + 1e-9, day + 1e-9))
            assert any(
                edge == pytest.approx(late(record(), element, day - 14.0 + 1e-9, day + 1e-9))
                for edge in edges_at(ax, DAY_ONE + day)
            )


def test_where_nothing_arrived_transit_has_a_gap() -> None:
    times = np.arange(0.0, 31.0)
    median, late = trailing(times, 5.0, np.asarray([10.0, 12.0]), np.asarray([7.0, 9.0]), np.ones(2))
    assert np.isnan(median[[9, 17, 30]]).all()
    assert median[[10, 13]].tolist() == [7.0, 7.0]
    assert late[13] == 9.0


def test_yards_show_what_waits_what_is_held_and_the_capacity() -> None:
    ax = yards(record())
    assert legend(ax) == ["Waiting in the yard", "Held before it", "Capacity each way on"]
    (pile,) = [one for one in piles(record()) if one.name == "Aktau, for Alat: containers (TEU)"]
    assert pile.name in words(ax)
    assert "1,500" in words(ax)
    legs = [n for n, leg in enumerate(record().freight.legs) if leg.id == "aktau>alat:containers"]
    level = yard_queue(record(), legs[0])
    until = min(time for time in level.times if time > 150.0)
    assert until < 151.0 or pile.waiting[150] == pytest.approx(level.values[level.times.index(until) - 1])
    assert max(pile.waiting) <= 1500.0 + 1e-6
    assert max(pile.held) > 0.0


def test_what_is_held_is_what_stands_on_trains_that_have_arrived_but_are_not_ashore() -> None:
    (pile,) = [one for one in piles(record()) if one.name == "Aktau, for Alat: cargo in wagons (kt)"]
    legs, days = record().freight.legs, 0.0
    for trip in record().journal.trips:
        leg = legs[trip.leg]
        if leg.end == "aktau" and leg.cargo == "wagons" and len(trip.times) >= 2 * len(leg.lines) + 1:
            done = trip.times[-1] if len(trip.times) == 2 * len(leg.lines) + 2 else DAYS
            arrived = trip.times[2 * len(leg.lines)]
            amount = sum(load.amount for load in trip.loads)
            days += amount * (max(done, 0.0) - max(arrived, 0.0)) / 1e3
    assert float(np.sum(pile.held)) == pytest.approx(days)


def test_what_waits_for_a_single_day_is_drawn_as_wide_as_that() -> None:
    waiting = np.zeros(200)
    waiting[[50, 60]] = 3.0
    pile = Pile(name="Short", capacity=4.0, waiting=waiting, held=np.zeros(200))
    ax = blank()
    _draw(ax, [Facet(name="Short", top=4.0)], 0, pile, DAY_ONE + np.arange(201.0))
    for day in (50.0, 51.0, 60.0, 61.0):
        assert max(edges_at(ax, DAY_ONE + day)) == pytest.approx(0.74 * 3.0 / 4.0)


def test_the_fullest_yards_are_shown_in_their_order() -> None:
    some = piles(record())
    assert [pile.name for pile in fullest(some)] == [pile.name for pile in some if pile in fullest(some)]
    assert len(fullest(some)) >= 3
    assert all(pile.most >= 0.25 * pile.capacity for pile in some[: len(fullest(some)) - 3])


def test_beside_has_a_row_for_each_cargo_and_group_and_both_runs_in_it() -> None:
    fewer = replace(record(), title="Fewer", journal=Journal(until=DAYS))
    ax = corridors_overlay([fewer, record()], ["Fewer", "All"])
    assert {
        "North, containers (TEU/day)", "Middle, containers (TEU/day)", "Ocean, containers (TEU/day)",
        "North, cargo in wagons (kt/day)", "Middle, cargo in wagons (kt/day)",
    } <= set(words(ax))  # fmt: skip
    assert legend(ax) == ["Fewer", "All", "Difference"]
    assert ax.get_title(loc="left") == "All, against “Fewer”"
    north = daily(record(), delivered(record(), "containers")["north"], np.arange(0.0, DAYS + 1), 7.0)
    lines = [line for line in ax.lines if line.get_color() == "#D55E00" and len(line.get_xdata()) > 2]
    drawn = np.asarray(lines[0].get_ydata())
    assert drawn - 4.0 == pytest.approx(0.74 * north / north.max())


def test_beside_shows_runs_of_other_dates_and_other_cargoes() -> None:
    network = freight_network()
    boxes = {id: one for id, one in network.corridors.items() if one.cargo == "containers"}
    demands = {id: one for id, one in network.demands.items() if one.cargo == "containers"}
    small = replace(network, corridors=boxes, demands=demands)
    late = freight_record(network=small, start=date(2022, 3, 1), journal=Journal(until=DAYS), boycotts=())
    ax: Axes = corridors_overlay([record(), late], ["Early", "Late"])
    assert ax.get_xlim() == (DAY_ONE, DAY_ONE + 59.0 + DAYS)
