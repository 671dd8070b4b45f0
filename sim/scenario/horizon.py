"""Horizon of a run, and days counted from its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sim.scenario.values import Moment


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days from the midnight that starts `start` to the one that starts `end`."""

    start: date
    end: date

    @property
    def days(self) -> float:
        return float((self.end - self.start).days)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


def day_of(moment: Moment, start: date) -> float:
    """Return the days from the start of the run to a date (its midnight) or a date and time."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment - datetime.combine(start, time())).total_seconds() / 86_400
