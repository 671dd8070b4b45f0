"""Unusual networks, each of which is refused by the checks or works."""

from __future__ import annotations

import pytest
from builders import (
    berth,
    called,
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

from sim.errors import InputError
from sim.network import Network
from sim.network.network import Element


def parts(made: Network) -> list[Element]:
    return [element for _, table in made.kinds() for element in table.values()]


@pytest.mark.parametrize(("throttle_at", "release_at"), [(0.8, 0.8), (0.9, 0.75 * 1.2), (0.7, 0.8)])
def test_equal_or_crossed_throttle_and_release_marks_are_refused(
    throttle_at: float, release_at: float
) -> None:
    """Intake would switch to and fro within one instant, or with every rounding error."""
    with pytest.raises(InputError, match="release_at") as refused:
        terminal(farm=150.0, throttle_at=throttle_at, release_at=release_at)
    assert len(refused.value.faults) == 1


def test_a_stock_that_nobody_holds_down_may_have_both_marks_at_its_top() -> None:
    terminal(farm=150.0, throttle_at=1.0, release_at=1.0)


def test_a_field_that_could_never_send_all_it_produces_is_refused() -> None:
    with pytest.raises(InputError, match="evacuation") as refused:
        network(
            field("well", 10.0, evacuation=0.9),
            market("world"),
            pipe("pipe", "well-field", "world", 20.0),
            contract("well", "world"),
        )
    assert len(refused.value.faults) == 1


def test_a_tank_farm_that_closes_under_a_ship_loses_nothing() -> None:
    made = terminal(farm=150.0, throttle_at=0.9, release_at=0.7, reserve=1.0, load=30.0, approach=0.2)
    outcome = run(scenario(made, 40, closure("farm", 0, 1), closure("farm", 20, 25, 0.5)))
    assert outcome.balance.holds


def test_a_field_beside_the_tank_farm_it_ships_from_delivers() -> None:
    made = network(
        field("well", 10.0, at="port"),
        place("port", "terminal"),
        market("world"),
        tanks("farm", "port", "sea", 100.0, reserve=3.0),
        lane("sea", "port", "world"),
        berth("spm1", "port", "sea", 100.0),
        called("tanker", "sea", 20.0),
        contract("well", "world"),
    )
    outcome = run(scenario(made, 60))
    assert outcome.balance.produced == pytest.approx(600.0)
    assert outcome.balance.sold > 0.0


def test_a_terminal_none_of_whose_moorings_is_in_service_is_refused() -> None:
    idle = with_changes(terminal(), spm1={"in_service": False})
    with pytest.raises(InputError, match="in service"):
        network(parts(idle))


def test_a_fleet_that_can_never_get_a_full_cargo_is_refused() -> None:
    """Tanks of 40 t never hold the 50 that its ships wait for."""
    with pytest.raises(InputError, match="full cargoes"):
        network(
            field("well", 10.0),
            place("aktau", "port"),
            market("baku"),
            pipe("pipe", "well-field", "aktau", 50.0),
            tanks("tanks", "aktau", "ferry", 40.0),
            lane("ferry", "aktau", "baku"),
            berth("load", "aktau", "ferry", 50.0),
            berth("unload", "baku", "ferry", 50.0, work="discharge"),
            fleet("ships", "ferry", 50.0, 2, 100.0),
            contract("well", "baku"),
        )
