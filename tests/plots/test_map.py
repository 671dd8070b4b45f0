"""The map: widths that tell flows, names that cover nothing, crosses where something was shut."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_records import FLOWS, SHUT, UPKEEP, Span, network, record
from matplotlib.axes import Axes
from matplotlib.text import Text

from sim.measures.series import integral
from sim.plots.land import BOUNDS, _outlines
from sim.plots.map import default_window, extent_of, mean_flows, network_map
from sim.plots.map_ways import WIDEST, line_width, path_of
from sim.plots.placing import place_names
from sim.plots.shut import shut_during
from sim.plots.style import CLOSED


def lines_of(ax: Axes, gid: str) -> list[float]:
    return [line.get_linewidth() for line in ax.lines if line.get_gid() == gid]


def test_the_window_is_the_first_unplanned_closure_or_else_the_run() -> None:
    assert default_window(record()) == (80.0, 113.0)
    assert default_window(record(spans=(UPKEEP,))) == (0.0, 365.0)


def test_title_and_subtitle_say_scenario_and_days() -> None:
    ax = network_map(record())
    assert ax.get_title(loc="left") == "Two of three moorings shut, March 2022"
    assert "Mean flows, 22 Mar 2022 – 23 Apr 2022" in [text.get_text() for text in ax.texts]


def test_widths_are_in_proportion_to_the_mean_flow_in_the_window() -> None:
    made = record()
    ax = network_map(made, window=(90.0, 100.0))
    flows = mean_flows(made, (90.0, 100.0))
    assert flows["cpc-med"] == pytest.approx(
        integral(made.journal.steps["flow", "cpc-med"], 90.0, 100.0) / 10
    )
    greatest = max(flows.values())
    for link in ("atyrau-samara", "cpc-med", "baku-ceyhan"):
        assert min(lines_of(ax, link)) == pytest.approx(WIDEST * flows[link] / greatest)


def test_the_key_tells_widths_in_kt_a_day_and_the_modes() -> None:
    legend = network_map(record(), window=(0.0, 50.0)).get_legend()
    assert legend is not None
    told = {
        text.get_text(): handle
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)
    }
    assert {"Pipeline", "Rail", "Sea", "No flow", "100 kt/day", "50 kt/day", "10 kt/day"} <= set(told)
    assert told["50 kt/day"].get_linewidth() == pytest.approx(line_width(50e3, max(FLOWS.values())))  # type: ignore[union-attr]


def test_links_without_flow_are_dotted_and_have_no_width() -> None:
    ax = network_map(record())
    assert lines_of(ax, "aktau-makhachkala") == []
    assert lines_of(ax, "atyrau-samara") != []


def test_shut_berths_are_crossed_and_counted_at_their_place() -> None:
    ax = network_map(record())
    assert "up to 2 of 3 berths shut" in [text.get_text() for text in ax.texts]
    (cross,) = [line for line in ax.lines if line.get_gid() == "shut:cpc"]
    assert cross.get_marker() == "X"


def test_shut_links_are_dashed_red_and_only_within_their_days() -> None:
    ax = network_map(record(), window=(225.0, 240.0))
    assert [line for line in ax.lines if line.get_color() == CLOSED and line.is_dashed()]
    ax = network_map(record(spans=(UPKEEP,)), window=(10.0, 20.0))
    assert not [line for line in ax.lines if line.get_color() == CLOSED]


def test_partial_closures_of_places_berths_and_tanks_are_told() -> None:
    spans = [
        Span(label="", elements=("aktau", "cpc.tanks"), start=0, end=9, remaining=0.5, planned=False),
        Span(label="", elements=("aktau",), start=0, end=9, remaining=0.25, planned=False),
        Span(label="", elements=("tco",), start=0, end=9, remaining=0.0, planned=False),
    ]
    assert shut_during(network(), spans, (0.0, 5.0)).places == {
        "aktau": "at 25%", "cpc": "CPC tank farm at 50%", "tengiz": "Tengiz (TCO) shut",
    }  # fmt: skip


def test_every_place_is_named_and_no_name_covers_another() -> None:
    made = record()
    ax = network_map(made)
    ax.figure.draw_without_rendering()
    named = [
        text for text in ax.texts if text.get_text() in {place.name for place in made.network.places.values()}
    ]
    linked = {end for link in made.network.links.values() for end in (link.origin, link.destination)}
    assert len(named) == len(linked)
    boxes = [(text.get_text(), Text.get_window_extent(text).padded(-1)) for text in ax.texts]
    for (one, here), (other, there) in combinations(boxes, 2):
        assert not here.overlaps(there), (one, other)


def test_paths_go_through_waypoints_given_as_latitude_and_longitude() -> None:
    made = network()
    assert path_of(made, made.links["samara-ustluga"]).tolist() == [
        [50.15, 53.2],
        [45.0, 55.8],
        [28.4, 59.67],
    ]


def test_degrees_keep_their_shape_in_the_middle_of_the_map() -> None:
    ax = network_map(record())
    west, east, south, north = extent_of([path_of(network(), link) for link in network().links.values()])
    ax.figure.draw_without_rendering()
    box = ax.get_window_extent()
    across, up = box.width / (east - west), box.height / (north - south)
    assert across / up == pytest.approx(np.cos(np.radians((south + north) / 2)), rel=1e-3)


def test_land_has_the_caspian_as_a_hole_and_covers_the_bounds() -> None:
    polygons, borders = _outlines()
    holes = [ring for polygon in polygons for ring in polygon[1:]]
    assert any(ring[:, 0].min() < 48 and ring[:, 0].max() > 53 and ring[:, 1].max() > 46 for ring in holes)
    points = np.concatenate([ring for polygon in polygons for ring in polygon])
    assert points[:, 0].min() <= BOUNDS[0]
    assert points[:, 0].max() >= BOUNDS[1]
    assert points[:, 1].min() <= BOUNDS[2]
    assert points[:, 1].max() >= BOUNDS[3]
    assert len(borders) > 50


spots = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(10, 150)), min_size=1, max_size=25)


@settings(max_examples=50, deadline=None)
@given(spots)
def test_placed_names_never_overlap_each_other_or_a_marker(some: list[tuple[float, float, float]]) -> None:
    anchors = np.asarray([(x, y) for x, y, _ in some])
    sizes = np.asarray([(wide, 10.0) for *_, wide in some])
    found = place_names(anchors, sizes, (0.0, 400.0, 0.0, 300.0), np.zeros((0, 2)))
    boxes = [
        (one.x - size[0] / 2, one.x + size[0] / 2, one.y - 5, one.y + 5)
        for one, size in zip(found, sizes, strict=True)
        if one is not None
    ]
    for a, b in combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
    for left, right, bottom, top in boxes:
        inside = (
            (anchors[:, 0] > left)
            & (anchors[:, 0] < right)
            & (anchors[:, 1] > bottom)
            & (anchors[:, 1] < top)
        )
        assert not inside.any()
        assert left >= 0
        assert right <= 400


def test_spans_that_only_name_other_elements_mark_nothing() -> None:
    assert shut_during(network(), [SHUT], (0.0, 10.0)).places == {}
