"""The links of a map: as wide as what flowed through them, dashed red where they were shut."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from sim.measures.series import Numbers
from sim.network.elements import Link, Network
from sim.plots.shut import Shut
from sim.plots.style import CLOSED, FAINT, RATE_UNITS

MODES = {"pipeline": "#3B3B3B", "rail": "#E69F00", "sea": "#0072B2"}
WIDEST, THINNEST = 9.0, 0.8
DOTTED, DASHED = (0, (1.0, 2.0)), (0, (2.5, 1.5))
ROUND: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round"}


def path_of(network: Network, link: Link) -> Numbers:
    """The line of a link as longitudes and latitudes, by its waypoints."""
    ends = [
        (network.places[id].latitude, network.places[id].longitude) for id in (link.origin, link.destination)
    ]
    return np.asarray([ends[0], *link.via, ends[1]], dtype=float)[:, ::-1]


def draw_links(ax: Axes, network: Network, flows: dict[str, float], shut: Shut) -> None:
    """Draw the links, the widest below; those without flow as thin dots, those shut dashed red on top."""
    still = [path_of(network, network.links[id]) for id, flow in flows.items() if flow <= 0.0]
    ax.add_collection(
        LineCollection(still, colors=FAINT, linewidths=0.9, linestyles=[DOTTED], zorder=2), autolim=False
    )
    greatest = _greatest(network, flows)
    for id, flow in sorted(flows.items(), key=lambda item: -item[1]):
        link = network.links[id]
        x, y = path_of(network, link).T
        if flow > 0.0:
            width = line_width(flow, greatest[link.cargo])
            for colour, wider in (("white", 1.4), (MODES[link.mode], 0.0)):
                ax.plot(x, y, color=colour, linewidth=width + wider, zorder=2.5, gid=id, **ROUND)
        if id in shut.links:
            ax.plot(x, y, color="white", linewidth=3.4, zorder=3.2)
            ax.plot(x, y, color=CLOSED, linewidth=2.0, linestyle=DASHED, zorder=3.3)


def line_width(flow: float, greatest: float) -> float:
    """Points of line for a flow, in proportion down to the thinnest line that can be seen."""
    return max(THINNEST, WIDEST * flow / greatest)


def widths_of(network: Network, flows: dict[str, float]) -> list[tuple[Numbers, float]]:
    """The line of each link with the points it is wide."""
    greatest = _greatest(network, flows)
    return [
        (path_of(network, link), line_width(flows[link.id], greatest[link.cargo] or 1.0))
        for link in network.links.values()
    ]


def name_links(ax: Axes, network: Network, flows: dict[str, float], shut: Shut) -> None:
    """Add to the legend the modes that are used, what is shut, and three widths."""
    used = {network.links[id].mode for id, flow in flows.items() if flow > 0.0}
    lines = [
        (mode.capitalize(), Line2D([], [], color=MODES[mode], linewidth=3)) for mode in MODES if mode in used
    ]
    if any(flow <= 0.0 for flow in flows.values()):
        lines.append(("No flow", Line2D([], [], color=FAINT, linewidth=0.9, linestyle=DOTTED)))
    if shut.links or shut.places:
        crossed = Line2D([], [], color=CLOSED, marker="X", markersize=8, markeredgecolor="white")
        crossed.set(linewidth=2, linestyle=DASHED)
        lines.append(("Shut or limited", crossed))
    for cargo, greatest in _greatest(network, flows).items():
        divisor, unit = RATE_UNITS[network.cargoes[cargo].unit]
        for flow in _round_flows(greatest / divisor):
            width = line_width(flow * divisor, greatest)
            lines.append((f"{flow:,.4g} {unit}/day", Line2D([], [], color=FAINT, linewidth=width)))
    for label, handle in lines:
        handle.set_label(label)
        ax.add_line(handle)


def _greatest(network: Network, flows: dict[str, float]) -> dict[str, float]:
    greatest: dict[str, float] = {}
    for id, flow in flows.items():
        cargo = network.links[id].cargo
        greatest[cargo] = max(flow, greatest.get(cargo, 0.0))
    return greatest


def _round_flows(greatest: float) -> list[float]:
    """Up to three round flows that span the widths drawn, the greatest first."""
    if greatest <= 0.0:
        return []
    power = 10.0 ** floor(log10(greatest))
    top = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= greatest)
    return [top, top * (0.4 if top / power == 5.0 else 0.5), top / 10]
