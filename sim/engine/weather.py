"""Storms, which close the exposed berths and quays of a place; drawn before the run begins."""

from __future__ import annotations

from datetime import date, timedelta

from sim.engine.random_streams import DrawBuffer, random_stream
from sim.network.elements import Weather

MONTH = 365.25 / 12  # days: the storms of a month are given for one of mean length


def storms(
    months: list[Weather], start: date, days: float, seed: int, replication: int
) -> list[tuple[float, float]]:
    """Return the (begin, end) days of one place's storms within the run, in order and disjoint.

    Storms begin as a Poisson process with the rate of the calendar month, and last an exponential time; one
    that begins during another prolongs it. Each calendar month has a stream of its own, so the same storms
    blow whenever the run begins and whatever else is changed; more storms in a month are the same ones,
    closer together.
    """
    by_month = {row.month: row for row in months}
    drawn: list[tuple[float, float]] = []
    first = start.replace(day=1)
    while (begins := float((first - start).days)) < days:
        following = (first + timedelta(days=32)).replace(day=1)
        row = by_month.get(first.month)
        if row is not None and row.storms > 0.0:
            generator = random_stream(seed, replication, row.place, f"storms {first:%Y-%m}")
            unit = DrawBuffer(generator.standard_exponential)
            day, ends = begins, begins + (following - first).days
            while (day := day + unit.next() * MONTH / row.storms) < ends:
                drawn.append((day, day + unit.next() * row.duration))
        first = following
    return _merged(drawn, days)


def _merged(storms: list[tuple[float, float]], days: float) -> list[tuple[float, float]]:
    """Merge storms that overlap, and leave out those outside the run."""
    merged: list[tuple[float, float]] = []
    for begin, end in storms:
        if end <= 0.0 or begin >= days:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((max(begin, 0.0), end))
    return merged
