"""Where the days go, what was used, and what became of each demand: bars that say what the journal says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import matplotlib
import pytest
from made_up_freight import DAYS, freight_network, freight_record
from seen import assert_nothing_overlaps, legend, words

from sim.engine.journal import Journal
from sim.measures import MEASURES, Record, bottlenecks, days_by_leg
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.service_level import IN_TIME
from sim.plots import days as by_leg
from sim.plots import outcome as what_became
from sim.plots import use as what_binds
from sim.plots.bars import Bar, reach
from sim.plots.days import days
from sim.plots.freight import main_choices, main_corridor
from sim.plots.outcome import fate, outcome
from sim.plots.style import blank
from sim.plots.use import BINDING, ROOM_LEFT, USED, use

PLOTS = {
    "days": lambda made, ax=None: days(made, "containers", ax),
    "days of wagons": lambda made, ax=None: days(made, "wagons", ax),
    "use": lambda made, ax=None: use(made, ax),
    "outcome": lambda made, ax=None: outcome(made, ax),
}


@cache
def record() -> Record:
    return freight_record()


@pytest.fixture(params=sorted(PLOTS))
def plot(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def lengths(bars: list[Bar]) -> dict[str, float]:
    return {bar.name: bar.length for bar in bars if not bar.heading}


def test_every_picture_names_its_unit_and_its_scenario(plot: str) -> None:
    ax = PLOTS[plot](record())
    assert "Days" in ax.get_xlabel() or "(%)" in ax.get_xlabel()
    assert ax.get_title(loc="left") == record().title


def test_nothing_written_covers_anything_else(plot: str) -> None:
    assert_nothing_overlaps(PLOTS[plot](record()))
    named = {
        id: replace(one, name=f"{one.name}, which has a name that goes on and on and on")
        for id, one in record().network.demands.items()
    }
    network = replace(record().network, demands=named)
    assert_nothing_overlaps(PLOTS[plot](replace(record(), network=network, title="A long title " * 12)))


def test_pictures_are_drawn_on_the_axes_that_are_given(plot: str) -> None:
    ax = blank()
    assert PLOTS[plot](record(), ax) is ax
    assert ax.figure.get_size_inches().tolist() == [10.0, 5.0]


def test_pictures_leave_matplotlib_settings_alone(plot: str) -> None:
    before = dict(matplotlib.rcParams)
    PLOTS[plot](record())
    assert dict(matplotlib.rcParams) == before


def test_a_run_in_which_nothing_moves_can_be_shown(plot: str) -> None:
    ax = PLOTS[plot](freight_record(journal=Journal(until=DAYS)))
    assert any(text.startswith(("nothing", "0%")) for text in words(ax))


def test_the_bars_drawn_are_as_long_as_their_parts() -> None:
    bars = by_leg.bars_of(record(), "containers")
    ax = days(record(), "containers")
    drawn: dict[float, float] = {}
    for patch in ax.patches:
        middle = round(patch.get_y() + patch.get_height() / 2, 6)
        drawn[middle] = drawn.get(middle, 0.0) + patch.get_width()
    names = {label.get_position()[1]: label.get_text() for label in ax.get_yticklabels()}
    told = {names[height]: length for height, length in drawn.items()}
    assert told == pytest.approx({bar.name: bar.length for bar in bars if bar.length})


def test_the_legs_of_the_main_corridor_and_every_whole_way_have_a_bar() -> None:
    corridor = main_corridor(record(), "containers")
    assert corridor is not None and corridor.group == "middle"
    assert [one.group for one in main_choices(record(), "containers")] == ["north", "middle", "ocean"]
    assert [bar.name for bar in by_leg.bars_of(record(), "containers")] == [
        "Legs of the middle corridor, all cargo on them",
        "China → Aktau", "Aktau → Alat", "Alat → Europe",
        "The whole way, what went by that corridor",
        "North, containers", "Middle, containers", "Ocean, containers",
    ]  # fmt: skip


def test_days_on_a_leg_are_the_mean_of_what_came_through_it() -> None:
    (number,) = [n for n, leg in enumerate(record().freight.legs) if leg.id == "aktau>alat:containers"]
    whole, tonne_days = 0.0, 0.0
    for trip in record().journal.trips:
        if trip.leg == number and len(trip.times) == 4:
            for load in trip.loads:
                whole += load.amount
                tonne_days += load.amount * (trip.times[-1] - load.ready)
    (spent,) = [one for one in days_by_leg(record(), "*") if one.leg.id == "aktau>alat:containers"]
    (bar,) = [bar for bar in by_leg.bars_of(record(), "containers") if bar.name == "Aktau → Alat"]
    assert list(bar.parts.values()) == pytest.approx([spent.days[kind] for kind in ACTIVITIES])
    assert bar.length == pytest.approx(tonne_days / whole)


def test_the_whole_way_is_the_days_of_what_went_by_that_corridor_alone() -> None:
    bars = by_leg.bars_of(record(), "containers")
    (whole,) = [bar for bar in bars if bar.name == "Middle, containers"]
    own = days_by_leg(record(), "middle.containers")
    assert len(own) == 3
    assert list(whole.parts.values()) == [
        pytest.approx(sum(one.days[kind] for one in own)) for kind in ACTIVITIES
    ]


def test_each_kind_of_wait_in_the_jam_has_a_part() -> None:
    assert {
        "moving, borders included", "waiting for a path, or room ahead", "in a yard, for a train or ship",
        "loading, waiting for a quay, unloading", "storm", "held, the yard ahead being full",
    } == set(legend(days(record(), "containers")))  # fmt: skip


def test_use_is_what_the_measures_say() -> None:
    found = lengths(what_binds.bars_of(record()))
    network = record().network
    for id in ("feeders", "ferries"):
        assert found[network.services[id].name] == pytest.approx(MEASURES["service busy"](record(), id))
    for id, quay in network.quays.items():
        assert found[quay.name] == pytest.approx(MEASURES["quay use"](record(), id))


def test_ships_are_parted_by_how_full_they_went_on_the_fuller_way() -> None:
    for constraint in bottlenecks(record()):
        if constraint.kind == "service":
            (bar,) = [bar for bar in what_binds.bars_of(record()) if bar.name == constraint.name]
            assert bar.parts.get(BINDING, bar.parts.get(USED)) == pytest.approx(constraint.use)
            busy = MEASURES["service busy"](record(), constraint.element)
            assert bar.parts[ROOM_LEFT] == pytest.approx(busy - constraint.use)


def test_all_that_binds_stands_out_with_its_part_of_the_waiting() -> None:
    bars = what_binds.bars_of(record())
    marked = {bar.name for bar in bars if BINDING in bar.parts}
    assert marked == {constraint.name for constraint in bottlenecks(record()) if constraint.binds}
    assert marked
    assert all("of the waiting of" in bar.told for bar in bars if bar.name in marked)
    assert BINDING in legend(use(record()))


def test_ships_and_quays_are_sorted_by_use() -> None:
    bars = what_binds.bars_of(record())
    (first, second) = [n for n, bar in enumerate(bars) if bar.name in ("Ships", "Quays")]
    for some in (bars[first + 1 : second], bars[second + 1 : second + 5]):
        used = [bar.parts.get(BINDING, bar.parts.get(USED, 0.0)) for bar in some]
        assert used == sorted(used, reverse=True)


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
        assert sum(fate(record(), demand).values()) == pytest.approx(booked + dropped, rel=0.01)


def test_what_left_in_time_is_the_share_that_the_measure_gives() -> None:
    amounts = fate(record(), "kazakh-exports")
    share = MEASURES["sent on time"](record(), "kazakh-exports")
    assert 100.0 * amounts["on time"] / sum(amounts.values()) == pytest.approx(share)


def test_what_gave_up_and_went_by_the_ocean_is_told_apart_from_what_was_booked_there() -> None:
    lost = [one for one in record().journal.lost if one.demand == "boxes-west" and one.kind == "rebooked"]
    assert fate(record(), "boxes-west")["rebooked"] == sum(one.amount for one in lost)
    told = legend(outcome(record()))
    assert {
        "left within 7 days",
        "by ocean, as booked",
        "by ocean, having waited in vain",
        "not sent",
    } <= set(told)


def test_each_demand_tells_how_much_there_was_in_its_unit() -> None:
    told = words(outcome(record()))
    assert any(text.endswith("TEU") for text in told) and any(text.endswith("kt") for text in told)
    bars = what_became.bars_of(record())
    assert [bar.length for bar in bars] == [pytest.approx(100.0)] * 2
    assert [bar.name for bar in bars] == [demand.name for demand in freight_network().demands.values()]


def test_what_is_written_after_a_bar_fits_into_the_axes() -> None:
    ax = blank()
    bars = [Bar(name="One", parts={"a": 10.0}, told="a rather long text that stands after the bar")]
    reach(ax, bars)
    assert ax.get_xlim()[1] > 12.0
    reach(ax, [], least=5.0)
    assert ax.get_xlim() == (0.0, 5.0)
