"""Closures that concern oil, freight or both."""

from __future__ import annotations

from builders import berth, lane, line, market, network, pipe, place, quay, tanks

from sim.measures.sides import TABLES, side_of, sides_of
from sim.network import Network
from sim.network.network import KINDS

BOTH = ("oil", "freight")


def both() -> Network:
    return network(
        place("field"),
        place("port"),
        place("depot"),
        place("nowhere"),
        market("sea"),
        pipe("pipe", "field", "port", 10.0),
        tanks("farm", "port", "pipe", 10.0),
        lane("lane", "port", "sea"),
        berth("berth", "port", "lane", 1.0),
        line("track", "rail", "depot", "port", 1.0),
        quay("quay", "port", "track", 1.0),
        sound=False,
    )


def test_an_element_belongs_to_the_side_of_its_table() -> None:
    made = both()
    assert all(side_of(made, id) == ("oil",) for id in ("pipe", "farm", "lane", "berth"))
    assert all(side_of(made, id) == ("freight",) for id in ("track", "quay"))


def test_a_place_belongs_to_the_sides_of_what_ends_there() -> None:
    made = both()
    assert side_of(made, "field") == ("oil",)
    assert side_of(made, "depot") == ("freight",)
    assert side_of(made, "port") == side_of(made, "nowhere") == BOTH


def test_a_closure_concerns_the_sides_of_all_its_elements() -> None:
    made = both()
    assert sides_of(made, ("pipe", "berth")) == ("oil",)
    assert sides_of(made, ("pipe", "quay")) == sides_of(made, ()) == BOTH


def test_every_table_of_elements_has_its_side() -> None:
    with_side = [table for tables in TABLES.values() for table in tables]
    assert sorted([*with_side, "places", "weather", "prices"]) == sorted(KINDS)
