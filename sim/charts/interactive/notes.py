"""Texts of a chart on a page: titles and rows of panels, values behind bars, ends of lines, closures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.charts import text_metrics
from sim.charts.chart import Chart, Panel, Text, TimeAxis
from sim.charts.geometry import TEXT_SIZE, behind_bar, end_labels, spread, x_range, y_range
from sim.charts.interactive.sheet import POINT, Place, Sheet
from sim.charts.interactive.traces import on_axis, plain
from sim.charts.lane import LaneEntry
from sim.charts.style import FAINT, INK

NAME = 11.5  # letters of the names of panels and rows
MAX_NAME, MAX_PHONE_TEXT = 330.0, 104.0
TITLE_LINE = 16.0
LANE_ROW, LANE_BAR = 15.0, 12.5
PAPER = {"xref": "paper", "yref": "paper"}


def width_beside(text: str, sheet: Sheet) -> float:
    """Return the width of a text beside the plots; on a phone it is cut to leave room for them."""
    return min(text_metrics.width(text, TEXT_SIZE) / POINT, MAX_PHONE_TEXT if sheet.is_phone else MAX_NAME)


def shortened(text: str, sheet: Sheet) -> str:
    """Return a text cut to the width that it has beside the plots."""
    room = (MAX_PHONE_TEXT if sheet.is_phone else MAX_NAME) * POINT
    return text_metrics.shortened(text, TEXT_SIZE, room)


def note(text: str, **where: Any) -> dict[str, Any]:
    """Return a text at a place, with nothing in it taken for markup."""
    look = {"showarrow": False, "font": {"size": NAME, "color": INK}, "xanchor": "left"}
    return {"text": plain(text), **look, **where}


def panel_title(panel: Panel, sheet: Sheet, width: float) -> str:
    """Return the title of a panel in lines that fit its width, with what its second scale means."""
    title = panel.title
    if panel.y.second and not sheet.is_phone:
        title += f"; 100 {panel.unit} = {100.0 * panel.y.second.factor:,.3g} {panel.y.second.title}"
    return text_metrics.wrapped(title, NAME * POINT, width * POINT)


def title_height(panels: Sequence[Panel], sheet: Sheet, width: float) -> float:
    """Return the height of the titles of panels abreast, one line at least."""
    lines = max(panel_title(panel, sheet, width).count("\n") + 1 for panel in panels)
    return TITLE_LINE * lines


def notes(chart: Chart, panel: Panel, place: Place, sheet: Sheet, raised: float) -> Iterator[dict[str, Any]]:
    """Yield the texts of a panel: its title, names of rows, texts of marks, and names at the end of lines."""
    if title := panel_title(panel, sheet, place.width):
        top = place.y[1] + raised
        yield note(title, x=place.x[0], y=top, yanchor="bottom", align="left", **PAPER)
    if panel.empty and not panel.marks:
        middle = {"x": sum(place.x) / 2, "y": sum(place.y) / 2, "yanchor": "middle"}
        yield note(panel.empty, **PAPER, **middle) | {"xanchor": "center"}
    if panel.signed:
        look = {"x": place.x[0], "xshift": 4, "font": {"size": 10.5, "color": FAINT}, **PAPER}
        yield note(panel.above, y=place.y[1], yanchor="top", **look)
        yield note(panel.below, y=place.y[0], yanchor="bottom", **look)
    yield from _row_names(panel, place, sheet)
    yield from _mark_texts(chart, panel, place, sheet)
    yield from _end_labels(chart, panel, place, sheet)


def _row_names(panel: Panel, place: Place, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield the names of rows, to the left of the plots; on a phone above the bars."""
    for number, row in enumerate(panel.rows):
        room = (sheet.least if sheet.is_phone else MAX_NAME) * POINT
        text = plain(text_metrics.shortened(row.name, NAME * POINT, room))
        where: dict[str, Any] = {"x": place.x[0], "xref": "paper", "y": number, "yref": place.y_axis}
        where |= {"xanchor": "left" if sheet.is_phone else "right", "xshift": 0 if sheet.is_phone else -8}
        where["yanchor"] = "middle"
        if sheet.is_phone and not row.heading:
            where |= {"y": number - 0.28, "yanchor": "bottom"}
        yield note("", **where) | {"text": f"<b>{text}</b>" if row.heading else text}


def _mark_texts(chart: Chart, panel: Panel, place: Place, sheet: Sheet) -> Iterator[dict[str, Any]]:
    low, high = x_range(chart, panel, place.width * POINT)
    for mark in panel.marks:
        if not isinstance(mark, Text) or (sheet.is_phone and panel.rows and not mark.behind_bar):
            continue
        at, offset = behind_bar(panel, mark)
        where = {"x": on_axis(chart, [at])[0], "xref": place.x_axis, "y": mark.y, "yref": place.y_axis}
        where |= {"xanchor": "left" if panel.rows else "center", "xshift": offset / POINT}
        room = (place.width * (high - at) / (high - low) + sheet.right) * POINT - offset
        text = text_metrics.shortened(mark.text, TEXT_SIZE, room) if panel.rows else mark.text
        font = {"size": 11, "color": INK if panel.rows else FAINT}
        yield note(text, yanchor="middle", **where) | {"font": font}


def _end_labels(chart: Chart, panel: Panel, place: Place, sheet: Sheet) -> Iterator[dict[str, Any]]:
    labels = end_labels(panel)
    low, high = y_range(panel)
    wished = [(y - low) * place.height / (high - low) for _, y, _, _ in labels]
    placed = spread(wished, 14.0, 0.0, place.height)
    for (x, y, text, colour), wish, height in zip(labels, wished, placed, strict=True):
        where: dict[str, Any] = {"x": place.x[1], "xref": "paper"}
        if x is not None:
            where = {"x": on_axis(chart, [x])[0], "xref": place.x_axis}
        where |= {"y": y, "yref": place.y_axis, "yanchor": "middle", "xshift": 7, "yshift": height - wish}
        yield note(shortened(text, sheet), **where) | {"font": {"size": 11, "color": colour}}


def lane_name(chart: Chart, entry: LaneEntry, strip: float, total: float) -> dict[str, Any]:
    """Return the name of a closure in its row of the lane."""
    assert isinstance(chart.x, TimeAxis)
    middle = 1.0 - strip / total + (entry.row * LANE_ROW + 1.0 + LANE_BAR / 2) / total
    where = {"x": min(entry.text_at / chart.x.days, 1.0), "y": min(middle, 1.0), "xshift": 3}
    return note(entry.name, yanchor="middle", **PAPER, **where) | {"font": {"size": 10, "color": INK}}
