"""Storms: when each place's weather closes its berths, drawn before the run begins."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.engine.luck import stream
from sim.network.elements import Weather


def storms(
    months: list[Weather], start: date, days: float, seed: int, replication: int
) -> list[tuple[float, float]]:
    """The (begin, end) days of one place's storms within the run, in order and apart.

    Storms begin as a Poisson process whose rate is that of the calendar month, and last an
    exponential time; one that begins during another prolongs it. The stream depends on the place
    alone, so the same storms blow whatever else is changed.
    """
    if not months:
        return []
    generator = stream(seed, replication, months[0].place, "storms")
    by_month = {row.month: row for row in months}
    found: list[tuple[float, float]] = []
    day = 0.0
    while day < days:
        today = start + timedelta(days=day)
        following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        length = float((following - start).days) - day
        row = by_month.get(today.month)
        if row is not None:
            count = generator.poisson(row.storms * length / 30.4375)
            begins = np.sort(day + generator.random(count) * length)
            lengths = generator.exponential(row.duration, count)
            found += zip(begins.tolist(), (begins + lengths).tolist(), strict=True)
        day += length
    merged: list[tuple[float, float]] = []
    for begin, end in found:
        if begin >= days:
            break
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
