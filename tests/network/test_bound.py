"""Bounds of small networks that can be worked out by hand, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from builders import (
    berth,
    called,
    contract,
    field,
    fleet,
    lane,
    market,
    network,
    pipe,
    place,
    tanks,
    terminal,
    with_changes,
)

from sim.network import Network
from sim.network.capacity_profile import Layer
from sim.network.oil.bound import bound
from sim.network.time_expanded import joined

Shares = Mapping[str, float]


def layers(made: Network, *stretches: tuple[float, Shares]) -> list[Layer]:
    """Layers of so many days, each with what is left open of some elements."""
    found, day = [], 0.0
    for days, shares in stretches:
        found.append(Layer(day, days, made, lambda id, shares=shares: shares.get(id, 1.0)))
        day += days
    return found


def exported(made: Network, *stretches: tuple[float, Shares]) -> float:
    return bound(made, layers(made, *stretches)).exported


def by_pipe(capacity: float = 50.0, **of_field: Any) -> Network:
    """A field of 40 t/day whose pipe leads to the market."""
    return network(
        field("well", 40.0, **of_field),
        market("world"),
        pipe("pipe", "well-field", "world", capacity),
        contract("well", "world"),
    )


def ferry(*, vessels: int = 1, sailing: float = 1.0, **of_tanks: Any) -> Network:
    """100 t/day to Aktau and in ships of 10 t, which pump in no time to speak of, across to the market."""
    return network(
        field("well", 100.0),
        place("aktau", "port"),
        market("baku"),
        pipe("pipe", "well-field", "aktau", 100.0),
        tanks("tanks", "aktau", "sea", 1000.0, **of_tanks),
        lane("sea", "aktau", "baku", 100.0),
        berth("berth", "aktau", "sea", 1e7),
        berth("landing", "baku", "sea", 1e7, work="discharge"),
        fleet("ferries", "sea", 10.0, vessels, 100.0 / sailing),
        contract("well", "baku"),
    )


# -- fields, pipes and tanks -------------------------------------------------------------------


def test_what_a_field_gives_is_exported_while_its_pipe_is_open() -> None:
    made = by_pipe()
    found = bound(made, layers(made, (10, {}), (5, {"pipe": 0.5}), (5, {"pipe": 0.0})))
    assert found.exported == pytest.approx(10 * 40 + 5 * 25)
    assert found.potential == 20 * 40
    assert found.curtailed == pytest.approx(5 * 15 + 5 * 40)


def test_tanks_carry_over_what_they_hold_and_let_it_go_as_fast_as_the_field_can_send() -> None:
    made = by_pipe(storage=100.0, evacuation=1.1)
    assert exported(made, (10, {"pipe": 0.0}), (10, {})) == pytest.approx(10 * 44)
    assert exported(made, (10, {"pipe": 0.0}), (100, {})) == pytest.approx(100 + 100 * 40)


def test_what_lies_in_tanks_at_the_end_was_not_left_in_the_ground() -> None:
    made = by_pipe(storage=100.0)
    found = bound(made, layers(made, (5, {"pipe": 0.0})))
    assert (found.exported, found.curtailed) == (0.0, pytest.approx(5 * 40 - 100))


def test_opening_stock_can_be_exported_but_was_not_produced() -> None:
    made = terminal(rate=10.0, farm=1000.0, initial=0.5, pumping=1e6)
    found = bound(made, layers(made, (10, {"pipe": 0.0})))
    assert found.exported == pytest.approx(500, abs=0.01)
    assert found.produced == pytest.approx(0.0, abs=0.01)


def test_tanks_of_which_a_part_is_shut_let_go_of_what_lies_there_but_take_no_more_than_their_room() -> None:
    made = terminal(rate=0.001, farm=1000.0, initial=0.8, pumping=1e6)
    shut = {"spm1": 0.0}
    less = {"spm1": 0.0, "farm": 0.1}
    assert exported(made, (1, shut), (1, less), (1, {})) == pytest.approx(800, abs=0.1)
    assert exported(made, (1, less), (1, {})) == pytest.approx(800, abs=0.1)
    fast = terminal(rate=300.0, pipe_capacity=300.0, farm=1000.0, pumping=1e6)
    assert exported(fast, (10, less), (0.001, {"pipe": 0.0})) == pytest.approx(100, abs=0.1)


def test_a_changed_capacity_stands_from_its_layer_on() -> None:
    made = by_pipe()
    wider = with_changes(made, pipe={"capacity": 10.0})
    found = [Layer(0.0, 10.0, made, lambda id: 1.0), Layer(10.0, 10.0, wider, lambda id: 1.0)]
    assert bound(made, found).exported == pytest.approx(10 * 40 + 10 * 10)
    assert len(joined(found, ["pipe"])) == 2


def test_layers_without_a_change_that_matters_are_joined() -> None:
    made = by_pipe()
    found = joined(layers(made, (3, {}), (4, {"elsewhere": 0.0}), (5, {"pipe": 0.0})), ["pipe", "well"])
    assert [(layer.begin, layer.days) for layer in found] == [(0.0, 7.0), (7.0, 5.0)]


def test_contracts_do_not_bind_and_a_shipper_without_a_way_does_not_count() -> None:
    made = network(
        field("well", 40.0),
        field("far", 100.0),
        market("world"),
        market("other"),
        pipe("pipe", "well-field", "world", 10.0),
        pipe("second", "well-field", "other", 100.0),
        contract("well", "world"),
        contract("well", "other", normal=0.0),
        contract("far", "world"),
        sound=False,
    )
    found = bound(made, layers(made, (10, {})))
    assert (found.exported, found.potential) == (pytest.approx(400), 400)


# -- berths ------------------------------------------------------------------------------------

# a load of 100 t in a day, after an approach of a day and before half a day of casting off
SLOW: dict[str, Any] = {
    "rate": 1e4,
    "pipe_capacity": 1e4,
    "farm": 1e6,
    "pumping": 100.0,
    "approach": 1.0,
    "cast_off": 0.5,
}


def test_a_berth_begins_with_its_approach_and_has_a_load_a_cycle() -> None:
    made = terminal(**SLOW)
    assert exported(made, (2, {})) == pytest.approx(40 * 2 + 20)  # that is a load, and no less
    assert exported(made, (250, {})) == pytest.approx(100 * 100 + 20)


def test_a_ship_that_has_made_fast_pumps_as_soon_as_its_cargo_comes() -> None:
    made = terminal(**SLOW)
    assert exported(made, (5, {"pipe": 0.0}), (1, {})) == pytest.approx(100)
    assert exported(made, (5, {"pipe": 0.0}), (10, {})) == pytest.approx(40 * 10 + 60)
    assert exported(made, (5, {"pipe": 0.0}), (0.25, {})) == pytest.approx(25)


def test_a_berth_that_opens_has_its_approach_before_it() -> None:
    made = terminal(**SLOW)
    shut = {"spm1": 0.0}
    assert exported(made, (3, shut), (2, {})) == pytest.approx(100)
    assert exported(made, (2, {}), (3, shut), (2, {})) == pytest.approx(200)
    assert exported(made, (3, shut)) == 0.0


def test_no_more_berths_are_at_work_than_may_be_at_once() -> None:
    made = terminal(**SLOW, moorings=3, at_once=2)
    assert exported(made, (100, {})) == pytest.approx(2 * (40 * 100 + 20))
    assert exported(made, (100, {"spm1": 0.0})) == pytest.approx(2 * (40 * 100 + 20))
    assert exported(made, (100, {"spm1": 0.0, "spm2": 0.0})) == pytest.approx(40 * 100 + 20)


def test_a_berth_that_comes_back_by_and_by_wins_its_lead_but_once() -> None:
    made = terminal(**SLOW)
    steps = [(1.0, {"spm1": share / 10}) for share in range(1, 11)]
    at_rates = sum(100 / (1.5 + 10 / share) for share in range(1, 11))
    assert exported(made, *steps) <= at_rates + 40 * 1.5 + 0.1


def test_a_ship_pumps_at_the_rate_of_the_day_having_made_fast_at_another() -> None:
    made = terminal(**SLOW)
    assert exported(made, (5, {"pipe": 0.0, "spm1": 0.5}), (1, {})) == pytest.approx(100)
    assert exported(made, (2, {}), (3.5, {"spm1": 0.5})) == pytest.approx(100 + 100)


def test_ships_of_all_sizes_are_as_large_as_the_largest() -> None:
    made = terminal(**SLOW, extra=[called("large", "sea", 200.0, mix=0.0)])
    assert exported(made, (350, {})) == pytest.approx(200 * 100 + 200 / 3.5 * 0.5)


def test_ships_that_have_berthed_finish_when_their_lane_is_shut() -> None:
    made = terminal(**SLOW)
    shut = {"sea": 0.0}
    assert exported(made, (2, {}), (50, shut)) == pytest.approx(100 + 100)
    assert exported(made, (2, {}), (0.5, shut), (0.5, {**shut, "pipe": 0.5}), (50, shut)) == pytest.approx(
        200
    )
    assert exported(made, (50, shut)) == 0.0
    assert exported(made, (2, {}), (50, shut), (1, {})) == pytest.approx(100 + 100 + 40 + 60)


# -- fleets ------------------------------------------------------------------------------------


def test_a_fleet_carries_a_load_for_each_vessel_on_each_round_trip_and_one_to_begin_with() -> None:
    made = ferry(vessels=2, sailing=2.5)
    assert exported(made, (100, {})) == pytest.approx(2 * 10 * (100 / 5 + 1), abs=0.1)


def test_a_vessel_may_come_back_for_its_cargo_before_there_is_any() -> None:
    made = ferry()
    assert exported(made, (10, {"pipe": 0.0}), (2, {})) == pytest.approx(10 + 10, abs=0.1)


def test_what_is_aboard_is_landed_once_a_berth_opens() -> None:
    made = ferry(vessels=3)
    assert exported(made, (10, {"landing": 0.0}), (0.001, {"pipe": 0.0})) == pytest.approx(
        3 * 10 + 30, abs=0.1
    )


def test_vessels_laid_up_have_carried_their_last_load_and_go_again_with_one() -> None:
    made = ferry(vessels=4, sailing=0.5)
    laid_up = {"ferries": 0.5}
    assert exported(made, (10, {}), (10, laid_up), (10, {})) == pytest.approx(
        10 * (4 * 10 + 2 * 10 + 4 * 10) + 10 * (4 + 2 + 2), abs=0.1
    )
    assert exported(made, (100, {"ferries": 0.01})) == pytest.approx(10 * 100 + 40, abs=0.1)


def test_a_fleet_on_two_lanes_carries_no_more_than_on_one() -> None:
    parts: Sequence[Any] = (
        field("well", 100.0),
        place("aktau", "port"),
        market("baku"),
        market("makhachkala"),
        pipe("pipe", "well-field", "aktau", 100.0),
        fleet("ferries", "north south", 10.0, 1, 100.0),
        contract("well", "baku"),
        contract("well", "makhachkala"),
        *(
            part
            for sea, end in (("south", "baku"), ("north", "makhachkala"))
            for part in (
                tanks(f"{sea}-tanks", "aktau", sea, 100.0),
                lane(sea, "aktau", end, 100.0),
                berth(f"{sea}-berth", "aktau", sea, 1e7),
                berth(f"{end}-berth", end, sea, 1e7, work="discharge"),
            )
        ),
    )
    assert exported(network(*parts), (100, {})) == pytest.approx(10 * 50 + 10, abs=0.1)
