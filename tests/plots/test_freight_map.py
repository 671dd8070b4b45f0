"""The map of boxes and wagons: widths that tell flows, what was shut or refused, what lies beyond the map."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from made_up_freight import DAYS, freight_record
from made_up_records import Span
from seen import assert_nothing_overlaps, legend, words

from sim.engine.journal import Journal
from sim.measures import MEASURES, Record
from sim.network.network import Network
from sim.plots.land import BOUNDS
from sim.plots.map import extent_of, freight_map, mean_freight
from sim.plots.map_places import leaves
from sim.plots.map_ways import WIDEST
from sim.plots.shut import shut_during
from sim.plots.style import blank

EXTENT = (10.0, 60.0, 30.0, 55.0)


@cache
def record() -> Record:
    return freight_record()


def shut(*elements: str, remaining: float = 0.0) -> Span:
    return Span(label="Shut", elements=elements, start=20.0, end=40.0, remaining=remaining, planned=False)


def moved(network: Network, **places: tuple[float, float]) -> Network:
    """The network with some places elsewhere (longitude, latitude)."""
    new = {id: replace(network.places[id], longitude=at[0], latitude=at[1]) for id, at in places.items()}
    return replace(network, places={**network.places, **new})


def test_widths_are_in_proportion_to_the_tonnes_a_day_both_ways() -> None:
    ax = freight_map(record(), window=(50.0, 150.0))
    flows = mean_freight(record(), (50.0, 150.0), in_tonnes=True)
    by_land = {id: flow for id, flow in flows.items() if record().network.lines[id].mode != "ocean"}
    for id in ("aktau-alat", "altynkol-brest", "brest-europe"):
        width = min(line.get_linewidth() for line in ax.lines if line.get_gid() == id)
        assert width == pytest.approx(WIDEST * flows[id] / max(by_land.values()))


def test_flows_are_what_passed_the_lines() -> None:
    flows = mean_freight(record(), (0.0, DAYS), in_tonnes=True)
    for id in ("aktau-alat", "brest-europe"):
        assert flows[id] * DAYS / 1e3 == pytest.approx(MEASURES["passed tonnes"](record(), id), rel=1e-3)


def test_one_cargo_is_told_in_its_own_unit_and_several_in_tonnes() -> None:
    assert any("kt/day" in text for text in legend(freight_map(record())))
    whole, network, legs = record().journal, record().network, record().freight.legs
    boxes = Journal(until=DAYS)
    boxes.consignments = [lot for lot in whole.consignments if lot.demand == "boxes-west"]  # those come first
    boxes.trips = [trip for trip in whole.trips if legs[trip.leg].cargo == "containers"]
    alone = replace(network, demands={"boxes-west": network.demands["boxes-west"]})
    ax = freight_map(freight_record(network=alone, journal=boxes))
    assert any("TEU/day" in text for text in legend(ax))
    assert not any("kt/day" in text for text in legend(ax))


def test_roads_have_a_colour_of_their_own() -> None:
    network = record().network
    by_road = {**network.lines, "alat-kars": replace(network.lines["alat-kars"], mode="road")}
    told = legend(freight_map(freight_record(network=replace(network, lines=by_road))))
    assert {"Rail", "Road", "Sea"} <= set(told)


def test_the_ocean_is_told_in_words_and_not_drawn_over_land() -> None:
    ax = freight_map(record(), window=(0.0, DAYS))
    assert not [line for line in ax.lines if line.get_gid() == "china-europe"]
    flow = mean_freight(record(), (0.0, DAYS), in_tonnes=True)["china-europe"] / 1e3
    assert any(f"the ocean, not drawn, took {flow:,.3g} kt/day" in text for text in words(ax))


def test_the_window_is_the_first_closure_else_the_boycotts_else_the_run() -> None:
    def told(**given: object) -> str:
        return next(text for text in words(freight_map(freight_record(**given))) if "Mean flows" in text)

    assert "21 Jan 2022 – 9 Feb 2022" in told(spans=(shut("aktau"),))
    assert "2 Mar 2022 – 19 Jul 2022" in told(spans=())
    assert "1 Jan 2022 – 19 Jul 2022" in told(spans=(), boycotts=())


def test_refused_lines_are_dotted_and_only_while_they_are_refused() -> None:
    def dotted(window: tuple[float, float]) -> list[str]:
        ax = freight_map(record(), window=window)
        return [str(line.get_gid()) for line in ax.lines if str(line.get_gid()).startswith("boycotted:")]

    assert "boycotted:altynkol-brest" in dotted((100.0, 120.0))
    assert dotted((0.0, 50.0)) == []
    assert "Some shippers refuse it" in legend(freight_map(record(), window=(100.0, 120.0)))


def test_shut_lines_quays_and_yards_are_marked() -> None:
    found = shut_during(record().network, [shut("altynkol-aktau")], (0.0, 50.0), freight=True)
    assert found.ways == {"altynkol-aktau"}
    quays = shut_during(record().network, [shut("aktau.feeders")], (0.0, 50.0), freight=True)
    assert quays.places == {"aktau": "up to 1 of 2 quays shut"}
    yard = shut_during(record().network, [shut("alat.wagons", remaining=0.5)], (0.0, 50.0), freight=True)
    assert yard.places == {"alat": "Alat yard, wagons at 50%"}
    assert shut_during(record().network, [shut("aktau.feeders")], (0.0, 50.0)).places == {}


def test_a_border_crossing_too_short_to_be_seen_is_told_at_its_place() -> None:
    near = moved(record().network, brest=(14.2, 50.1))
    found = shut_during(near, [shut("brest-europe")], (0.0, 50.0), freight=True)
    assert found.places == {"brest": "Line brest-europe shut"}
    assert shut_during(record().network, [shut("brest-europe")], (0.0, 50.0), freight=True).places == {}


def test_a_lane_is_marked_when_none_of_its_ships_is_whole() -> None:
    network = record().network
    assert shut_during(network, [shut("feeders")], (0.0, 50.0), freight=True).ways == frozenset()
    both = shut_during(network, [shut("feeders", "ferries")], (0.0, 50.0), freight=True)
    assert both.ways == {"aktau-alat"}


def test_every_place_is_named_and_nothing_written_covers_anything_else() -> None:
    ax = freight_map(freight_record(spans=(shut("aktau.feeders", "kazakhstan"),)))
    assert_nothing_overlaps(ax)
    assert {place.name for place in record().network.places.values()} <= set(words(ax))
    assert {"up to 1 of 2 quays shut", "shut"} <= set(words(ax))


def test_places_beyond_the_map_are_named_at_its_edge() -> None:
    far = moved(record().network, china=(104.0, 34.0), europe=(2.0, 51.0))
    ax = freight_map(freight_record(network=far))
    assert {"China →", "← Europe"} <= set(words(ax))
    assert_nothing_overlaps(ax)
    west, east = ax.get_xlim()
    assert BOUNDS[0] <= west < east <= BOUNDS[1]


def test_a_path_leaves_where_it_crosses_the_edge() -> None:
    path = np.asarray([(20.0, 40.0), (50.0, 40.0), (70.0, 50.0)])
    longitude, latitude = leaves(path, EXTENT) or (0.0, 0.0)
    assert (longitude, latitude) == pytest.approx((60.0, 45.0), abs=0.1)
    assert longitude < 60.0
    assert leaves(path + 100.0, EXTENT) is None


def test_the_extent_holds_all_paths_that_are_on_the_known_land() -> None:
    west, east, south, north = extent_of([np.asarray([(20.0, 40.0), (120.0, 20.0)])])
    assert (west, east) == (pytest.approx(14.5), BOUNDS[1])
    assert south < 40.0 < north and south >= BOUNDS[2]


def test_the_map_is_drawn_on_the_axes_that_are_given_and_of_a_run_without_trains() -> None:
    ax = blank()
    assert freight_map(record(), ax) is ax
    still = freight_map(freight_record(journal=Journal(until=DAYS), spans=()))
    assert "No flow" in legend(still)
    assert not any("ocean" in text for text in words(still))
