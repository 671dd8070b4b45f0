"""Laws of boxes and wagons, over generated worlds with closures, boycotts, storms and dated changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from math import exp, inf

import pytest
from builders import closure, run, scenario, world
from generated_freight import DAYS, LONG, Sizes, closable, freight_worlds, made_of, sizes
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Journal, World
from sim.engine.freight.piles import CLOSE
from sim.engine.freight.shuttles import Shuttle
from sim.engine.freight.ways import durations
from sim.engine.journal import Trip
from sim.network.freight_bottleneck import group_limits
from sim.network.legs import FreightLeg, find_legs
from sim.scenario import Scenario

HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW, MANY = settings(max_examples=20 * HARD), settings(max_examples=50 * HARD)
EPSILON = 1e-9  # days


class Sampled:
    """Calls a check at every nth event."""

    def __init__(self, check: Callable[[World], None], every: int = 3) -> None:
        self._check, self._every, self._events = check, every, 0

    def __call__(self, world: World) -> None:
        self._events += 1
        if self._events % self._every == 0:
            self._check(world)


# -- every TEU and tonne ----------------------------------------------------------------------


@MANY
@given(freight_worlds())
def test_every_unit_of_cargo_is_somewhere_at_every_event(asked: Scenario) -> None:
    def check(world: World) -> None:
        balance = world.freight.balance()
        assert balance.worst <= 1e-6
        for line in balance.lines:
            assert abs(line.error) <= 1e-6
            assert min(line.in_yards, line.under_way, line.delivered, line.dropped) >= 0.0

    assert run(asked, watch=check).freight_balance.holds


@MANY
@given(freight_worlds())
def test_journal_knows_where_all_that_was_sent_has_got_to(asked: Scenario) -> None:
    """What was consigned by each corridor was delivered, waits, or is aboard; the rest was given up."""
    outcome = run(asked)
    journal, routes = outcome.journal, find_legs(asked.network)
    sent, found = [dict.fromkeys(range(len(journal.consignments)), 0.0) for _ in range(2)]
    for number, consigned in enumerate(journal.consignments):
        sent[number] = consigned.amount
    aboard: dict[tuple[int, int], float] = {}  # by consignment and leg: what set out on it or is being loaded
    for trip in journal.trips:
        for load in trip.loads:
            legs = routes.corridors[journal.consignments[load.consignment].corridor]
            assert trip.leg in legs
            aboard[load.consignment, trip.leg] = aboard.get((load.consignment, trip.leg), 0.0) + load.amount
            finished = is_done(trip, routes.legs)
            if trip.leg == legs[-1] or not finished:
                found[load.consignment] += load.amount
    for _, load in journal.waiting:
        found[load.consignment] += load.amount
    assert all(aboard[key] <= sent[key[0]] + CLOSE for key in aboard)
    # a trip that is held up has set a part of its cargo down already: only in sum does it stand twice
    held = sum(load.amount for trip in journal.trips if not is_done(trip, routes.legs) for load in trip.loads)
    for number, amount in sent.items():
        assert found[number] >= amount - CLOSE
        assert found[number] <= amount + min(held, amount) + CLOSE


def is_done(trip: Trip, legs: tuple[FreightLeg, ...]) -> bool:
    return len(trip.times) == 2 + 2 * len(legs[trip.leg].lines)


@MANY
@given(freight_worlds())
def test_piles_hold_what_lies_in_them_and_no_more_than_their_yard_has_room_for(asked: Scenario) -> None:
    """Only where a capacity was cut, or a run opened with more, is there more, and then it does not rise."""
    allowed: dict[str, float] = {}

    def check(world: World) -> None:
        for pile in world.freight.piles:
            assert pile.level == pytest.approx(sum(lot.amount for lot in pile.all()), abs=1e-6)
            assert pile.ready == pytest.approx(sum(lot.amount for lot in pile.queue), abs=1e-6)
            if pile.gate is not None:
                capacity = pile.gate.capacity
                assert pile.level <= max(capacity, allowed.get(pile.stretch, inf)) + 1e-6
                allowed[pile.stretch] = max(capacity, min(pile.level, allowed.get(pile.stretch, inf)))
                for carriage in pile.held:
                    assert carriage.cargo
                if pile.held:  # nobody is held whom there is room for
                    first = pile.held[0].cargo[0]
                    assert pile.level + first.amount > capacity

    run(asked, watch=Sampled(check))


@MANY
@given(freight_worlds())
def test_journal_of_trips_is_in_order_and_ends_at_the_horizon(asked: Scenario) -> None:
    journal, legs = run(asked).journal, find_legs(asked.network).legs
    for trip in journal.trips:
        assert list(trip.times) == sorted(trip.times)
        assert trip.times[-1] <= DAYS
        assert 1 <= len(trip.times) <= 2 + 2 * len(legs[trip.leg].lines)
        latest = trip.times[1] if len(trip.times) > 1 else DAYS  # a ship takes more and more aboard
        assert all(load.came <= latest and load.amount > 0.0 for load in trip.loads)
    for call in journal.port_calls:
        assert 0.0 <= call.arrived <= call.berthed <= call.left <= DAYS
        assert 0.0 <= call.worked <= call.left - call.berthed + EPSILON
    told = [happening.time for happening in journal.happenings]
    assert told == sorted(told)


# -- first come, first served -----------------------------------------------------------------


@MANY
@given(freight_worlds())
def test_trains_set_out_on_a_line_in_the_order_in_which_they_came_to_it(asked: Scenario) -> None:
    journal, legs = run(asked).journal, find_legs(asked.network).legs
    passed: dict[tuple[str, bool], list[tuple[float, float]]] = {}
    for trip in journal.trips:
        leg = legs[trip.leg]
        if leg.mode == "land":
            for n, way in enumerate(zip(leg.lines, leg.forward, strict=True)):
                if len(trip.times) > 2 * n + 1:
                    left, came = trip.times[2 * n + 1], trip.times[2 * n]
                    passed.setdefault(way, []).append((left, came))
    for found in passed.values():
        came = [moment for _, moment in sorted(found)]
        assert all(later >= earlier - EPSILON for earlier, later in pairwise(came))


@MANY
@given(freight_worlds())
def test_cargo_leaves_a_yard_in_the_order_in_which_it_came(asked: Scenario) -> None:
    """By land in train after train; at sea within each ship, as several load at the same time."""
    journal, legs = run(asked).journal, find_legs(asked.network).legs
    for leg, trips in by_leg(journal):
        came = [
            moments for _, moments in sorted((t.times[0], [load.came for load in t.loads]) for t in trips)
        ]
        assert all(moments == sorted(moments) for moments in came)
        if legs[leg].mode == "land":
            firsts = [moments for moments in came if moments]
            assert all(later[0] >= earlier[-1] for earlier, later in pairwise(firsts))
        taken = [moment for moments in came for moment in moments]
        waiting = [load.came for number, load in journal.waiting if number == leg]
        if legs[leg].mode != "ocean":
            assert max(taken, default=-inf) <= min(waiting, default=inf)


def by_leg(journal: Journal) -> Iterator[tuple[int, list[Trip]]]:
    for leg, trips in groupby(sorted(journal.trips, key=lambda trip: trip.leg), key=lambda trip: trip.leg):
        yield leg, list(trips)


# -- Little's law -----------------------------------------------------------------------------


@FEW
@given(freight_worlds())
def test_level_of_each_yard_is_what_comes_times_how_long_it_waits(asked: Scenario) -> None:
    """Little's law, exactly: the integral of the level is the sum of amounts times waits within the run.

    Waits are cut at both ends of the run: what lay there before waits from day 0, and what lies there at
    the end until then. By land a load is taken when its train is made up. A ship loads for a while, so its
    loads are taken between its first and its setting out, and the integral lies between the two sums.
    """
    integrals: dict[int, float] = {}
    before: dict[int, float] = {}
    since = [0.0]

    def watch(world: World) -> None:
        now = world.env.now
        for number, pile in enumerate(world.freight.piles):
            if now > since[0]:
                integrals[number] = integrals.get(number, 0.0) + before.get(number, 0.0) * (now - since[0])
            before[number] = pile.level
        since[0] = now

    alive = world(asked)
    start = alive.freight.start

    def start_watched() -> None:
        start()
        watch(alive)

    alive.freight.start = start_watched  # type: ignore[method-assign]
    journal = alive.run(watch).journal
    for number, pile in enumerate(alive.freight.piles):
        integrals[number] = integrals.get(number, 0.0) + pile.level * (DAYS - since[0])
    routes = find_legs(asked.network)
    least, most = [dict.fromkeys(range(len(routes.legs)), 0.0) for _ in range(2)]
    for trip in journal.trips:
        by_sea = routes.legs[trip.leg].mode == "sea"
        if trip.times[0] < 0.0 or routes.legs[trip.leg].mode == "ocean":
            continue
        sailed = trip.times[1] if len(trip.times) > 1 else DAYS
        for load in trip.loads:
            begin = max(0.0, load.came)
            first = max(trip.times[0], load.came)
            least[trip.leg] += load.amount * (first - begin)
            most[trip.leg] += load.amount * ((sailed if by_sea else first) - begin)
    for leg, load in journal.waiting:
        for table in (least, most):
            table[leg] += load.amount * (DAYS - max(0.0, load.came))
    for lost in journal.lost:
        if lost.kind != "refused":
            leg = routes.corridors[lost.corridor][0]
            for table in (least, most):
                table[leg] += lost.amount * (lost.time - max(0.0, lost.came))
    for leg, integral in integrals.items():
        slack = 1e-6 * max(1.0, most[leg])
        assert least[leg] - slack <= integral <= most[leg] + slack


# -- vehicles ---------------------------------------------------------------------------------


@MANY
@given(freight_worlds())
def test_every_vehicle_is_in_one_place_and_none_is_lost(asked: Scenario) -> None:
    """Ships and sets of wagons: so many lie at an end or are under way, and never more than there are."""
    alive = world(asked)
    shuttles = {
        call.__self__
        for pile in alive.freight.piles
        for call in pile.wanted
        if isinstance(getattr(call, "__self__", None), Shuttle)
    }
    counted: dict[str, int] = {}
    for shuttle in shuttles:
        counted[shuttle.pool.service.id] = counted.get(shuttle.pool.service.id, 0) + 1
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


# -- closures ---------------------------------------------------------------------------------


@MANY
@given(sizes(), st.integers(3, 20), st.integers(1, 15), st.data())
def test_what_is_shut_carries_nothing_while_it_is(
    size: Sizes, begin: int, length: int, data: st.DataObject
) -> None:
    """Nobody sets out on a shut line but a ship that has begun to cast off; no train of a shut service is
    made up; no ship makes fast at a shut quay; what is under way gets to the end of its line."""
    made = made_of(size)
    shut = data.draw(st.sampled_from([*made.lines, *made.services, *made.quays]))
    end = begin + length
    journal, legs = run(scenario(made, DAYS, closure(shut, begin, end))).journal, find_legs(made).legs
    cast_off = size.approach
    for trip in journal.trips:
        leg = legs[trip.leg]
        for n, line in enumerate(leg.lines):
            if line == shut and len(trip.times) > 2 * n + 1:
                left = trip.times[2 * n + 1]
                slack = cast_off if leg.mode == "sea" else 0.0
                assert not begin + slack + EPSILON < left < end - EPSILON
        if trip.service == shut and leg.mode == "land":
            assert not begin + EPSILON < trip.times[0] < end - EPSILON
    for call in journal.port_calls:
        if call.quay == shut:
            assert not begin + EPSILON < call.berthed < end - EPSILON


def everything(journal: Journal, *ignoring: str) -> dict[str, object]:
    """All that a journal says, but for what it tells of some elements or closures."""
    return {
        "steps": {k: (s.times, s.values) for k, s in journal.steps.items() if k[1] not in ignoring},
        "happenings": [h for h in journal.happenings if h.element not in ignoring],
        "trips": journal.trips,
        "consignments": journal.consignments,
        "lost": journal.lost,
        "waiting": journal.waiting,
        "choices": journal.choices,
        "port calls": journal.port_calls,
    }


def until(journal: Journal, legs: tuple[FreightLeg, ...], day: float) -> dict[str, object]:
    """All that a journal says of the days before one; a ship may have taken more aboard later."""
    trips = []
    for trip in journal.trips:
        times = tuple(moment for moment in trip.times if moment < day)
        if times:
            later = legs[trip.leg].mode == "sea" and len(times) == 1
            trips.append((times, trip.leg, trip.service, () if later else trip.loads))
    rebooked = [(lost.demand, lost.came) for lost in journal.lost if lost.time >= day]
    return {
        "trips": sorted(trips),
        "born": [
            (consigned.demand, consigned.corridor, consigned.born)
            for consigned in journal.consignments
            if consigned.born < day
            and not ((consigned.demand, consigned.born) in rebooked and "ocean" in consigned.corridor)
        ],
        "lost": [lost for lost in journal.lost if lost.time < day],
        "choices": [choice for choice in journal.choices if choice.time < day],
        "port calls": [call for call in journal.port_calls if call.left < day],
        "happenings": [h for h in journal.happenings if h.time < day],
    }


@MANY
@given(sizes(), st.integers(1, DAYS - 1), st.integers(0, 9), st.data())
def test_nothing_changes_before_a_closure_that_nobody_knew_of(
    size: Sizes, day: int, seed: int, data: st.DataObject
) -> None:
    made = made_of(size)
    shut = closure(data.draw(st.sampled_from(closable(made))), day, DAYS, label="~")
    legs = find_legs(made).legs
    plain, cut = (run(scenario(made, DAYS, *more, seed=seed)).journal for more in ([], [shut]))
    assert until(cut, legs, day) == until(plain, legs, day)


@FEW
@given(freight_worlds(), st.data())
def test_closure_that_lies_beyond_the_horizon_leaves_the_journal_of_the_base(
    asked: Scenario, data: st.DataObject
) -> None:
    later = closure(data.draw(st.sampled_from(closable(asked.network))), DAYS + 1, DAYS + 9, label="~")
    beyond = replace(asked, disturbances=(*asked.disturbances, later))
    assert everything(run(beyond).journal) == everything(run(asked).journal)


# -- luck -------------------------------------------------------------------------------------


@FEW
@given(freight_worlds())
def test_the_same_seed_gives_the_same_journal(asked: Scenario) -> None:
    assert everything(run(asked).journal) == everything(run(asked).journal)


@FEW
@given(freight_worlds())
def test_another_seed_or_replication_gives_another_journal(asked: Scenario) -> None:
    """Lots are born at other moments at the least, unless nothing is sent at all."""
    journals = [run(replace(asked, seed=seed), n).journal for seed, n in ((1, 0), (2, 0), (1, 1))]
    born = [[c.born for c in journal.consignments] for journal in journals]
    if any(born):
        assert born[0] != born[1]
        assert born[0] != born[2]


WIDER = {
    "ships": lambda size: replace(size, ships=size.ships + 1),
    "second": lambda size: replace(size, second=size.second + 1),
    "quays": lambda size: replace(size, quays=size.quays + 1),
    "capacity": lambda size: replace(size, capacity=size.capacity * 2),
    "lifting": lambda size: replace(size, lifting=size.lifting * 2),
    "paths": lambda size: replace(size, paths=None if size.paths is None else size.paths * 2),
    "room": lambda size: replace(size, room=None if size.room is None else size.room * 2),
}


@MANY
@given(sizes(), st.sampled_from([*WIDER]), st.integers(0, 9))
def test_widening_one_thing_never_moves_the_storms_of_another(size: Sizes, what: str, seed: int) -> None:
    told = []
    for one in (replace(size, storms=8.0), WIDER[what](replace(size, storms=8.0))):
        journal = run(scenario(made_of(one), DAYS, seed=seed)).journal
        told.append([(h.time, h.kind, h.element) for h in journal.happenings if h.kind in ("storm", "calm")])
    assert told[0] == told[1]
    assert told[0]


@MANY
@given(sizes(), st.sampled_from([*WIDER]), st.integers(0, 9))
def test_widening_one_thing_never_moves_the_days_that_one_voyage_after_another_takes(
    size: Sizes, what: str, seed: int
) -> None:
    """They are the first so many draws for that lane and direction, whoever sails and when."""
    for one in (replace(size, spread=0.3), WIDER[what](replace(size, spread=0.3))):
        made = made_of(one)
        journal, legs = run(scenario(made, DAYS, seed=seed)).journal, find_legs(made).legs
        for place in ("cape", "lagoon"):
            voyages = [
                t.times
                for t in journal.trips
                if legs[t.leg].lines == ("strait",) and legs[t.leg].end == place
            ]
            draw = durations(made.lines["strait"], place, seed, 0)
            drawn = [draw() for times in voyages if len(times) > 1]
            for times in voyages:
                if len(times) > 2:
                    (found,) = [days for days in drawn if abs(days - (times[2] - times[1])) < 1e-9]
                    drawn.remove(found)


# -- more capacity ----------------------------------------------------------------------------

SEEDS = range(4)
WHILE = 80  # days: long enough for a queue to be worked off


def alone(size: Sizes) -> Sizes:
    """Only the way over the strait, so that nobody turns to another when more is offered."""
    return replace(
        size, northern=False, coastal=False, by_ocean=False, wagons=False, patience=LONG, sets=None
    )


def delivered(size: Sizes) -> float:
    """Cargo that arrives within a run, over several runs with the same luck whatever the size."""
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
    """What a law cannot promise: wagons full of what goes east wait at the cape for room, which a ship would
    give, which waits for room for what goes west, which wagons would give. The run ends, and says so.
    """
    locked = Sizes(
        rate=4.0, back=10.0, lot=5.0, load=5.0, longest_wait=2.0, paths=None, room=None, days=0.3, spread=0.0,
        capacity=12.0, handling=0.0, ships=3, ship_load=10.0, sailing=1.5, layover=0.0, lifting=60.0,
        approach=0.0, quays=1, patience=LONG, sensitivity=50.0, second=0, sets=5, by_ocean=False,
        northern=False, coastal=False, wagons=False, storms=0.0,
    )  # fmt: skip
    outcome = run(scenario(made_of(locked), WHILE))
    told = " ".join(outcome.stalled)
    assert "cape>west" in told and "cape>lagoon" in told
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
        size, northern=True, by_ocean=True, coastal=True, load=size.lot, paths=None, room=None, spread=0.0,
        handling=0.0, back=0.0, capacity=100.0, wagons=False,
    )  # fmt: skip
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
