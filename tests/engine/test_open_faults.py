"""Faults that are known and open, each as small as it gets. `xfail_strict` tells when one is mended."""

from __future__ import annotations

import pytest
from builders import (
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
    terminal,
    with_changes,
)

from sim.engine.outlook import Outlook
from sim.errors import InputError


@pytest.mark.xfail(reason="nothing listens to the gate of a sea lane, yet its closure is told as happening")
def test_a_closed_sea_lane_carries_nothing() -> None:
    outcome = run(scenario(terminal(), 40, closure("sea", 10, 30)))
    assert not [call for call in outcome.journal.calls if 11 < call.berthed < 30]


@pytest.mark.xfail(reason="nothing listens to the gate of a fleet that is called")
def test_a_called_fleet_that_stays_away_loads_nothing() -> None:
    outcome = run(scenario(terminal(lead=0.0), 40, closure("tanker", 10, 30)))
    assert not [call for call in outcome.journal.calls if 12 < call.berthed < 30]


@pytest.mark.xfail(reason="Outlook.turns counts closures that leave everything open")
def test_a_closure_that_leaves_all_open_is_no_turn() -> None:
    assert Outlook([closure("pipe", 5, 8, 1.0, planned=True)]).turns(["pipe"], 0.0, 10.0) == []


@pytest.mark.xfail(reason="equal marks below 100 % pass the checks, and the farm then switches within one instant",
                   raises=RuntimeError)  # fmt: skip
def test_equal_throttle_and_release_marks_are_refused_or_work() -> None:
    try:
        made = terminal(farm=150.0, throttle_at=0.8, release_at=0.8)
    except InputError:
        return
    run(scenario(made, 40, closure("spm1", 0, 1, announced=13)))


@pytest.mark.xfail(reason="Programme takes its first mooring in service without asking whether there is one",
                   raises=IndexError)  # fmt: skip
def test_a_terminal_none_of_whose_moorings_is_in_service_is_refused_or_fills_up() -> None:
    try:
        made = network(*with_parts(terminal()))
    except InputError:
        return
    assert run(scenario(made, 40)).balance.sold == 0.0


def with_parts(made: object) -> list[object]:
    changed = with_changes(made, spm1={"in_service": False})  # type: ignore[arg-type]
    return [element for _, table in changed.kinds() for element in table.values()]


@pytest.mark.xfail(reason="a fleet whose ships hold more than the tanks never sails, and nobody is told")
def test_a_fleet_that_can_never_get_a_full_cargo_is_refused_or_told_as_stalled() -> None:
    try:
        made = network(
            field("well", 10.0), place("aktau", "port"), market("baku"), pipe("pipe", "well-field", "aktau", 50.0),
            tanks("tanks", "aktau", "ferry", 40.0), lane("ferry", "aktau", "baku"),
            berth("load", "aktau", "ferry", 50.0), berth("unload", "baku", "ferry", 50.0, work="discharge"),
            fleet("ships", "ferry", 50.0, 2, 100.0), contract("well", "baku"),
        )  # fmt: skip
    except InputError:
        return
    assert run(scenario(made, 60)).stalled
