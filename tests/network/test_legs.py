"""How corridors are cut into legs, and which of them share one."""

from __future__ import annotations

from builders import by_rail_and_ship, corridor, demand, ocean, place, rail, service, with_changes, yard

from sim.network.legs import find_legs, places_along
from sim.network.passing import passed_by


def test_corridor_is_cut_where_rail_and_ship_meet() -> None:
    routes = find_legs(by_rail_and_ship())
    legs = [routes.legs[index] for index in routes.corridors["middle"]]
    assert [(leg.start, leg.end, leg.lines, leg.mode) for leg in legs] == [
        ("east", "lagoon", ("plain",), "land"),
        ("lagoon", "cape", ("strait",), "sea"),
        ("cape", "west", ("hill",), "land"),
    ]
    assert [leg.services for leg in legs] == [("plain.train",), ("boat",), ("hill.train",)]
    assert [leg.yards for leg in legs] == [
        ("", "lagoon.yard"),
        ("lagoon.yard", "cape.yard"),
        ("cape.yard", ""),
    ]
    assert routes.choices == {"goods": ("middle",)}


def test_lines_by_land_are_one_leg_unless_a_yard_of_that_cargo_stands_between_them() -> None:
    more = [
        rail("long", "east", "gate", 1.0), rail("on", "gate", "west", 1.0), place("gate"),
        service("through", "long on", 10.0), corridor("north", "east", "west", "long on"),
    ]  # fmt: skip
    routes = find_legs(by_rail_and_ship(extra=more))
    assert [routes.legs[index].lines for index in routes.corridors["north"]] == [("long", "on")]
    routes = find_legs(by_rail_and_ship(extra=[*more, yard("gate.wagons", "gate", 100.0, "wagons")]))
    assert len(routes.corridors["north"]) == 1
    routes = find_legs(by_rail_and_ship(extra=[*more, yard("gate.yard", "gate", 100.0)]))
    assert [routes.legs[index].lines for index in routes.corridors["north"]] == [("long",), ("on",)]


def test_corridors_share_legs_that_are_the_same_and_go_the_same_way() -> None:
    more = [
        ocean("big", "east", "west", 30.0),
        corridor("sea", "east", "west", "big"),
        corridor("back", "west", "east", "hill strait plain"),
        demand("imports", "west", "east", 1.0),
        corridor("half", "east", "cape", "plain strait"),
    ]
    routes = find_legs(by_rail_and_ship(extra=more))
    assert routes.corridors["half"] == routes.corridors["middle"][:2]
    assert not {*routes.corridors["back"]} & {*routes.corridors["middle"]}
    assert routes.choices == {"goods": ("middle", "sea"), "imports": ("back",)}
    turned = routes.legs[routes.corridors["back"][0]]
    assert (turned.start, turned.end, turned.forward) == ("west", "cape", (False,))


def test_ships_have_a_leg_back_even_if_nothing_is_sent_there() -> None:
    legs = find_legs(by_rail_and_ship()).legs
    assert [leg.id for leg in legs if "boat" in leg.services] == [
        "lagoon>cape:containers",
        "cape>lagoon:containers",
    ]


def test_places_along_a_corridor_end_where_it_breaks() -> None:
    made = by_rail_and_ship()
    assert places_along(made.corridors["middle"], made.lines) == ["east", "lagoon", "cape", "west"]
    broken = with_changes(by_rail_and_ship(), hill={"origin": "elsewhere"})
    assert places_along(broken.corridors["middle"], broken.lines) == ["east", "lagoon", "cape"]


def test_corridor_passes_lines_services_and_quays_in_service() -> None:
    made = by_rail_and_ship(
        quays=2, extra=[service("other", "strait", 5.0, vehicles=1), yard("y", "west", 90.0)]
    )
    made = with_changes(made, **{"cape.quay2": {"in_service": False}})
    lines, trains = {"plain", "strait", "hill"}, {"plain.train", "hill.train", "boat", "other"}
    quays = {"lagoon.quay1", "lagoon.quay2", "cape.quay1"}
    assert passed_by(made) == {"middle": lines | trains | quays}
