"""The network on a map: what flowed where during a closure, and what was shut."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import integral
from sim.network.elements import Network
from sim.plots.dates import period
from sim.plots.frame import fit, head, legend_below
from sim.plots.land import BOUNDS, Extent, draw_land
from sim.plots.map_links import draw_links, name_links, path_of, widths_of
from sim.plots.map_places import draw_places
from sim.plots.shut import shut_during
from sim.plots.style import blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

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
    name_links(ax, network, flows, shut)
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


def _fit(ax: Axes, shape: float, *, above: float, below: float) -> None:
    sides = (MARGIN, MARGIN)
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = figure.get_figwidth() * 72 - 2 * MARGIN
    fit(ax, above=above, below=below, height=width * shape, sides=sides)
