"""What numbers do to the answer: each by itself as a tornado, or several at once as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.charts import text_metrics
from sim.measures.series import Numbers
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.frame import fit, head, legend_below
from sim.plots.stack import empty
from sim.plots.style import FAINT, FILLS, INK, Fill, blank, styled

ROW = 22.0
NAME = 8.5
TOLD = 8.0
WIDEST = 300.0
MARGIN = 14.0
BELOW = 42.0
THICK = 0.62
SMALLER, LARGER = FILLS[0], FILLS[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blade:
    """A number, between what it was moved (as text), and what that does at either end.

    Each end is the difference and the half-width of its interval, in the measure's unit.
    """

    name: str
    told: str
    smaller: tuple[float, float]
    larger: tuple[float, float]


@styled
def tornado(blades: Sequence[Blade], title: str, subtitle: str, what: str, ax: Axes | None = None) -> Axes:
    """Bars from no difference to what each number does where it is smaller and where it is larger."""
    own, ax = ax is None, ax or blank()
    names = [text_metrics.shortened(blade.name, NAME, WIDEST) for blade in blades]
    left = max((text_metrics.width(name, NAME) for name in names), default=0.0) + 10.0
    right = max((text_metrics.width(blade.told, TOLD) for blade in blades), default=0.0) + 18.0
    height, sides = ROW * max(len(blades), 2), (left + MARGIN, right)
    if own:
        fit(ax, above=0.0, below=0.0, height=height, sides=sides)
    rows = np.arange(len(blades))[::-1].astype(float)
    for fill, label, ends in (
        (SMALLER, "where it is smaller", [blade.smaller for blade in blades]),
        (LARGER, "where it is larger", [blade.larger for blade in blades]),
    ):
        _draw(ax, rows, ends, fill, label)
    for blade, row in zip(blades, rows, strict=True):
        ax.annotate(
            blade.told, (1.0, row), (8.0, 0.0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", fontsize=TOLD, color=FAINT, annotation_clip=False,
        )  # fmt: skip
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=3)
    ax.set_ylim(-0.6, max(len(blades), 1) - 0.4)
    ax.set_yticks(rows, names, fontsize=NAME)
    ax.tick_params(axis="y", length=0.0)
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(what)
    if not blades:
        empty(ax, "no number makes any difference")
    above = head(ax, title, subtitle, 0.0, indent=left)
    below = legend_below(ax, BELOW, indent=left)
    if own:
        fit(ax, above=above, below=below, height=height, sides=sides)
    return ax


def _draw(ax: Axes, rows: Numbers, ends: Sequence[tuple[float, float]], fill: Fill, label: str) -> None:
    """The bars of one side; where both sides lie the same way, the shorter one is still seen."""
    if not ends:
        return
    lengths, half_widths = np.array(ends).T
    offset = THICK / 4 if fill is SMALLER else -THICK / 4
    ax.barh(
        rows + offset, lengths, height=THICK / 2, facecolor=fill.colour,
        hatch=fill.hatch or None, edgecolor="white", linewidth=0.3, label=label, zorder=2,
    )  # fmt: skip
    ax.errorbar(
        lengths, rows + offset, xerr=half_widths, fmt="none", ecolor=INK, elinewidth=0.9,
        capsize=1.8, zorder=4,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a number has been found to do among others, in parts, and what is told of it."""

    name: str
    parts: Mapping[str, float]
    told: str


@styled
def screening(
    weights: Sequence[Weight], title: str, subtitle: str, what: str, ax: Axes | None = None
) -> Axes:
    """A bar for each number, those that matter most first."""
    own, ax = ax is None, ax or blank()
    bars = [Bar(name=one.name, parts=one.parts, told=one.told) for one in weights]
    if own:
        make_room(ax, bars)
    layers = dict.fromkeys(layer for one in weights for layer in one.parts)
    draw_bars(ax, bars, dict(zip(layers, FILLS, strict=False)))
    if weights:
        reach(ax, bars)
        ax.set_xlabel(what)
    else:
        empty(ax, "nothing was screened")
    surround_bars(ax, title, subtitle, bars, own=own)
    return ax
