"""Days since the start of a run as dates on an axis."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import FixedFormatter, FixedLocator
from numpy.typing import ArrayLike

from sim.measures.series import Numbers

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def on_axis(start: date, days: ArrayLike) -> Numbers:
    """Times in days since `start` as the numbers that matplotlib places dates by."""
    numbers: Numbers = np.asarray(days, dtype=float) + _number(start)
    return numbers


def day(start: date, days: float) -> str:
    """The date that many days after `start`, such as 21 Mar 2022."""
    at = start + timedelta(days=int(days))
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def period(start: date, first: float, last: float) -> str:
    """Two times in days as a span of dates, the last day that is touched included."""
    end = max(first, np.nextafter(last, first))
    return f"{day(start, first)} – {day(start, end)}"


def date_axis(ax: Axes, start: date, days: float) -> None:
    """Make the horizontal axis one of dates over the whole run, the year told once and at each change."""
    ticks = _ticks(start, days)
    ax.xaxis_date()
    ax.set_xlim(*on_axis(start, [0.0, days]))
    ax.xaxis.set_major_locator(FixedLocator([_number(tick) for tick in ticks]))
    ax.xaxis.set_major_formatter(FixedFormatter(_labels(ticks, by_month=days > 75)))


def _number(at: date) -> float:
    return float(date2num(at))  # type: ignore[no-untyped-call]


def _ticks(start: date, days: float) -> list[date]:
    end = start + timedelta(days=days)
    if days <= 75:
        step = next(step for step in (1, 2, 7) if days / step <= 11)
        first = start + timedelta(days=-start.weekday() % 7 if step == 7 else 0)
        return [first + timedelta(days=n) for n in range(0, (end - first).days + 1, step)]
    step = next((step for step in (1, 2, 3, 6) if days / 30.4 / step <= 15), 12)
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    ticks = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % step == 0]
    return [tick for tick in ticks if start <= tick <= end]


def _labels(ticks: list[date], by_month: bool) -> list[str]:
    labels: list[str] = []
    year = 0
    for tick in ticks:
        name = MONTHS[tick.month - 1] if by_month else f"{tick.day} {MONTHS[tick.month - 1]}"
        labels.append(name if tick.year == year else f"{name}\n{tick.year}")
        year = tick.year
    return labels
