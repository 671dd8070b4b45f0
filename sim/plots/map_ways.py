"""The ways of a map: as wide as what flowed on them, dashed red where they were shut."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from sim.measures.series import Numbers
from sim.network.elements import Link
from sim.network.freight.elements import Line
from sim.network.network import Network
from sim.plots.shut import Shut
from sim.plots.style import BOYCOTTED, CLOSED, FAINT

MODES = {"pipeline": "#3B3B3B", "rail": "#E69F00", "road": "#009E73", "sea": "#0072B2"}
WIDEST, THINNEST = 9.0, 0.8
DOTTED, DASHED, SPACED = (0, (1.0, 2.0)), (0, (2.5, 1.5)), (0, (1.0, 1.2))
ROUND: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link or a line as a map shows it: where it runs, and the mean `flow` on it (`unit` a day)."""

    id: str
    mode: str
    ends: tuple[str, str]
    path: Numbers
    flow: float
    unit: str


def path_of(network: Network, link: Link | Line) -> Numbers:
    """The course of a link or line as longitudes and latitudes, by its waypoints."""
    ends = [
        (network.places[id].latitude, network.places[id].longitude) for id in (link.origin, link.destination)
    ]
    return np.asarray([ends[0], *link.via, ends[1]], dtype=float)[:, ::-1]


def draw_ways(ax: Axes, ways: Sequence[Way], shut: Shut, boycotted: Collection[str] = ()) -> None:
    """Draw the ways, the widest below; those without flow as thin dots, those shut dashed red on top.

    Those `boycotted` are dotted along their middle.
    """
    still = [way.path for way in ways if way.flow <= 0.0]
    ax.add_collection(
        LineCollection(still, colors=FAINT, linewidths=0.9, linestyles=[DOTTED], zorder=2), autolim=False
    )
    greatest = _greatest(ways)
    for way in sorted(ways, key=lambda way: -way.flow):
        x, y = way.path.T
        if way.flow > 0.0:
            width = line_width(way.flow, greatest[way.unit])
            for colour, wider in (("white", 1.4), (MODES[way.mode], 0.0)):
                ax.plot(x, y, color=colour, linewidth=width + wider, zorder=2.5, gid=way.id, **ROUND)
        if way.id in shut.ways:
            ax.plot(x, y, color="white", linewidth=3.4, zorder=3.2)
            ax.plot(x, y, color=CLOSED, linewidth=2.0, linestyle=DASHED, zorder=3.3)
        elif way.id in boycotted:
            ax.plot(
                x, y, color=BOYCOTTED, linewidth=1.8, linestyle=SPACED, zorder=3.1,
                gid=f"boycotted:{way.id}",
            )  # fmt: skip


def line_width(flow: float, greatest: float) -> float:
    """Points of line for a flow, in proportion down to the thinnest line that can be seen."""
    return max(THINNEST, WIDEST * flow / greatest)


def widths_of(ways: Sequence[Way]) -> list[tuple[Numbers, float]]:
    """The course of each way with the points it is wide."""
    greatest = _greatest(ways)
    return [(way.path, line_width(way.flow, greatest[way.unit] or 1.0)) for way in ways]


def name_ways(ax: Axes, ways: Sequence[Way], shut: Shut, boycotted: Collection[str] = ()) -> None:
    """Add to the legend the modes that are used, what is shut, and three widths."""
    used = {way.mode for way in ways if way.flow > 0.0}
    lines = [
        (mode.capitalize(), Line2D([], [], color=MODES[mode], linewidth=3)) for mode in MODES if mode in used
    ]
    if any(way.flow <= 0.0 for way in ways):
        lines.append(("No flow", Line2D([], [], color=FAINT, linewidth=0.9, linestyle=DOTTED)))
    if shut.ways or shut.places:
        crossed = Line2D([], [], color=CLOSED, marker="X", markersize=8, markeredgecolor="white")
        crossed.set(linewidth=2, linestyle=DASHED)
        lines.append(("Shut or limited", crossed))
    if any(way.id in boycotted and way.id not in shut.ways for way in ways):
        lines.append(
            ("Some shippers refuse it", Line2D([], [], color=BOYCOTTED, linewidth=1.8, linestyle=SPACED))
        )
    for unit, greatest in _greatest(ways).items():
        for flow in _round_flows(greatest):
            width = line_width(flow, greatest)
            lines.append((f"{flow:,.4g} {unit}/day", Line2D([], [], color=FAINT, linewidth=width)))
    for label, handle in lines:
        handle.set_label(label)
        ax.add_line(handle)


def _greatest(ways: Sequence[Way]) -> dict[str, float]:
    greatest: dict[str, float] = {}
    for way in ways:
        greatest[way.unit] = max(way.flow, greatest.get(way.unit, 0.0))
    return greatest


def _round_flows(greatest: float) -> list[float]:
    """Up to three round flows that span the widths drawn, the greatest first."""
    if greatest <= 0.0:
        return []
    power = 10.0 ** floor(log10(greatest))
    top = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= greatest)
    return [top, top * (0.4 if top / power == 5.0 else 0.5), top / 10]
