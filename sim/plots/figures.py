"""Figures as files."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from matplotlib.axes import Axes

from sim.network.network import Network
from sim.plots.style import STYLE

DPI = 150


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
