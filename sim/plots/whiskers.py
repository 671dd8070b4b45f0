"""Differences of many measures from a base, each a dot with its interval, on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.charts import text_metrics
from sim.plots.frame import fit, head, legend_below
from sim.plots.stack import empty
from sim.plots.style import FAINT, INK, Stroke, blank, strokes, styled

LINE = 14.0
GAP = 9.0
SIZE = 8.5
WIDEST_NAME = 250.0
BELOW = 22.0
MARGIN = 12.0
BETTER = "#009E73"
MARKERS = "os^Dv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A variant's difference in the measure's unit, its half-width, and how it is written."""

    difference: float
    half_width: float
    is_detected: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """A measure, which way is better, and a dot for each variant (None: nothing can be told)."""

    name: str
    better: Literal["more", "less", "neither"]
    dots: Sequence[Dot | None]

    @property
    def reach(self) -> float:
        """The farthest that any of its whiskers goes from nothing."""
        return max((abs(dot.difference) + dot.half_width for dot in self.dots if dot), default=0.0)


@styled
def whiskers(
    rows: Sequence[Whisker], labels: Sequence[str], title: str, subtitle: str, ax: Axes | None = None
) -> Axes:
    """Dots with whiskers, those of one measure together on a scale of its own, from one zero line.

    Hollow dots are no detectable difference; the better side of each measure is tinted.
    """
    own, ax = ax is None, ax or blank()
    per_row = LINE * max(len(labels), 1) + GAP
    height = per_row * max(len(rows), 2)
    left = max((text_metrics.width(_name(row), SIZE) for row in rows), default=0.0) + 12.0
    right = (
        max((text_metrics.width(_told(dot), SIZE) for row in rows for dot in row.dots), default=0.0) + 16.0
    )
    sides = (left + MARGIN, right)
    if own:
        fit(ax, above=0.0, below=0.0, height=height, sides=sides)
    looks = strokes(len(labels) + 1)[1:]
    ax.set_xlim(-1.08, 1.08)
    ax.set_ylim(per_row * len(rows), 0.0)
    for number, row in enumerate(rows):
        _draw(ax, row, number * per_row, per_row, looks)
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=1.5)
    ax.set_yticks(
        [(n + 0.5) * per_row for n in range(len(rows))], [_name(row) for row in rows], fontsize=SIZE
    )
    ax.tick_params(axis="y", length=0.0)
    ax.set_xticks([0.0], ["no difference"])
    ax.spines["left"].set_visible(False)
    ax.grid(False)
    _name_looks(ax, labels, looks)
    if not rows:
        empty(ax, "nothing differs")
    above = head(ax, title, subtitle, 0.0, indent=left)
    below = legend_below(ax, BELOW, indent=left)
    if own:
        fit(ax, above=above, below=below, height=height, sides=sides)
    return ax


def _name(row: Whisker) -> str:
    return text_metrics.shortened(row.name, SIZE, WIDEST_NAME)


def _told(dot: Dot | None) -> str:
    return dot.told if dot else "–"


def _draw(ax: Axes, row: Whisker, top: float, per_row: float, looks: Sequence[Stroke]) -> None:
    scale = row.reach or 1.0
    if row.better != "neither":
        side = Rectangle((0.0 if row.better == "more" else -1.08, top + 1.5), 1.08, per_row - 3.0)
        side.set(facecolor=BETTER, alpha=0.09, edgecolor="none", zorder=0.5)
        ax.add_patch(side)
    for place, (dot, stroke) in enumerate(zip(row.dots, looks, strict=True)):
        y = top + GAP / 2 + (place + 0.5) * LINE
        if dot is not None:
            middle, half = dot.difference / scale, dot.half_width / scale
            ax.plot([middle - half, middle + half], [y, y], color=stroke.colour, linewidth=1.6, zorder=3)
            ax.plot(
                [middle], [y], marker=MARKERS[place % len(MARKERS)], markersize=5.0, color=stroke.colour,
                markerfacecolor=stroke.colour if dot.is_detected else "white", linestyle="none", zorder=4,
            )  # fmt: skip
        ax.annotate(
            _told(dot), (1.0, y), (8.0, 0.0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center_baseline", fontsize=SIZE,
            color=INK if dot and dot.is_detected else FAINT, annotation_clip=False,
        )  # fmt: skip


def _name_looks(ax: Axes, labels: Sequence[str], looks: Sequence[Stroke]) -> None:
    for place, (label, stroke) in enumerate(zip(labels, looks, strict=True)):
        marker = MARKERS[place % len(MARKERS)]
        ax.plot([], [], color=stroke.colour, linewidth=1.6, marker=marker, markersize=5.0, label=label)
    ax.plot(
        [], [], color=FAINT, linewidth=1.6, marker="o", markersize=5.0, markerfacecolor="white",
        label="hollow: no detectable difference",
    )  # fmt: skip
    ax.add_patch(Rectangle((0.0, 0.0), 0.0, 0.0, facecolor=BETTER, alpha=0.25, label="the better side"))
