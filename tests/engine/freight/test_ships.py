"""Ships: roads, quays, discharge and loading, weather, closed lanes and services, and divided lots."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from builders import at, by_rail_and_ship, closure, scenario, stormy, terminal, total, with_changes
from freight.worlds import NEVER, Run, by_ship

from sim.engine.journal import PortCall
from sim.network import Network
from sim.network.freight.bottleneck import group_limits
from sim.network.freight.legs import find_legs
from sim.network.network import Element
from sim.scenario import Disturbance


def calls(seen: Run, place: str) -> list[PortCall]:
    """Return the port calls of a place in order of arrival."""
    here = (call for call in seen.journal.port_calls if call.quay.startswith(place))
    return sorted(here, key=lambda call: call.arrived)


def test_call_takes_its_approach_the_cargo_out_the_layover_the_cargo_in_and_the_cast_off() -> None:
    """One ship and cargo for it at both ends: 20 TEU at 100 a day take 0.2 day."""
    times = {"layover": 0.4, "approach": 0.1, "cast_off": 0.05, "sailing": 1.5, "patience": NEVER}
    seen = Run(scenario(by_ship(rate=100.0, back=100.0, **times), 60))
    for place, other in (("east", "west"), ("west", "east")):
        found = calls(seen, place)[2:]
        assert len(found) > 8
        for call in found:
            assert (call.discharged, call.loaded) == (20.0, 20.0)
            assert call.berthed == call.arrived
            assert call.worked == pytest.approx(0.4)
            assert call.left - call.arrived == pytest.approx(0.1 + 0.2 + 0.4 + 0.2 + 0.05)
        for trip in seen.trips(place, other, moments=4)[2:]:
            taken, left, arrived, done = trip.times
            assert left - taken == pytest.approx(0.2 + 0.05)
            assert arrived - left == pytest.approx(1.5)
            assert done - arrived == pytest.approx(0.1 + 0.2)


def test_ship_that_comes_empty_takes_a_quay_only_to_load() -> None:
    """It has no cargo back: in the east it lies a layover in the roads, and in the west it does not load."""
    made = by_ship(rate=100.0, layover=0.4, approach=0.1, cast_off=0.05, patience=NEVER)
    seen = Run(scenario(made, 60))
    empty = seen.trips("west", "east", moments=4)
    assert all(trip.loads == () and trip.times[3] == trip.times[2] for trip in empty)
    for trip, call in zip(empty, calls(seen, "east")[1:], strict=False):
        assert call.arrived == call.berthed == pytest.approx(trip.times[2] + 0.4)
        assert call.left - call.berthed == pytest.approx(0.1 + 0.2 + 0.05)
        assert (call.discharged, call.loaded, call.worked) == pytest.approx((0.0, 20.0, 0.2))
    for call in calls(seen, "west"):
        assert call.left - call.arrived == pytest.approx(0.1 + 0.2 + 0.4 + 0.05)
        assert (call.discharged, call.loaded) == (20.0, 0.0)


def test_ships_lie_idle_at_no_quay_while_nothing_waits() -> None:
    made = by_ship(rate=10.0, ships=2, quays=(1, 1))
    seen = Run(scenario(made, 80, closure("goods", 20, 80)))
    assert not [call for call in seen.journal.port_calls if call.arrived > 40.0]
    assert not [trip for trip in seen.journal.trips if trip.times[0] > 40.0]


def test_ship_sails_when_full_or_when_its_first_cargo_has_waited_longest() -> None:
    """A lot of 5 each half day: four fill the ship; in 1.2 days three have come."""
    for longest, lots in ((NEVER, 4), (1.2, 3)):
        made = by_ship(rate=10.0, lot=5.0, load=20.0, longest_wait=longest, sailing=0.1, lifting=1000.0)
        seen = Run(scenario(made, 60))
        trips = seen.trips("east", "west", since=5.0, moments=4)
        assert len(trips) > 10
        for trip in trips:
            assert len(trip.loads) == lots
            wait = trip.times[1] - trip.loads[0].ready
            assert wait == pytest.approx(1.5 + 5.0 / 1000.0 if lots == 4 else 1.2)


def test_ship_waits_for_the_quay_until_the_one_before_has_cast_off() -> None:
    """Three ships, a quay at each end: where one makes fast, the one before has just left."""
    made = by_ship(rate=100.0, back=100.0, ships=3, sailing=0.2, approach=0.1, cast_off=0.05, patience=NEVER)
    seen = Run(scenario(made, 60))
    waited = 0
    for place in ("east", "west"):
        for before, call in pairwise(calls(seen, place)):
            assert call.berthed == pytest.approx(max(call.arrived, before.left))
            waited += call.arrived < before.left
    assert waited > 10


def test_ship_with_part_of_a_load_makes_way_for_one_that_needs_its_quay() -> None:
    """Ships of 20 and a lot of 4 a day: nobody waits for the quay longer than the work at it takes."""
    made = by_ship(rate=4.0, lot=4.0, back=20.0, ships=2, sailing=0.5, approach=0.1, cast_off=0.05)
    seen = Run(scenario(made, 100))
    found = calls(seen, "east")[2:]
    assert [call for call in found if 0.0 < call.loaded < 20.0]
    for call in found:
        assert call.berthed - call.arrived < 0.05 + 2 * 0.2 + 0.1 + 1e-9


def test_ship_makes_way_while_it_lays_over_and_comes_back_for_its_cargo() -> None:
    """Layovers of a day at a quay where work takes a fifth of that: nobody waits a day for it."""
    made = by_ship(rate=100.0, back=100.0, ships=3, sailing=0.2, layover=1.0, patience=NEVER)
    seen = Run(scenario(made, 60))
    assert max(call.berthed - call.arrived for call in seen.journal.port_calls) < 0.7
    carried = {end: sum(amount for _, amount in seen.delivered(end)) for end in ("east", "west")}
    # there and back in 2 x (0.2 at sea + 0.4 at the quay + 1), and at times a little longer
    assert min(carried.values()) > 0.85 * 3 * 20.0 * 60 / 3.2


@pytest.mark.parametrize("remaining", [0.5, 0.25])
def test_part_of_a_quay_works_at_that_part_of_its_rate(remaining: float) -> None:
    made = by_ship(rate=100.0, patience=NEVER)
    seen = Run(scenario(made, 60, closure("east.quay1", 20, 40, remaining=remaining)))
    for call in calls(seen, "east"):
        if call.berthed >= 20.0 and call.left < 40.0:
            assert call.left - call.berthed == pytest.approx(0.2 / remaining)
            assert call.worked == pytest.approx(0.2 / remaining)


def exposed(**more: float) -> Network:
    storms: list[Element] = [*stormy("east", 10.0, 0.7), *stormy("west", 10.0, 0.7)]
    return by_ship(rate=60.0, ships=2, sailing=0.3, lifting=30.0, patience=NEVER, extra=storms, **more)


def open_days(seen: Run, quay: str, begin: float, end: float) -> float:
    """Return the days that a quay was open between two days."""
    share = seen.journal.steps["share", quay]
    before = share.times[0]  # open until then
    shut = [total(share, day) + min(day, before) for day in (begin, end)]
    return shut[1] - shut[0]


def test_storms_stop_work_and_it_goes_on_where_it_stopped() -> None:
    """The time from making fast to being empty is that of the work and of the storms in it, to the minute."""
    seen = Run(scenario(exposed(approach=0.1, cast_off=0.05), 200))
    berthed = {call.arrived: call.berthed for call in calls(seen, "west")}
    trips = [t for t in seen.trips("east", "west", moments=4) if t.times[2] in berthed]
    interrupted = 0
    for trip in trips:
        begin, done = berthed[trip.times[2]] + 0.1, trip.times[3]
        amount = sum(load.amount for load in trip.loads)
        worked = open_days(seen, "west.quay1", begin, done)
        assert worked == pytest.approx(amount / 30.0, abs=1e-6)
        interrupted += done - begin > worked + 1e-6
    assert interrupted > 10
    for call in seen.journal.port_calls:
        assert call.worked == pytest.approx((call.discharged + call.loaded) / 30.0)


@pytest.mark.parametrize("longest", [NEVER, 0.8])
def test_nobody_berths_or_casts_off_in_a_storm(longest: float) -> None:
    """Also not who lies at the quay with part of a load when his first cargo has waited longest."""
    made = with_changes(exposed(approach=0.1, cast_off=0.05), boat={"longest_wait": longest})
    if longest < NEVER:
        made = with_changes(made, goods={"rate": 10.0, "lot": 4.0})
    seen = Run(scenario(made, 200))
    for call in seen.journal.port_calls:
        share = seen.journal.steps["share", call.quay]
        begun = call.left - 0.05
        for moment in (call.berthed, begun):
            shares = (
                {at(share, moment - 1e-6), at(share, moment + 1e-6)} if moment > share.times[0] else {1.0}
            )
            assert 1.0 in shares


def test_quay_out_of_the_weather_works_on() -> None:
    made = with_changes(exposed(), **{"west.quay1": {"weather_limited": False}})
    seen = Run(scenario(made, 100))
    assert ("share", "west.quay1") not in seen.journal.steps
    for call in calls(seen, "west"):
        assert call.left - call.berthed == pytest.approx(call.worked)


def test_quays_share_the_storms_of_their_place_with_the_berths_for_oil() -> None:
    dry = by_ship()
    parts: list[Element] = [element for _, table in dry.kinds() for element in table.values()]
    at_port = [*stormy("port", 6.0, 0.5)]
    moved = with_changes(dry, strait={"origin": "port"}, goods={"origin": "port"}, way={"origin": "port"})
    moved = with_changes(moved, **{"east.quay1": {"place": "port"}})
    parts = [e for _, table in moved.kinds() for e in table.values() if e.id != "east"]
    seen = Run(scenario(terminal(extra=[*parts, *at_port]), 90))
    shares = seen.journal.steps
    assert len(shares["share", "spm1"].times) > 10
    assert shares["share", "spm1"].times == shares["share", "east.quay1"].times
    assert shares["share", "spm1"].values == shares["share", "east.quay1"].values
    assert ("share", "west.quay1") not in shares
    assert seen.outcome.balance.sold > 0.0
    assert seen.delivered("west")


@pytest.mark.parametrize("day", [20.5, 20.62, 20.75, 20.9, 21.2])
def test_quay_that_closes_for_good_sends_the_ship_to_the_other_with_what_is_left(day: float) -> None:
    """It is there at once, approaches anew and is unloaded of the rest."""
    made = by_ship(rate=100.0, load=40.0, lot=20.0, approach=0.1, cast_off=0.05, quays=(1, 2), patience=NEVER)
    seen = Run(scenario(made, 60, closure("west.quay1", day, 60)))
    found = calls(seen, "west")
    moment = round(day * 1440) / 1440  # closures are known to the minute or better
    before = [call for call in found if call.berthed < moment]
    after = found[len(before) :]
    assert {call.quay for call in before} == {"west.quay1"}
    assert {call.quay for call in after} == {"west.quay2"}
    for call in [*before[:-1], *after[1:]]:
        assert call.left - call.berthed == pytest.approx(0.1 + 0.4 + 0.05)
        assert call.discharged == pytest.approx(40.0)
    last, next_one = before[-1], after[0]
    if last.discharged < 40.0:  # the ship was caught in its approach or in its work
        assert last.left == pytest.approx(max(day, last.berthed + 0.1), abs=1e-6)
        assert next_one.arrived == next_one.berthed == last.left
        assert next_one.left - next_one.berthed == pytest.approx(0.1 + next_one.discharged / 100.0 + 0.05)
        assert last.discharged + next_one.discharged == pytest.approx(40.0)


def closure_at(element: str, begin: float, end: float) -> Disturbance:
    """A closure at a moment that no calendar could name."""
    made = closure(element, int(begin), end)
    (_, share), *rest = made.steps
    return replace(made, steps=((begin, share), *rest))


@pytest.mark.parametrize("others", [0, 1])
def test_quay_that_closes_the_moment_its_work_is_done_lets_the_ship_go(others: int) -> None:
    base = by_ship(rate=100.0, quays=(1, 1 + others), patience=NEVER)
    first = Run(scenario(base, 60)).trips("east", "west", since=10.0, moments=4)[0]
    moment = first.times[3]
    seen = Run(scenario(base, 60, closure_at("west.quay1", moment, 50.0)))
    trip = seen.trips("east", "west", since=10.0)[0]
    assert trip.times == pytest.approx(first.times)
    assert seen.trips("west", "east", since=moment, moments=3)[0].times[0] < 50.0


def test_ship_waits_in_the_roads_where_every_quay_is_shut_and_goes_on_when_one_opens() -> None:
    made = by_ship(rate=100.0, approach=0.1, patience=NEVER)
    seen = Run(scenario(made, 60, closure("west.quay1", 20, 30)))
    caught = [call for call in calls(seen, "west") if call.arrived < 30.0 < call.left]
    (call,) = caught
    assert call.worked == pytest.approx(0.2)
    assert 30.0 + 0.1 < call.left <= 30.0 + 0.1 + 0.2 + 1e-9
    if call.arrived > 20.0:
        assert call.berthed == 30.0


def test_lane_that_is_shut_holds_ships_and_lets_them_go_when_it_opens() -> None:
    made = by_ship(rate=100.0, back=100.0, cast_off=0.05, sailing=1.5, ships=4, quays=(2, 2), patience=NEVER)
    seen = Run(scenario(made, 60, closure("strait", 20, 30)))
    left = sorted(trip.times[1] for trip in seen.journal.trips if len(trip.times) > 1)
    # who has begun to cast off goes to sea; the others load once there is a way to go
    assert not [moment for moment in left if 20.05 < moment < 30.05]
    assert len([moment for moment in left if moment == pytest.approx(30.0 + 0.2 + 0.05)]) == 4
    # who is at sea arrives, and is unloaded
    arrived = [trip.times[2] for trip in seen.journal.trips if len(trip.times) > 2]
    assert not [moment for moment in arrived if 21.55 < moment < 31.55]
    assert seen.outcome.freight_balance.holds


def test_ship_that_was_loaded_while_its_lane_was_shut_goes_full() -> None:
    """Half a load was aboard when the lane closed; more came, and it is taken once the lane is open."""
    made = by_ship(rate=2.0, lot=5.0, load=20.0, longest_wait=NEVER, cast_off=0.05, patience=NEVER)
    seen = Run(scenario(made, 100, closure("strait", 20, 40)))
    first = next(trip for trip in seen.trips("east", "west", moments=2) if trip.times[1] > 40.0)
    assert sum(load.amount for load in first.loads) == 20.0


def test_lots_split_over_ships_keep_their_number_and_the_day_they_came() -> None:
    """A lot of 50 on ships of 20: two full ones, and the rest with the beginning of the next."""
    made = by_ship(rate=25.0, lot=50.0, load=20.0, sailing=0.1, ships=2, patience=NEVER)
    seen = Run(scenario(made, 60))
    parts: dict[int, list[tuple[float, float]]] = {}
    for trip in seen.trips("east", "west"):
        for load in trip.loads:
            parts.setdefault(load.consignment, []).append((load.amount, load.ready))
    whole = {n: found for n, found in parts.items() if sum(amount for amount, _ in found) == 50.0}
    assert len(whole) > 20
    for number, found in whole.items():
        consigned = seen.journal.consignments[number]
        assert consigned.amount == 50.0
        assert {ready for _, ready in found} == {max(consigned.created, found[0][1])}
        assert sorted(amount for amount, _ in found) in ([10.0, 20.0, 20.0],)
    trips = seen.trips("east", "west", moments=2)
    assert {sum(load.amount for load in trip.loads) for trip in trips} == {20.0}


@pytest.mark.parametrize(("share", "going"), [(0.5, {0, 1}), (0.6, {0, 1}), (0.7, {0, 1, 2}), (0.05, {0})])
def test_cut_of_a_service_lays_up_that_share_of_its_ships_wherever_they_lie(
    share: float, going: set[int]
) -> None:
    """Rounded, and at least one goes while the service is not shut."""
    made = by_ship(rate=100.0, back=100.0, ships=4, quays=(2, 2), patience=NEVER)
    seen = Run(scenario(made, 80, closure("boat", 20, 40, remaining=share)))
    busy = {call.vehicle for call in seen.journal.port_calls if 24.0 < call.arrived < 40.0}
    assert busy == going
    assert {call.vehicle for call in seen.journal.port_calls if call.arrived > 44.0} == {0, 1, 2, 3}


def test_service_that_is_shut_for_good_carries_nothing_once_those_at_sea_have_arrived() -> None:
    made = by_ship(rate=100.0, ships=4, quays=(2, 2), sailing=1.5, patience=NEVER)
    seen = Run(scenario(made, 60, closure("boat", 20, 60)))
    assert not [trip for trip in seen.journal.trips if len(trip.times) > 1 and trip.times[1] > 21.0]
    assert [trip for trip in seen.journal.trips if len(trip.times) > 2 and trip.times[2] > 20.0]


def test_ships_come_for_cargo_that_waits_beside_a_ship_that_is_laid_up() -> None:
    """Of two ships the one in the west is laid up; the other fetches what waits there."""
    made = by_ship(rate=0.001, back=10.0, lot=10.0, ships=2, longest_wait=0.5, sailing=0.5, patience=NEVER)
    seen = Run(scenario(made, 60, closure("boat", 0, 60, remaining=0.5)))
    trips = seen.trips("west", "east", since=5.0, moments=4)
    assert sum(load.amount for trip in trips for load in trip.loads) >= 10.0 * 50
    assert max(trip.times[1] - load.ready for trip in trips for load in trip.loads) < 1.5


@pytest.mark.parametrize(("ships", "yards", "rate"), [(2, 10.0, 7.0), (3, 10.0, 18.0), (4, 20.0, 18.0)])
def test_no_ship_lies_idle_while_more_waits_than_the_yard_can_hold(
    ships: int, yards: float, rate: float
) -> None:
    """The yard holds a load or two and trains stand before it: all ships go back and forth."""
    made = by_rail_and_ship(
        rate=rate,
        lot=5.0,
        load=5.0,
        ships=ships,
        ship_load=10.0,
        sailing=1.5,
        yards=yards,
        quays=2,
        days=0.3,
        paths=8.0,
        room=5,
        longest_wait=NEVER,
        patience=NEVER,
    )
    carried = sum(amount for day, amount in Run(scenario(made, 80)).delivered("west") if day > 20.0)
    assert carried > 0.95 * ships * 10.0 * 60 / 3.2  # there and back in 3.2 days, full on the way there


def test_two_ships_that_lie_alongside_do_not_both_go_for_one_load() -> None:
    """Both lie empty at quays in the west when one load waits in the east: one casts off for it."""
    made = by_ship(
        rate=1.0, lot=20.0, load=20.0, ships=2, quays=(2, 2), cast_off=0.5, sailing=4.0, patience=NEVER
    )
    seen = Run(scenario(made, 400))
    empty = [trip for trip in seen.trips("west", "east", since=20.0, moments=2) if not trip.loads]
    assert len(empty) > 10
    assert all(after.times[1] - before.times[1] > 10.0 for before, after in pairwise(empty))


def test_traffic_one_way_may_exceed_what_full_ships_carry_each_way() -> None:
    """The limits of quays and ships are those of ships that are full both ways, which are longer in port."""
    made = by_ship(rate=400.0, ships=8, patience=NEVER)
    (limit,) = group_limits(made, find_legs(made))
    carried = sum(amount for day, amount in Run(scenario(made, 120)).delivered("west") if day > 20.0) / 100
    assert limit.most.flow == pytest.approx(50.0)
    assert carried == pytest.approx(8 * 20.0 / 2.4, rel=0.02)
    both = by_ship(rate=400.0, back=400.0, ships=8, patience=NEVER)
    assert group_limits(both, find_legs(both))[0].most.flow == pytest.approx(50.0)
    seen = Run(scenario(both, 120))
    for end in ("east", "west"):
        there = sum(amount for day, amount in seen.delivered(end) if day > 20.0) / 100
        assert there == pytest.approx(50.0, rel=0.02)


def test_loaded_ship_that_cannot_sail_makes_way_for_one_that_has_cargo_to_unload() -> None:
    """The lane closes at one hour or another of a day: ships at sea unload as soon as without the closure."""
    made = by_ship(rate=100.0, back=100.0, ships=3, sailing=1.5, cast_off=0.05, patience=NEVER)
    for hour in range(24):
        shut = 20.0 + hour / 24
        seen = Run(scenario(made, 60, closure("strait", shut, 50)))
        caught = [trip for trip in seen.journal.trips if len(trip.times) == 4 and shut < trip.times[3] < 50.0]
        assert all(trip.times[3] - trip.times[2] < 3 * 0.5 for trip in caught)
        late = [trip for trip in seen.journal.trips if len(trip.times) > 2 and shut < trip.times[2] < 50.0]
        assert {len(trip.times) for trip in late} <= {4}
        assert all(trip.times[3] < 50.0 for trip in late)


def test_lots_split_over_ships_keep_the_moment_at_which_they_came_to_the_port() -> None:
    made = by_rail_and_ship(rate=10.0, lot=5.0, load=5.0, ships=3, ship_load=8.0, quays=2, patience=NEVER)
    seen = Run(scenario(made, 60))
    ready = {
        load.consignment: trip.times[3]
        for trip in seen.trips("east", "lagoon", since=2.0, moments=4)
        for load in trip.loads
    }
    loads = [load for trip in seen.trips("lagoon", "cape", since=5.0) for load in trip.loads]
    assert [load for load in loads if load.amount < 5.0]
    assert all(load.ready == ready[load.consignment] for load in loads if load.consignment in ready)


def test_ship_stays_at_its_quay_until_its_last_box_has_found_room_ashore() -> None:
    """The trains from the cape stop on day 20, the yard there is soon full, and ships are stuck."""
    made = by_rail_and_ship(rate=10.0, lot=5.0, load=5.0, ships=2, ship_load=10.0, yards=20.0, patience=NEVER)
    seen = Run(scenario(made, 60, closure("hill.train", 20, 40)))
    (held,) = [t for t in seen.trips("lagoon", "cape", moments=4) if t.times[3] - t.times[2] > 5.0][:1]
    assert held.times[3] == 40.0
    (call,) = [c for c in calls(seen, "cape") if c.berthed < 39.0 and c.left >= 40.0]
    assert call.left - call.berthed > 5.0
    assert call.worked == pytest.approx(0.1)
    kinds = [h.kind for h in seen.journal.events if h.element == "cape.yard"]
    assert kinds[:2] == ["held", "freed"]
