"""Trains: assembly, runs over several lines, waits for paths and room, and shuttles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from builders import (
    closure,
    corridor,
    demand,
    network,
    place,
    rail,
    region,
    scenario,
    service,
    with_changes,
    yard,
)
from freight.worlds import NEVER, Run, by_rail, over_a_yard

from sim.network import Network


@pytest.mark.parametrize("beyond", ["", "line2", "line1 line2 line3"])
def test_train_runs_line_after_line_and_arrives_when_it_must(beyond: str) -> None:
    """Also where a closure after the run makes every line one that might be shut."""
    closures = [closure(beyond, 100, 101)] if beyond else []
    seen = Run(scenario(by_rail(1.0, 0.5, 2.0), 20, *closures))
    trips = seen.trips("east", "west", since=0.0)
    assert len(trips) == 20
    for trip in trips[:16]:
        (created,) = seen.created(trip)
        offsets = [0.0, 0.0, 1.0, 1.0, 1.5, 1.5, 3.5, 3.5]
        assert trip.times == pytest.approx([created + days for days in offsets])


def test_unfinished_trip_has_no_moments_that_are_still_to_come() -> None:
    seen = Run(scenario(by_rail(1.0, 0.5, 2.0), 20))
    for trip in seen.journal.trips:
        assert all(moment <= 20.0 for moment in trip.times)
    late = [trip for trip in seen.trips("east", "west") if trip.times[0] > 18.75]
    assert [len(trip.times) for trip in late] == [4 if trip.times[0] <= 19.0 else 2 for trip in late]


def test_paths_space_the_trains_that_have_waited() -> None:
    """One train a day is shut in from day 10 to 20; at two paths a day the ten leave half a day apart."""
    seen = Run(scenario(by_rail(1.0, paths=[2.0]), 40, closure("line1", 10, 20)))
    left = [trip.times[1] for trip in seen.trips("east", "west") if trip.times[1] >= 10.0]
    assert left[:10] == pytest.approx([20.0 + half / 2 for half in range(10)])
    assert all(later - earlier >= 0.5 - 1e-9 for earlier, later in pairwise(left))


def test_paths_that_nobody_takes_are_gone() -> None:
    """After days without trains the first two still leave half a day apart."""
    made = by_rail(1.0, 1.0, paths=[None, 2.0])
    seen = Run(scenario(made, 40, closure("line1", 10, 20)))
    left = [trip.times[3] for trip in seen.trips("east", "west", moments=4) if trip.times[1] >= 20.0]
    assert left[:10] == pytest.approx([21.0 + half / 2 for half in range(10)])


def test_trains_wait_for_a_path_first_come_first_served() -> None:
    seen = Run(scenario(by_rail(1.0, paths=[0.5], rate=1.0), 60))
    left = [trip.times[1] for trip in seen.trips("east", "west", moments=2)]
    assert left == sorted(left)
    assert [later - earlier for earlier, later in pairwise(left)] == pytest.approx([2.0] * (len(left) - 1))


def test_next_path_comes_no_later_than_the_paths_of_the_line_unchanged_now() -> None:
    """Works leave a hundredth of two paths a day, one in fifty days, and are over after ten."""
    seen = Run(scenario(by_rail(1.0, paths=[2.0]), 60, closure("line1", 10, 20, remaining=0.01)))
    left = [trip.times[1] for trip in seen.trips("east", "west") if trip.times[1] > 11.0]
    assert 20.0 <= left[0] <= 20.5
    assert left[8] <= 20.5 + 8 * 0.5


@pytest.mark.parametrize("room", [1, 2, 3])
def test_room_holds_trains_on_the_line_before(room: int) -> None:
    """A train sets out once the one that came `room` trains before it is off the line."""
    made = by_rail(1.0, 4.0, rooms=[None, room])
    trips = Run(scenario(made, 60)).trips("east", "west", since=5.0, moments=4)
    left = [trip.times[3] for trip in trips]
    for n in range(room, len(left)):
        off = left[n - room] + 4.0
        assert left[n] == pytest.approx(max(trips[n].times[2], off))
    assert max(trip.times[3] - trip.times[2] for trip in trips) > 5.0


def test_train_that_cannot_go_on_takes_up_room_on_the_line_where_it_stands() -> None:
    """Line 2 takes one train in 4 days, line 1 holds two: a third cannot set out before one is off line 1."""
    made = by_rail(1.0, 4.0, rooms=[2, 1])
    trips = Run(scenario(made, 80)).trips("east", "west", since=5.0, moments=4)
    for before, trip in zip(trips, trips[2:], strict=False):
        assert trip.times[1] == pytest.approx(max(trip.times[0], before.times[3]))


def test_full_yard_holds_trains_and_lets_them_in_first_come_first_served() -> None:
    """A yard for three lots; the line out is shut from day 10 to 20."""
    made = over_a_yard(capacity=3.0)
    seen = Run(scenario(made, 40, closure("outward", 10, 20)))
    into = [trip for trip in seen.trips("east", "hub", moments=4) if trip.times[2] > 10.0]
    # one train is made up at once and waits for its path, so that the yard is full with the fourth lot
    assert [trip.times[3] - trip.times[2] for trip in into[:4]] == pytest.approx([0.0] * 4)
    held = [trip for trip in into if trip.times[2] < 20.0][4:]
    assert len(held) == 6
    assert [trip.times[3] for trip in held] == pytest.approx([20.0] * 6)
    events = [(h.kind, h.element) for h in seen.journal.events if h.kind in ("held", "freed")]
    assert events == [("held", "hub.yard"), ("freed", "hub.yard")]
    times = [h.time for h in seen.journal.events if h.kind in ("held", "freed")]
    assert times == pytest.approx([held[0].times[2], 20.0])
    out = seen.trips("hub", "west")
    ready = [load.ready for trip in out for load in trip.loads]
    assert ready == sorted(ready)


def test_held_trains_come_in_one_by_one_as_the_yard_empties() -> None:
    """Out goes one train in two days, in comes one a day: each is let in when the one before has left."""
    made = network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", 1.0),
        rail("outward", "hub", "west", 1.0, 0.5),
        yard("hub.yard", "hub", 3.0),
        service("in", "inward", 1.0, NEVER),
        service("out", "outward", 1.0, NEVER),
        demand("goods", "east", "west", 1.0, 1.0),
        corridor("way", "east", "west", "inward outward"),
    )
    seen = Run(scenario(made, 60))
    done = [trip.times[3] for trip in seen.trips("east", "hub", moments=4) if trip.times[3] > 20.0]
    left = [trip.times[1] for trip in seen.trips("hub", "west", moments=2)]
    assert done == sorted(done)
    assert [b - a for a, b in pairwise(done)] == pytest.approx([2.0] * (len(done) - 1))
    for moment in done:  # a place is free when a train is made up, which is when the one before leaves
        assert min(abs(moment - other) for other in left) < 1e-9


def test_handling_is_the_least_time_between_coming_and_going() -> None:
    seen = Run(scenario(over_a_yard(handling=0.4), 20))
    out = seen.trips("hub", "west", since=2.0)
    assert out
    for trip in out:
        (load,) = trip.loads
        assert trip.times[0] == pytest.approx(load.ready + 0.4)


def test_train_sets_out_when_full_or_when_its_first_cargo_has_waited_longest() -> None:
    """A lot each half day in trains of three: full after a day. In 0.7 day two have come."""
    for longest, lots, wait in ((NEVER, 3, 1.0), (0.7, 2, 0.7)):
        seen = Run(scenario(by_rail(1.0, rate=2.0, load=3.0, longest_wait=longest), 30))
        trips = seen.trips("east", "west", since=5.0)[:-1]
        for trip in trips:
            assert len(trip.loads) == lots
            assert trip.times[1] - trip.loads[0].ready == pytest.approx(wait)


def test_longest_wait_counts_from_coming_and_includes_handling() -> None:
    """A train that is never full leaves as soon as its first lot is handled, unless it may wait longer."""
    for longest, wait in ((0.3, 0.4), (0.6, 0.6)):
        made = over_a_yard(handling=0.4, load=1.0, longest_wait=longest)
        made = with_changes(made, out={"load": 10.0})
        for trip in Run(scenario(made, 40)).trips("hub", "west", since=5.0):
            assert trip.times[0] == pytest.approx(trip.loads[0].ready + wait)


def test_lot_that_does_not_fit_waits_whole_for_the_next_train() -> None:
    """Trains of 10 and lots of 4: two on each."""
    seen = Run(scenario(by_rail(1.0, rate=8.0, lot=4.0, load=10.0), 30))
    trips = seen.trips("east", "west", since=5.0)
    assert {tuple(load.amount for load in trip.loads) for trip in trips} == {(4.0, 4.0)}


def test_lots_larger_than_a_train_are_split_and_their_trains_are_full() -> None:
    """Lots of 10 and trains of 8: five trains carry four lots, on a line that has not a path to spare."""
    made = by_rail(1.0, rate=8.0, lot=10.0, load=8.0, paths=[1.05])
    seen = Run(scenario(made, 100))
    trips = seen.trips("east", "west", since=20.0, moments=4)
    assert sum(sum(load.amount for load in trip.loads) for trip in trips) >= 8.0 * (len(trips) - 1)
    by_lot: dict[int, float] = {}
    for trip in seen.trips("east", "west"):
        for load in trip.loads:
            by_lot[load.consignment] = by_lot.get(load.consignment, 0.0) + load.amount
    assert max(by_lot.values()) <= 10.0 + 1e-9


def fork(rate: float, paths: float, **more: float) -> Network:
    """Trains to "north" and to "south" over the line "trunk" that both begin with."""
    return network(
        [region("east"), region("north"), region("south"), place("junction")],
        rail("trunk", "east", "junction", 1.0, paths),
        rail("left", "junction", "north", 1.0),
        rail("right", "junction", "south", 1.0),
        service("train", "trunk left right", 1.0, NEVER),
        demand("to-north", "east", "north", rate, 1.0),
        demand("to-south", "east", "south", rate, 1.0),
        corridor("northward", "east", "north", "trunk left"),
        corridor("southward", "east", "south", "trunk right"),
    )


def test_trains_of_two_directions_share_the_paths_of_the_line_that_both_begin_with() -> None:
    """A train a day wants to go each way and there is one path a day: half of the paths for each."""
    seen = Run(scenario(fork(1.0, 1.0), 100))
    north, south = (len(seen.trips("east", end, moments=2)) for end in ("north", "south"))
    assert north + south >= 98
    assert abs(north - south) <= 4


def test_after_a_closure_those_who_came_first_leave_first_whichever_way_they_go() -> None:
    seen = Run(scenario(fork(1.0, 4.0), 60, closure("trunk", 10, 20)))
    trips = [trip for end in ("north", "south") for trip in seen.trips("east", end, moments=2)]
    after = sorted((trip for trip in trips if 20.0 <= trip.times[1] < 25.0), key=lambda trip: trip.times[1])
    ready = [trip.loads[0].ready for trip in after]
    assert all(later >= earlier - 1.0 for earlier, later in pairwise(ready))


def test_set_of_wagons_goes_back_and_forth_empty_where_cargo_waits_at_the_other_end() -> None:
    """One set, a day each way, half a day at each end: it leaves the east every three days."""
    seen = Run(scenario(by_rail(1.0, rate=1.0, load=1.0, vehicles=1, layover=0.5), 60))
    there, back = seen.trips("east", "west", 5.0, 2), seen.trips("west", "east", 5.0, 2)
    left = [trip.times[1] for trip in there]
    assert [b - a for a, b in pairwise(left)] == pytest.approx([3.0] * (len(left) - 1))
    assert all(trip.loads == () for trip in back)
    for trip in back:
        assert min(abs(trip.times[1] + 1.5 - moment) for moment in left) < 1e-9 or trip.times[1] > 57.0


def test_sets_of_wagons_stay_where_they_are_when_nothing_waits_anywhere() -> None:
    """The demand is shut on day 20: once what was sent is carried, nobody moves."""
    made = by_rail(1.0, rate=1.0, load=1.0, vehicles=3)
    seen = Run(scenario(made, 60, closure("goods", 20, 60)))
    moved = [trip for trip in seen.journal.trips if trip.times[0] > 30.0]
    assert moved == []


def test_cut_of_a_service_lays_up_that_share_of_its_sets() -> None:
    """Of four sets two stay: each goes there and back in two days, so that one a day leaves."""
    made = by_rail(1.0, rate=10.0, load=1.0, vehicles=4, patience=NEVER)
    seen = Run(scenario(made, 60, closure("train", 20, 40, remaining=0.5)))

    def count(begin: float, end: float) -> int:
        return len([t for t in seen.trips("east", "west", moments=2) if begin < t.times[1] <= end])

    assert count(8.0, 18.0) == 20
    assert count(24.0, 34.0) == 10
    assert count(44.0, 54.0) == 20


def test_service_that_is_shut_makes_up_no_trains_and_those_under_way_arrive() -> None:
    seen = Run(scenario(by_rail(2.0, rate=1.0), 40, closure("train", 10, 20)))
    trips = seen.trips("east", "west")
    assert not [trip for trip in trips if 10.0 <= trip.times[0] < 20.0]
    assert [moment for moment, _ in seen.delivered("west") if 10.0 < moment < 12.0]
    assert len([trip for trip in trips if trip.times[0] == 20.0]) == 10


def test_line_that_is_shut_carries_those_who_are_on_it_to_its_end() -> None:
    seen = Run(scenario(by_rail(1.0, 2.0, rate=1.0), 40, closure("line2", 10, 20)))
    trips = seen.trips("east", "west")
    assert not [trip for trip in trips if 10.0 <= [*trip.times, NEVER, NEVER, NEVER][3] < 20.0]
    arrived = [moment for moment, _ in seen.delivered("west")]
    assert len([moment for moment in arrived if 10.0 <= moment < 12.0]) == 2
    assert not [moment for moment in arrived if 12.0 < moment < 22.0]
    assert len([moment for moment in arrived if moment == 22.0]) == 10


def test_transit_times_do_not_depend_on_later_closures() -> None:
    """The same draws, train by train, whether or not a line on the way may be closed in this run."""
    made = by_rail(2.0, 2.0, rate=2.0, spread=0.8)
    plain, cut = (Run(scenario(made, 60, *more)) for more in ([], [closure("line2", 40, 50)]))
    before = [
        [t.times for t in seen.trips("east", "west", moments=6) if t.times[5] < 40.0] for seen in (plain, cut)
    ]
    assert len(before[0]) > 50
    assert before[0] == before[1]


def test_train_that_has_gone_on_to_a_line_where_nothing_is_in_its_way_leaves_its_room_behind() -> None:
    """Line 1 has room for one train, which is off it after a day though it runs on for four."""
    seen = Run(scenario(by_rail(0.9, 4.0, rooms=[1, None]), 40))
    for trip in seen.trips("east", "west", since=2.0, moments=4):
        assert trip.times[1] == trip.times[0]


def test_small_lot_for_which_there_is_room_waits_behind_the_large_one_that_came_before() -> None:
    """Lots of 4 and of 1 come by train to a yard for 5, from which a train goes in two and a half days."""
    made = network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", 1.0),
        rail("outward", "hub", "west", 1.0, 0.4),
        yard("hub.yard", "hub", 5.0),
        service("in", "inward", 4.0, 0.01),
        service("out", "outward", 4.0, 0.01),
        demand("large", "east", "west", 1.0, 4.0),
        demand("small", "east", "west", 1.0, 1.0),
        corridor("way", "east", "west", "inward outward"),
    )
    into = Run(scenario(made, 100)).trips("east", "hub", since=10.0, moments=4)
    assert [trip for trip in into if trip.times[3] > trip.times[2] + 1.0]
    done = [trip.times[3] for trip in sorted(into, key=lambda trip: trip.times[2])]
    assert done == sorted(done)


def test_train_of_which_a_part_was_let_in_is_first_to_be_let_in_again() -> None:
    """Trains of two lots, of which one at a time finds room: lots come into the yard train by train."""
    made = network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", 1.0),
        rail("outward", "hub", "west", 1.0, 0.8),
        yard("hub.yard", "hub", 3.0),
        service("in", "inward", 2.0, NEVER),
        service("out", "outward", 1.0, NEVER),
        demand("goods", "east", "west", 1.0, 1.0),
        corridor("way", "east", "west", "inward outward"),
    )
    seen = Run(scenario(made, 120))
    sent = [load.consignment for trip in seen.trips("east", "hub", since=0.0) for load in trip.loads]
    went = [load.consignment for trip in seen.trips("hub", "west", since=5.0) for load in trip.loads]
    first = sent.index(went[0])
    assert len(went) > 50
    assert went == sent[first : first + len(went)]
    held = [t.times[3] - t.times[2] for t in seen.trips("east", "hub", since=60.0, moments=4)]
    assert min(held) > 0.0
