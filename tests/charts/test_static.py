"""Pictures of charts: the same bytes each time, names as text, and axes that a caller may bring along."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_charts import CHARTS, curves, over_time, rows
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.charts.chart import Chart
from sim.charts.static import draw, save


def texts(chart: Chart) -> list[str]:
    figure = draw(chart).get_figure(root=True)
    assert figure is not None
    return [text.get_text() for text in figure.findobj(Text)]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_the_same_chart_gives_the_same_bytes(chart: Chart, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    first, second = ([file.read_bytes() for file in save(chart, folder)] for folder in folders)
    assert first == second
    assert all(first)


def test_names_are_text_whatever_signs_are_in_them(tmp_path: Path) -> None:
    _, svg = save(over_time(), tmp_path)
    written = texts(over_time())
    for name in ("Rail $to$ Batumi", "Other & _all_", "Aktau <b>Makhachkala</b>", "SPM-2 <i>inspection</i>"):
        assert name in written
    assert "mathtext" not in svg.read_text(encoding="utf-8")
    assert "Aktau → Baku $x$ at Alat" in texts(rows())


def test_a_chart_of_one_panel_is_drawn_on_axes_of_the_caller() -> None:
    ax = Figure().add_subplot()
    assert draw(rows(), ax) is ax


def test_a_chart_of_several_panels_is_not_drawn_on_one_pair_of_axes() -> None:
    with pytest.raises(ValueError, match="has 2 panels: draw it without ax"):
        draw(curves(), Figure().add_subplot())


def test_an_empty_panel_explains_why() -> None:
    assert "Nothing was curtailed" in texts(curves())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_nothing_leaves_the_picture(chart: Chart) -> None:
    figure = draw(chart).get_figure(root=True)
    assert isinstance(figure, Figure)
    box = figure.get_tightbbox()
    width, height = figure.get_size_inches()
    assert box.x0 >= 0.0 and box.y0 >= 0.0
    assert box.x1 <= width and box.y1 <= height
