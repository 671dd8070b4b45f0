"""Maximum flow of groups of corridors, and its bottlenecks, worked out by hand."""

from __future__ import annotations

from math import inf

import pytest
from builders import (
    by_rail_and_ship,
    corridor,
    demand,
    network,
    ocean,
    place,
    quay,
    rail,
    region,
    sea_line,
    service,
    with_changes,
    yard,
)

from sim.network import Network
from sim.network.bottleneck import Share
from sim.network.freight.bottleneck import (
    GroupLimit,
    bearing,
    group_limits,
    quay_capability,
    round_trip,
    service_capability,
)
from sim.network.freight.legs import find_legs
from sim.network.network import Element


def limits(made: Network, share: Share = lambda id: 1.0) -> dict[str, GroupLimit]:
    return {limit.group: limit for limit in group_limits(made, find_legs(made), share)}


def most(made: Network, group: str = "middle", share: Share = lambda id: 1.0) -> float:
    return limits(made, share)[group].most.flow


def plain(*corridors: Element, paths: float | None = 4.0, load: float = 10.0) -> Network:
    """Two lines one after the other, "first" with `paths` and "second" with 6, and a third beside them."""
    return network(
        [region("east"), region("west"), place("hub")],
        rail("first", "east", "hub", 1.0, paths),
        rail("second", "hub", "west", 1.0, 6.0),
        rail("beside", "hub", "west", 2.0, 1.5),
        service("train", "first second beside", load),
        demand("goods", "east", "west", 1.0),
        corridor("way", "east", "west", "first second", group="middle"),
        list(corridors),
    )


def test_line_with_the_fewest_paths_limits_a_corridor_by_land() -> None:
    limit = limits(plain())["middle"].most
    assert limit.flow == pytest.approx(40.0)
    assert limit.elements == (("first", pytest.approx(40.0)),)
    assert most(plain(paths=8.0)) == pytest.approx(60.0)


def test_lines_without_a_number_of_paths_limit_nothing() -> None:
    free = with_changes(plain(paths=None), second={"paths": None})
    assert most(free) == inf
    assert limits(free)["middle"].most.elements == ()


def test_corridors_of_a_group_share_the_paths_of_a_line_that_both_use() -> None:
    """Behind the hub 6 and 1.5 trains a day, before it 9 or 5 for both."""
    second = corridor("other", "east", "west", "first beside", group="middle")
    assert most(plain(second, paths=9.0)) == pytest.approx(75.0)
    assert most(plain(second, paths=5.0)) == pytest.approx(50.0)


def two_sizes(*loads: float) -> Network:
    """A trunk of 4 paths a day that trains of two services use, and a line for each of them from there."""
    return network(
        [region("east"), region("west"), place("hub")],
        rail("trunk", "east", "hub", 1.0, 4.0),
        rail("left", "hub", "west", 1.0),
        rail("right", "hub", "west", 1.0),
        service("one", "trunk left", loads[0]),
        service("two", "trunk right", loads[1]),
        demand("goods", "east", "west", 1.0),
        corridor("over-left", "east", "west", "trunk left", group="middle"),
        corridor("over-right", "east", "west", "trunk right", group="middle"),
    )


def test_paths_that_trains_of_two_sizes_share_carry_at_most_what_the_larger_take() -> None:
    assert [most(two_sizes(10.0, 30.0)), most(two_sizes(30.0, 10.0))] == [120.0, 120.0]


def test_groups_are_counted_apart_each_as_if_alone() -> None:
    second = corridor("other", "east", "west", "first beside", group="beside")
    found = limits(plain(second))
    assert found["middle"].most.flow == pytest.approx(40.0)
    assert found["beside"].most.flow == pytest.approx(15.0)


def test_share_of_a_line_cuts_its_paths_and_a_shut_line_lets_nothing_through() -> None:
    assert most(plain(), share=lambda id: 0.5 if id == "first" else 1.0) == pytest.approx(20.0)
    assert most(plain(), share=lambda id: 0.0 if id == "second" else 1.0) == 0.0
    assert most(plain(paths=None), share=lambda id: 0.0 if id == "first" else 1.0) == 0.0


def test_ocean_has_no_limit_and_is_left_out() -> None:
    made = by_rail_and_ship(
        extra=[ocean("big", "east", "west", 30.0), corridor("by-sea", "east", "west", "big")]
    )
    assert list(limits(made)) == ["middle"]


def test_bearing_is_west_where_the_destination_lies_west() -> None:
    made = with_changes(plain(), west={"longitude": -10.0})
    assert bearing(made, made.corridors["way"]) == "west"
    assert limits(made)["middle"].bearing == "west"
    assert bearing(made, corridor("back", "west", "east", "second first")) == "east"


def test_quay_takes_a_ship_out_and_in_between_its_approach_and_cast_off() -> None:
    """20 out and 20 in at 100 a day: 0.4 day, and 0.1 for coming and going."""
    berth = quay("one", "port", "strait", 100.0, approach=0.06, cast_off=0.04)
    assert quay_capability(berth, 20.0) == pytest.approx(20.0 / 0.5)


def by_ship(**more: float) -> Network:
    """Sailing 1.5 days, layover 0.3 at each end, 20 a ship at 100 a day, quays that take 0.05 + 0.05."""
    made = by_rail_and_ship(ships=2, ship_load=20.0, sailing=1.5, layover=0.3, lifting=100.0)
    slow = {"approach": 0.05, "cast_off": 0.05}
    return with_changes(made, **{"lagoon.quay1": slow, "cape.quay1": slow}, boat=more)


def test_ships_carry_their_load_once_a_round_trip() -> None:
    """There and back: 2 x (1.5 at sea + 0.3 layover + 0.1 + 0.4 at a quay) = 4.6 days."""
    made = by_ship()
    leg = find_legs(made).legs[1]
    assert round_trip(made, made.services["boat"], leg) == pytest.approx(4.6)
    assert service_capability(made, made.services["boat"], leg) == pytest.approx(2 * 20.0 / 4.6)
    assert most(made) == pytest.approx(2 * 20.0 / 4.6)
    assert [of for of, _ in limits(made)["middle"].most.elements] == ["boat"]


def test_many_ships_are_limited_by_the_quay_that_takes_the_fewest() -> None:
    made = by_ship(vehicles=50)
    limit = limits(made)["middle"].most
    assert limit.flow == pytest.approx(20.0 / 0.5)
    made = with_changes(made, **{"cape.quay1": {"rate": 50.0}})
    limit = limits(made)["middle"].most
    assert limit.flow == pytest.approx(20.0 / 0.9)
    assert [of for of, _ in limit.elements] == ["cape.quay1"]


def test_share_of_a_service_or_quay_cuts_what_it_carries() -> None:
    made = by_ship()
    assert most(made, share=lambda id: 0.5 if id == "boat" else 1.0) == pytest.approx(20.0 / 4.6)
    assert most(made, share=lambda id: 0.0 if id == "cape.quay1" else 1.0) == 0.0


def test_ships_of_two_services_on_a_lane_add_up() -> None:
    made = by_rail_and_ship(
        ships=2,
        ship_load=20.0,
        sailing=1.5,
        lifting=1e6,
        extra=[service("other", "strait", 40.0, vehicles=1)],
    )
    assert most(made) == pytest.approx(2 * 20.0 / 3.0 + 40.0 / 3.0, rel=1e-3)


def test_sets_of_wagons_limit_a_leg_by_land_as_ships_do_one_at_sea() -> None:
    made = with_changes(plain(paths=None), train={"vehicles": 3, "layover": 0.5, "load": 10.0})
    assert most(made) == pytest.approx(3 * 10.0 / (2 * (2.0 + 0.5)))


def test_cargo_of_a_quay_does_not_leave_by_the_ships_of_another() -> None:
    """Two ports whose ships share the quays on the far side: one port shut, its ships carry nothing."""
    ways = [("north", "upper", "gulf"), ("south", "lower", "bay")]
    parts: list[Element] = [region("east"), region("west"), place("far")]
    for port, rails, lane in ways:
        parts += [
            place(port),
            rail(rails, "east", port, 1.0),
            sea_line(lane, port, "far", 1.0),
            yard(f"{port}.yard", port, 100.0),
            quay(f"{port}.quay", port, lane, 100.0),
            service(f"{port}.ship", lane, 20.0, vehicles=2),
            corridor(f"by-{port}", "east", "west", f"{rails} {lane} beyond", group="middle"),
        ]
    parts += [
        yard("far.yard", "far", 100.0),
        quay("far.quay", "far", "gulf bay", 1000.0),
        rail("beyond", "far", "west", 1.0),
        service("train", "upper lower beyond", 10.0),
        demand("goods", "east", "west", 1.0),
    ]
    made = network(parts)
    both = most(made)
    for shut in ("north.quay", "upper"):
        assert most(made, share=lambda id, shut=shut: float(id != shut)) == pytest.approx(both / 2)  # type: ignore[misc]
