"""A map drawn by matplotlib, for print and slides. All sizes are in points of the scene's sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from sim.charts import text_metrics
from sim.charts.map.legend import Entry
from sim.charts.map.palette import (
    AREA_COLOURS,
    BORDER,
    COAST,
    HELD,
    LAND,
    LESS_EDGE,
    MODES,
    MORE_EDGE,
    SEA,
    STRAINED,
    Mode,
    dashes,
)
from sim.charts.map.projection import WIDTH
from sim.charts.map.scene import Scene
from sim.charts.map.signs import AREA_SIZE, LINE_HEIGHT, NAME_SIZE, Disc, Shape, Sign
from sim.charts.map.ways import Way
from sim.charts.style import BOYCOTTED, CLOSED, FAINT, INK
from sim.measures.series import Numbers

MARGIN = 16.0
TITLE, SUBTITLE, KEY = 12.0, 9.0, 8.5
LEADING = 1.25
KEY_HEIGHT, KEY_WIDTH, KEY_GAP = 15.0, 26.0, 16.0
MARKERS: dict[Shape, dict[str, Any]] = {
    "triangle": {"marker": "^", "markersize": 7.0, "markerfacecolor": INK, "markeredgecolor": "white"},
    "square": {"marker": "s", "markersize": 5.8, "markerfacecolor": INK, "markeredgecolor": "white"},
    "diamond": {"marker": "D", "markersize": 5.4, "markerfacecolor": "white", "markeredgecolor": INK},
    "dot": {"marker": "o", "markersize": 4.4, "markerfacecolor": "white", "markeredgecolor": INK},
}
ROUND: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round", "dash_capstyle": "butt"}
DOTTED, DASHED, SPACED = (0, (1.0, 2.0)), (0, (2.5, 1.5)), (0, (1.0, 1.2))


def draw_map(scene: Scene, ax: Axes | None = None) -> Axes:
    """Draw a scene on some axes, or on a figure of its own that has the height it needs, and return the axes.

    On axes of other size everything keeps its place but texts and lines keep their points.
    """
    title = _wrapped(scene.finding, TITLE, bold=True)
    above = [_wrapped(scene.subject, SUBTITLE), _wrapped(scene.context, SUBTITLE)]
    rows = _rows(scene.legend)
    head = LEADING * (TITLE * len(title) + SUBTITLE * sum(len(lines) for lines in above)) + 10.0
    foot = 10.0 + KEY_HEIGHT * len(rows)
    ax = ax or _own(head, scene.plane.height, foot)
    ax.set(xlim=(0.0, WIDTH), ylim=(scene.plane.height, 0.0), xticks=[], yticks=[])
    ax.grid(False)
    ax.set_aspect("equal")
    ax.spines[:].set(visible=True, color=FAINT, linewidth=0.8)
    _backdrop(ax, scene)
    for way in scene.ways:
        _way(ax, way)
    for disc in scene.discs:
        _disc(ax, disc)
    for sign in scene.signs:
        _sign(ax, sign)
    for area in scene.areas:
        style = "italic" if area.kind == "sea" else "normal"
        _text(
            ax,
            area.x,
            area.y,
            area.name,
            AREA_SIZE,
            AREA_COLOURS[area.kind],
            style=style,
            gid=f"area:{area.name}",
        )
    _heading(ax, -head + 4.0, title, above)
    for number, row in enumerate(rows):
        y = scene.plane.height + 8.0 + KEY_HEIGHT * (number + 0.5)
        for x, entry in row:
            _entry(ax, x, y, entry)
            _text(ax, x + KEY_WIDTH + 6.0, y, entry.text, KEY, INK, ha="left")
    return ax


def _heading(ax: Axes, top: float, title: Sequence[str], above: Sequence[Sequence[str]]) -> None:
    for lines, size, colour in ((title, TITLE, INK), *((lines, SUBTITLE, FAINT) for lines in above)):
        for line in lines:
            weight = "bold" if size == TITLE else "normal"
            _text(ax, 0.0, top, line, size, colour, ha="left", va="top", fontweight=weight)
            top += LEADING * size


def _own(head: float, height: float, foot: float) -> Axes:
    wide, high = WIDTH + 2 * MARGIN, head + height + foot + 2 * MARGIN
    figure = Figure(figsize=(wide / 72, high / 72))
    FigureCanvasAgg(figure)
    return figure.add_axes((MARGIN / wide, (foot + MARGIN) / high, WIDTH / wide, height / high))


def _wrapped(text: str, size: float, bold: bool = False) -> list[str]:
    return text_metrics.wrapped(text, size, WIDTH, bold).split("\n") if text else []


def _backdrop(ax: Axes, scene: Scene) -> None:
    ax.set_facecolor(SEA)
    rings = [Path(ring) for ring in scene.land.rings]
    if rings:
        shape = Path.make_compound_path(*rings)
        ax.add_artist(PathPatch(shape, facecolor=LAND, edgecolor="none", zorder=0.1))
    for lines, colour in ((scene.land.coasts, COAST), (scene.land.borders, BORDER)):
        collection = LineCollection(lines, colors=colour, linewidths=0.6, zorder=0.2)
        ax.add_collection(collection, autolim=False)


def _way(ax: Axes, way: Way) -> None:
    for course in way.courses:
        if way.edge:
            edge = {"less": LESS_EDGE, "more": MORE_EDGE}[way.change or "less"]
            _line(ax, course.points, edge, way.edge + 1.8, zorder=2.2, gid=f"{way.change}:{way.id}")
        if way.change != "more" and (way.core or way.edge):
            under = way.edge if way.change == "less" else way.core + 1.4
            _line(ax, course.points, "white", under, zorder=2.3)
        if way.core:
            style = _style(course.mode, way.core)
            _line(ax, course.points, MODES[course.mode], way.core, zorder=2.5, linestyle=style, gid=way.id)
        elif not way.edge:
            _line(ax, course.points, FAINT, 0.9, linestyle=DOTTED, zorder=2.0)
        if way.closed:
            _line(ax, course.points, "white", 3.4, zorder=3.2)
            _line(ax, course.points, CLOSED, 2.0, zorder=3.3, linestyle=DASHED, gid=f"closed:{way.id}")
        elif way.refused:
            line: dict[str, Any] = {"zorder": 3.1, "linestyle": SPACED, "gid": f"refused:{way.id}"}
            _line(ax, course.points, BOYCOTTED, 1.8, **line)


def _style(mode: Mode, width: float) -> Any:
    pattern = dashes(mode, width)
    return (0, tuple(part / width for part in pattern)) if pattern else "solid"


def _line(ax: Axes, points: Numbers, colour: str, width: float, **more: Any) -> None:
    ax.add_line(Line2D(points[:, 0], points[:, 1], color=colour, linewidth=width, **{**ROUND, **more}))


def _disc(ax: Axes, disc: Disc) -> None:
    share = float(np.sqrt(min(max(disc.fill, 0.0), 100.0) / 100.0))
    _fill(ax, (disc.x, disc.y), disc.radius, share, disc.strained, gid=disc.id)


def _fill(
    ax: Axes, centre: tuple[float, float], radius: float, share: float, strained: bool, gid: str = ""
) -> None:
    room: dict[str, Any] = {
        "facecolor": "white",
        "edgecolor": INK,
        "linewidth": 1.8 if strained else 0.8,
        "zorder": 3.5,
    }
    held: dict[str, Any] = {
        "facecolor": STRAINED if strained else HELD,
        "edgecolor": "none",
        "zorder": 3.6,
        "gid": gid,
    }
    ax.add_artist(Circle(centre, radius, clip_on=False, **room))
    ax.add_artist(Circle(centre, radius * share, clip_on=False, **held))


def _sign(ax: Axes, sign: Sign) -> None:
    position = sign.position
    if position is not None and position.leader is not None:
        ends = np.array([(sign.x, sign.y), position.leader])
        _line(ax, ends, FAINT, 0.6, zorder=3.7)
    _marker(ax, sign.x, sign.y, **MARKERS[sign.shape], zorder=4.0)
    if sign.note:
        _cross(ax, sign.x, sign.y, gid=f"closed:{sign.id}")
    if position is None:
        return
    first = position.y - (LINE_HEIGHT / 2 if sign.note else 0.0)
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.65}
    style = "italic" if sign.shape == "diamond" else "normal"
    weight = "bold" if sign.note else "normal"
    _text(
        ax,
        position.x,
        first,
        sign.name,
        NAME_SIZE,
        INK,
        style=style,
        fontweight=weight,
        bbox=ground,
        gid=f"name:{sign.id}",
    )
    if sign.note:
        below = first + LINE_HEIGHT
        _text(ax, position.x, below, sign.note, NAME_SIZE, CLOSED, fontweight="bold", bbox=ground)


def _marker(ax: Axes, x: float, y: float, **style: Any) -> None:
    ax.add_line(Line2D([x], [y], linestyle="none", clip_on=False, **{"markeredgewidth": 1.0, **style}))


def _cross(ax: Axes, x: float, y: float, size: float = 11.0, gid: str = "") -> None:
    _marker(
        ax,
        x,
        y,
        marker="X",
        markersize=size,
        markerfacecolor=CLOSED,
        markeredgecolor="white",
        zorder=5.0,
        gid=gid,
    )


def _text(ax: Axes, x: float, y: float, text: str, size: float, colour: str, **more: Any) -> None:
    style = {"ha": "center", "va": "center_baseline", "zorder": 6.0, **more}
    ax.text(x, y, text, fontsize=size, color=colour, parse_math=False, **style)


def _rows(entries: Iterable[Entry]) -> list[list[tuple[float, Entry]]]:
    """Return the entries of the legend in rows, each with where it begins."""
    rows: list[list[tuple[float, Entry]]] = []
    at = WIDTH
    for entry in entries:
        width = KEY_WIDTH + 6.0 + text_metrics.width(entry.text, KEY)
        if not rows or at + width > WIDTH:
            rows.append([])
            at = 0.0
        rows[-1].append((at, entry))
        at += width + KEY_GAP
    return rows


def _entry(ax: Axes, x: float, y: float, entry: Entry) -> None:
    """Draw the swatch of an entry of the legend, about a height."""
    line = np.array([(x, y), (x + KEY_WIDTH, y)])
    middle = x + KEY_WIDTH / 2
    free: dict[str, Any] = {"clip_on": False, "zorder": 2.5, "solid_capstyle": "butt"}
    match entry.kind:
        case "sign" if entry.shape is not None:
            _marker(ax, middle, y, **MARKERS[entry.shape])
        case "mode" if entry.mode is not None:
            _line(ax, line, MODES[entry.mode], 3.5, linestyle=_style(entry.mode, 3.5), **free)
        case "width":
            _line(ax, line, FAINT, entry.width, **free)
        case "still":
            _line(ax, line, FAINT, 0.9, linestyle=DOTTED, **free)
        case "less" | "more":
            edge, core = (LESS_EDGE, "white") if entry.kind == "less" else (MORE_EDGE, INK)
            _line(ax, line, edge, 9.0, **{**free, "zorder": 2.2})
            _line(ax, line, core, 7.2 if entry.kind == "less" else 4.4, **{**free, "zorder": 2.3})
            _line(ax, line, INK, 3.0, **free)
        case "closed":
            _line(ax, line, CLOSED, 2.0, linestyle=DASHED, **free)
            _cross(ax, middle, y, 8.0)
        case "refused":
            _line(ax, line, BOYCOTTED, 1.8, linestyle=SPACED, **free)
        case _:
            _fill(ax, (middle, y), 5.5, 0.7, entry.kind == "strained")
