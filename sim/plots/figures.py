"""The standard figures of a run, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.axes import Axes

from sim.network.network import Network
from sim.plots.curtailment import curtailment
from sim.plots.map import network_map
from sim.plots.overlay import throughput_overlay
from sim.plots.queue import queue
from sim.plots.style import STYLE
from sim.plots.tank import tank_level
from sim.plots.throughput import throughput

if TYPE_CHECKING:
    from sim.measures.record import Record

DPI = 150


def write_figures(record: Record, folder: Path, baseline: Record | None = None) -> list[Path]:
    """Write the standard figures of a run as PNG and SVG; the same run gives the same bytes.

    They are throughput, tank-level, curtailment, queue and map; tank-level and queue are those of
    `called_stock`, and left out of a network that has none. With a `baseline` comes beside, which
    has the totals of both on one axis.
    """
    return [path for name, draw in _standard(record, baseline) for path in save(draw(), folder, name)]


def save(ax: Axes, folder: Path, name: str) -> list[Path]:
    """Write the figure of some axes as `name`.png and `name`.svg, free of dates and versions."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    with matplotlib.rc_context(STYLE):
        figure.savefig(png, dpi=DPI, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return [png, svg]


def called_stock(network: Network) -> str | None:
    """The first stock that feeds a sea lane which ships of the world market are called to."""
    called = {lane for fleet in network.fleets.values() if fleet.vessels is None for lane in fleet.lanes}
    return next((stock.id for stock in network.stocks.values() if stock.feeds in called), None)


def _standard(record: Record, baseline: Record | None) -> Iterator[tuple[str, Callable[[], Axes]]]:
    stock = called_stock(record.network)
    yield "throughput", partial(throughput, record, baseline=baseline)
    if baseline is not None:
        labels = [baseline.title, record.title]
        yield "beside", partial(throughput_overlay, [baseline, record], labels)
    if stock is not None:
        yield "tank-level", partial(tank_level, record, stock)
    yield "curtailment", partial(curtailment, record)
    if stock is not None:
        yield "queue", partial(queue, record, record.network.stocks[stock].feeds)
    yield "map", partial(network_map, record)
