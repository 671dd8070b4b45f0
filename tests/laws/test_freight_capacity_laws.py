"""Laws of the capacity of vehicles, quays and paths, and of corridor choice, over generated worlds."""

from __future__ import annotations

import os
from dataclasses import replace
from math import exp

import pytest
from builders import run, scenario, world
from generated_freight import DAYS, LONG, WIDER, Sizes, freight_worlds, made_of, sizes
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.freight.fleets import ServiceVehicle
from sim.engine.freight.yard_queues import CLOSE
from sim.network.freight.bottleneck import group_limits
from sim.network.freight.legs import find_legs
from sim.scenario import Scenario

pytestmark = pytest.mark.slow

HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW, MANY = settings(max_examples=20 * HARD), settings(max_examples=50 * HARD)
EPSILON = 1e-9  # days


# -- vehicles ---------------------------------------------------------------------------------


@MANY
@given(freight_worlds())
def test_every_vehicle_is_in_one_place_and_none_is_lost(asked: Scenario) -> None:
    """Ships and sets of wagons at the ends and under way add up to the fleet."""
    alive = world(asked)
    vehicles = {
        call.__self__
        for yard_queue in alive.freight.yard_queues
        for call in yard_queue.listeners
        if isinstance(getattr(call, "__self__", None), ServiceVehicle)
    }
    counted: dict[str, int] = {}
    for vehicle in vehicles:
        counted[vehicle.fleet.service.id] = counted.get(vehicle.fleet.service.id, 0) + 1
    finite = {service.id: service.vehicles for service in asked.network.services.values() if service.vehicles}
    assert counted == finite
    journal, legs = alive.run().journal, find_legs(asked.network).legs
    for id, vehicles in finite.items():
        there = next(leg for leg in legs if id in leg.services)
        at_end = {there.start: (vehicles + 1) // 2, there.end: vehicles // 2}
        moves: list[tuple[float, int, str]] = []
        for trip in journal.trips:
            if trip.service != id or trip.times[0] < 0.0:
                continue
            leg = legs[trip.leg]
            if len(trip.times) > 1 and leg.mode == "sea":
                moves.append((trip.times[1], -1, leg.start))
            elif leg.mode == "land":
                moves.append((trip.times[0], -1, leg.start))
            if len(trip.times) > 2 * len(leg.lines) + (leg.mode == "land"):
                moves.append((trip.times[2 * len(leg.lines) + (leg.mode == "land")], 1, leg.end))
        for _, step, end in sorted(moves, key=lambda move: (move[0], -move[1])):
            at_end[end] += step
            assert 0 <= at_end[end] <= vehicles


@MANY
@given(freight_worlds())
def test_no_quay_has_two_ships_and_no_ship_two_quays(asked: Scenario) -> None:
    """Nor is more moved over a quay than its rate allows, or onto a ship than it holds."""
    journal = run(asked).journal
    calls = sorted(journal.port_calls, key=lambda call: call.berthed)
    for key in (lambda call: call.quay, lambda call: (call.service, call.vehicle)):
        last: dict[object, float] = {}
        for call in calls:
            assert call.berthed >= last.get(key(call), 0.0) - EPSILON
            last[key(call)] = call.left
    for call in calls:
        assert max(call.discharged, call.loaded) <= asked.network.services[call.service].load + CLOSE
    for trip in journal.trips:
        if trip.service and trip.times[0] >= 0.0:
            load = asked.network.services[trip.service].load
            assert sum(load.amount for load in trip.loads) <= load + CLOSE


# -- more capacity ----------------------------------------------------------------------------

SEEDS = range(4)
WHILE = 80  # days: long enough for a queue to be worked off


def alone(size: Sizes) -> Sizes:
    """Only the way over the strait, so that nobody turns to another when more is offered."""
    return replace(
        size, northern=False, coastal=False, by_ocean=False, wagons=False, patience=LONG, sets=None
    )


def delivered(size: Sizes) -> float:
    """Cargo that arrives within a run, over several runs with the same draws whatever the size."""
    made = made_of(size)
    runs = [run(scenario(made, WHILE, seed=seed)).freight_balance for seed in SEEDS]
    return sum(line.delivered for balance in runs for line in balance.lines)


@FEW
@given(sizes(), st.sampled_from([*WIDER]))
def test_more_of_anything_never_lowers_what_is_delivered_beyond_noise(size: Sizes, what: str) -> None:
    """But for two loads a run and ship: it may end just before a larger fleet's ships come in.

    Who sails when is not planned ahead, so two ships may share what would have filled one.
    """
    less = alone(size)
    more = WIDER[what](less)
    ships = more.ships + more.second
    slack = len(SEEDS) * ships * max(size.ship_load, size.load, size.lot)
    assert delivered(more) >= delivered(less) - slack


def test_traffic_both_ways_may_lock_yards_that_hold_one_load_once_wagons_are_few() -> None:
    """An exception to the law: full wagons for the east wait at the cape for room, which a ship would
    give, which waits for room for what goes west, which wagons would give. The run ends, and says so.
    """
    locked = Sizes(
        rate=4.0,
        back=10.0,
        lot=5.0,
        load=5.0,
        longest_wait=2.0,
        paths=None,
        room=None,
        days=0.3,
        spread=0.0,
        capacity=12.0,
        handling=0.0,
        ships=3,
        ship_load=10.0,
        sailing=1.5,
        layover=0.0,
        lifting=60.0,
        approach=0.0,
        quays=1,
        patience=LONG,
        sensitivity=50.0,
        second=0,
        sets=5,
        by_ocean=False,
        northern=False,
        coastal=False,
        wagons=False,
        storms=0.0,
    )
    outcome = run(scenario(made_of(locked), WHILE))
    report = " ".join(outcome.stalled)
    assert "cape>west" in report and "cape>lagoon" in report
    assert outcome.freight_balance.holds
    assert run(scenario(made_of(replace(locked, capacity=40.0)), WHILE)).freight_balance.holds
    assert delivered(replace(locked, sets=None)) > 3 * delivered(locked)


@FEW
@given(sizes(), st.floats(0.5, 30.0))
def test_no_more_is_carried_in_the_long_run_than_the_maximum_flow_says(size: Sizes, rate: float) -> None:
    """With as much to carry back as there, since the limits of ships and quays are those of full ships."""
    size = replace(alone(size), rate=rate, back=rate, storms=0.0, spread=0.0)
    made = made_of(size)
    limit = sum(one.most.flow for one in group_limits(made, find_legs(made)))
    outcomes = [run(scenario(made, days)).freight_balance for days in (WHILE, 2 * WHILE)]
    early, late = (sum(line.delivered for line in balance.lines) for balance in outcomes)
    slack = 2 * (size.ships + size.second) * size.ship_load + 4 * size.load
    assert late - early <= limit * WHILE + slack


# -- choice -----------------------------------------------------------------------------------


@FEW
@given(sizes(), st.integers(0, 9))
def test_shares_are_the_closed_form_of_the_logit_where_nothing_is_in_the_way(size: Sizes, seed: int) -> None:
    """Trains by land that leave with each lot, and the ocean: days are those of the lines."""
    size = replace(
        size,
        northern=True,
        by_ocean=True,
        coastal=True,
        load=size.lot,
        paths=None,
        room=None,
        spread=0.0,
        handling=0.0,
        back=0.0,
        capacity=100.0,
        wagons=False,
    )
    made = made_of(size)
    made = replace(made, corridors={id: one for id, one in made.corridors.items() if id != "middle"})
    made = replace(
        made, services={id: one for id, one in made.services.items() if id not in ("boat", "barge")}
    )
    made = replace(made, services={id: one for id, one in made.services.items() if id != "hill.train"})
    days = {"coastal": 2 * size.days, "northern": 2 * size.days, "by-ocean": 12.0}
    weights = {id: exp(-(100.0 + 10.0 * took) / size.sensitivity) for id, took in days.items()}
    for choice in run(scenario(made, DAYS, seed=seed)).journal.choices:
        assert choice.days == pytest.approx(days[choice.corridor])
        assert choice.share == pytest.approx(weights[choice.corridor] / sum(weights.values()))
