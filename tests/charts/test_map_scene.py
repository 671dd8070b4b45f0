"""The scene of a map: widths, names, closures, the day it shows and the finding in its title."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from made_up_freight import DAYS, freight_record
from made_up_records import UPKEEP, Span, network, record

from sim.charts import text_metrics
from sim.charts.map.closed import closed_during
from sim.charts.map.disruptions import disruptions
from sim.charts.map.palette import dashes
from sim.charts.map.playback import line_flows
from sim.charts.map.scene import Scene, map_scene
from sim.charts.map.signs import AREA_SIZE, LINE_HEIGHT, NAME_SIZE
from sim.charts.map.ways import MAX_WIDTH, Way, course_coordinates, line_width, sampled
from sim.charts.wording import number
from sim.engine.journal import Journal
from sim.measures import MEASURES, Record
from sim.measures.smoothing import Smoothing
from sim.network.network import Network

Box = tuple[float, float, float, float]


@cache
def oil() -> Scene:
    return map_scene(record(), "oil")


@cache
def freight() -> Scene:
    return map_scene(freight_record(), "freight")


def ways(scene: Scene) -> dict[str, Way]:
    return {way.id: way for way in scene.ways}


def texts(scene: Scene) -> set[str]:
    return {entry.text for entry in scene.legend}


def closure(*elements: str, remaining: float = 0.0, start: float = 20.0, end: float = 40.0) -> Span:
    return Span(label="Works", elements=elements, start=start, end=end, remaining=remaining, planned=False)


def moved(network: Network, **places: tuple[float, float]) -> Network:
    """Return the network with some places elsewhere (longitude, latitude)."""
    new = {id: replace(network.places[id], longitude=at[0], latitude=at[1]) for id, at in places.items()}
    return replace(network, places={**network.places, **new})


def name_boxes(scene: Scene) -> list[tuple[str, Box]]:
    boxes = []
    for sign in scene.signs:
        if sign.position is not None:
            wide = text_metrics.width(sign.name, NAME_SIZE, bold=bool(sign.note)) / 2
            high = LINE_HEIGHT * (1.0 if sign.note else 0.5)
            x, y = sign.position.x, sign.position.y
            boxes.append((sign.name, (x - wide, x + wide, y - high, y + high)))
    for area in scene.areas:
        wide = text_metrics.width(area.name, AREA_SIZE) / 2
        boxes.append((area.name, (area.x - wide, area.x + wide, area.y - 4.0, area.y + 4.0)))
    return boxes


def assert_no_name_covers_anything(scene: Scene) -> None:
    boxes = name_boxes(scene)
    for (one, a), (other, b) in combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2], (one, other)
    points = [(sign.x, sign.y) for sign in scene.signs] + [(disc.x, disc.y) for disc in scene.discs]
    for name, (left, right, top, bottom) in boxes:
        assert left >= 0.0 and right <= 688.0 and top >= 0.0 and bottom <= scene.plane.height, name
        assert not any(left < x < right and top < y < bottom for x, y in points), name


def test_widths_are_in_proportion_to_the_flow_of_the_day() -> None:
    scene = map_scene(record(), "oil", day=95.0)
    for id in ("atyrau-samara", "cpc-med", "baku-ceyhan"):
        way = ways(scene)[id]
        assert line_width(way.flow, way.largest) == pytest.approx(MAX_WIDTH * way.flow / way.largest)
    assert max(way.largest for way in scene.ways) == scene.timeline.largest


def test_the_normal_flow_is_the_mean_before_the_first_disruption() -> None:
    scene = oil()
    way = ways(scene)["cpc-med"]
    run = scene.timeline.totals[0]["cpc-med"]
    assert way.normal == pytest.approx(run[:80].mean())
    assert "normal flow: mean before 22 March 2022" in scene.context
    assert way.change == "less"
    assert way.edge == pytest.approx(line_width(way.normal, way.largest))
    assert way.core == pytest.approx(line_width(way.flow, way.largest))


def test_the_normal_flow_is_that_of_the_reference_run_if_there_is_one() -> None:
    scene = map_scene(record(), "oil", record(spans=()), day=95.0)
    reference = scene.timeline.totals[1]["atyrau-samara"]
    assert ways(scene)["atyrau-samara"].normal == reference[95]
    assert "on the same day" in scene.context


def test_more_than_normal_is_an_outline_around_the_normal_width() -> None:
    way = replace(ways(oil())["cpc-med"], flow=150.0, normal=100.0, largest=150.0)
    assert way.change == "more"
    assert (way.core, way.edge) == (line_width(100.0, 150.0), line_width(150.0, 150.0))
    assert replace(way, normal=149.0).change == ""
    assert replace(way, normal=None).edge == 0.0


def test_the_map_shows_a_day_of_the_costliest_closure_not_of_a_storm() -> None:
    storm = closure("cpc.spm3", start=20.0, end=22.0)
    scene = map_scene(record(spans=(storm, *record().spans)), "oil")
    disruption = scene.timeline.disruption
    assert disruption is not None
    assert disruption.label == "SPM-1 and SPM-2 shut"
    assert 80.0 <= scene.timeline.window[0] < 113.0


def test_the_finding_names_the_day_the_closure_and_the_flow() -> None:
    scene = oil()
    first = scene.timeline.window[0]
    days = int(first - 80.0)
    since = f"{days} day{'' if days == 1 else 's'} into" if days else "on the first day of"
    date = record().when(first)
    assert scene.finding.endswith(
        f", {since} the closure “SPM-1 and SPM-2 shut” ({date.day} {date:%B} {date.year})"
    )
    way = next(way for way in scene.ways if scene.finding.startswith(f"{way.name}: "))
    assert way.normal is not None
    assert f": {number(way.flow)} kt/day, {100 * way.flow / way.normal:.0f} % of normal, " in scene.finding
    assert "in force: closure “SPM-1 and SPM-2 shut”" in scene.subject


def test_the_title_does_not_blame_a_closure_for_the_flows_of_another() -> None:
    works = closure("aktau", start=81.0, end=110.0)
    inherited = tuple(replace(span, inherited=True) for span in record().spans)
    scene = map_scene(record(spans=(*inherited, works)), "oil", record(spans=()))
    assert scene.timeline.disruption is not None
    assert scene.timeline.disruption.label == "Works"
    assert scene.finding.startswith("kropotkin-cpc: ")
    assert "Works" not in scene.finding
    assert "in force: " in scene.subject and "“Works”" in scene.subject


def test_closures_of_one_label_are_in_force_on_their_own_days_only() -> None:
    spans = (closure("cpc.spm3", start=20.0, end=25.0), closure("cpc.spm3", start=60.0, end=70.0))
    assert [(item.start, item.end) for item in disruptions(record(spans=spans), "oil")] == [
        (20, 25),
        (60, 70),
    ]
    assert "in force" not in map_scene(record(spans=spans), "oil", day=40.0).subject
    touching = (closure("cpc.spm3", start=20.0, end=25.0), closure("cpc.spm2", start=25.0, end=30.0))
    (item,) = disruptions(record(spans=touching), "oil")
    assert (item.start, item.end) == (20, 30)


def test_a_planned_closure_is_shown_only_without_an_unplanned_one() -> None:
    scene = map_scene(record(spans=(UPKEEP,)), "oil")
    disruption = scene.timeline.disruption
    assert disruption is not None
    assert disruption.kind == "planned closure"


def test_without_a_disruption_the_middle_of_the_run_is_shown() -> None:
    scene = map_scene(record(spans=()), "oil")
    assert scene.timeline.window == (182.0, 183.0)
    assert scene.finding.startswith("Flows of up to ")
    assert scene.finding.endswith(" (2 July 2022)")
    assert not any(way.change for way in scene.ways)


def test_the_legend_has_what_is_drawn_and_nothing_else() -> None:
    shown = texts(oil())
    assert {"Field", "Port or terminal", "Market", "Station or border", "Pipeline", "Rail"} <= shown
    assert {"Sea or ferry", "No flow", "Closed or limited", "Tank farm, by fill"} <= shown
    assert "Road" not in shown
    assert "Refused by some shippers" not in shown
    widths = [entry for entry in oil().legend if entry.kind == "width"]
    assert [entry.width for entry in widths] == sorted((entry.width for entry in widths), reverse=True)
    assert all(entry.text.endswith(" kt/day") for entry in widths)


def test_every_mode_is_distinct_without_colour() -> None:
    assert {mode: dashes(mode, 5.0) for mode in ("pipeline", "rail")} == {"pipeline": None, "rail": None}
    assert dashes("sea", 5.0) != dashes("road", 5.0)


def test_closed_berths_are_noted_at_their_place() -> None:
    (sign,) = [sign for sign in oil().signs if sign.id == "cpc"]
    assert sign.note == "2 of 3 berths closed"


def test_closed_links_are_marked_only_within_their_days() -> None:
    on = map_scene(record(), "oil", day=231.0)
    off = map_scene(record(), "oil", day=240.0)
    assert ways(on)["kropotkin-cpc"].closed
    assert not ways(off)["kropotkin-cpc"].closed


def test_partial_closures_of_places_tanks_and_shippers_are_noted() -> None:
    spans = [closure("aktau", "cpc.tanks", remaining=0.5), closure("aktau", remaining=0.25), closure("tco")]
    assert closed_during(network(), spans, (20.0, 25.0), "oil").places == {
        "aktau": "at 25%",
        "cpc": "CPC tank farm at 50%",
        "tengiz": "Tengiz (TCO) closed",
    }
    assert closed_during(network(), spans, (0.0, 10.0), "oil").places == {}


def test_a_closure_that_recovers_by_steps_is_noted_step_by_step() -> None:
    recovering = replace(closure("aktau"), recovery=((30.0, 0.5), (35.0, 1.0)))

    def note(day: float) -> str | None:
        return closed_during(network(), [recovering], (day, day + 1.0), "oil").places.get("aktau")

    notes = [note(day) for day in (19.0, 20.0, 29.0, 30.0, 34.0, 35.0)]
    assert notes == [None, "closed", "closed", "at 50%", "at 50%", None]


def test_a_disruption_of_the_base_gives_way_to_those_that_a_scenario_adds() -> None:
    storm = closure("cpc.spm3", start=20.0, end=22.0)
    inherited = [replace(span, inherited=True) for span in record().spans]
    disruption = map_scene(record(spans=(storm, *inherited)), "oil").timeline.disruption
    assert disruption is not None
    assert disruption.label == storm.label
    assert map_scene(record(spans=tuple(inherited)), "oil").timeline.disruption is not None


def test_names_of_countries_keep_off_the_ways() -> None:
    for scene in (oil(), freight()):
        points = np.concatenate([sampled(course.points, 4.0) for way in scene.ways for course in way.courses])
        for area in (area for area in scene.areas if area.kind == "country"):
            half = np.array([text_metrics.width(area.name, AREA_SIZE) / 2, AREA_SIZE / 2])
            assert not np.all(np.abs(points - [area.x, area.y]) < half, axis=1).any(), area.name


def test_every_place_is_named_and_no_name_covers_another_a_sign_or_a_disc() -> None:
    for scene in (oil(), freight()):
        assert [sign.name for sign in scene.signs if sign.position is None] == []
        assert_no_name_covers_anything(scene)


def test_countries_and_seas_are_named_where_they_lie() -> None:
    scene = oil()
    names = {area.name: area for area in scene.areas}
    assert {"Kazakhstan", "Russia", "Türkiye", "Black Sea", "Caspian Sea"} <= set(names)
    for name, area in names.items():
        point = np.array([(area.x, area.y)])
        if area.kind == "country":
            assert scene.land.within(name, point).all(), name
        else:
            assert not scene.land.on_land(point).any(), name


def test_courses_go_through_waypoints_given_as_latitude_and_longitude() -> None:
    made = network()
    course = course_coordinates(made, made.links["samara-ustluga"])
    for point in ((50.15, 53.2), (45.0, 55.8), (28.4, 59.67)):
        assert np.isclose(course, point).all(axis=1).any()


def test_a_railway_over_the_caspian_is_a_ferry_there_and_a_pipeline_is_not() -> None:
    made = network()
    rail = replace(made.links["aktau-baku"], mode="rail")
    pipe = replace(rail, mode="pipeline")
    for link, modes in ((rail, {"sea"}), (pipe, {"pipeline"})):
        crossing = replace(made, links={**made.links, "aktau-baku": link})
        scene = map_scene(record(network=crossing), "oil")
        courses = ways(scene)["aktau-baku"].courses
        long = {course.mode for course in courses if len(course.points) > 5 or link is pipe}
        assert long == modes
    assert {course.mode for course in ways(oil())["tengiz-aktau"].courses} == {"rail"}


def test_freight_flows_are_those_that_passed_the_lines() -> None:
    run = freight_record()
    whole = Smoothing(times=np.array([DAYS / 2]), until=DAYS, width=DAYS)
    flows = line_flows(run, whole)
    for id in ("aktau-alat", "brest-europe"):
        total = sum(float(flow[0]) for flow in flows[id].values())
        assert total * DAYS == pytest.approx(MEASURES["passed tonnes"](run, id), rel=1e-3)


def test_one_cargo_is_counted_in_its_own_unit_and_several_in_tonnes() -> None:
    run = freight_record()
    assert freight().timeline.unit == "kt"
    boxes = Journal(until=DAYS)
    boxes.consignments = [lot for lot in run.journal.consignments if lot.demand == "boxes-west"]
    boxes.trips = [trip for trip in run.journal.trips if run.freight.legs[trip.leg].cargo == "containers"]
    alone = replace(run.network, demands={"boxes-west": run.network.demands["boxes-west"]})
    scene = map_scene(freight_record(network=alone, journal=boxes), "freight")
    assert scene.timeline.unit == "TEU"
    assert any(text.endswith("TEU/day") for text in texts(scene))


def test_the_ocean_is_given_in_words_and_not_drawn_over_land() -> None:
    assert "china-europe" not in ways(freight())
    assert "the ocean, not drawn, carries " in freight().subject


def test_refused_lines_are_marked_while_they_are_refused() -> None:
    during = map_scene(freight_record(), "freight", day=110.0)
    before = map_scene(freight_record(), "freight", day=10.0)
    assert ways(during)["altynkol-brest"].refused
    assert "Refused by some shippers" in texts(during)
    assert not any(way.refused for way in before.ways)


def test_a_year_with_a_storm_and_a_boycott_shows_the_boycott() -> None:
    storm = closure("aktau", start=150.0, end=152.0)
    disruption = map_scene(freight_record(spans=(storm,)), "freight").timeline.disruption
    assert disruption is not None
    assert disruption.kind == "boycott"


def test_what_is_in_force_throughout_or_in_the_reference_run_too_is_not_the_subject() -> None:
    boycott = freight_record().boycotts[0]
    throughout = replace(boycott, start=0.0, end=DAYS)
    storm = closure("aktau", start=150.0, end=152.0)
    for run, reference in (
        (freight_record(spans=(storm,), boycotts=(throughout,)), None),
        (freight_record(spans=(storm,)), freight_record(spans=())),
    ):
        disruption = map_scene(run, "freight", reference).timeline.disruption
        assert disruption is not None
        assert disruption.kind == "closure"


def test_a_closure_of_a_week_goes_before_a_boycott_and_its_line_is_in_the_title() -> None:
    works = closure("alat-kars", start=120.0, end=140.0)
    scene = map_scene(freight_record(spans=(works,)), "freight")
    disruption = scene.timeline.disruption
    assert disruption is not None
    assert disruption.label == "Works"
    assert ways(scene)["alat-kars"].closed
    assert ways(scene)["alat-kars"].name in scene.finding


def test_closed_lines_quays_and_yards_are_marked() -> None:
    made = freight_record().network

    def closed(*elements: str, remaining: float = 0.0) -> Any:
        return closed_during(made, [closure(*elements, remaining=remaining)], (0.0, 50.0), "freight")

    assert closed("altynkol-aktau").ways == {"altynkol-aktau"}
    assert closed("aktau.feeders").places == {"aktau": "1 of 2 quays closed"}
    assert closed("alat.wagons", remaining=0.5).places == {"alat": "Alat yard, wagons at 50%"}
    assert closed("feeders").ways == frozenset()
    assert closed("feeders", "ferries").ways == {"aktau-alat"}
    assert closed_during(made, [closure("aktau.feeders")], (0.0, 50.0), "oil").places == {}


def test_a_border_crossing_too_short_to_be_seen_is_noted_at_its_place() -> None:
    made = freight_record().network
    near = moved(made, brest=(14.2, 50.1))
    spans = [closure("brest-europe")]
    assert closed_during(near, spans, (0.0, 50.0), "freight").places == {"brest": "Line brest-europe closed"}
    assert closed_during(made, spans, (0.0, 50.0), "freight").places == {}


def test_a_run_without_trains_has_a_map_on_which_nothing_moves() -> None:
    still: Record = freight_record(journal=Journal(until=DAYS), spans=(), boycotts=())
    scene = map_scene(still, "freight")
    assert scene.finding.startswith("Nothing moves (")
    assert "No flow" in texts(scene)
    assert "ocean" not in scene.subject
