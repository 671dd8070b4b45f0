"""The network on a map: what flowed where during a closure, and what was shut."""

from __future__ import annotations

from math import cos, floor, log10, radians
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from sim.measures.series import Numbers, integral
from sim.network.elements import Link, Network
from sim.plots.dates import period
from sim.plots.frame import fit, head, legend_below
from sim.plots.land import BOUNDS, Extent, draw_land
from sim.plots.map_places import draw_places
from sim.plots.shut import Shut, shut_during
from sim.plots.style import CLOSED, FAINT, RATE_UNITS, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

MODES = {"pipeline": "#3B3B3B", "rail": "#E69F00", "sea": "#0072B2"}
WIDEST, THINNEST = 9.0, 0.8
MARGIN = 16.0
Window = tuple[float, float]


@styled
def network_map(record: Record, ax: Axes | None = None, window: Window | None = None) -> Axes:
    """Mean flows in a window of days, drawn as widths, with everything marked that was shut in it.

    The window defaults to the span of the first unplanned closure, or to the whole run.
    """
    own, ax = ax is None, ax or blank()
    network, window = record.network, window or default_window(record)
    extent = extent_of(network)
    aspect = 1 / cos(radians((extent[2] + extent[3]) / 2))
    ax.set(xlim=extent[:2], ylim=extent[2:], xticks=[], yticks=[])
    ax.grid(False)
    ax.set_aspect(aspect)
    ax.spines[["top", "right"]].set_visible(True)
    shape = (extent[3] - extent[2]) * aspect / (extent[1] - extent[0])
    if own:
        _fit(ax, shape, above=0.0, below=0.0)
    ax.apply_aspect()
    draw_land(ax, extent)
    flows = mean_flows(record, window)
    shut = shut_during(network, record.spans, window)
    draw_links(ax, network, flows, shut)
    draw_places(ax, network, shut, widths_of(network, flows))
    _key(ax, network, flows, shut)
    above = head(ax, record.title, f"Mean flows, {period(record.start, *window)}", 0.0)
    below = legend_below(ax, 8.0)
    if own:
        _fit(ax, shape, above=above, below=below)
    return ax


def default_window(record: Record) -> Window:
    """The days of the first unplanned closure, or of the whole run when there is none."""
    spans = [span for span in record.spans if not span.planned and span.start < record.days and span.end > 0]
    if not spans:
        return 0.0, record.days
    first = min(spans, key=lambda span: span.start)
    return max(first.start, 0.0), min(first.end, record.days)


def mean_flows(record: Record, window: Window) -> dict[str, float]:
    """Cargo per day through each link, as the mean over a window of days."""
    first, last = window
    steps = record.journal.steps
    return {
        id: integral(steps.get(("flow", id)), first, last) / (last - first) for id in record.network.links
    }


def path_of(network: Network, link: Link) -> Numbers:
    """The line of a link as longitudes and latitudes, by its waypoints."""
    ends = [
        (network.places[id].latitude, network.places[id].longitude) for id in (link.origin, link.destination)
    ]
    return np.asarray([ends[0], *link.via, ends[1]], dtype=float)[:, ::-1]


def extent_of(network: Network) -> Extent:
    """West, east, south, north of all that is linked, with a margin, within the land that is known."""
    points = np.concatenate([path_of(network, link) for link in network.links.values()])
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    wide = (east - west) * 0.05 + 0.5
    high = max((north - south) * 0.08 + 0.8, ((east - west) * 0.3 - (north - south)) / 2)
    return (
        max(west - wide, BOUNDS[0]),
        min(east + wide, BOUNDS[1]),
        max(south - high, BOUNDS[2]),
        min(north + high, BOUNDS[3]),
    )


def draw_links(ax: Axes, network: Network, flows: dict[str, float], shut: Shut) -> None:
    """Draw the links, the widest below; those without flow as thin dots, those shut dashed red on top."""
    still = [path_of(network, network.links[id]) for id, flow in flows.items() if flow <= 0.0]
    ax.add_collection(
        LineCollection(still, colors=FAINT, linewidths=0.9, linestyles=[(0, (1, 2))], zorder=2), autolim=False
    )
    greatest = _greatest(network, flows)
    for id, flow in sorted(flows.items(), key=lambda item: -item[1]):
        link = network.links[id]
        x, y = path_of(network, link).T
        if flow > 0.0:
            width = line_width(flow, greatest[link.cargo])
            for colour, wider in (("white", 1.4), (MODES[link.mode], 0.0)):
                ax.plot(
                    x,
                    y,
                    color=colour,
                    linewidth=width + wider,
                    solid_capstyle="round",
                    solid_joinstyle="round",
                    zorder=2.5,
                    gid=id,
                )
        if id in shut.links:
            ax.plot(x, y, color="white", linewidth=3.4, zorder=3.2)
            ax.plot(x, y, color=CLOSED, linewidth=2.0, linestyle=(0, (2.5, 1.5)), zorder=3.3)


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


def _greatest(network: Network, flows: dict[str, float]) -> dict[str, float]:
    greatest: dict[str, float] = {}
    for id, flow in flows.items():
        cargo = network.links[id].cargo
        greatest[cargo] = max(flow, greatest.get(cargo, 0.0))
    return greatest


def _key(ax: Axes, network: Network, flows: dict[str, float], shut: Shut) -> None:
    used = {network.links[id].mode for id, flow in flows.items() if flow > 0.0}
    lines = [
        (mode.capitalize(), Line2D([], [], color=MODES[mode], linewidth=3)) for mode in MODES if mode in used
    ]
    if any(flow <= 0.0 for flow in flows.values()):
        lines.append(("No flow", Line2D([], [], color=FAINT, linewidth=0.9, linestyle=(0, (1, 2)))))
    if shut.links or shut.places:
        lines.append(
            (
                "Shut or limited",
                Line2D(
                    [],
                    [],
                    color=CLOSED,
                    linewidth=2,
                    linestyle=(0, (2.5, 1.5)),
                    marker="X",
                    markersize=8,
                    markeredgecolor="white",
                ),
            )
        )
    for cargo, greatest in _greatest(network, flows).items():
        divisor, unit = RATE_UNITS[network.cargoes[cargo].unit]
        for flow in _round_flows(greatest / divisor):
            width = line_width(flow * divisor, greatest)
            lines.append((f"{flow:,.4g} {unit}/day", Line2D([], [], color=FAINT, linewidth=width)))
    for label, handle in lines:
        handle.set_label(label)
        ax.add_line(handle)


def _round_flows(greatest: float) -> list[float]:
    """Up to three round flows that span the widths drawn, the greatest first."""
    if greatest <= 0.0:
        return []
    power = 10.0 ** floor(log10(greatest))
    top = next(step * power for step in (5.0, 2.0, 1.0) if step * power <= greatest)
    return [top, top * (0.4 if top / power == 5.0 else 0.5), top / 10]


def _fit(ax: Axes, shape: float, *, above: float, below: float) -> None:
    sides = (MARGIN, MARGIN)
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = figure.get_figwidth() * 72 - 2 * MARGIN
    fit(ax, above=above, below=below, height=width * shape, sides=sides)
