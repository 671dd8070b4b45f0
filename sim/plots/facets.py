"""Rows of small plots over the same dates, each with a scale of its own, on one pair of axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from matplotlib.axes import Axes

from sim.measures.series import Numbers
from sim.plots.style import FAINT, INK

HEIGHT = 64.0
USED = 0.74
NAME = 8.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One row: what it shows, and the value at which it ends above (in the unit that the axes name)."""

    name: str
    top: float


def draw_facets(ax: Axes, facets: Sequence[Facet]) -> None:
    """Part the axes into rows, from the top down, each named and with its zero and one round value marked."""
    ticks, labels = [], []
    for row, facet in enumerate(facets):
        base = float(len(facets) - 1 - row)
        mark = round_below(facet.top)
        for value in (0.0, mark):
            ticks.append(base + USED * value / facet.top)
            labels.append(f"{value:,.4g}")
        ax.axhline(base, color=FAINT, linewidth=0.8, zorder=2.6)
        ax.annotate(
            facet.name, (0.0, base + USED), (4.0, 3.0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="bottom", fontsize=NAME, fontweight="bold", color=INK, zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
        )  # fmt: skip
    ax.set_ylim(0.0, float(max(len(facets), 1)))
    ax.set_yticks(ticks, labels)
    ax.spines["left"].set_visible(False)


def in_row(facets: Sequence[Facet], row: int, values: Numbers) -> Numbers:
    """Values of a row's own scale as heights on the axes."""
    heights: Numbers = len(facets) - 1 - row + USED * values / facets[row].top
    return heights


def round_below(value: float) -> float:
    """The greatest of 1, 2, 5 times a power of ten that is not above a value."""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= value * (1 + 1e-9))
