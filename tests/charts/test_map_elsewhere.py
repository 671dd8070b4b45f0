"""Maps of networks anywhere on Earth: across 180°, at a pole, in one place, far from land."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_records import network, record

from sim.charts.map.land import backdrop, seas
from sim.charts.map.placing import Layout
from sim.charts.map.projection import EARTH_RADIUS, WIDTH, great_circle, plane_of
from sim.charts.map.scene import Scene, map_scene
from sim.charts.map.static import draw_map
from sim.network.network import Network

Coordinates = list[tuple[float, float]]
degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def at(coordinates: Coordinates) -> Network:
    """Return a network of a chain of pipelines through some longitudes and latitudes."""
    made = network()
    base, link = made.places["atyrau"], made.links["atyrau-samara"]
    places = {
        f"p{n}": replace(base, id=f"p{n}", name=f"Place {n}", longitude=x, latitude=y)
        for n, (x, y) in enumerate(coordinates)
    }
    ends = list(zip(places, [*list(places)[1:], "p0"], strict=True))
    links = {
        f"l{n}": replace(link, id=f"l{n}", origin=a, destination=b, via=()) for n, (a, b) in enumerate(ends)
    }
    return replace(made, places=places, links=links, stocks={}, berths={}, shippers={}, fleets={})


def scene_of(coordinates: Coordinates) -> Scene:
    return map_scene(record(days=10.0, spans=(), network=at(coordinates)), "oil")


def assert_shows_all(scene: Scene) -> None:
    for sign in scene.signs:
        assert 0.0 < sign.x < WIDTH
        assert 0.0 < sign.y < scene.plane.height
    axes = draw_map(scene)
    axes.figure.draw_without_rendering()


@pytest.mark.parametrize(
    "coordinates",
    [
        [(170.0, 60.0), (-165.0, 64.0), (-150.0, 61.0)],
        [(0.0, 85.0), (120.0, 83.0), (-100.0, 80.0)],
        [(10.0, 90.0), (10.0, 89.0)],
        [(0.0, -75.0), (120.0, -70.0), (-70.0, -65.0)],
        [(50.0, 40.0)],
        [(50.0, 40.0), (50.0, 40.0), (50.0, 40.0)],
        [(-140.0, -40.0), (-138.0, -41.0)],
        [(0.0, 0.0), (180.0, 0.0)],
        [(4.0, 52.0), (121.0, 31.0), (-74.0, 40.0), (-118.0, 34.0), (151.0, -33.0), (18.0, -33.0)],
    ],
    ids=["180°", "Arctic", "pole", "Antarctic", "one place", "equal places", "no land", "antipodes", "world"],
)
def test_a_network_can_lie_anywhere(coordinates: Coordinates) -> None:
    assert_shows_all(scene_of(coordinates))


def test_a_map_across_180_degrees_is_no_wider_than_its_network() -> None:
    scene = scene_of([(170.0, 60.0), (-165.0, 64.0)])
    assert scene.plane.kilometres(WIDTH) < 2500.0
    names = {area.name for area in scene.areas}
    assert {"Russia", "Bering Sea"} <= names


def test_a_map_of_the_gulf_names_the_gulf() -> None:
    """The case that once ended in a traceback: a network south of the land that was then drawn."""
    names = {area.name for area in scene_of([(50.2, 26.6), (56.3, 25.1)]).areas}
    assert {"Persian Gulf", "Iran", "Qatar"} <= names


@pytest.mark.parametrize("name", ["Port $1 of $2", "under_score", "<b>bold</b>", "", "A" * 200, "\\alpha"])
def test_any_name_stays_text(name: str) -> None:
    made = at([(50.0, 40.0), (55.0, 42.0)])
    places = {**made.places, "p0": replace(made.places["p0"], name=name)}
    scene = map_scene(record(days=10.0, spans=(), network=replace(made, places=places)), "oil")
    axes = draw_map(scene)
    axes.figure.draw_without_rendering()
    (sign,) = [sign for sign in scene.signs if sign.id == "p0"]
    if sign.position is not None:
        assert [text.get_text() for text in axes.texts if text.get_gid() == "name:p0"] == [name]


@settings(max_examples=40, deadline=None)
@given(st.lists(degrees, min_size=1, max_size=6))
def test_every_place_lies_on_the_sheet(coordinates: Coordinates) -> None:
    points = np.asarray(coordinates)
    plane = plane_of(points)
    placed = plane.points(points)
    assert np.isfinite(placed).all()
    assert (placed > 0.0).all()
    assert (placed < [WIDTH, plane.height]).all()


def test_distances_near_the_centre_are_true() -> None:
    plane = plane_of(np.array([(49.0, 45.0), (51.0, 45.0)]))
    ends = plane.points(np.array([(50.0, 44.5), (50.0, 45.5)]))
    assert plane.kilometres(float(np.hypot(*(ends[1] - ends[0])))) == pytest.approx(
        np.radians(1.0) * EARTH_RADIUS, rel=1e-3
    )
    assert ends[0, 1] > ends[1, 1]


def test_long_courses_follow_great_circles() -> None:
    course = great_circle(np.array([(-90.0, 60.0), (90.0, 60.0)]))
    assert course[:, 1].max() == pytest.approx(90.0, abs=1.5)
    assert len(course) > 25


def test_no_sea_lies_on_land() -> None:
    for sea in seas():
        point = np.array([(sea.longitude, sea.latitude)])
        plane = plane_of(point)
        assert not backdrop(plane).on_land(plane.points(point)).any(), sea.name


def test_countries_are_where_they_are() -> None:
    cities = {
        "Kazakhstan": (71.4, 51.1),
        "Russia": (37.6, 55.8),
        "Azerbaijan": (49.6, 40.4),
        "Georgia": (44.8, 41.7),
        "Türkiye": (32.9, 39.9),
        "Chile": (-70.7, -33.5),
        "Fiji": (178.0, -17.8),
        "United States": (-149.9, 64.0),
    }
    for country, place in cities.items():
        point = np.array([place])
        plane = plane_of(point)
        land = backdrop(plane)
        inside = [name for name in land.countries if name and land.within(name, plane.points(point)).any()]
        assert inside == [country]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 680), st.floats(0, 300), st.floats(10, 150)), min_size=1, max_size=25))
def test_placed_names_never_overlap_each_other_or_a_sign(spots: list[tuple[float, float, float]]) -> None:
    layout = Layout(height=300.0, lines=np.zeros((0, 2)))
    for x, y, _ in spots:
        layout.reserve(x, y, 4.0, 4.0)
    boxes = []
    for x, y, width in spots:
        position = layout.place_near(np.array([x, y]), (width, 10.0))
        if position is not None:
            half = width / 2
            boxes.append((position.x - half, position.x + half, position.y - 5.0, position.y + 5.0))
    for n, (left, right, top, bottom) in enumerate(boxes):
        assert left >= 0.0 and right <= WIDTH and top >= 0.0 and bottom <= 300.0
        for a in boxes[n + 1 :]:
            assert right <= a[0] or a[1] <= left or bottom <= a[2] or a[3] <= top
        assert not any(left < x < right and top < y < bottom for x, y, _ in spots)
