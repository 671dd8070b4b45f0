"""The places of a map: markers by kind, names that cover nothing, and crosses where something is shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.charts import text_metrics
from sim.measures.series import Numbers
from sim.network.elements import Place
from sim.network.network import Network
from sim.plots.land import Extent
from sim.plots.map_ways import Way, widths_of
from sim.plots.placing import Placed, place_names
from sim.plots.shut import Shut
from sim.plots.style import CLOSED, FAINT, INK

SIZE = 8.0
LINE = SIZE * 1.25
MARKERS: dict[str, dict[str, Any]] = {
    "field": {"marker": "^", "markersize": 7, "markerfacecolor": INK, "label": "Field"},
    "port": {"marker": "s", "markersize": 5.5, "markerfacecolor": INK, "label": "Port or terminal"},
    "terminal": {"marker": "s", "markersize": 5.5, "markerfacecolor": INK, "label": "Port or terminal"},
    "market": {
        "marker": "o",
        "markersize": 7,
        "markerfacecolor": "white",
        "markeredgecolor": INK,
        "label": "Market",
    },
    "region": {
        "marker": "o",
        "markersize": 7,
        "markerfacecolor": "white",
        "markeredgecolor": INK,
        "label": "Region that trades",
    },
}
OTHER: dict[str, Any] = {
    "marker": "o",
    "markersize": 4.5,
    "markerfacecolor": INK,
    "label": "Station or border",
}
IMPORTANCE = ("market", "region", "terminal", "port", "field", "border", "tank farm", "station")


def draw_places(ax: Axes, network: Network, ways: Sequence[Way], shut: Shut) -> None:
    """Draw and name the places that a way touches; names spare the ways.

    One beyond the map is named where the first way to it leaves the map, with an arrow.
    """
    shown = seen_places(network, ways, (*ax.get_xlim(), *ax.get_ylim()))
    told: set[str] = set()
    for place in shown:
        style = {"markeredgecolor": "white", "markeredgewidth": 0.8, **MARKERS.get(place.kind, OTHER)}
        style["label"] = style["label"] if style["label"] not in told else "_nolegend_"
        told.add(style["label"])
        ax.plot([place.longitude], [place.latitude], linestyle="none", zorder=4, **style)
        if place.id in shut.places:
            ax.plot(
                [place.longitude],
                [place.latitude],
                marker="X",
                markersize=12,
                markerfacecolor=CLOSED,
                markeredgecolor="white",
                linestyle="none",
                zorder=5,
                gid=f"shut:{place.id}",
            )
    _name(
        ax,
        sorted(shown, key=lambda place: (place.id not in shut.places, IMPORTANCE.index(place.kind))),
        shut,
        widths_of(ways),
    )


def seen_places(network: Network, ways: Sequence[Way], extent: Extent) -> list[Place]:
    """The places that the ways touch, in the table's order, those beyond the map moved to its edge."""
    linked = {end for way in ways for end in way.ends}
    found = []
    for place in network.places.values():
        if place.id not in linked:
            continue
        if _inside(extent, place.longitude, place.latitude):
            found.append(place)
            continue
        edges = (leaves(way.path if way.ends[1] == place.id else way.path[::-1], extent)
                 for way in ways if place.id in way.ends)  # fmt: skip
        edge = next((edge for edge in edges if edge is not None), None)
        if edge is not None:
            name = f"{place.name} →" if edge[0] > (extent[0] + extent[1]) / 2 else f"← {place.name}"
            found.append(replace(place, name=name, longitude=edge[0], latitude=edge[1]))
    return found


def leaves(path: Numbers, extent: Extent) -> tuple[float, float] | None:
    """Where a path that ends beyond an extent last leaves it, or None where it never lies within."""
    for start, end in reversed(list(pairwise(path.tolist()))):
        if _inside(extent, *start):
            far = [
                (edge - start[axis]) / (end[axis] - start[axis])
                for axis, edges in enumerate((extent[:2], extent[2:]))
                for edge in edges
                if (end[axis] - edge) * (start[axis] - edge) < 0
            ]
            share = min(far) * 0.995
            return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
    return None


def _inside(extent: Extent, longitude: float, latitude: float) -> bool:
    west, east, south, north = extent
    return west < longitude < east and south < latitude < north


def _name(ax: Axes, places: Sequence[Place], shut: Shut, lines: Sequence[tuple[Numbers, float]]) -> None:
    anchors = _points(ax, np.asarray([(place.longitude, place.latitude) for place in places], dtype=float))
    sizes = np.asarray([_size(place, shut.places.get(place.id)) for place in places])
    corners = _points(
        ax, np.asarray([(low, high) for low, high in zip(ax.get_xlim(), ax.get_ylim(), strict=True)])
    )
    (left, bottom), (right, top) = corners
    along = np.concatenate([_along(_points(ax, line), width) for line, width in lines])
    for place, anchor, placed in zip(
        places, anchors, place_names(anchors, sizes, (left, right, bottom, top), along), strict=True
    ):
        if placed is not None:
            _write(ax, place, shut.places.get(place.id), placed, anchor)


def _write(ax: Axes, place: Place, note: str | None, placed: Placed, anchor: Numbers) -> None:
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.6}
    shift = (placed.x - anchor[0], placed.y - anchor[1] + (LINE / 2 if note else 0.0))
    common: dict[str, Any] = {
        "xycoords": "data",
        "textcoords": "offset points",
        "ha": "center",
        "va": "center",
        "fontsize": SIZE,
        "bbox": ground,
        "zorder": 6,
    }
    at = (place.longitude, place.latitude)
    leader = (
        {"arrowstyle": "-", "color": FAINT, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3}
        if placed.leader
        else None
    )
    ax.annotate(
        place.name,
        at,
        shift,
        arrowprops=leader,
        style="italic" if place.kind in ("market", "region") else "normal",
        fontweight="bold" if note else "normal",
        **common,
    )
    if note:
        ax.annotate(note, at, (shift[0], shift[1] - LINE), color=CLOSED, fontweight="bold", **common)


def _size(place: Place, note: str | None) -> tuple[float, float]:
    wide = text_metrics.width(place.name, SIZE, bold=note is not None)
    return (max(wide, text_metrics.width(note, SIZE, bold=True)), LINE * 2) if note else (wide, LINE)


def _points(ax: Axes, coordinates: Numbers) -> Numbers:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return np.asarray(ax.transData.transform(coordinates) * 72 / figure.dpi, dtype=float)


def _along(line: Numbers, width: float) -> Numbers:
    """Points about every 4 pt along a line, closer on a wide one, so that it weighs more."""
    step = 4.0 if width < 3.0 else 1.5
    legs = [
        start + (end - start) * np.linspace(0.0, 1.0, max(2, int(np.hypot(*(end - start)) / step)))[:, None]
        for start, end in pairwise(line)
    ]
    return np.concatenate(legs)
