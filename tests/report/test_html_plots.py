"""The plots of the page of a run: they show what the pictures show, on a wide page and on a phone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from html_pages import Made, data_of, small_page

from sim.measures import Span
from sim.plots.closures import entries
from sim.plots.days import LAYERS, bars_of
from sim.plots.transit import arrivals, trailing
from sim.report.html.curves import area, plain, see_through
from sim.report.html.figure import PHONE, WIDE, Row, figure
from sim.report.html.shown import shown
from sim.report.html.strip import named, notes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return small_page(tmp_path_factory.mktemp("small"))


def plots_of(made: Made) -> dict[str, dict[str, Any]]:
    return {plot["id"]: plot["shown"][0] for plot in data_of(made.text)["plots"]}


def test_boxes_and_wagons_have_their_days_on_the_page(made: Made) -> None:
    assert {"arrivals", "transit"} <= set(plots_of(made))
    (days,) = [plot for plot in data_of(made.text)["plots"] if plot["id"].startswith("days-")]
    assert len(days["shown"]) == 2


def test_days_on_the_page_are_those_of_the_picture(made: Made) -> None:
    plot = plots_of(made)["days-boxes"]
    bars = bars_of(made.record, "boxes")
    layers = {one["name"]: one for one in plot["data"] if one["type"] == "bar"}
    for name, _ in LAYERS.values():
        lengths = [bar.parts[name] for bar in bars if name in bar.parts]
        assert layers[name]["x"] == pytest.approx(lengths, rel=1e-3)
    assert plot["layout"]["xaxis"]["title"]["text"] == "Mean days"
    names = [note["text"] for note in plot["layout"]["annotations"]]
    assert names == [f"<b>{plain(bar.name)}</b>" if bar.heading else plain(bar.name) for bar in bars]


def test_transit_on_the_page_is_that_of_the_picture(made: Made) -> None:
    plot = plots_of(made)["transit"]
    (curve,) = [one for one in plot["data"] if one["name"] == "Middle, median" and one["yaxis"] == "y"]
    median, _ = trailing(np.arange(90.0), 5.0, *arrivals(made.record, "boxes", "middle"))
    drawn = np.array([np.nan if value is None else value for value in curve["y"]])
    assert drawn == pytest.approx(median, rel=1e-3, nan_ok=True)
    assert any("in quiet" in one["name"] for one in plot["data"])


def test_on_a_phone_no_name_leaves_the_plot(made: Made) -> None:
    both = shown(made.record, None)
    spans = [
        Span(label=f"{'a long name of a closure ' * 3}{n}", elements=("sea",), start=first, end=last,
             remaining=0.0, planned=False)
        for n, (first, last) in enumerate([(1.0, 3.0), (40.0, 44.0), (84.0, 89.0)])
    ]  # fmt: skip
    for page in (WIDE, PHONE):
        placed = named(both, entries(spans, both.days), page.least)
        for note, entry in zip(notes(both, placed, 300.0, page.least), placed, strict=True):
            begins = np.datetime64(note["x"][:10]) - np.datetime64(both.start)
            assert note["xanchor"] == "left" or begins.astype(float) == int(entry.intervals[0][0])
    rows = [
        Row(name="a name of a row that is much too long for a phone, but not for a page", unit="t", curves=[])
    ]
    found = figure(both, "id", "title", "told", rows, entries(spans, both.days))
    assert "<br>" in found.phone["annotations"][-1]["text"]
    assert "<br>" not in found.layout["annotations"][-1]["text"]
    assert found.phone["dragmode"] is False


def test_a_band_with_a_gap_is_two_areas(made: Made) -> None:
    low = np.array([1.0, 2.0, np.nan, 4.0])
    drawn = area(shown(made.record, None), low, low + 1.0, "#0072B2", 0.2, "band")
    assert drawn["y"] == [1.0, 2.0, 3.0, 2.0, None, 4.0, 5.0, None]
    assert drawn["x"][:3] == ["2022-01-01", "2022-01-02", "2022-01-02"]
    assert see_through("#0072B2", 0.2) == "rgba(0,114,178,0.2)"
