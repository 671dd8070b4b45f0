"""What is lost where something is shut: against how long it is, and ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.charts import text_metrics
from sim.plots.bars import Bar, draw_bars, make_room, reach, surround_bars
from sim.plots.frame import fit, head, legend_below
from sim.plots.stack import empty
from sim.plots.style import FAINT, FILLS, INK, blank, strokes, styled

HEIGHT = 300.0
LEFT = 64.0
BELOW = 42.0
NAME = 8.5
APART = 12.0  # points between the names of curves
BESIDE = 16.0  # points from the end of a curve to its name
WIDEST = 230.0
MARKERS = "Dos^v"
LEADER: dict[str, Any] = {"arrowstyle": "-", "linewidth": 0.7, "shrinkB": 3.0, "relpos": (0.0, 0.5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What is lost by what is shut, for each length in days; curves without a name are drawn in grey."""

    name: str
    days: Sequence[float]
    losses: Sequence[float]
    half_widths: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place in the ranking: the loss at the longest length, those at shorter ones, and what is told.

    `more` is for a pair the part of its loss that goes beyond the worse of the two alone.
    """

    name: str
    loss: float
    more: float = 0.0
    shorter: Mapping[float, float] = field(default_factory=dict)
    told: str = ""


@styled
def stress_curves(
    curves: Sequence[Curve], title: str, subtitle: str, what: str, ax: Axes | None = None
) -> Axes:
    """Loss against length, with the 95 % intervals of those that are named; the names stand to the right."""
    own, ax = ax is None, ax or blank()
    named = [curve for curve in curves if curve.name]
    names = [text_metrics.shortened(curve.name, NAME, WIDEST) for curve in named]
    sides = (LEFT, max((text_metrics.width(name, NAME) for name in names), default=0.0) + BESIDE + 14.0)
    if own:
        fit(ax, above=0.0, below=0.0, height=HEIGHT, sides=sides)
    others = [curve for curve in curves if not curve.name]
    for place, curve in enumerate(others):
        ax.plot(
            curve.days, curve.losses, color="#BBBBBB", linewidth=0.9, zorder=2,
            label="" if place else f"{len(others)} others",
        )  # fmt: skip
    for curve, stroke in zip(named, strokes(len(named)), strict=True):
        ax.errorbar(
            curve.days, curve.losses, curve.half_widths, color=stroke.colour, linestyle=stroke.dashes,
            linewidth=1.6, marker="o", markersize=3.5, elinewidth=1.0, capsize=2.0, zorder=3,
        )  # fmt: skip
    if curves:
        days = sorted({day for curve in curves for day in curve.days})
        ax.set_xticks(days, [f"{day:g}" for day in days])
        ax.margins(x=0.02)
        ax.axhline(0.0, color=FAINT, linewidth=0.8, zorder=1.5)
    else:
        empty(ax, "nothing was shut")
    ax.set_xlabel("days shut")
    ax.set_ylabel(what)
    _write_names(ax, named, names)
    above = head(ax, title, subtitle, 0.0)
    below = legend_below(ax, BELOW)
    if own:
        fit(ax, above=above, below=below, height=HEIGHT, sides=sides)
    return ax


def _write_names(ax: Axes, named: Sequence[Curve], names: Sequence[str]) -> None:
    """The names beside the ends of their curves, moved apart where these lie close, with leaders."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    per_point = figure.dpi / 72
    ends = [
        float(ax.transData.transform((curve.days[-1], curve.losses[-1]))[1]) / per_point for curve in named
    ]
    box = ax.get_window_extent()
    places = apart(ends, APART, float(box.y0) / per_point, float(box.y1) / per_point)
    for curve, name, end, place, stroke in zip(named, names, ends, places, strokes(len(named)), strict=True):
        ax.annotate(
            name, (curve.days[-1], curve.losses[-1]), (BESIDE, place - end), textcoords="offset points",
            va="center", fontsize=NAME, color=INK, annotation_clip=False,
            arrowprops={**LEADER, "color": stroke.colour},
        )  # fmt: skip


def apart(wished: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Heights near those wished, at `least` so far apart, and between two others if these leave the room."""
    order = np.argsort(wished, kind="stable")
    placed = np.array([wished[n] for n in order], dtype=float)
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + least)
    if len(placed) and placed[-1] > high:
        placed[-1] = max(high, low + least * (len(placed) - 1))
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n], placed[n + 1] - least)
    found = [0.0] * len(placed)
    for n, place in zip(order, placed.tolist(), strict=True):
        found[n] = place
    return found


@styled
def stress_ranking(
    standings: Sequence[Standing], title: str, subtitle: str, what: str, longest: str, ax: Axes | None = None
) -> Axes:
    """The losses at the longest length as bars, the largest first, with marks for the shorter lengths."""
    own, ax = ax is None, ax or blank()
    both = f"{longest}, beyond the worse of the two alone"
    bars = [
        Bar(name=one.name, parts={longest: one.loss - one.more, both: one.more}, told=one.told)
        for one in standings
    ]
    if own:
        make_room(ax, bars)
    draw_bars(ax, bars, {longest: FILLS[0], both: FILLS[1]})
    if standings:
        reach(ax, bars)
        ax.set_xlabel(what)
        _mark_shorter(ax, standings)
    else:
        empty(ax, "nothing was shut")
    surround_bars(ax, title, subtitle, bars, own=own)
    return ax


def _mark_shorter(ax: Axes, standings: Sequence[Standing]) -> None:
    lengths = sorted({days for one in standings for days in one.shorter}, reverse=True)
    for place, days in enumerate(lengths):
        points = [
            (one.shorter[days], len(standings) - 1 - row)
            for row, one in enumerate(standings)
            if one.shorter.get(days, 0.0) > 0.0
        ]
        if points:
            x, y = zip(*points, strict=True)
            ax.plot(
                x, y, marker=MARKERS[place % len(MARKERS)], markersize=5.0, color=INK,
                markerfacecolor="white", linestyle="none", zorder=3, label=f"{days:g} days",
            )  # fmt: skip
