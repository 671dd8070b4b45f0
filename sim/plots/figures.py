"""Maps of a run, as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.axes import Axes

from sim.measures.sides import spans_of
from sim.network.network import Network
from sim.plots.freight import carries_oil, travelling
from sim.plots.map import freight_map, network_map
from sim.plots.style import STYLE

if TYPE_CHECKING:
    from sim.measures.record import Record

DPI = 150


def write_maps(record: Record, folder: Path) -> list[Path]:
    """Write the maps of a run as PNG and SVG: of oil, of freight, or of both."""
    files = []
    if carries_oil(record.network):
        files += save(network_map(replace(record, spans=spans_of(record, "oil"))), folder, "map")
    if travelling(record.network):
        name = "map-freight" if carries_oil(record.network) else "map"
        files += save(freight_map(replace(record, spans=spans_of(record, "freight"))), folder, name)
    return files


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
    """Return the first stock that feeds a sea lane which ships of the world market are called to."""
    called = {lane for fleet in network.fleets.values() if fleet.vessels is None for lane in fleet.lanes}
    return next((stock.id for stock in network.stocks.values() if stock.feeds in called), None)
