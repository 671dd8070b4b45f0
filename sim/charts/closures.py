"""Closures and boycotts of a run as charts name them: those of one label together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from sim.charts.chart import Closure
from sim.charts.wording import day_and_month
from sim.measures.intervals import Intervals
from sim.measures.record import BoycottSpan, Span

Stretches = tuple[tuple[float, float], ...]
PLANNED_WORDS = ("planned", "maintenance", "repair")


def closures_of(
    spans: Iterable[Span], boycotts: Iterable[BoycottSpan], start: date, window: tuple[float, float]
) -> tuple[Closure, ...]:
    """Return the boycotts, then the unplanned and the planned closures within a window of a run.

    `start` is the date of day 0, and days of the result count from the window's first. A boycott that grows
    in steps has an interval for each. Partial closures are included; those that leave all open are not.
    """
    return (*_boycotts(boycotts, start, window), *_closures(spans, window))


def united(intervals: Iterable[tuple[float, float]]) -> Stretches:
    """Return intervals in order, those that touch or overlap merged."""
    return tuple(Intervals(intervals).pairs())


def _closures(spans: Iterable[Span], window: tuple[float, float]) -> list[Closure]:
    times: dict[tuple[bool, str], list[tuple[float, float]]] = {}
    for span in spans:
        inside = _inside(span, window)
        if inside and span.remaining < 1.0:
            times.setdefault((span.planned, span.label), []).append(inside)
    closures = [
        Closure(name=_closure_name(label, planned), intervals=united(intervals), planned=planned)
        for (planned, label), intervals in times.items()
    ]
    return sorted(closures, key=lambda closure: (closure.planned, closure.intervals[0]))


def _boycotts(boycotts: Iterable[BoycottSpan], start: date, window: tuple[float, float]) -> list[Closure]:
    by_label: dict[str, list[BoycottSpan]] = {}
    for boycott in boycotts:
        if _inside(boycott, window):
            by_label.setdefault(boycott.label, []).append(boycott)
    return [
        Closure(
            name=_boycott_name(label, steps, start),
            intervals=_steps([inside for step in steps if (inside := _inside(step, window))]),
            boycott=True,
        )
        for label, steps in by_label.items()
    ]


def _inside(span: Span | BoycottSpan, window: tuple[float, float]) -> tuple[float, float] | None:
    first, last = window
    begin, end = max(span.start, first) - first, min(span.end, last) - first
    return (begin, end) if end > begin else None


def _closure_name(label: str, planned: bool) -> str:
    is_evident = any(word in label.lower() for word in PLANNED_WORDS)
    return label if is_evident or not planned else f"{label} (planned)"


def _boycott_name(label: str, steps: Sequence[BoycottSpan], start: date) -> str:
    name = label if "boycott" in label.lower() else f"Boycott: {label}"
    begins: dict[str, float] = {}
    for step in sorted(steps, key=lambda step: step.start):
        if step.share > 0.0:
            begins.setdefault(f"{100 * step.share:.3g}%", step.start)
    if not begins:
        return f"{name} (dearer)"
    (first, _), *later = begins.items()
    shares = [first, *(f"{share} from {day_and_month(start, begin)}" for share, begin in later)]
    return f"{name} ({', then '.join(shares)} refuse)"


def _steps(intervals: Sequence[tuple[float, float]]) -> Stretches:
    """Return intervals that follow each other as they are, and those that overlap merged."""
    ordered = sorted(set(intervals))
    overlap = any(later[0] < before[1] for before, later in pairwise(ordered))
    return united(ordered) if overlap else tuple(ordered)
