"""Freight that has come to rest by the end of a run is reported, and nothing while everything moves."""

from __future__ import annotations

from builders import by_rail_and_ship, closure, run, scenario
from freight.worlds import NEVER, by_rail, by_ship, over_a_yard

from sim.network import Network
from sim.scenario import Disturbance


def stalled(made: Network, *closures: Disturbance) -> tuple[str, ...]:
    return run(scenario(made, 60, *closures)).stalled


def test_quiet_times_are_not_reported() -> None:
    assert stalled(by_rail(1.0, 2.0)) == ()
    assert stalled(by_rail_and_ship(patience=NEVER)) == ()


def test_closure_that_ended_in_time_is_not_reported() -> None:
    assert stalled(by_rail(1.0, paths=[4.0]), closure("line1", 10, 50)) == ()


def test_short_wait_at_the_end_is_not_reported() -> None:
    assert stalled(by_rail(1.0), closure("line1", 50, 60)) == ()


def test_trains_before_a_line_that_is_shut_are_reported() -> None:
    (line,) = stalled(by_rail(1.0, 1.0), closure("line2", 10, 60))
    assert line.startswith(("49 trains", "50 trains"))
    assert "line2 to west" in line and "shut" in line


def test_trains_for_which_there_are_few_paths_are_reported() -> None:
    (line,) = stalled(by_rail(1.0, 1.0, rate=1.0, paths=[None, 0.3], patience=NEVER))
    assert "line2 to west" in line and "few paths" in line


def test_trains_for_which_there_is_no_room_are_reported() -> None:
    (line,) = stalled(by_rail(1.0, 10.0, rate=1.0, rooms=[None, 2], patience=NEVER))
    assert "line2 to west" in line and "full" in line


def test_trains_that_a_full_yard_holds_are_reported() -> None:
    lines = stalled(over_a_yard(capacity=3.0), closure("outward", 10, 60))
    held = [line for line in lines if "hub.yard" in line]
    assert len(held) == 1
    assert "cannot unload" in held[0] and "hub>west" in held[0]


def test_ships_that_wait_for_a_quay_are_reported() -> None:
    (line,) = stalled(by_ship(rate=100.0, ships=3, patience=NEVER), closure("west.quay1", 10, 60))
    assert line.startswith("3 ships") and "west" in line


def test_nothing_moves_and_nothing_is_lost_when_all_is_shut_at_once() -> None:
    made = by_rail_and_ship(patience=NEVER)
    shut = closure("plain strait hill boat lagoon.quay1 cape.quay1 lagoon.yard cape.yard", 20, 60)
    outcome = run(scenario(made, 60, shut))
    assert outcome.freight_balance.holds
    assert outcome.stalled
