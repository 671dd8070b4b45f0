"""Checks that the elements of dry cargo fit together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import (
    by_rail_and_ship,
    corridor,
    demand,
    network,
    ocean,
    quay,
    rail,
    region,
    sea_line,
    service,
    with_changes,
    yard,
)
from small import Small, expect

from sim.errors import Fault, InputError
from sim.network import Network
from sim.network.checks import check
from sim.network.freight.legs import find_legs

Spoilt = tuple[str, str, str, str, object, tuple[str, ...]]
REFERENCES: list[Spoilt] = [
    ("lines", "rail,east,lagoon", "rail,east,lagon", "destination", "lagon", ("no place", "mean lagoon?")),
    ("yards", "yard,lagoon,boxes", "yard,lagon,boxes", "place", "lagon", ("no place", "mean lagoon?")),
    ("yards", "lagoon,boxes,500", "lagoon,boxs,500", "cargo", "boxs", ("no cargo", "mean boxes?")),
    ("quays", "lagoon,narrows", "lagoon,narow", "lines", "narow", ("no sea line", "mean narrows?")),
    ("quays", "lagoon,narrows", "lagoon,plain", "lines", "plain", ("no sea line",)),
    ("quays", "lagoon,narrows", "lagoon,sea", "lines", "sea", ("no sea line",)),
    ("services", "lagoon,plain", "haven,plane", "lines", "plane", ("no line", "mean plain?")),
    ("demands", "east,west,EE,boxes", "east,wst,EE,boxes", "destination", "wst", ("no place", "west")),
    ("corridors", "plain narrows", "plain narows", "lines", "narows", ("no line", "mean narrows?")),
    ("corridors", "east,west,ore", "east,west,oar", "cargo", "oar", ("no cargo", "mean ore?")),
    ("lines", "hill,Over", "narrows,Over", "id", "narrows", ("already in lines.csv, line 3",)),
]
FIGURES: list[Spoilt] = [
    ("lines", "6 day", "-6 day", "days", "-6 day", ("cannot be negative",)),
    ("lines", "6 day", "0", "days", "0", ("more than no time",)),
    ("lines", "20 %", "-20 %", "spread", "-20 %", ("cannot be negative",)),
    ("lines", "20 %", "20", "spread", "20", ("at most 3 times the mean", "30 %")),
    ("lines", "8 train/day", "0", "paths", "0", ("above zero", "close the line")),
    ("lines", "8 train/day", "-8", "paths", "-8", ("cannot be negative",)),
    ("lines", "8 train/day", "8 TEU/day", "paths", "8 TEU/day", ("does not measure this", "train/day")),
    ("lines", "train/day,30", "train/day,0", "room", "0", ("room for one", "empty for no limit")),
    ("lines", "train/day,30", "train/day,1.5", "room", "1.5", ("a whole number",)),
    ("lines", "KK,500,1,,", "KK,500,1,,4", "paths", "4", ("quays and ships limit a sea line", "empty")),
    ("lines", "KK,500,1,,,", "KK,500,1,,,4", "room", "4", ("quays and ships limit a sea line", "empty")),
    ("lines", "35,10 %,", "35,10 %,4", "paths", "4", ("the ocean has no limit", "empty")),
    ("lines", "rail,cape,west", "rail,cape,cape", "destination", "cape", ("differ from the origin",)),
    ("lines", "border,gate", "frontier,gate", "mode", "frontier", ("one of rail, border, road, sea, ocean",)),
    ("yards", "500 TEU", "0", "capacity", "0", ("capacity above zero",)),
    ("yards", "500 TEU", "500", "capacity", "500", ("a unit is needed here", "500 TEU")),
    ("yards", "500 TEU", "500 t", "capacity", "500 t", ("does not measure this",)),
    ("yards", "12 h", "-12 h", "handling", "-12 h", ("cannot be negative",)),
    ("quays", "20 TEU/h", "0", "rate", "0", ("rate above zero", "close it")),
    ("quays", "lagoon,narrows", "lagoon,", "lines", None, ("a value is needed here",)),
    ("quays", "lagoon,narrows", "lagoon,narrows narrows", "lines", "narrows", ("names a line twice",)),
    ("services", "100 TEU", "0", "load", "0", ("load above zero",)),
    ("services", "3 day", "0", "longest_wait", "0", ("more than no time",)),
    ("services", "5 day,2", "5 day,0", "vehicles", "0", ("at least one", "close the service")),
    ("services", "2,1,,", "2,-1,,", "layover", "-1", ("cannot be negative",)),
    ("services", "5 day,2", "5 day,", "vehicles", None, ("need their number",)),
    ("demands", "10 TEU,50", "0,50", "lot", "0", ("more than nothing",)),
    ("demands", "200 USD/TEU", "0", "sensitivity", "0", ("above zero",)),
    ("demands", "30 day", "0", "patience", "0", ("more than no time",)),
    ("demands", "90 TEU/day", "-90 TEU/day", "rate", "-90 TEU/day", ("cannot be negative",)),
    ("demands", "50 USD/TEU/day", "-5", "value_of_time", "-5", ("cannot be negative",)),
    ("corridors", "3000 USD/FEU", "-3000", "rate", "-3000", ("cannot be negative",)),
    ("corridors", "3000 USD/FEU", "3000 USD/t", "rate", "3000 USD/t", ("does not measure this", "USD/TEU")),
    ("corridors", "taiga crossing,60", "taiga taiga,60", "lines", "taiga", ("names a line twice",)),
    ("cargoes", "12 t/TEU", "0", "tonnes", "0", ("above zero",)),
    ("cargoes", "wagons,t,,", "wagons,t,,12", "tonnes", "12", ("a tonne weighs a tonne",)),
]
TOGETHER: list[Spoilt] = [
    (
        "corridors",
        "plain narrows hill",
        "plain hill",
        "lines",
        "hill",
        ("does not go on from lagoon, where plain ends", "narrows would go on from there"),
    ),
    (
        "corridors",
        "plain narrows hill",
        "narrows hill",
        "lines",
        "narrows",
        ("does not go on from east, where the corridor begins", "plain would go on from there"),
    ),
    (
        "corridors",
        "plain narrows hill",
        "plain narrows",
        "destination",
        "west",
        ("its lines end at cape", "hill would go on from there"),
    ),
    (
        "corridors",
        "taiga crossing,2500",
        "taiga,2500",
        "destination",
        "west",
        ("its lines end at gate", "crossing would go on from there"),
    ),
    (
        "corridors",
        "boxes,ocean",
        "boxes,plain narrows hill",
        "lines",
        "plain narrows hill",
        ("goes the same way as over-the-narrows in corridors.csv, line 2",),
    ),
    (
        "demands",
        "east,west,EE,ore",
        "west,east,EE,ore",
        "destination",
        "east",
        ("a route with no way to its market", "no corridor leads there from west", "add one for ore"),
    ),
    (
        "corridors",
        "west,ore,taiga crossing,60 USD/t",
        "west,boxes,taiga crossing,60",
        "lines",
        "taiga crossing",
        ("goes the same way as through-the-north",),
    ),
    ("yards", "cape,boxes", "lagoon,boxes", "place", "lagoon", ("a yard for boxes already, lagoon.yard",)),
    ("quays", "lagoon,narrows", "east,narrows", "place", "east", ("narrows runs between lagoon and cape",)),
    (
        "services",
        "cape,hill",
        "cape,hill narrows",
        "lines",
        "narrows",
        ("of trains or of ships", "a service of their own"),
    ),
    ("services", "cape,hill", "cape,hill ocean", "lines", "ocean", ("no limit", "leave the line")),
]


@pytest.mark.parametrize(("table", "old", "new", "key", "value", "words"), [*REFERENCES, *FIGURES, *TOGETHER])
def test_misfit_is_reported(
    small: Small, table: str, old: str, new: str, key: str, value: object, words: tuple[str, ...]
) -> None:
    file = small.table(table)
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {table}"
    at = text.split(old)[0].count("\n") + 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = [fault for fault in small.network_faults() if (fault.file, fault.line) == (file, at)]
    expect(faults, file, at, key, value, *words)


def _told(made: Network) -> list[Fault]:
    with pytest.raises(InputError) as caught:
        check(made)
    return list(caught.value.faults)


def _one(made: Network, key: str, value: object, *words: str) -> None:
    expect(_told(made), None, None, key, value, *words)


def _way(**fields_by_id: dict[str, object]) -> Network:
    return with_changes(by_rail_and_ship(), **fields_by_id)


def test_all_faults_are_reported_at_once(small: Small) -> None:
    small.edit("lines", ("6 day", "-6 day"))
    small.edit("quays", ("20 TEU/h", "0"))
    small.edit("demands", ("10 TEU,50", "0,50"))
    told = [(fault.file.stem, fault.key) for fault in small.network_faults() if fault.file]
    assert told == [("lines", "days"), ("quays", "rate"), ("demands", "lot")]


def test_repeated_id_is_reported_once_however_often_it_is_named(small: Small) -> None:
    small.append("stocks", "narrows,Tanks,port,sea,crude,1 kt,,,,,,atlas,\n")
    faults = small.network_faults()
    expect(faults, small.table("lines"), 3, "id", "narrows", "is already in stocks.csv, line 4")


def test_misspelt_cargo_is_reported_once_for_any_unit_of_the_row(small: Small) -> None:
    small.edit("yards", ("lagoon,boxes", "lagoon,boxs"))
    assert [fault.value for fault in small.network_faults() if fault.file == small.table("yards")] == ["boxs"]


def test_liquid_and_other_cargo_keep_to_their_own_kinds_of_elements(small: Small) -> None:
    small.edit("links", ("spur,Spur,rail,well-field,inland,crude", "spur,Spur,rail,well-field,inland,ore"))
    words = "ore is dry cargo", "no part in links", "here are: crude"
    expect(small.network_faults(), small.table("links"), 3, "cargo", "ore", *words)


def test_a_liquid_does_not_travel_in_boxes() -> None:
    told = {(fault.key, fault.value): fault.message for fault in _told(_way(boat={"cargo": "crude"}))}
    assert told["cargo", "crude"] == "crude flows, it has no part in services"


def test_what_works_for_a_lane_takes_its_cargo(small: Small) -> None:
    small.append("cargoes", "diesel,Diesel,t,7.5,,atlas,\n")
    file = small.edit("fleets", ("sea,crude", "sea,diesel"))
    expect(small.network_faults(), file, 2, "cargo", "diesel", "sea carries crude")


def test_contract_is_of_what_its_shipper_sends(small: Small) -> None:
    small.append("cargoes", "diesel,Diesel,t,7.5,,atlas,\n")
    file = small.edit("contracts", ("inland,crude", "inland,diesel"))
    expect(small.network_faults(), file, 3, "cargo", "diesel", "well sends crude")


def test_corridor_from_which_nothing_leads_on_says_so() -> None:
    made = network(
        region("east"),
        region("west"),
        region("south"),
        rail("plain", "east", "west", 1.0),
        service("train", "plain", 10.0),
        demand("goods", "east", "south", 1.0),
        corridor("way", "east", "south", "plain"),
        sound=False,
    )
    _one(made, "destination", "south", "its lines end at west", "no other line leads from west")


def test_corridor_that_comes_through_a_place_twice_is_reported() -> None:
    loop = [rail("there", "east", "west", 1.0), rail("back", "west", "east", 1.0)]
    made = network(
        region("east"),
        region("west"),
        region("south"),
        loop,
        rail("on", "east", "south", 1.0),
        service("train", "there back on", 10.0),
        demand("goods", "east", "south", 1.0),
        corridor("way", "east", "south", "there back on"),
        sound=False,
    )
    _one(made, "lines", "there back on", "comes through east twice")


def test_ocean_is_a_complete_corridor() -> None:
    made = by_rail_and_ship(extra=[region("far"), ocean("big", "west", "far", 9.0)])
    longer = {"destination": "far", "lines": ("plain", "strait", "hill", "big")}
    made = with_changes(made, goods={"destination": "far"}, middle=longer)
    _one(made, "lines", "big", "the ocean is a complete corridor", "use a sea line")


def test_ocean_needs_no_trains_ships_or_yards() -> None:
    made = network(
        region("east"),
        region("west"),
        ocean("big", "east", "west", 30.0),
        demand("goods", "east", "west", 1.0),
        corridor("way", "east", "west", "big"),
    )
    assert [leg.mode for leg in find_legs(made).legs] == ["ocean"]


@pytest.mark.parametrize(
    ("place", "change"), [("lagoon", "from rail to ship"), ("cape", "from ship to rail")]
)
def test_cargo_needs_a_yard_where_it_changes_from_rail_to_ship_and_back(place: str, change: str) -> None:
    made = _way(**{f"{place}.yard": {"place": "east"}})
    _one(made, "lines", place, f"containers change {change} at {place}", "yards.csv")


def test_cargo_needs_a_yard_between_two_ships() -> None:
    made = by_rail_and_ship(extra=[rail("spare", "cape", "west", 1.0)])
    made = with_changes(made, hill={"mode": "sea"}, **{"cape.yard": {"place": "east"}})
    made = with_changes(made, **{"hill.train": {"vehicles": 2}})
    told = {(fault.value, fault.message) for fault in _told(made)}
    assert ("cape", "containers change from ship to ship at cape, where they have no yard") in told


def test_yard_of_another_cargo_does_not_do() -> None:
    made = _way(**{"cape.yard": {"cargo": "wagons"}})
    _one(made, "lines", "cape", "containers change from ship to rail at cape")


def test_leg_without_trains_is_reported_with_the_service_that_lacks_least() -> None:
    made = by_rail_and_ship(extra=[rail("last", "west", "end", 1.0), region("end")])
    longer = {"destination": "end", "lines": ("plain", "strait", "hill", "last")}
    made = with_changes(made, middle=longer, goods={"destination": "end"})
    words = "no service runs a train with containers from cape to end", "add last to the lines of hill.train"
    _one(made, "lines", "hill last", *words)


def test_leg_without_ships_is_reported() -> None:
    made = by_rail_and_ship()
    made = replace(made, services={id: one for id, one in made.services.items() if id != "boat"})
    words = "no service runs a ship with containers from lagoon to cape", "add one to services.csv"
    _one(made, "lines", "strait", *words)


def test_two_services_may_share_a_leg_by_ship_but_not_by_train() -> None:
    two = by_rail_and_ship(extra=[service("other", "strait", 5.0, vehicles=1)])
    assert find_legs(two).legs[1].services == ("boat", "other")
    with pytest.raises(InputError, match="runs the trains with containers from cape to west already"):
        by_rail_and_ship(extra=[service("other", "hill", 5.0)])


def test_ship_larger_than_its_berth_takes_is_reported() -> None:
    made = _way(boat={"load": 300.0}, **{"cape.yard": {"capacity": 250.0}})
    words = "a ship larger than its berth takes", "room for 250 TEU, in cape.yard", "a smaller load"
    _one(made, "load", 300.0, *words)
    made = _way(boat={"load": 300.0}, **{"lagoon.yard": {"capacity": 250.0}})
    _one(made, "load", 300.0, "a ship larger than its berth takes", "lagoon.yard")


def test_train_larger_than_the_yard_that_it_goes_to_is_reported() -> None:
    _one(
        _way(**{"plain.train": {"load": 1200.0}}),
        "load",
        1200.0,
        "larger than the yard at its end, lagoon.yard",
    )
    check(_way(**{"hill.train": {"load": 1200.0}}))  # it sets out with what has come


def test_lot_larger_than_a_yard_is_reported_and_a_lot_larger_than_a_train_is_split() -> None:
    check(_way(goods={"lot": 500.0}))
    told = _told(_way(goods={"lot": 1200.0}))
    assert [(fault.key, fault.value) for fault in told] == [("lot", 1200.0)] * 2
    assert "a lot larger than lagoon.yard on its way, which has room for 1000 TEU" in told[0].message


@pytest.mark.parametrize("port", ["lagoon", "cape"])
def test_sea_line_needs_a_quay_in_service_for_its_cargo_at_both_ends(port: str) -> None:
    made = _way(**{f"{port}.quay1": {"in_service": False}})
    words = f"no quay in service at {port} takes its ships with containers", f"put {port}.quay1 in service"
    _one(made, "id", "strait", *words)
    made = _way(**{f"{port}.quay1": {"cargo": "wagons"}})
    _one(made, "id", "strait", f"no quay in service at {port}", "add one to quays.csv")


def test_ships_that_go_back_and_forth_do_so_between_two_ends() -> None:
    second = [
        sea_line("sound", "lagoon", "port", 1.0),
        region("port"),
        rail("on", "port", "west", 1.0),
        yard("port.yard", "port", 1000.0),
        quay("port.quay", "port", "sound", 10.0),
        quay("lagoon.quay9", "lagoon", "sound", 10.0),
        service("on.train", "on", 10.0),
        corridor("other", "east", "west", "plain sound on"),
    ]
    made = by_rail_and_ship(extra=[*second, service("ferry", "sound", 5.0, vehicles=1)])
    check(made)
    made = with_changes(made, boat={"lines": ("strait", "sound")})
    words = "here are lagoon–cape and lagoon–port", "a service of its own"
    _one(made, "lines", "strait sound", *words)


def test_ships_may_serve_both_ways_of_a_lane() -> None:
    back = [corridor("back", "west", "east", "hill strait plain"), demand("imports", "west", "east", 1.0)]
    made = by_rail_and_ship(extra=back)
    assert sum("boat" in leg.services for leg in find_legs(made).legs) == 2


def test_ships_without_a_lane_are_reported() -> None:
    made = by_rail_and_ship(extra=[sea_line("sound", "lagoon", "cape", 1.0)])
    made = with_changes(made, middle={"lines": ("plain", "sound", "hill")})
    told = {(fault.key, fault.value): fault.message for fault in _told(made)}
    assert "no corridor for containers has a leg" in told["lines", "strait"]


def test_sets_of_wagons_have_a_single_lane_too() -> None:
    made = _way(**{"plain.train": {"lines": ("plain", "hill"), "vehicles": 3}})
    told = {(fault.key, fault.value): fault.message for fault in _told(made)}
    assert "here are east–lagoon and cape–west" in told["lines", "plain hill"]
