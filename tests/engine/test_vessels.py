"""Fleets with vessels of their own: round trips, cuts and cargo, worked out by hand."""

from __future__ import annotations

import pytest
from builders import (
    at,
    berth,
    closure,
    contract,
    field,
    fleet,
    lane,
    market,
    network,
    pipe,
    place,
    run,
    scenario,
    tanks,
    total,
)

from sim.engine import World
from sim.network import Network


def crossing(vessels: int = 4, rate: float = 100.0, store: float = 1000.0, load: float = 50.0) -> Network:
    """Field → tanks → fleet → market. A trip is 1 day alongside, 1.5 out, 1 alongside, 1.5 back, 1 off."""
    return network(
        field("well", rate, 1e6),
        place("aktau", "port"),
        market("baku"),
        pipe("pipe", "well-field", "aktau", 500.0),
        tanks("tanks", "aktau", "ferry", store),
        lane("ferry", "aktau", "baku", 150.0),
        [berth(f"load{n}", "aktau", "ferry", 50.0) for n in range(6)],
        [berth(f"unload{n}", "baku", "ferry", 50.0, work="discharge") for n in range(6)],
        fleet("ships", "ferry", load, vessels, 100.0, 1.0),
        contract("well", "baku"),
    )


def test_a_fleet_that_is_the_bottleneck_carries_its_loads_per_round_trip() -> None:
    """4 vessels of 50 t on a trip of 6 days carry 33.3 t a day: 96 days from day 1 are 16 trips each."""
    outcome = run(scenario(crossing(), 100))
    loaded = [call for call in outcome.journal.calls if call.work == "load"]
    sold = outcome.journal.points["sold", "well>baku"].values[-1]
    assert sold == pytest.approx(4 * 50.0 * 16, abs=4 * 50.0)
    assert len(loaded) == pytest.approx(4 * 16.5, abs=4)
    assert outcome.balance.holds


def test_one_vessel_keeps_the_hand_computed_times() -> None:
    """The first 50 t lie ready on day 0.5; then each call is 6 days after the last."""
    calls = run(scenario(crossing(1), 20)).journal.calls
    loads = [(call.berthed, call.left) for call in calls if call.work == "load"]
    unloads = [(call.berthed, call.left) for call in calls if call.work == "discharge"]
    assert loads == [pytest.approx((0.5 + trip, 1.5 + trip)) for trip in (0, 6, 12, 18)]
    assert unloads == [pytest.approx((3.0 + trip, 4.0 + trip)) for trip in (0, 6, 12)]


def test_a_vessel_waits_for_a_full_cargo() -> None:
    """At 10 t/day, less than it could carry, each cargo of 50 takes 5 days to gather."""
    calls = run(scenario(crossing(1, rate=5.0), 45)).journal.calls
    assert [call.berthed for call in calls if call.work == "load"] == pytest.approx([10.0, 20.0, 30.0, 40.0])


def test_a_fleet_cut_to_half_lays_up_half_of_its_vessels_until_the_cut_ends() -> None:
    """Trips of 6 days: those under way when the cut comes are finished first."""
    idle: list[tuple[float, int]] = []

    def watch(world: World) -> None:
        idle.append((world.env.now, sum(vessel.lane is None for vessel in world.oil.vessels)))

    outcome = run(scenario(crossing(), 200, closure("ships", 50, 150, 0.5)), watch=watch)
    cut = [laid_up for day, laid_up in idle if 57 < day < 150]
    assert set(cut) >= {2} and min(cut) >= 2
    flow = outcome.journal.steps["flow", "ferry"]
    assert total(flow, 150) - total(flow, 60) == pytest.approx(2 * 50.0 * 90 / 6, abs=2 * 50.0)
    assert total(flow, 198) - total(flow, 156) == pytest.approx(4 * 50.0 * 42 / 6, abs=4 * 50.0)


def test_a_fleet_cut_to_nothing_carries_nothing_once_it_is_home() -> None:
    outcome = run(scenario(crossing(), 100, closure("ships", 40, 90)))
    loads = [call.berthed for call in outcome.journal.calls if call.work == "load"]
    assert not [day for day in loads if 41 < day < 90]
    assert [day for day in loads if day >= 90]


def test_a_vessel_under_which_the_berth_closes_keeps_what_it_has_and_takes_the_rest_later() -> None:
    """Alongside from 0.5 to 1.5; shut from 1 to 3 at every berth, 25 t aboard: done at 3.5."""
    shut = closure(" ".join(f"load{n}" for n in range(6)), 1, 3)
    outcome = run(scenario(crossing(1), 20, shut))
    first = outcome.journal.calls[0]
    assert (first.berthed, first.left, first.load) == pytest.approx((0.5, 3.5, 50.0))
    assert outcome.balance.holds


def test_a_cargo_ready_at_the_very_moment_of_another_event_is_fetched_too() -> None:
    """50 t at day 0.5, when the field shuts down for good: nothing will ever touch the tanks again."""
    outcome = run(scenario(crossing(1), 20, closure("pipe", 0.5, 20)))
    assert [call.work for call in outcome.journal.calls] == ["load", "discharge"]
    assert outcome.balance.sold == pytest.approx(50.0)


def test_a_shuttle_between_two_pipes_carries_what_the_pipes_bring() -> None:
    made = network(
        field("well", 20.0),
        place("aktau", "port"),
        place("baku", "port"),
        market("ceyhan"),
        pipe("pipe", "well-field", "aktau", 500.0),
        pipe("btc", "baku", "ceyhan", 500.0),
        tanks("tanks", "aktau", "ferry", 200.0),
        tanks("btc-tanks", "baku", "btc", 200.0),
        lane("ferry", "aktau", "baku", 150.0),
        berth("load", "aktau", "ferry", 50.0),
        berth("unload", "baku", "ferry", 50.0, work="discharge"),
        fleet("ships", "ferry", 50.0, 4, 100.0, 1.0),
        contract("well", "ceyhan"),
    )
    outcome = run(scenario(made, 100))
    # one cargo gathers, one is at sea, and the rest has arrived
    assert outcome.balance.sold == pytest.approx(20.0 * 100, abs=3 * 50.0)
    assert outcome.balance.produced == pytest.approx(2000.0)
    assert outcome.balance.holds
    assert at(outcome.journal.steps["exported", "ceyhan"], 0.0) == 0.0
