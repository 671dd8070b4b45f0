"""Lane above a chart over time: closures and boycotts as named bars, packed into few rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.charts import text_metrics
from sim.charts.chart import Chart, Closure
from sim.charts.closures import united
from sim.charts.style import BOYCOTTED, PLANNED, UNPLANNED

SIZE = 7.5  # points of the names
ROW = 10.5  # points from one row to the next
MAX_ROWS = 4
PADDING = 3.0  # points on either side of a name
GAP = 4.0  # points between neighbours in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneEntry:
    """Closure in its row of the lane, counted from the bottom, and the day at which its name begins."""

    closure: Closure
    name: str
    text_at: float
    row: int

    @property
    def colour(self) -> str:
        if self.closure.boycott:
            return BOYCOTTED
        return PLANNED if self.closure.planned else UNPLANNED

    def edges(self, days: float) -> list[float]:
        """Return the days marked by lines: beginnings and ends, but for planned closures."""
        if self.closure.planned:
            return []
        ends = [day for interval in self.closure.intervals for day in interval if 0.0 < day < days]
        return list(dict.fromkeys(ends))


def lane_height(entries: Sequence[LaneEntry], row: float = ROW) -> float:
    """Return the height of the lane in the unit of `row`."""
    return row * max((entry.row + 1 for entry in entries), default=0)


def lane(closures: Sequence[Closure], days: float, width: float) -> list[LaneEntry]:
    """Return closures in as few rows as they fit without touching, on an axis `width` points wide.

    Those that need more rows than `MAX_ROWS` share the last, with their number for a name.
    """
    entries = _packed(closures, days, width)
    hidden = [entry.closure for entry in entries if entry.row >= MAX_ROWS - 1]
    if max((entry.row for entry in entries), default=0) < MAX_ROWS:
        return entries
    merged = Closure(
        name=f"and {len(hidden)} more",
        intervals=united(interval for closure in hidden for interval in closure.intervals),
        planned=all(closure.planned for closure in hidden),
        boycott=all(closure.boycott for closure in hidden),
    )
    (last,) = _packed([merged], days, width)
    return [*(entry for entry in entries if entry.row < MAX_ROWS - 1), replace(last, row=MAX_ROWS - 1)]


def note_of(chart: Chart, entries: Sequence[LaneEntry]) -> str:
    """Return the note of a chart, with the names of the closures that have none in the lane."""
    named = [entry.closure for entry in entries]
    hidden = [closure.name for closure in chart.closures if closure not in named]
    return f"{chart.note} Further closures: {'; '.join(hidden)}.".strip() if hidden else chart.note


def _packed(closures: Sequence[Closure], days: float, width: float) -> list[LaneEntry]:
    per_point = days / width
    taken: list[list[tuple[float, float]]] = []
    entries = []
    for closure in closures:
        name = text_metrics.shortened(closure.name, SIZE, width - 2 * PADDING)
        room = (text_metrics.width(name, SIZE) + 2 * PADDING) * per_point
        first, last = closure.intervals[0][0], closure.intervals[-1][1]
        text_at = _text_at(closure.intervals, room, days)
        low, high = min(first, text_at) - GAP * per_point, max(last, text_at + room) + GAP * per_point
        free = (n for n, row in enumerate(taken) if all(high <= a or b <= low for a, b in row))
        row = next(free, len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        entries.append(LaneEntry(closure=closure, name=name, text_at=text_at, row=row))
    return entries


def _text_at(intervals: Sequence[tuple[float, float]], room: float, days: float) -> float:
    """Day at which a name begins: on a bar that holds it, else after or before the first bar."""
    for first, last in intervals:
        if last - first >= room:
            return first
    first, last = intervals[0]
    following = intervals[1][0] if len(intervals) > 1 else days
    if last + room <= following:
        return last
    if first >= room:
        return first - room
    return max(0.0, min(first, days - room))
