"""Named horizontal bars, each of several parts, in place of dates: what surrounds them and how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes

from sim.charts import text_metrics
from sim.plots.frame import axes_width, fit, head, legend_below
from sim.plots.style import INK, Fill

ROW = 21.0
SIZE = 9.0
WIDEST_NAME = 280.0
RIGHT = 24.0
BELOW_VALUES = 38.0
BESIDE = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its name, the lengths of its parts by layer, and what is written after its end.

    One with `heading` stands for nothing: it is the title of those below it.
    """

    name: str
    parts: Mapping[str, float] = field(default_factory=dict)
    told: str = ""
    heading: bool = False

    @property
    def length(self) -> float:
        return sum(self.parts.values())


def draw_bars(ax: Axes, bars: Sequence[Bar], fills: Mapping[str, Fill]) -> None:
    """Draw bars from the top down, their layers in the order of `fills`, each layer named for the legend."""
    heights = np.arange(len(bars))[::-1].astype(float)
    ends = np.zeros(len(bars))
    for layer, fill in fills.items():
        lengths = np.asarray([bar.parts.get(layer, 0.0) for bar in bars])
        if not np.any(lengths):
            continue
        there = lengths > 0.0
        ax.barh(
            heights[there],
            lengths[there],
            left=ends[there],
            height=0.68,
            label=layer,
            facecolor=fill.colour,
            hatch=fill.hatch or None,
            edgecolor="white",
            linewidth=0.3,
            zorder=2,
        )
        ends += lengths
    for bar, height, end in zip(bars, heights, ends, strict=True):
        if bar.told:
            ax.annotate(
                bar.told, (end, height), (4.0, 0.0), textcoords="offset points", va="center_baseline",
                fontsize=8.0, color=INK, zorder=4,
            )  # fmt: skip
    ax.set_ylim(-0.6, len(bars) - 0.4)
    ax.set_yticks(
        heights, [text_metrics.shortened(bar.name, SIZE, WIDEST_NAME) for bar in bars], fontsize=SIZE
    )
    ax.tick_params(axis="y", length=0.0)
    for bar, label in zip(bars, ax.get_yticklabels(), strict=True):
        label.set_fontweight("bold" if bar.heading else "normal")
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")


def reach(ax: Axes, bars: Sequence[Bar], least: float = 0.0) -> None:
    """Let the axes reach so far to the right that what is written after each bar fits."""
    width = axes_width(ax)
    far = max([least, *(bar.length for bar in bars)])
    for bar in bars:
        room = width - text_metrics.width(bar.told, 8.0) - 8.0 if bar.told else width
        far = max(far, bar.length * width / room)
    ax.set_xlim(0.0, far or 1.0)


def names_width(bars: Sequence[Bar]) -> float:
    """The points that the names of the bars take beside the axes."""
    widths = [text_metrics.width(bar.name, SIZE, bold=bar.heading) for bar in bars]
    return min(max(widths, default=0.0), WIDEST_NAME) + BESIDE + 4.0


def surround_bars(ax: Axes, title: str, subtitle: str, bars: Sequence[Bar], *, own: bool) -> None:
    """Head the bars and put their legend below.

    A figure of the plot's `own` is as high as its bars need; on a caller's axes the room is the caller's.
    """
    beside = names_width(bars)
    above = head(ax, title, subtitle, 0.0, indent=beside)
    below = legend_below(ax, BELOW_VALUES, indent=beside)
    if own:
        fit(ax, above=above, below=below, height=ROW * max(len(bars), 2), sides=(beside + 12.0, RIGHT))


def make_room(ax: Axes, bars: Sequence[Bar]) -> None:
    """Give a figure of the plot's own its final width before anything is measured by it."""
    height = ROW * max(len(bars), 2)
    fit(ax, above=0.0, below=0.0, height=height, sides=(names_width(bars) + 12.0, RIGHT))
