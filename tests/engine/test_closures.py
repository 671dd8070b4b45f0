"""Closures of lanes, fleets and fields, and the order of events at one moment."""

from __future__ import annotations

import pytest
from builders import closure, pipe, place, run, scenario, terminal

from sim.network.network import Element


@pytest.mark.parametrize("shut", ["sea", "tanker", "spm1"])
def test_nothing_loads_while_the_lane_the_fleet_or_the_berth_is_shut_and_all_goes_on_afterwards(
    shut: str,
) -> None:
    """Ships on their way when the fleet stays away are loaded still: they were called 2 days before."""
    outcome = run(scenario(terminal(lead=2.0, reserve=1.0), 60, closure(shut, 20, 40)))
    calls = outcome.journal.calls
    assert not [call for call in calls if 23 < call.berthed < 40]
    assert [call for call in calls if call.berthed < 20]
    assert [call for call in calls if call.berthed > 40]
    assert outcome.balance.holds


def test_what_happens_at_one_moment_keeps_its_order_whatever_happened_elsewhere_before() -> None:
    """The farm is at its mark on day 9, when the pipe closes; elsewhere something shuts on day 3."""
    idle: list[Element] = [place("nowhere"), pipe("unused", "port", "nowhere", 50.0)]
    made = terminal(farm=1000.0, storage=1e6, throttle_at=0.9, release_at=0.5, extra=idle)
    shut = [closure("spm1", 0, 40), closure("pipe", 9, 20)]
    orders = [
        [h for h in run(scenario(made, 40, *shut, *more)).journal.events if h.time == 9.0]
        for more in ([], [closure("unused", 3, 5)])
    ]
    assert orders[0] == orders[1]
    assert orders[0]
