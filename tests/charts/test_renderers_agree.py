"""Picture and page of every chart show the same names, colours and totals: those of its description."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made_up_charts import CHARTS
from matplotlib.figure import Figure
from read_back import drawn_series, page_series
from totals import Series, series_of

from sim.charts.chart import Chart
from sim.charts.interactive import PHONE, figure
from sim.charts.registry import charts_of
from sim.charts.static import draw
from sim.scenario import load
from sim.studies.runs import run


def assert_same(drawn: Sequence[Series], described: Sequence[Series]) -> None:
    def key(series: Series) -> tuple[int, str, str, float]:
        return series.panel, series.name, series.colour, round(series.total, 2)

    assert [key(each)[:3] for each in sorted(drawn, key=key)] == [
        key(each)[:3] for each in sorted(described, key=key)
    ]
    for here, there in zip(sorted(drawn, key=key), sorted(described, key=key), strict=True):
        assert here.total == pytest.approx(there.total, rel=1e-3, abs=1e-3), there.name


def assert_agree(chart: Chart) -> None:
    picture = draw(chart).get_figure(root=True)
    assert isinstance(picture, Figure)
    described = series_of(chart)
    assert_same(drawn_series(chart, picture), described)
    assert_same(page_series(chart, figure(chart)), described)
    assert_same(page_series(chart, figure(chart, PHONE)), described)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_every_mark_is_drawn_alike(chart: Chart) -> None:
    assert series_of(chart)
    assert_agree(chart)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "reference"),
    [("mooring-shutdown-2022", "baseline-2022"), ("northern-boycott-2022", "corridors-2022-undisturbed")],
)
def test_every_chart_of_a_run_is_drawn_alike(scenario: str, reference: str) -> None:
    for chart in charts_of(run(load(scenario)), run(load(reference))):
        assert_agree(chart)
