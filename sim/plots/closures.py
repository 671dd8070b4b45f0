"""Closures and boycotts on a time plot: shaded, and named in a strip above where nothing can cover them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform, blended_transform_factory

from sim.charts import text_metrics
from sim.plots.dates import on_axis
from sim.plots.style import BOYCOTTED, INK, PLANNED, UNPLANNED

if TYPE_CHECKING:
    from sim.measures.record import BoycottSpan, Span

ROW = 13.0
SIZE = 8.0
MOST_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name in the strip, when it holds (days), and where its text begins (days).

    A boycott lasts for months, so it is not shaded; lines mark where it begins and ends.
    """

    name: str
    planned: bool
    intervals: tuple[tuple[float, float], ...]
    boycott: bool = False
    text_at: float = 0.0
    row: int = 0


def entries(spans: Iterable[Span], days: float) -> list[Entry]:
    """The closures within the run, those of one label merged into one entry; unplanned ones first."""
    found: dict[tuple[bool, str], list[tuple[float, float]]] = {}
    for span in spans:
        first, last = max(span.start, 0.0), min(span.end, days)
        if last > first and span.remaining < 1.0:
            found.setdefault((span.planned, span.label), []).append((first, last))
    made = [
        Entry(name=_name(label, planned), planned=planned, intervals=_united(times))
        for (planned, label), times in found.items()
    ]
    return sorted(made, key=lambda entry: (entry.planned, entry.intervals[0]))


def boycott_entries(boycotts: Iterable[BoycottSpan], days: float) -> list[Entry]:
    """The boycotts within the run, those of one label merged into one entry that tells their shares."""
    found: dict[str, list[BoycottSpan]] = {}
    for boycott in boycotts:
        if min(boycott.end, days) > max(boycott.start, 0.0):
            found.setdefault(boycott.label, []).append(boycott)
    return [
        Entry(
            name=_boycott_name(label, some),
            planned=False,
            intervals=_united([(max(one.start, 0.0), min(one.end, days)) for one in some]),
            boycott=True,
        )
        for label, some in found.items()
    ]


def placed(entries: Sequence[Entry], days: float, width: float) -> list[Entry]:
    """The entries in as few rows as they fit without touching, for axes `width` points wide."""
    per_point = days / width
    free: list[list[tuple[float, float]]] = []
    result = []
    for entry in entries:
        text = text_metrics.shortened(entry.name, SIZE, width - 6.0)
        room = (text_metrics.width(text, SIZE) + 6.0) * per_point
        first, last = entry.intervals[0][0], entry.intervals[-1][1]
        text_at = _text_at(entry.intervals, room, days)
        low, high = min(first, text_at) - 4.0 * per_point, max(last, text_at + room) + 4.0 * per_point
        row = next(
            (n for n, taken in enumerate(free) if all(high <= a or b <= low for a, b in taken)), len(free)
        )
        if row == len(free):
            free.append([])
        free[row].append((low, high))
        result.append(replace(entry, name=text, text_at=text_at, row=row))
    return _at_most(result, days, per_point)


def shade_closures(ax: Axes, start: date, entries: Sequence[Entry], days: float, width: float) -> int:
    """Shade the entries in the axes and name them in a strip above; returns the strip's rows."""
    strip = blended_transform_factory(ax.transData, points_from(ax, 1.0))
    shown = placed(entries, days, width)
    for entry in shown:
        colour = BOYCOTTED if entry.boycott else PLANNED if entry.planned else UNPLANNED
        bottom = 3.0 + entry.row * ROW
        for first, last in entry.intervals:
            left, right = on_axis(start, [first, last])
            if not entry.boycott:
                ax.axvspan(left, right, color=colour, alpha=0.13, linewidth=0, zorder=0.5)
            if not entry.planned:
                for edge in (left,) if entry.boycott and last >= days else (left, right):
                    ax.axvline(edge, color=colour, linewidth=0.8, linestyle=(0, (2, 2)), zorder=3)
            bar = Rectangle((left, bottom), right - left, ROW - 2.0, transform=strip, clip_on=False)
            bar.set(facecolor=colour, alpha=0.32, edgecolor="none", hatch=None)
            ax.add_artist(bar)
        x = float(on_axis(start, entry.text_at)) + 3.0 * days / width
        ax.text(
            x,
            bottom + (ROW - 2.0) / 2,
            entry.name,
            transform=strip,
            fontsize=SIZE,
            color=INK,
            va="center_baseline",
            ha="left",
            clip_on=False,
        )
    return max((entry.row + 1 for entry in shown), default=0)


def points_from(ax: Axes, height: float) -> Transform:
    """Vertical coordinates in points from a height of the axes (0 bottom, 1 top)."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    anchor = ScaledTranslation(0.0, height, ax.transAxes)  # type: ignore[arg-type]
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans + anchor


def _text_at(intervals: Sequence[tuple[float, float]], room: float, days: float) -> float:
    """Where a text begins: on a bar that holds it, else after or before the first bar, else where it fits."""
    for first, last in intervals:
        if last - first >= room:
            return first
    first, last = intervals[0]
    beyond = intervals[1][0] if len(intervals) > 1 else days
    if last + room <= beyond:
        return last
    if first >= room:
        return first - room
    return max(0.0, min(first, days - room))


def _name(label: str, planned: bool) -> str:
    told = any(word in label.lower() for word in ("planned", "maintenance", "repair"))
    return label if told or not planned else f"{label} (planned)"


def _boycott_name(label: str, boycotts: Sequence[BoycottSpan]) -> str:
    name = label if "boycott" in label.lower() else f"Boycott: {label}"
    ordered = sorted(boycotts, key=lambda boycott: boycott.start)
    shares = dict.fromkeys(f"{100 * one.share:.3g}%" for one in ordered if one.share > 0.0)
    return f"{name} ({', then '.join(shares)} refuse)" if shares else f"{name} (dearer)"


def _united(times: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    united: list[tuple[float, float]] = []
    for first, last in sorted(times):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return tuple(united)


def _at_most(entries: list[Entry], days: float, per_point: float) -> list[Entry]:
    kept = [entry for entry in entries if entry.row < MOST_ROWS]
    hidden = [entry for entry in entries if entry.row >= MOST_ROWS]
    if len(hidden) < 2:
        return entries
    intervals = _united([interval for entry in hidden for interval in entry.intervals])
    name = f"… and {len(hidden)} more"
    text_at = _text_at(intervals, (text_metrics.width(name, SIZE) + 6.0) * per_point, days)
    more = Entry(name=name, planned=True, intervals=intervals, text_at=text_at, row=MOST_ROWS)
    return [*kept, more]
