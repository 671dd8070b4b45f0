"""The map as matplotlib draws it: the scene's names, widths and colours, and nothing that overlaps."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from made_up_freight import freight_record
from made_up_records import record
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from sim.charts.map.palette import LESS_EDGE, MODES
from sim.charts.map.scene import Scene, map_scene
from sim.charts.map.static import draw_map
from sim.measures.sides import Side


@cache
def drawn(side: Side) -> tuple[Scene, Axes]:
    scene = map_scene(record() if side == "oil" else freight_record(), side)
    return scene, draw_map(scene)


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("side", ["oil", "freight"])
def test_lines_are_as_wide_and_coloured_as_in_the_scene(side: Side) -> None:
    scene, axes = drawn(side)
    lines = {line.get_gid(): line for line in axes.lines if line.get_gid()}
    for way in scene.ways:
        if way.core:
            assert lines[way.id].get_linewidth() == way.core
            assert lines[way.id].get_color() == MODES[way.courses[-1].mode]
        else:
            assert way.id not in lines
        if way.change == "less":
            assert lines[f"less:{way.id}"].get_color() == LESS_EDGE
            assert lines[f"less:{way.id}"].get_linewidth() == pytest.approx(way.edge + 1.8)


@pytest.mark.parametrize("side", ["oil", "freight"])
def test_all_names_notes_and_entries_are_written(side: Side) -> None:
    scene, axes = drawn(side)
    names = [sign.name for sign in scene.signs] + [area.name for area in scene.areas]
    notes = [sign.note for sign in scene.signs if sign.note]
    assert {*names, *notes, *(entry.text for entry in scene.legend)} <= set(words(axes))
    assert scene.finding == " ".join(
        words(axes)[i] for i in range(len(words(axes))) if axes.texts[i].get_fontsize() == 12.0
    )


@pytest.mark.parametrize("side", ["oil", "freight"])
def test_no_words_cover_others_and_all_lie_on_the_page(side: Side) -> None:
    _, axes = drawn(side)
    figure = axes.figure
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in axes.texts if text.get_text()]
    for (one, here), (other, there) in combinations(boxes, 2):
        assert not here.padded(-1.0).overlaps(there.padded(-1.0)), (one, other)
    for text, box in boxes:
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, text


def test_discs_are_filled_by_area() -> None:
    scene, axes = drawn("oil")
    circles = {artist.get_gid(): artist for artist in axes.get_children() if artist.get_gid()}
    for disc in scene.discs:
        assert circles[disc.id].radius == pytest.approx(disc.radius * (min(disc.fill, 100.0) / 100.0) ** 0.5)  # type: ignore[attr-defined]


def test_the_ground_is_sea_and_degrees_keep_their_shape() -> None:
    scene, axes = drawn("oil")
    assert to_hex(axes.get_facecolor()) == "#dce9f1"
    box = axes.get_window_extent()
    assert box.width / box.height == pytest.approx(688.0 / scene.plane.height, rel=1e-3)


def test_a_map_can_be_drawn_on_axes_of_another_figure() -> None:
    axes = Figure(figsize=(6.0, 6.0)).add_subplot()
    assert draw_map(drawn("oil")[0], axes) is axes
    assert axes.get_xlim() == (0.0, 688.0)
