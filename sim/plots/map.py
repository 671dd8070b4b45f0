"""The network on a map: what flowed where during a closure, and what was shut."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers, integral
from sim.network.elements import Link
from sim.network.freight.elements import Line
from sim.network.network import Network
from sim.plots.dates import period
from sim.plots.frame import fit, head, legend_below
from sim.plots.freight import travelling
from sim.plots.land import BOUNDS, Extent, draw_land
from sim.plots.map_places import draw_places
from sim.plots.map_ways import MODES, Way, draw_ways, name_ways, path_of
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
    """Boxes and wagons a day on each line, both ways together, as widths; the ocean is told in words.

    The unit is that of the cargo, or tonnes where there is more than one. The window defaults to the span
    of the first unplanned closure, else of the boycotts, else to the whole run.
    """
    window = window or _freight_window(record)
    cargoes = travelling(record.network)
    unit = cargoes[0].unit if len(cargoes) == 1 else "t"
    flows = mean_freight(record, window, in_tonnes=len(cargoes) > 1)
    lines = record.network.lines.values()
    ways = [
        _way(record.network, line, line.mode if line.mode in MODES else "rail", flows[line.id], unit)
        for line in lines
        if line.mode != "ocean"
    ]
    divisor, shown = RATE_UNITS[unit]
    ocean = sum(flows[line.id] for line in lines if line.mode == "ocean") / divisor
    told = f"Mean flows of {_listed([cargo.name.lower() for cargo in cargoes])}, both ways"
    boycotted = {
        element
        for boycott in record.boycotts
        if boycott.start < window[1] and boycott.end > window[0]
        for element in boycott.elements
    }
    note = f"; the ocean, not drawn, took {ocean:,.3g} {shown}/day" if ocean > 0.0 else ""
    return _map(record, ax, window, ways, told, boycotted=boycotted, note=note, freight=True)


def _map(
    record: Record,
    ax: Axes | None,
    window: Window,
    ways: Sequence[Way],
    told: str,
    boycotted: Collection[str] = (),
    note: str = "",
    freight: bool = False,
) -> Axes:
    own, ax = ax is None, ax or blank()
    extent = extent_of([way.path for way in ways])
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
    shut = shut_during(record.network, record.spans, window, freight)
    draw_ways(ax, ways, shut, boycotted)
    draw_places(ax, record.network, ways, shut)
    name_ways(ax, ways, shut, boycotted)
    above = head(ax, record.title, f"{told}, {period(record.start, *window)}{note}", 0.0)
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


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]


def _freight_window(record: Record) -> Window:
    window = default_window(record)
    if window == (0.0, record.days) and record.boycotts:
        first = min(boycott.start for boycott in record.boycotts)
        last = max(boycott.end for boycott in record.boycotts)
        return max(first, 0.0), min(last, record.days)
    return window


def mean_flows(record: Record, window: Window) -> dict[str, float]:
    """Cargo per day through each link, as the mean over a window of days."""
    first, last = window
    journal = record.journal
    return {
        id: integral(journal.step_series("flow", id), first, last) / (last - first)
        for id in record.network.links
    }


def mean_freight(record: Record, window: Window, in_tonnes: bool) -> dict[str, float]:
    """What reached the end of each line a day, both ways together, as the mean over a window of days."""
    first, last = window
    table = record.trip_table
    crossings, trips = table.crossings, table.trips
    carried = (trips.tonnes if in_tonnes else trips.amount)[crossings.trip]
    inside = (crossings.arrived > first) & (crossings.arrived <= last)
    by_way = np.bincount(
        crossings.direction[inside], weights=carried[inside], minlength=len(table.directions)
    )
    flows = dict.fromkeys(record.network.lines, 0.0)
    for (line, _), amount in zip(table.directions, by_way.tolist(), strict=True):
        flows[line] += amount / (last - first)
    return flows


def extent_of(paths: Sequence[Numbers]) -> Extent:
    """West, east, south, north of all paths, with a margin, within the land that is known."""
    points = np.concatenate(paths)
    west, east = points[:, 0].min(), points[:, 0].max()
    known = points[(points[:, 0] > BOUNDS[0]) & (points[:, 0] < BOUNDS[1])]
    south, north = known[:, 1].min(), known[:, 1].max()
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
