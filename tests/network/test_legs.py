"""Legs: where corridors are cut, what shares a leg, and which trains and ships serve it."""

from __future__ import annotations

from builders import (
    border,
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
from sim.network.freight.legs import find_legs, places_along, quays_of


def ids(made: Network) -> list[str]:
    return [leg.id for leg in find_legs(made).legs]


def long_way(*, yards: str = "", cargo: str = "containers", **changes: object) -> Network:
    """East – p1 – p2 – west by rail, a border and rail; with yards at some of the places between."""
    made = network(
        [region("east"), region("west"), place("p1"), place("p2")],
        rail("a", "east", "p1", 1.0),
        border("b", "p2", "p1", 0.5),
        rail("c", "p2", "west", 2.0),
        [yard(f"{at}.yard", at, 100.0, cargo) for at in yards.split()],
        service("train", "a b c", 10.0),
        demand("goods", "east", "west", 1.0),
        corridor("way", "east", "west", "a b c"),
    )
    return made


def test_corridor_by_land_without_yards_is_a_single_leg() -> None:
    (leg,) = find_legs(long_way()).legs
    assert (leg.start, leg.end, leg.mode, leg.lines) == ("east", "west", "land", ("a", "b", "c"))
    assert leg.id == "east>west:containers"
    assert leg.services == ("train",)
    assert leg.yards == ("", "")


def test_lines_are_travelled_against_their_direction_where_they_were_written_the_other_way() -> None:
    (leg,) = find_legs(long_way()).legs
    assert leg.forward == (True, False, True)


def test_only_a_yard_of_its_cargo_cuts_a_corridor() -> None:
    cut = find_legs(long_way(yards="p2")).legs
    assert [(leg.start, leg.end, leg.lines) for leg in cut] == [
        ("east", "p2", ("a", "b")),
        ("p2", "west", ("c",)),
    ]
    assert [leg.yards for leg in cut] == [("", "p2.yard"), ("p2.yard", "")]
    assert len(find_legs(long_way(yards="p2", cargo="wagons")).legs) == 1


def test_yard_off_the_corridor_cuts_nothing() -> None:
    made = by_rail_and_ship(extra=[place("aside"), yard("aside.yard", "aside", 10.0)])
    assert ids(made) == ids(by_rail_and_ship())


def test_corridor_is_cut_where_it_goes_to_sea_and_comes_ashore() -> None:
    routes = find_legs(by_rail_and_ship())
    assert [(leg.start, leg.end, leg.mode) for leg in routes.legs] == [
        ("east", "lagoon", "land"),
        ("lagoon", "cape", "sea"),
        ("cape", "west", "land"),
        ("cape", "lagoon", "sea"),  # on which the ships come back
    ]
    assert routes.corridors["middle"] == (0, 1, 2)
    assert [leg.services for leg in routes.legs] == [("plain.train",), ("boat",), ("hill.train",), ("boat",)]


def test_way_back_of_a_finite_service_is_its_leg_turned_round() -> None:
    routes = find_legs(by_rail_and_ship())
    there, back = routes.legs[1], routes.legs[3]
    assert (back.start, back.end) == (there.end, there.start)
    assert back.lines == there.lines[::-1]
    assert back.forward == tuple(not forward for forward in there.forward[::-1])
    assert back.yards == there.yards[::-1]
    assert back.services == there.services
    assert back.id == "cape>lagoon:containers"


def test_way_back_that_a_corridor_goes_is_there_once() -> None:
    returns = [
        demand("returns", "west", "east", 1.0),
        corridor("back", "west", "east", "hill strait plain"),
    ]
    routes = find_legs(by_rail_and_ship(extra=returns))
    assert len(routes.legs) == 6
    assert len({(leg.start, leg.lines) for leg in routes.legs}) == 6
    first, second, third = (routes.legs[n] for n in routes.corridors["back"])
    assert [leg.start for leg in (first, second, third)] == ["west", "cape", "lagoon"]
    assert [leg.forward for leg in (first, second, third)] == [(False,)] * 3


def test_two_sea_lines_in_a_row_are_two_legs() -> None:
    made = network(
        [region("east"), region("west"), place("isle")],
        sea_line("first", "east", "isle", 1.0),
        sea_line("second", "isle", "west", 1.0),
        yard("isle.yard", "isle", 100.0),
        [quay(f"{at}.quay", at, "first second", 10.0) for at in ["isle"]],
        quay("east.quay", "east", "first", 10.0),
        quay("west.quay", "west", "second", 10.0),
        service("one", "first", 10.0, vehicles=1),
        service("two", "second", 10.0, vehicles=1),
        demand("goods", "east", "west", 1.0),
        corridor("way", "east", "west", "first second"),
    )
    routes = find_legs(made)
    assert [routes.legs[n].lines for n in routes.corridors["way"]] == [("first",), ("second",)]


def test_corridors_that_begin_alike_share_their_legs_up_to_where_they_part() -> None:
    more = [
        region("south"),
        rail("vale", "cape", "south", 1.0),
        service("vale.train", "vale", 10.0),
        demand("others", "east", "south", 1.0),
        corridor("southern", "east", "south", "plain strait vale"),
    ]
    routes = find_legs(by_rail_and_ship(extra=more))
    assert routes.corridors["middle"][:2] == routes.corridors["southern"][:2]
    assert routes.corridors["middle"][2] != routes.corridors["southern"][2]


def test_other_cargo_has_legs_of_its_own() -> None:
    more = [
        region("mine"),
        rail("spur", "lagoon", "mine", 1.0),
        service("ore.train", "plain spur", 100.0, cargo="wagons"),
        demand("ore", "east", "mine", 1.0, cargo="wagons"),
        corridor("ore-way", "east", "mine", "plain spur", cargo="wagons"),
    ]
    routes = find_legs(by_rail_and_ship(extra=more))
    (leg,) = (routes.legs[n] for n in routes.corridors["ore-way"])
    assert (leg.cargo, leg.lines, leg.services) == ("wagons", ("plain", "spur"), ("ore.train",))


def test_no_two_legs_have_the_same_id() -> None:
    """Two lines side by side, and two ways that part behind the line that both begin with."""
    made = network(
        [region("east"), region("west"), place("p1"), place("p2"), place("p3")],
        rail("fast", "east", "west", 1.0),
        rail("slow", "east", "west", 2.0),
        rail("trunk", "east", "p1", 1.0),
        rail("left", "p1", "p2", 1.0),
        rail("on", "p2", "west", 1.0),
        rail("right", "p1", "p3", 1.0),
        rail("onward", "p3", "west", 1.0),
        service("train", "fast slow trunk left right on onward", 10.0),
        demand("goods", "east", "west", 1.0),
        corridor("one", "east", "west", "fast"),
        corridor("two", "east", "west", "slow"),
        corridor("three", "east", "west", "trunk left on"),
        corridor("four", "east", "west", "trunk right onward"),
    )
    assert len(set(ids(made))) == 4


def test_service_serves_a_leg_only_with_all_its_lines() -> None:
    made = network(
        [region("east"), region("west"), place("p1")],
        rail("a", "east", "p1", 1.0),
        rail("b", "p1", "west", 1.0),
        service("short", "a", 10.0),
        service("long", "a b", 10.0),
        demand("goods", "east", "west", 1.0),
        corridor("way", "east", "west", "a b"),
        demand("near", "east", "p1", 1.0),
        sound=False,
    )
    assert find_legs(made).legs[0].services == ("long",)


def test_each_demand_chooses_among_the_corridors_of_its_ends_and_cargo() -> None:
    more = [
        ocean("big", "east", "west", 30.0),
        corridor("by-sea", "east", "west", "big"),
        demand("returns", "west", "east", 1.0),
        corridor("back", "west", "east", "hill strait plain"),
    ]
    routes = find_legs(by_rail_and_ship(extra=more))
    assert routes.choices == {"goods": ("middle", "by-sea"), "returns": ("back",)}


def test_places_along_a_corridor_end_before_the_line_that_does_not_go_on() -> None:
    made = by_rail_and_ship()
    way = made.corridors["middle"]
    assert places_along(way, made.lines) == ["east", "lagoon", "cape", "west"]
    broken = with_changes(made, middle={"lines": ("plain", "hill", "strait")}).corridors["middle"]
    assert places_along(broken, made.lines) == ["east", "lagoon"]


def test_quays_of_a_leg_are_those_in_service_for_its_line_and_cargo() -> None:
    more = [
        quay("lagoon.spare", "lagoon", "strait", 10.0, in_service=False),
        quay("lagoon.ramp", "lagoon", "strait", 10.0, cargo="wagons"),
        quay("cape.other", "cape", "strait", 10.0),
    ]
    made = by_rail_and_ship(extra=more)
    leg = find_legs(made).legs[1]
    assert [quay.id for quay in quays_of(made, leg, "lagoon")] == ["lagoon.quay1"]
    assert [quay.id for quay in quays_of(made, leg, "cape")] == ["cape.quay1", "cape.other"]
