"""Pictures of a run as files: legible however crowded, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib
import pytest
from made_up_freight import DAYS, freight_record
from made_up_records import record
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.charts.figures import write_figures
from sim.charts.registry import charts_of
from sim.charts.static import draw
from sim.measures import BoycottSpan, Record, Span

MANY = tuple(
    Span(label=label, elements=(), start=start, end=end, remaining=0.0, planned=planned)
    for label, start, end, planned in (
        ("Storm damage to floating hoses at SPM-1 and SPM-2", 80, 113, False),
        ("Sea mines found near the roads, terminal closed by the harbour master until swept", 66, 78, False),
        ("Court order to suspend loading for thirty days, later turned into a fine", 86, 92, False),
        ("Attack on a pumping station", 75, 160, False),
        ("Replacement of the subsea hoses of the last mooring", 150, 165, False),
        ("Storm", 20, 23, False),
        ("Storm", 130, 134, False),
        ("Yearly maintenance of the CPC", 130, 133, True),
        ("Kashagan overhaul", 152, 195, True),
    )
)
BOYCOTTS = tuple(
    BoycottSpan(label=label, elements=(), demands=(), share=share, premium=100.0, start=start, end=end)
    for label, share, start, end in (
        ("Boycott of the north by most of those who insure boxes", 0.35, 60.0, 100.0),
        ("Boycott of the north by most of those who insure boxes", 0.465, 100.0, DAYS),
        ("Kazakh trade", 0.2, 70.0, 90.0),
    )
)
RUNS: dict[str, Callable[..., Record]] = {"oil": record, "freight": freight_record}


def crowded(kind: str) -> Record:
    run = RUNS[kind]()
    title = "A rather long title of a scenario " * 5
    return replace(run, spans=MANY, title=title, boycotts=BOYCOTTS if kind == "freight" else ())


def written(figure: Figure) -> list[Text]:
    """Return all visible texts of a figure but the labels of ticks outside their axis."""
    texts: list[Text] = [*figure.texts]
    for ax in (each for each in figure.findobj(Axes) if isinstance(each, Axes)):
        texts += [*ax.texts, ax.xaxis.label, ax.yaxis.label, ax.title, ax._left_title]  # type: ignore[attr-defined]
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            ticks = axis.get_major_ticks()
            texts += [tick.label1 for tick in ticks if min(limits) <= tick.get_loc() <= max(limits)]
    return [text for text in texts if text.get_text().strip() and text.get_visible()]


@pytest.mark.slow
@pytest.mark.parametrize("kind", RUNS)
@pytest.mark.parametrize("with_reference", [False, True])
def test_no_words_cover_each_other_even_among_many_long_closures(kind: str, with_reference: bool) -> None:
    run = crowded(kind)
    for chart in charts_of(run, RUNS[kind]() if with_reference else None):
        figure = draw(chart).get_figure(root=True)
        assert figure is not None
        figure.draw_without_rendering()
        boxes = [(text.get_text(), Text.get_window_extent(text)) for text in written(figure)]
        for (first, here), (second, there) in combinations(boxes, 2):
            assert not here.padded(-1.0).overlaps(there.padded(-1.0)), (chart.name, first, second)
        for text, box in boxes:
            assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, (chart.name, text)
            assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, (chart.name, text)


@pytest.mark.parametrize("kind", RUNS)
def test_pictures_leave_matplotlib_settings_alone(kind: str) -> None:
    before = dict(matplotlib.rcParams)
    for chart in charts_of(RUNS[kind]()):
        draw(chart)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", RUNS)
def test_the_same_run_gives_the_same_files_and_bytes(kind: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    run = RUNS[kind]()
    files = write_figures(run, first)
    write_figures(RUNS[kind](), second)
    charts = {chart.name for chart in charts_of(run)}
    assert {path.stem for path in files} == {*charts, "map"}
    assert {path.suffix for path in files} == {".png", ".svg"}
    for path in files:
        assert path.read_bytes() == (second / path.name).read_bytes()
        assert b"Matplotlib v" not in path.read_bytes()
