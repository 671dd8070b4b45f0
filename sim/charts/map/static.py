"""A map drawn by matplotlib, for print and slides. All sizes are in points of the scene's sheet."""

from __future__ import annotations

from collections.abc import Iterable
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
from sim.charts.map import palette
from sim.charts.map.land import Backdrop
from sim.charts.map.legend import Entry, EntryKind
from sim.charts.map.projection import WIDTH
from sim.charts.map.scene import Scene
from sim.charts.map.signs import AREA_SIZE, LINE_HEIGHT, NAME_SIZE, Shape, Sign
from sim.charts.map.ways import MAX_WIDTH, Course, Way
from sim.charts.style import BOYCOTTED, CLOSED, FAINT, INK
from sim.measures.series import Numbers

MARGIN = 16.0
TITLE, SUBTITLE, KEY = 12.0, 9.0, 8.5
LEADING = 1.25
KEY_HEIGHT, KEY_WIDTH, KEY_GAP = 15.0, 26.0, 16.0
ROUND_END = 3.0  # of a line in the legend
MARKERS: dict[Shape, tuple[str, float, str, str]] = {
    "triangle": ("^", 7.0, INK, "white"),
    "square": ("s", 5.8, INK, "white"),
    "diamond": ("D", 5.4, "white", INK),
    "dot": ("o", 4.4, "white", INK),
}
"""Marker, size, colour of the face and of the edge."""
CROSS, CROSS_KEY = 11.0, 8.0
SAMPLES: dict[EntryKind, tuple[float, float | None]] = {
    "mode": (3.5, None),
    "less": (3.0, 7.2),
    "more": (7.2, 3.0),
}
"""Flow and normal flow of the ways in the legend, by their widths; no flow for the other kinds."""
DOTTED, DASHED, SPACED = (0, (1.0, 2.0)), (0, (2.5, 1.5)), (0, (1.0, 1.2))


def draw_map(scene: Scene, ax: Axes | None = None) -> Axes:
    """Draw a scene on some axes, or on a figure of its own that has the height it needs, and return the axes.

    On axes of other size everything keeps its place but texts and lines keep their points.
    """
    heading = [
        (line, size, style)
        for text, size, style in (
            (scene.finding, TITLE, {"color": INK, "fontweight": "bold"}),
            (scene.subject, SUBTITLE, {"color": FAINT}),
            (scene.context, SUBTITLE, {"color": FAINT}),
        )
        for line in text_metrics.wrapped(text, size, WIDTH, bold="fontweight" in style).split("\n")
    ]
    rows, height = _rows(scene.legend), scene.plane.height
    head, foot = LEADING * sum(size for _, size, _ in heading) + 10.0, 10.0 + KEY_HEIGHT * len(rows)
    ax = ax or _own_axes(head, height, foot)
    ax.set(xlim=(0.0, WIDTH), ylim=(height, 0.0), xticks=[], yticks=[], aspect="equal", facecolor=palette.SEA)
    ax.grid(False)
    ax.spines[:].set(visible=True, color=FAINT, linewidth=0.8)
    _land(ax, scene.land)
    for way in scene.ways:
        _way(ax, way)
    for disc in scene.discs:
        _disc(ax, (disc.x, disc.y), disc.radius, disc.fill, disc.strained, disc.id)
    for sign in scene.signs:
        _sign(ax, sign)
    for area in scene.areas:
        slant = "italic" if area.kind == "sea" else "normal"
        colour = palette.AREA_COLOURS[area.kind]
        _text(ax, area.x, area.y, area.name, AREA_SIZE, color=colour, style=slant)
    top = 4.0 - head
    for line, size, style in heading:
        _text(ax, 0.0, top, line, size, ha="left", va="top", **style)
        top += LEADING * size
    for number, row in enumerate(rows):
        y = height + 8.0 + KEY_HEIGHT * (number + 0.5)
        for x, entry in row:
            _entry(ax, x, y, entry)
            _text(ax, x + KEY_WIDTH + 6.0, y, entry.text, KEY, ha="left")
    return ax


def _own_axes(head: float, height: float, foot: float) -> Axes:
    wide, high = WIDTH + 2 * MARGIN, head + height + foot + 2 * MARGIN
    figure = Figure(figsize=(wide / 72, high / 72))
    FigureCanvasAgg(figure)
    return figure.add_axes((MARGIN / wide, (foot + MARGIN) / high, WIDTH / wide, height / high))


def _land(ax: Axes, land: Backdrop) -> None:
    if land.rings:
        shape = Path.make_compound_path(*map(Path, land.rings))
        ax.add_artist(PathPatch(shape, facecolor=palette.LAND, edgecolor="none", zorder=0.1))
    for lines, colour in ((land.coasts, palette.COAST), (land.borders, palette.BORDER)):
        ax.add_collection(LineCollection(lines, colors=colour, linewidths=0.6, zorder=0.2), autolim=False)


def _way(ax: Axes, way: Way) -> None:
    for course in way.courses:
        points = course.points
        if way.edge:
            edge = palette.LESS_EDGE if way.change == "less" else palette.MORE_EDGE
            _line(ax, points, edge, way.edge + 1.8, zorder=2.2, gid=f"{way.change}:{way.id}")
        if way.change != "more" and (way.core or way.edge):
            _line(ax, points, "white", way.edge or way.core + 1.4, zorder=2.3)
        if way.core:
            dashes = palette.dashes(course.mode, way.core)
            pattern = (0, tuple(part / way.core for part in dashes)) if dashes else "solid"
            _line(ax, points, palette.MODES[course.mode], way.core, zorder=2.5, linestyle=pattern, gid=way.id)
        elif not way.edge:
            _line(ax, points, FAINT, 0.9, linestyle=DOTTED, zorder=2.0)
        if way.closed:
            _line(ax, points, "white", 3.4, zorder=3.2)
            _line(ax, points, CLOSED, 2.0, zorder=3.3, linestyle=DASHED, gid=f"closed:{way.id}")
        elif way.refused:
            _line(ax, points, BOYCOTTED, 1.8, zorder=3.1, linestyle=SPACED, gid=f"refused:{way.id}")


def _disc(
    ax: Axes, centre: tuple[float, float], radius: float, fill: float, strained: bool, gid: str = ""
) -> None:
    """Draw a disc whose inner disc has the share of its area that is filled (%)."""
    held = radius * float(np.sqrt(np.clip(fill, 0.0, 100.0) / 100.0))
    edge, colour = (1.8, palette.STRAINED) if strained else (0.8, palette.HELD)
    free: dict[str, Any] = {"clip_on": False, "zorder": 3.5}
    ax.add_artist(Circle(centre, radius, facecolor="white", edgecolor=INK, linewidth=edge, **free))
    ax.add_artist(Circle(centre, held, facecolor=colour, edgecolor="none", gid=gid, **free))


def _sign(ax: Axes, sign: Sign) -> None:
    position = sign.position
    if position is not None and position.leader is not None:
        _line(ax, np.array([(sign.x, sign.y), position.leader]), FAINT, 0.6, zorder=3.7)
    _marker(ax, sign.x, sign.y, *MARKERS[sign.shape])
    if sign.note:
        _marker(ax, sign.x, sign.y, "X", CROSS, CLOSED, "white", zorder=5.0, gid=f"closed:{sign.id}")
    if position is None:
        return
    top = position.y - (LINE_HEIGHT / 2 if sign.note else 0.0)
    style = {
        "fontweight": "bold" if sign.note else "normal",
        "bbox": {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.65},
    }
    slant = "italic" if sign.shape == "diamond" else "normal"
    _text(ax, position.x, top, sign.name, NAME_SIZE, style=slant, gid=f"name:{sign.id}", **style)
    if sign.note:
        _text(ax, position.x, top + LINE_HEIGHT, sign.note, NAME_SIZE, color=CLOSED, **style)


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
    inset = 0.0 if entry.kind == "width" else ROUND_END
    line = np.array([(x + inset, y), (x + KEY_WIDTH - inset, y)])
    middle = x + KEY_WIDTH / 2
    if entry.shape is not None:
        _marker(ax, middle, y, *MARKERS[entry.shape])
    elif entry.kind == "width":
        _line(ax, line, FAINT, entry.width, solid_capstyle="butt")
    elif entry.kind in ("disc", "strained"):
        _disc(ax, (middle, y), 5.5, 50.0, entry.kind == "strained")
    else:
        flow, normal = SAMPLES.get(entry.kind, (0.0, None))
        course = Course(mode=entry.mode or "pipeline", points=line)
        sample = Way(
            id="",
            name=entry.text,
            note="",
            courses=(course,),
            flow=flow,
            normal=normal,
            largest=MAX_WIDTH,
            closed=entry.kind == "closed",
            refused=entry.kind == "refused",
        )
        _way(ax, sample)
        if entry.kind == "closed":
            _marker(ax, middle, y, "X", CROSS_KEY, CLOSED, "white", zorder=5.0)


def _line(ax: Axes, points: Numbers, colour: str, width: float, **more: Any) -> None:
    caps = {"solid_capstyle": "round", "solid_joinstyle": "round", "dash_capstyle": "butt", **more}
    ax.add_line(Line2D(*points.T, color=colour, linewidth=width, clip_on=False, **caps))


def _marker(
    ax: Axes, x: float, y: float, marker: str, size: float, face: str, edge: str, **more: Any
) -> None:
    style = {"markersize": size, "markerfacecolor": face, "markeredgecolor": edge, "zorder": 4.0, **more}
    ax.add_line(Line2D([x], [y], marker=marker, linestyle="none", clip_on=False, **style))


def _text(ax: Axes, x: float, y: float, text: str, size: float, **more: Any) -> None:
    style = {"color": INK, "ha": "center", "va": "center_baseline", "zorder": 6.0, **more}
    ax.text(x, y, text, fontsize=size, parse_math=False, **style)
