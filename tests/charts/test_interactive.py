"""Charts on a page: names are text, bands keep their gaps, and on a phone nothing leaves the sheet."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_charts import CHARTS, heat, over_time, rows

from sim.charts import text_metrics
from sim.charts.chart import Band, Chart, NumberAxis, Panel
from sim.charts.interactive import PHONE, WIDE, Sheet, figure, layout
from sim.charts.interactive.sheet import POINT


def test_markup_in_names_is_text() -> None:
    drawn = figure(over_time()).to_plotly_json()
    texts = [trace["name"] for trace in drawn["data"]]
    texts += [note["text"] for note in drawn["layout"]["annotations"]]
    assert "Aktau &lt;b&gt;Makhachkala&lt;/b&gt;" in texts
    assert not [text for text in texts if "<" in text]
    names = [note["text"] for note in layout(rows(), WIDE)["annotations"]]
    assert "<b>Legs of the middle corridor</b>" in names and "&lt;b&gt;Sea&lt;/b&gt;" in names


def test_a_band_with_a_gap_is_two_areas() -> None:
    low = np.array([1.0, 2.0, np.nan, 4.0, 5.0])
    band = Band(x=np.arange(5.0), low=low, high=low + 1.0, colour="#0072B2", name="band")
    chart = Chart(
        name="band", finding="", subject="", context="", x=NumberAxis(), panels=(Panel(marks=(band,)),)
    )
    (drawn,) = figure(chart).to_plotly_json()["data"]
    assert drawn["y"] == [1.0, 2.0, 3.0, 2.0, None, 4.0, 5.0, 6.0, 5.0, None]
    assert drawn["x"] == [0.0, 1.0, 1.0, 0.0, None, 3.0, 4.0, 4.0, 3.0, None]


def test_panels_abreast_on_a_wide_page_are_stacked_on_a_phone() -> None:
    wide, phone = layout(heat(), WIDE), layout(heat(), PHONE)
    assert wide["yaxis"]["domain"] == wide["yaxis3"]["domain"]
    assert phone["yaxis3"]["domain"][1] < phone["yaxis2"]["domain"][0]
    assert phone["dragmode"] is False


@pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_no_text_leaves_the_sheet(chart: Chart, sheet: Sheet) -> None:
    drawn = layout(chart, sheet)
    margin = drawn["margin"]
    width = sheet.least + sheet.left + sheet.right - margin["l"] - margin["r"]
    for note in drawn["annotations"]:
        axis = drawn.get(f"xaxis{note['xref'][1:]}", {})
        if note["xref"] != "paper" and isinstance(note["x"], str):
            continue
        low, high = (0.0, 1.0) if note["xref"] == "paper" else axis["range"]
        left, right = (0.0, 1.0) if note["xref"] == "paper" else axis["domain"]
        at = (left + (right - left) * (note["x"] - low) / (high - low)) * width + note.get("xshift", 0.0)
        plain = note["text"].removeprefix("<b>").removesuffix("</b>")
        length = text_metrics.width(plain, note["font"]["size"] * POINT) / POINT
        begin = at - {"left": 0.0, "center": 0.5, "right": 1.0}[note["xanchor"]] * length
        assert -margin["l"] - 1.0 <= begin, note["text"]
        assert begin + length <= width + margin["r"] + 8.0, note["text"]
