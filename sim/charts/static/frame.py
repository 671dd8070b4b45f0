"""Words and signs around the panels of a picture: heading, closures, legend, note. Sizes are in points."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform, blended_transform_factory

from sim.charts import text_metrics
from sim.charts.chart import Band, Bars, Chart, Contour, Dots, Layer, Limit, Line, Mark, Paths, TimeAxis, Zone
from sim.charts.geometry import legend_marks
from sim.charts.lane import PADDING, ROW, SIZE, LaneEntry
from sim.charts.static.axes import origin_of
from sim.charts.static.style import DASHES, halo, points_from
from sim.charts.style import FAINT, INK

FINDING, SUBJECT, CONTEXT, LEGEND = 12.0, 9.5, 8.0, 8.5
LEGEND_ROW, SIGN, SIGN_GAP, ENTRY_GAP = 14.0, 24.0, 6.0, 16.0
NOTE_WIDTH = 0.97  # of the room: letters this small come out wider than measured
LEADING = 1.28  # height of a line of text, of its size


def heading_lines(chart: Chart, room: float) -> list[tuple[str, float, str, bool]]:
    """Return the texts above the panels: each wrapped, with its size, colour and whether it is bold."""
    texts = [
        (chart.finding, FINDING, INK, True),
        (chart.subject, SUBJECT, INK, False),
        (chart.context, CONTEXT, FAINT, False),
    ]
    return [
        (text_metrics.wrapped(text, size, room, bold=bold), size, colour, bold)
        for text, size, colour, bold in texts
        if text
    ]


def heading_height(chart: Chart, room: float) -> float:
    """Return the height of the heading."""
    return sum(_lines_height(text, size) + 2.0 for text, size, _, _ in heading_lines(chart, room)) + 6.0


def write_heading(ax: Axes, chart: Chart, left: float, top: float, room: float) -> None:
    """Write the heading, from `left` of the axes' upper left corner and `top` above it down."""
    corner = points_from(ax, 0.0, 1.0)
    for text, size, colour, bold in heading_lines(chart, room):
        look: Any = {"fontsize": size, "color": colour, "linespacing": 1.2, "va": "top", "transform": corner}
        ax.text(-left, top, text, fontweight="bold" if bold else "normal", **look)
        top -= _lines_height(text, size) + 2.0


def note_height(note: str, room: float) -> float:
    """Return the height of the note below a picture."""
    return _lines_height(_wrapped_note(note, room), CONTEXT) + 7.0 if note else 0.0


def write_note(ax: Axes, note: str, left: float, depth: float, room: float) -> None:
    """Write the note `depth` below the axes."""
    text = _wrapped_note(note, room)
    look: Any = {"fontsize": CONTEXT, "color": FAINT, "linespacing": 1.2, "va": "top"}
    ax.text(-left, -depth, text, transform=points_from(ax, 0.0, 0.0), **look)


def _wrapped_note(note: str, room: float) -> str:
    return text_metrics.wrapped(note, CONTEXT, room * NOTE_WIDTH)


def draw_lane(ax: Axes, chart: Chart, entries: list[LaneEntry]) -> None:
    """Draw the bars and names of closures above the axes."""
    if not isinstance(chart.x, TimeAxis):
        return
    origin, days = origin_of(chart), chart.x.days
    above = blended_transform_factory(ax.transData, points_from(ax, 0.0, 1.0))
    per_point = days / ax.get_window_extent().width * ax.figure.dpi / 72
    for entry in entries:
        bottom = 2.0 + entry.row * ROW
        for first, last in entry.closure.intervals:
            bar = Rectangle((first + origin, bottom), last - first, ROW - 1.5, transform=above, clip_on=False)
            bar.set(facecolor=entry.colour, alpha=0.32, linewidth=0.0)
            ax.add_artist(bar)
        look: Any = {"fontsize": SIZE, "va": "center_baseline", "transform": above}
        x = entry.text_at + origin + PADDING * per_point
        ax.text(x, bottom + (ROW - 1.5) / 2, entry.name, **look)


def shade_closures(ax: Axes, chart: Chart, entries: list[LaneEntry]) -> None:
    """Shade closures in a panel, and mark the edges of those that were not planned."""
    if not isinstance(chart.x, TimeAxis):
        return
    origin = origin_of(chart)
    for entry in entries:
        if not entry.closure.boycott:
            for first, last in entry.closure.intervals:
                ax.axvspan(
                    first + origin, last + origin, color=entry.colour, alpha=0.12, linewidth=0, zorder=0.5
                )
        for edge in entry.edges(chart.x.days):
            ax.axvline(edge + origin, color=entry.colour, linewidth=0.8, linestyle=(0, (2, 2)), zorder=3)


def legend_rows(chart: Chart, room: float) -> list[list[tuple[float, str, Mark]]]:
    """Return the entries of the legend in rows filled from the left: where each begins, its name and mark."""
    rows: list[list[tuple[float, str, Mark]]] = []
    at = room
    for mark in legend_marks(chart):
        assert not hasattr(mark, "text") and hasattr(mark, "name")
        name = text_metrics.shortened(mark.name, LEGEND, room - SIGN - SIGN_GAP)
        width = SIGN + SIGN_GAP + text_metrics.width(name, LEGEND)
        if not rows or at + width > room:
            rows.append([])
            at = 0.0
        rows[-1].append((at, name, mark))
        at += width + ENTRY_GAP
    return rows


def draw_legend(ax: Axes, chart: Chart, left: float, depth: float, room: float) -> None:
    """Draw the legend `depth` below the axes."""
    corner = points_from(ax, 0.0, 0.0)
    for number, row in enumerate(legend_rows(chart, room)):
        middle = -depth - LEGEND_ROW * (number + 0.5)
        for at, name, mark in row:
            for artist in _sign(mark, at - left, middle, corner):
                artist.set_clip_on(False)
                artist.set_gid("legend")
                ax.add_artist(artist)
            look: Any = {"fontsize": LEGEND, "va": "center_baseline", "transform": corner, "gid": "legend"}
            ax.text(at - left + SIGN + SIGN_GAP, middle, name, **look)


def _sign(mark: Mark, x: float, y: float, corner: Transform) -> list[Artist]:
    """Small picture of a mark: a filled box, a piece of line, or a dot."""
    box = Rectangle((x, y - 4.0), SIGN, 8.0, transform=corner, linewidth=0.0, edgecolor="white")
    line = Line2D([x, x + SIGN], [y, y], transform=corner, linewidth=1.7)
    match mark:
        case Layer() | Bars():
            box.set(facecolor=mark.fill.colour, hatch=mark.fill.hatch or None)
            return [box]
        case Band() | Zone():
            box.set(facecolor=mark.colour, alpha=mark.opacity)
            return [box]
        case Dots():
            hollow = bool(mark.hollow) and all(mark.hollow)
            dot = Line2D(
                [x + SIGN / 2], [y], transform=corner, linestyle="none", marker=mark.marker, markersize=6.0
            )
            dot.set(
                color=mark.colour, markerfacecolor="white" if hollow else mark.colour, markeredgewidth=1.2
            )
            line.set(color=mark.colour, linewidth=1.0)
            has_whiskers = mark.x_errors is not None or mark.y_errors is not None
            return [line, dot] if has_whiskers else [dot]
        case Line() | Limit() | Paths():
            line.set(color=mark.stroke.colour, linestyle=DASHES[mark.stroke.dash])
            if isinstance(mark, Line) and mark.marker:
                line.set(marker=mark.marker, markersize=4.0, markevery=[0, 1])
            return [line]
        case Contour():
            line.set(color=INK, path_effects=halo(4.0))
            return [line]
        case _:
            raise TypeError(f"no sign for {type(mark).__name__}")


def _lines_height(text: str, size: float) -> float:
    return LEADING * size * (text.count("\n") + 1)
