"""Routes: which ways lead from a shipper to a market, in what order, and how stocks cut them into legs."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from builders import (
    CRUDE,
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
from hypothesis import given
from hypothesis import strategies as st

from sim.network import Leg, Route, find_routes
from sim.network.oil.routes import MAX_PATHS, graph


def legs(route: Route) -> list[tuple[str, str, str, bool]]:
    return [(leg.start, " ".join(leg.links), leg.end, leg.by_sea) for leg in route.legs]


def links(route: Route) -> list[str]:
    return [link for leg in route.legs for link in leg.links]


def test_a_way_over_land_is_one_leg_through_all_its_links() -> None:
    made = network(
        field("well", 1.0),
        place("a"),
        place("b"),
        market("world"),
        pipe("one", "well-field", "a", 1.0),
        pipe("two", "a", "b", 1.0),
        pipe("three", "b", "world", 1.0),
        contract("well", "world"),
    )
    (route,) = find_routes(made)
    assert (route.id, route.contract) == ("well>world", "well:world")
    assert (route.shipper, route.market) == ("well", "world")
    assert legs(route) == [("well", "one two three", "world", False)]


def test_a_stock_cuts_a_way_before_the_link_that_it_feeds() -> None:
    made = network(
        field("well", 1.0),
        place("a"),
        place("b"),
        market("world"),
        pipe("one", "well-field", "a", 1.0),
        pipe("two", "a", "b", 1.0),
        pipe("three", "b", "world", 1.0),
        tanks("farm", "b", "three", 10.0),
        contract("well", "world"),
    )
    (route,) = find_routes(made)
    assert legs(route) == [("well", "one two", "farm", False), ("farm", "three", "world", False)]


def test_a_stock_that_feeds_another_link_of_its_place_is_passed_by() -> None:
    made = network(
        field("well", 1.0),
        place("a"),
        market("world"),
        market("side"),
        pipe("one", "well-field", "a", 1.0),
        pipe("two", "a", "world", 1.0),
        pipe("branch", "a", "side", 1.0),
        tanks("farm", "a", "branch", 10.0),
        contract("well", "world"),
    )
    (route,) = find_routes(made)
    assert legs(route) == [("well", "one two", "world", False)]


def test_a_sea_lane_is_a_leg_of_its_own_that_ends_at_the_market() -> None:
    (route,) = find_routes(terminal())
    assert legs(route) == [("well", "pipe", "farm", False), ("farm", "sea", "world", True)]


def test_a_sea_lane_ends_at_the_stock_that_the_way_goes_on_from() -> None:
    made = network(
        field("well", 1.0),
        place("aktau", "port"),
        place("baku", "port"),
        market("ceyhan"),
        pipe("pipe", "well-field", "aktau", 1.0),
        tanks("tanks", "aktau", "ferry", 10.0),
        lane("ferry", "aktau", "baku"),
        tanks("btc-tanks", "baku", "btc", 10.0),
        pipe("btc", "baku", "ceyhan", 1.0),
        berth("load", "aktau", "ferry", 1.0),
        berth("unload", "baku", "ferry", 1.0, work="discharge"),
        fleet("ships", "ferry", 5.0, 2, 100.0),
        contract("well", "ceyhan"),
    )
    (route,) = find_routes(made)
    assert legs(route) == [
        ("well", "pipe", "tanks", False),
        ("tanks", "ferry", "btc-tanks", True),
        ("btc-tanks", "btc", "ceyhan", False),
    ]


def fork(**more: Any) -> list[Any]:
    """One field, two markets, prices 100 and 90, tariffs 15 and 2: nets 85 and 88."""
    return [
        field("well", 1.0),
        market("dear", 100.0),
        market("cheap", 90.0),
        pipe("to-dear", "well-field", "dear", 1.0, tariff=15.0),
        pipe("to-cheap", "well-field", "cheap", 1.0, tariff=2.0),
        contract("well", "dear"),
        contract("well", "cheap"),
    ]


def test_routes_come_best_netback_first() -> None:
    found = find_routes(network(*fork()))
    assert [(route.market, route.netback) for route in found] == [("cheap", 88.0), ("dear", 85.0)]


def test_a_netback_is_the_price_less_all_tariffs_on_the_way() -> None:
    made = with_changes(terminal(), pipe={"tariff": 7.0}, sea={"tariff": 3.0}, world={"price": 60.0})
    assert find_routes(made)[0].netback == 50.0


def test_shippers_come_in_order_and_each_has_its_own_routes() -> None:
    second: list[Any] = [
        field("bore", 1.0),
        pipe("bore-line", "bore-field", "dear", 1.0),
        contract("bore", "dear"),
    ]
    found = find_routes(network(*fork(), *second))
    assert [route.id for route in found] == ["bore>dear", "well>cheap", "well>dear"]


def test_no_route_leads_through_another_market() -> None:
    beyond = [pipe("beyond", "dear", "cheap", 1.0)]
    assert [links(route) for route in find_routes(network(*fork(), *beyond))] == [["to-cheap"], ["to-dear"]]


def test_a_market_without_a_contract_gets_no_route() -> None:
    made = network(*fork()[:-1])
    assert [route.market for route in find_routes(made)] == ["dear"]


def test_links_of_another_cargo_are_not_taken() -> None:
    made = network(*fork())
    other = {"cargo": "boxes"}
    boxed = with_changes(made, **{"to-cheap": other})
    assert [route.market for route in find_routes(boxed)] == ["dear"]
    assert CRUDE.id == "crude"


def test_links_are_not_taken_against_their_direction() -> None:
    back: list[Any] = [place("a"), pipe("back", "a", "well-field", 1.0), pipe("on", "a", "cheap", 1.0)]
    assert all("back" not in links(route) for route in find_routes(network(*fork(), *back)))


def test_parallel_ways_are_numbered_cheapest_first_and_then_shortest() -> None:
    made = network(
        field("well", 1.0),
        place("a"),
        market("world", 50.0),
        pipe("direct", "well-field", "world", 1.0, tariff=5.0),
        pipe("free1", "well-field", "a", 1.0),
        pipe("free2", "a", "world", 1.0),
        pipe("twin", "well-field", "world", 1.0, tariff=5.0),
        contract("well", "world"),
    )
    found = find_routes(made)
    assert [(r.id, links(r), r.netback) for r in found] == [
        ("well>world", ["free1", "free2"], 50.0),
        ("well>world#2", ["direct"], 45.0),
        ("well>world#3", ["twin"], 45.0),
    ]


def test_only_the_best_few_of_many_ways_remain() -> None:
    many = [pipe(f"line{number}", "well-field", "world", 1.0, tariff=float(number)) for number in range(9)]
    found = find_routes(network(field("well", 1.0), market("world", 50.0), many, contract("well", "world")))
    assert [links(route) for route in found] == [[f"line{number}"] for number in range(MAX_PATHS)]


def test_called_ships_and_own_ships_make_no_difference_to_routes() -> None:
    own = network(
        field("well", 1.0),
        place("port", "terminal"),
        market("world"),
        pipe("pipe", "well-field", "port", 1.0),
        tanks("farm", "port", "sea", 10.0),
        lane("sea", "port", "world"),
        berth("spm1", "port", "sea", 1.0),
        berth("quay", "world", "sea", 1.0, work="discharge"),
        fleet("ships", "sea", 5.0, 1, 100.0),
        contract("well", "world"),
    )
    assert find_routes(own) == find_routes(terminal())
    assert called("tanker", "sea", 5.0).vessels is None


@st.composite
def webs(draw: st.DrawFn) -> list[Any]:
    """A field, five stations and a market joined at random, some links behind a tank farm."""
    places = ["well-field", "a", "b", "c", "d", "e", "world"]
    pairs = [(one, other) for one in places[:-1] for other in places[1:] if one != other]
    more = draw(st.lists(st.sampled_from(pairs), max_size=10, unique=True))
    chosen = [("well-field", "a"), ("a", "world"), *more]
    parts: list[Any] = [field("well", 1.0), market("world", 50.0), contract("well", "world")]
    parts += [place(name) for name in places[1:-1]]
    for number, (one, other) in enumerate(chosen):
        # a shipper's own tanks are the only ones before its first link, see test_odd_networks
        parts.append(pipe(f"link{number}", one, other, 1.0, tariff=draw(st.integers(0, 9)) * 1.0))
        if one != "well-field" and draw(st.booleans()):
            parts.append(tanks(f"farm{number}", one, f"link{number}", 5.0))
    return parts


@given(webs())
def test_routes_are_simple_paths_cut_at_every_stock_and_none_that_is_better_is_left_out(
    parts: list[Any],
) -> None:
    made = network(*parts, sound=False)
    feeding = {stock.feeds: stock.id for stock in made.stocks.values()}
    paths = [[link for _, _, link in p] for p in nx.all_simple_edge_paths(graph(made), "well-field", "world")]
    costs = sorted(sum(made.links[link].tariff for link in path) for path in paths)
    found = find_routes(made)
    assert [50.0 - route.netback for route in found] == pytest.approx(costs[:MAX_PATHS])
    for route in found:
        assert links(route) in paths
        starts = [(leg.start, leg.links[0]) for leg in route.legs]
        assert starts[0][0] == "well"
        assert all(feeding[link] == start for start, link in starts[1:])
        inner = [link for leg in route.legs for link in leg.links[1:]]
        assert not set(inner) & set(feeding)
        ends = [leg.end for leg in route.legs]
        assert ends == [*(leg.start for leg in route.legs[1:]), "world"]
        assert all(isinstance(leg, Leg) and not leg.by_sea for leg in route.legs)
