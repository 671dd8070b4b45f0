"""Laws of dry cargo, over generated worlds: its position, order and waiting times."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from math import inf

import pytest
from builders import run, world
from generated_freight import DAYS, freight_worlds
from hypothesis import given, settings

from sim.engine import Journal, World
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.journal import TripRecord
from sim.network.freight.legs import FreightLeg, find_legs
from sim.scenario import Scenario

pytestmark = pytest.mark.slow

HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW, MANY = settings(max_examples=20 * HARD), settings(max_examples=50 * HARD)
EPSILON = 1e-9  # days


class Sampled:
    """Call a check at every nth event."""

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
        assert balance.max_error <= 1e-6
        for line in balance.lines:
            assert abs(line.error) <= 1e-6
            assert min(line.in_yards, line.under_way, line.delivered, line.dropped) >= 0.0

    assert run(asked, watch=check).freight_balance.holds


@MANY
@given(freight_worlds())
def test_journal_knows_where_all_that_was_sent_has_got_to(asked: Scenario) -> None:
    """All cargo consigned by a corridor was delivered, waits, or is aboard; the rest was given up."""
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


def is_done(trip: TripRecord, legs: tuple[FreightLeg, ...]) -> bool:
    return len(trip.times) == 2 + 2 * len(legs[trip.leg].lines)


@MANY
@given(freight_worlds())
def test_yard_queues_add_up_and_hold_no_more_than_their_yard_has_room_for(asked: Scenario) -> None:
    """Only where a capacity was cut, or a run opened with more, is there more, and then it does not rise."""
    allowed: dict[str, float] = {}

    def check(world: World) -> None:
        for yard_queue in world.freight.yard_queues:
            assert yard_queue.level == pytest.approx(sum(lot.amount for lot in yard_queue.all()), abs=1e-6)
            assert yard_queue.available == pytest.approx(
                sum(lot.amount for lot in yard_queue.waiting), abs=1e-6
            )
            if yard_queue.gate is not None:
                capacity = yard_queue.gate.capacity
                assert yard_queue.level <= max(capacity, allowed.get(yard_queue.leg, inf)) + 1e-6
                allowed[yard_queue.leg] = max(
                    capacity, min(yard_queue.level, allowed.get(yard_queue.leg, inf))
                )
                for trip in yard_queue.held:
                    assert trip.cargo
                if yard_queue.held:  # nobody is held whom there is room for
                    first = yard_queue.held[0].cargo[0]
                    assert yard_queue.level + first.amount > capacity

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
        assert all(load.ready <= latest and load.amount > 0.0 for load in trip.loads)
    for call in journal.port_calls:
        assert 0.0 <= call.arrived <= call.berthed <= call.left <= DAYS
        assert 0.0 <= call.worked <= call.left - call.berthed + EPSILON
    times = [event.time for event in journal.events]
    assert times == sorted(times)


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
                    left, ready = trip.times[2 * n + 1], trip.times[2 * n]
                    passed.setdefault(way, []).append((left, ready))
    for found in passed.values():
        ready = [moment for _, moment in sorted(found)]
        assert all(later >= earlier - EPSILON for earlier, later in pairwise(ready))


@MANY
@given(freight_worlds())
def test_cargo_leaves_a_yard_in_the_order_in_which_it_came(asked: Scenario) -> None:
    """By land in train after train; at sea within each ship, as several load at the same time."""
    journal, legs = run(asked).journal, find_legs(asked.network).legs
    for leg, trips in by_leg(journal):
        ready = [
            moments for _, moments in sorted((t.times[0], [load.ready for load in t.loads]) for t in trips)
        ]
        assert all(moments == sorted(moments) for moments in ready)
        if legs[leg].mode == "land":
            firsts = [moments for moments in ready if moments]
            assert all(later[0] >= earlier[-1] for earlier, later in pairwise(firsts))
        taken = [moment for moments in ready for moment in moments]
        waiting = [load.ready for number, load in journal.waiting if number == leg]
        if legs[leg].mode != "ocean":
            assert max(taken, default=-inf) <= min(waiting, default=inf)


def by_leg(journal: Journal) -> Iterator[tuple[int, list[TripRecord]]]:
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
        for number, yard_queue in enumerate(world.freight.yard_queues):
            if now > since[0]:
                integrals[number] = integrals.get(number, 0.0) + before.get(number, 0.0) * (now - since[0])
            before[number] = yard_queue.level
        since[0] = now

    alive = world(asked)
    start = alive.freight.start

    def start_watched() -> None:
        start()
        watch(alive)

    alive.freight.start = start_watched  # type: ignore[method-assign]
    journal = alive.run(watch).journal
    for number, yard_queue in enumerate(alive.freight.yard_queues):
        integrals[number] = integrals.get(number, 0.0) + yard_queue.level * (DAYS - since[0])
    routes = find_legs(asked.network)
    least, most = [dict.fromkeys(range(len(routes.legs)), 0.0) for _ in range(2)]
    for trip in journal.trips:
        by_sea = routes.legs[trip.leg].mode == "sea"
        if trip.times[0] < 0.0 or routes.legs[trip.leg].mode == "ocean":
            continue
        sailed = trip.times[1] if len(trip.times) > 1 else DAYS
        for load in trip.loads:
            begin = max(0.0, load.ready)
            first = max(trip.times[0], load.ready)
            least[trip.leg] += load.amount * (first - begin)
            most[trip.leg] += load.amount * ((sailed if by_sea else first) - begin)
    for leg, load in journal.waiting:
        for table in (least, most):
            table[leg] += load.amount * (DAYS - max(0.0, load.ready))
    for lost in journal.lost:
        if lost.kind != "refused":
            leg = routes.corridors[lost.corridor][0]
            for table in (least, most):
                table[leg] += lost.amount * (lost.time - max(0.0, lost.ready))
    for leg, integral in integrals.items():
        slack = 1e-6 * max(1.0, most[leg])
        assert least[leg] - slack <= integral <= most[leg] + slack
