"""Bounds of small corridors that can be worked out by hand, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from builders import (
    by_rail_and_ship,
    corridor,
    demand,
    network,
    ocean,
    place,
    rail,
    region,
    service,
    with_changes,
)

from sim.network import Network
from sim.network.capacity_profile import Layer
from sim.network.freight.bound import GroupBound, freight_bounds
from sim.network.freight.legs import find_legs

Shares = Mapping[str, float]
MUCH: dict[str, Any] = {"rate": 1e6, "load": 1e6}  # so that neither demand nor trains stand in the way


def bounds(made: Network, *stretches: tuple[float, Shares], sailing: float | None = None) -> list[GroupBound]:
    """The bounds over layers of so many days, each with what is left open of some elements."""
    found, day = [], 0.0
    for days, shares in stretches:
        found.append(Layer(day, days, made, lambda id, shares=shares: shares.get(id, 1.0)))
        day += days
    quickest = None if sailing is None else (lambda line, forward: sailing)
    return list(freight_bounds(found, find_legs(made), quickest))


def delivered(made: Network, *stretches: tuple[float, Shares], sailing: float | None = None) -> float:
    """Return the upper bound on deliveries of a network's only group."""
    (found,) = bounds(made, *stretches, sailing=sailing)
    return found.delivered


def by_rail(*, rate: float = 1000.0, paths: float | None = 2.0, **of_service: Any) -> Network:
    """From "east" to "west" over "plain" (with paths) and "hill", in trains of 10 TEU; a lot is one TEU."""
    given: dict[str, Any] = {"load": 10.0, **of_service}
    return network(
        [region("east"), region("west"), place("pass")],
        rail("plain", "east", "pass", 1.0, paths),
        rail("hill", "pass", "west", 1.0),
        service("train", "plain hill", **given),
        demand("goods", "east", "west", rate),
        corridor("way", "east", "west", "plain hill"),
    )


def test_shippers_send_what_they_have_and_the_lots_that_had_added_up() -> None:
    made = by_rail(rate=3.0, paths=None)
    assert delivered(made, (10, {})) == pytest.approx(31)
    assert delivered(made, (10, {}), (10, {"goods": 0.5})) == pytest.approx(1 + 30 + 15)
    assert delivered(made, (10, {}), (10, {"plain": 0.0})) == pytest.approx(31)
    assert delivered(made, (10, {"hill": 0.0}), (10, {})) == pytest.approx(61)
    assert delivered(made, (10, {}), (10, {"train": 0.0})) == pytest.approx(31)


def test_trains_have_their_paths_and_one_to_begin_with() -> None:
    made = by_rail()
    assert delivered(made, (10, {})) == pytest.approx(10 * (2 * 10 + 1))
    assert delivered(made, (10, {}), (10, {"plain": 0.0})) == pytest.approx(10 * (2 * 10 + 1))
    assert delivered(made, (10, {}), (10, {"plain": 0.0}), (10, {})) == pytest.approx(10 * (2 * 20 + 2))
    assert delivered(made, (10, {}), (10, {"plain": 0.5})) == pytest.approx(10 * (2 * 10 + 10 + 2))
    assert delivered(made, (10, {"plain": 0.5}), (10, {})) == pytest.approx(10 * (2 * 10 + 10 + 1))


def test_a_train_may_set_out_as_soon_as_its_cargo_comes() -> None:
    made = by_rail(rate=1000.0)
    assert delivered(made, (5, {"goods": 0.0}), (0.25, {})) == pytest.approx(1 + 10 * (2 * 0.25 + 1))


def test_sets_of_wagons_carry_a_load_on_each_round_trip_and_one_to_begin_with() -> None:
    made = by_rail(paths=None, vehicles=3, layover=0.5)
    assert delivered(made, (100, {})) == pytest.approx(3 * 10 * (100 / 5 + 1))
    assert delivered(made, (100, {}), sailing=2.0) == pytest.approx(3 * 10 * (100 / 9 + 1), abs=0.01)
    assert delivered(made, (100, {"train": 0.3})) == pytest.approx(10 * 100 / 5 + 30)
    assert delivered(made, (100, {"plain": 0.0})) == 0.0
    quick = by_rail(paths=None, vehicles=3)
    assert delivered(quick, (10, {}), sailing=0.0) == pytest.approx(1000 * 10 + 1)


def test_ships_carry_a_load_on_each_round_trip_and_one_to_begin_with() -> None:
    made = by_rail_and_ship(**MUCH, yards=1e9, lifting=20.0, ship_load=20.0, ships=2, layover=0.5)
    # two days at sea, two at quays, one lying over
    assert delivered(made, (100, {})) == pytest.approx(2 * 20 * (100 / 5 + 1))
    assert delivered(made, (100, {"strait": 0.0})) == 0.0


def test_quays_move_a_load_after_making_fast_and_go_on_after_a_storm() -> None:
    made = by_rail_and_ship(**MUCH, yards=1e9, lifting=20.0, ship_load=20.0, ships=1000)
    slow = with_changes(made, **{"cape.quay1": {"approach": 1.0}})
    assert delivered(made, (100, {})) == pytest.approx(20 * 100)
    assert delivered(slow, (100, {})) == pytest.approx(10 * 100)
    storm = {"cape.quay1": 0.0}
    assert delivered(slow, (10, {}), (10, storm), (10, {})) == pytest.approx(10 * 20 + 10)
    assert delivered(slow, (10, {"lagoon.quay1": 0.0}), (1, {})) == pytest.approx(10 + 10)
    two = by_rail_and_ship(**MUCH, yards=1e9, lifting=20.0, ship_load=20.0, ships=1000, quays=2)
    assert delivered(two, (100, {"lagoon.quay2": 0.5})) == pytest.approx(30 * 100)


def test_yards_and_ships_hold_what_they_have_room_for_from_layer_to_layer() -> None:
    made = by_rail_and_ship(rate=1e6, load=10.0, yards=70.0, lifting=1e6, ship_load=20.0, ships=1)
    found = delivered(made, (30, {"hill": 0.0}), (0.001, {"strait": 0.0}))
    # the yard, a train ready to go, and the ship: as if one were alongside, one at sea, and one held ashore,
    # and one that has taken its cargo ahead of its time
    assert found == pytest.approx(70 + 10 + 4 * 20, abs=0.01)


def test_trains_wait_on_the_line_before_the_one_that_is_shut() -> None:
    made = by_rail(rate=100.0, paths=None)
    assert delivered(made, (10, {"hill": 0.0}), (0.001, {"plain": 0.0})) == pytest.approx(1001)
    assert delivered(made, (10, {"plain": 0.0}), (0.001, {"hill": 0.0})) == 0.0


def test_each_cargo_and_way_of_a_group_has_its_bound_and_the_ocean_has_none() -> None:
    made = network(
        [region("east"), region("west")],
        rail("plain", "east", "west", 1.0, 1.0),
        ocean("sea", "east", "west", 30.0),
        service("train", "plain", 10.0),
        service("wagons", "plain", 50.0, cargo="wagons"),
        demand("goods", "east", "west", 100.0),
        demand("ore", "east", "west", 100.0, cargo="wagons"),
        corridor("boxes", "east", "west", "plain", group="land"),
        corridor("by-ocean", "east", "west", "sea", group="ocean"),
        corridor("ores", "east", "west", "plain", group="land", cargo="wagons"),
    )
    found = {(one.group, one.cargo): one.delivered for one in bounds(made, (10, {}))}
    assert found == {("land", "containers"): pytest.approx(110), ("land", "wagons"): pytest.approx(550)}


def test_corridors_of_a_group_share_the_paths_of_a_line() -> None:
    made = network(
        [region("east"), region("west"), region("south")],
        rail("plain", "east", "west", 1.0, 1.0),
        rail("on", "west", "south", 1.0),
        service("train", "plain on", 10.0),
        demand("goods", "east", "west", 100.0),
        demand("more", "east", "south", 100.0),
        corridor("one", "east", "west", "plain", group="land"),
        corridor("other", "east", "south", "plain on", group="land"),
    )
    assert delivered(made, (10, {})) == pytest.approx(110)
