"""A measure over a number that was varied, as a line; what maps of several numbers draw is told here too."""

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
    """A number that was varied between two `ends`, and its value in the scenario as it is, if it has one."""

    name: str
    unit: str
    ends: tuple[float, float]
    usual: float | None = None

    @property
    def label(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def is_usual_shown(self) -> bool:
        return self.usual is not None and self.ends[0] <= self.usual <= self.ends[1]

    def told(self, value: float) -> str:
        return f"{value:,.4g} {self.unit}".strip()


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
    """The mean over one number with its intervals, and a band for nine in ten replications.

    A line across marks the level, points on it where it is reached.
    """
    own, ax = ax is None, ax or blank()
    if own:
        fit(ax, above=0.0, below=0.0, height=HEIGHT, sides=SIDES)
    (scale,) = tried.scales
    order = np.argsort(tried.points[:, 0], kind="stable")
    order = order[~np.isnan(tried.mean[order])]
    x = tried.points[order, 0]
    if len(x):
        ax.fill_between(
            x, tried.low[order], tried.high[order], facecolor=COLOUR, alpha=0.18, linewidth=0,
            label="nine in ten replications",
        )  # fmt: skip
        ax.errorbar(
            x, tried.mean[order], tried.half_width[order], color=COLOUR, linewidth=1.8, marker="o",
            markersize=4.5, elinewidth=1.2, capsize=3.0, zorder=3, label="mean and its 95 % interval",
        )  # fmt: skip
        ax.axhline(tried.level, color=INK, linewidth=1.0, linestyle="--", label=tried.level_name, zorder=2.5)
        if scale.usual is not None and scale.is_usual_shown:
            told = f"as it is: {scale.told(scale.usual)}"
            ax.axvline(scale.usual, color=FAINT, linewidth=1.0, linestyle=":", label=told, zorder=2)
        _mark(ax, tried, scale)
        ax.margins(x=0.02)
    else:
        empty(ax, "has no value anywhere")
    ax.set_xlabel(scale.label)
    ax.set_ylabel(tried.label)
    ax.grid(True, axis="x")
    told = f"Mean of {tried.replications} replications, on the same luck at all points"
    above = head(ax, f"{tried.title}: {tried.measure}", told, 0.0)
    below = legend_below(ax, BELOW)
    if own:
        fit(ax, above=above, below=below, height=HEIGHT, sides=SIDES)
    return ax


def _mark(ax: Axes, tried: Tried, scale: Scale) -> None:
    """The points where the level is reached, each with between what it may as well lie."""
    told = []
    for one in tried.crossings:
        low, high = one.low, one.high
        ends = [end for end in (low, one.at, high) if end is not None]
        ax.plot([ends[0], ends[-1]], [tried.level] * 2, color=CLOSED, linewidth=2.4, zorder=3.5)
        ax.plot([one.at], [tried.level], color=CLOSED, marker="D", markersize=6.0, linestyle="none", zorder=4)
        among = f" ({low:,.4g} to {high:,.4g})" if low is not None and high is not None else ""
        told.append(f"{scale.told(one.at)}{among}")
    if told:
        label = f"breaks even at {' and '.join(told)}"
        ax.plot([], [], color=CLOSED, marker="D", linewidth=2.4, label=label)
