"""A measure over a number that was varied, as a line with bands; what maps of several numbers need is here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers
from sim.plots.frame import fit, head, legend_below
from sim.plots.stack import empty
from sim.plots.style import CLOSED, FAINT, FILLS, INK, blank, styled

HEIGHT = 250.0
SIDES = (70.0, 40.0)
BELOW = 42.0
COLOUR = FILLS[0].colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A number that was varied: what its axis is called, and its value in the scenario as it is, if any."""

    name: str
    usual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where a line reaches its level, and between what it may as well lie (None: beyond what was tried)."""

    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """A measure at some points: `points` has a row for each, and a column for each scale.

    `half_width` is that of the mean's 95 % interval, `low` and `high` are what nine in ten replications
    lie between; nan stands for no value. Where the mean is at `level`, it breaks even.
    """

    title: str
    measure: str
    unit: str
    better: Literal["more", "less", "neither"]
    replications: int
    scales: tuple[Scale, ...]
    points: Numbers
    mean: Numbers
    half_width: Numbers
    low: Numbers
    high: Numbers
    level: float
    level_name: str
    is_grid: bool = True
    crossings: Sequence[Crossing] = ()

    @property
    def label(self) -> str:
        return f"{self.measure} ({self.unit})" if self.unit else self.measure


@styled
def sweep_line(tried: Tried, ax: Axes | None = None) -> Axes:
    """The mean over one number, with bands for its interval and for nine in ten replications.

    A line across marks the level, points on it where it is reached.
    """
    own, ax = ax is None, ax or blank()
    if own:
        fit(ax, above=0.0, below=0.0, height=HEIGHT, sides=SIDES)
    (scale,) = tried.scales
    order = np.argsort(tried.points[:, 0], kind="stable")
    order = order[~np.isnan(tried.mean[order])]
    x, mean, half = tried.points[order, 0], tried.mean[order], tried.half_width[order]
    if len(x):
        shade = {"facecolor": COLOUR, "linewidth": 0}
        ax.fill_between(
            x, tried.low[order], tried.high[order], alpha=0.13, label="nine in ten replications", **shade
        )
        ax.fill_between(x, mean - half, mean + half, alpha=0.3, label="95 % interval of the mean", **shade)
        ax.plot(x, mean, color=COLOUR, linewidth=1.8, marker="o", markersize=4.0, label="mean", zorder=3)
        ax.axhline(tried.level, color=INK, linewidth=1.0, linestyle="--", label=tried.level_name, zorder=2.5)
        if scale.usual is not None and x[0] <= scale.usual <= x[-1]:
            ax.axvline(scale.usual, color=FAINT, linewidth=1.0, linestyle=":", label=_usual(scale), zorder=2)
        _mark(ax, tried)
        ax.margins(x=0.02)
    else:
        empty(ax, "has no value anywhere")
    ax.set_xlabel(scale.name)
    ax.set_ylabel(tried.label)
    ax.grid(True, axis="x")
    told = f"Mean of {tried.replications} replications, on the same luck at all points"
    above = head(ax, f"{tried.title}: {tried.measure}", told, 0.0)
    below = legend_below(ax, BELOW)
    if own:
        fit(ax, above=above, below=below, height=HEIGHT, sides=SIDES)
    return ax


def _usual(scale: Scale) -> str:
    return f"as it is: {scale.usual:,.4g}"


def _mark(ax: Axes, tried: Tried) -> None:
    """The points where the level is reached, each with between what it may as well lie."""
    told = []
    for one in tried.crossings:
        ends = [end for end in (one.low, one.at, one.high) if end is not None]
        ax.plot([ends[0], ends[-1]], [tried.level] * 2, color=CLOSED, linewidth=2.4, zorder=3.5)
        ax.plot([one.at], [tried.level], color=CLOSED, marker="D", markersize=6.0, linestyle="none", zorder=4)
        among = (
            f" ({ends[0]:,.4g} to {ends[-1]:,.4g})" if one.low is not None and one.high is not None else ""
        )
        told.append(f"{one.at:,.4g}{among}")
    if told:
        ax.plot([], [], color=CLOSED, marker="D", linewidth=2.4, label=f"breaks even at {' and '.join(told)}")
