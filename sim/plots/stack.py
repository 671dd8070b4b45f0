"""Layers on top of each other, told apart by brightness and hatch as well as colour."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers
from sim.plots.style import Fill


def stacked(
    ax: Axes, x: Numbers, layers: Mapping[str, Numbers], fills: Mapping[str, Fill], *, steps: bool = False
) -> None:
    """Draw layers over `x` in the order given, each named for the legend.

    With `steps`, each value holds until the next `x`. Layers that are zero throughout are left out.
    """
    if steps:
        x, layers = turns(x, layers)
    base = np.zeros(len(x))
    for name, values in layers.items():
        if not np.any(values):
            continue
        top = base + values
        fill = fills[name]
        ax.fill_between(
            x,
            base,
            top,
            label=name,
            facecolor=fill.colour,
            hatch=fill.hatch or None,
            edgecolor="white",
            linewidth=0.0 if steps else 0.3,
            step="post" if steps else None,
            zorder=2,
        )
        base = top


def turns(x: Numbers, layers: Mapping[str, Numbers]) -> tuple[Numbers, Mapping[str, Numbers]]:
    """Only the points at which some layer changes, and the last: the same picture in a smaller file."""
    changed = np.zeros(len(x), dtype=bool)
    changed[[0, -1]] = True
    for values in layers.values():
        changed[1:] |= np.diff(values) != 0.0
    return x[changed], {name: values[changed] for name, values in layers.items()}


def empty(ax: Axes, text: str) -> None:
    """Say in the middle of the axes that there is nothing to see, and why that is so."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", fontsize=12, style="italic")
    ax.set_ylim(0, 1)
    ax.set_yticks([])
    ax.grid(False)
    ax.spines["left"].set_visible(False)
