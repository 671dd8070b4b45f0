"""The network on a map: what flowed where during a closure, and what was shut."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import integral
from sim.network.elements import Link
from sim.network.freight import Line
from sim.network.network import Network
from sim.plots.dates import period
from sim.plots.frame import fit, head, legend_below
from sim.plots.land import BOUNDS, Extent, draw_land
from sim.plots.map_places import draw_places
from sim.plots.map_ways import Way, draw_ways, name_ways, path_of
from sim.plots.shut import shut_during
from sim.plots.style import RATE_UNITS, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

MARGIN = 16.0
Window = tuple[float, float]


@styled
def network_map(record: Record, ax: Axes | None = None, window: Window | None = None) -> Axes:
    """Mean flows of the liquids in a window of days, as widths, with everything marked that was shut in it.

    The window defaults to the span of the first unplanned closure, or to the whole run.
    """
    window = window or default_window(record)
    flows = mean_flows(record, window)
    ways = [
        _way(record.network, link, link.mode, flows[link.id], record.network.cargoes[link.cargo].unit)
        for link in record.network.links.values()
    ]
    return _map(record, ax, window, ways, "Mean flows")


@styled
def freight_map(record: Record, ax: Axes | None = None, window: Window | None = None) -> Axes:
    """Boxes and wagons a day on each line, both ways together, as widths; the ocean is left out.

    The unit is that of the cargo, or tonnes where there is more than one.
    """
    window = window or default_window(record)
    cargoes = travelling(record.network)
    unit = cargoes[0].unit if len(cargoes) == 1 else "t"
    flows = mean_freight(record, window, in_tonnes=len(cargoes) > 1)
    ways = [
        _way(record.network, line, "sea" if line.mode == "sea" else "rail", flows[line.id], unit)
        for line in record.network.lines.values()
        if line.mode != "ocean"
    ]
    names = " and ".join(cargo.name.lower() for cargo in cargoes)
    return _map(record, ax, window, ways, f"Mean flows of {names}, both ways, without the ocean")


def _map(record: Record, ax: Axes | None, window: Window, ways: Sequence[Way], told: str) -> Axes:
    own, ax = ax is None, ax or blank()
    extent = extent_of(ways)
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
    shut = shut_during(record.network, record.spans, window)
    draw_ways(ax, ways, shut)
    draw_places(ax, record.network, ways, shut)
    name_ways(ax, ways, shut)
    above = head(ax, record.title, f"{told}, {period(record.start, *window)}", 0.0)
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


def extent_of(ways: Sequence[Way]) -> Extent:
    """West, east, south, north of all ways, with a margin, within the land that is known."""
    points = np.concatenate([way.path for way in ways])
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


def _way(network: Network, one: Link | Line, mode: str, flow: float, unit: str) -> Way:
    divisor, shown = RATE_UNITS[unit]
    ends = (one.origin, one.destination)
    return Way(id=one.id, mode=mode, ends=ends, path=path_of(network, one), flow=flow / divisor, unit=shown)


def _fit(ax: Axes, shape: float, *, above: float, below: float) -> None:
    sides = (MARGIN, MARGIN)
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = figure.get_figwidth() * 72 - 2 * MARGIN
    fit(ax, above=above, below=below, height=width * shape, sides=sides)
