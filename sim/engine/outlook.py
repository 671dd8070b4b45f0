"""What people at the terminal and the shippers know of the days ahead.

They know the closures that have begun, and believe their announced ends; planned ones they know in
advance. Storms they take as they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.scenario.schema import Disturbance


@dataclass(frozen=True, slots=True)
class Known:
    """A restriction as people see it: from when, until when they believe, and what remains."""

    start: float
    end: float
    share: float
    known_from: float


class Outlook:
    """Shares of elements expected at a day to come, as known today."""

    def __init__(self, disturbances: Iterable[Disturbance]) -> None:
        self._known: dict[str, list[Known]] = {}
        for item in disturbances:
            known_from = 0.0 if item.planned else item.start
            for element in item.elements:
                entry = Known(item.start, item.announced, item.remaining, known_from)
                self._known.setdefault(element, []).append(entry)

    def share(self, element: str, day: float, today: float) -> float:
        """The share of an element expected to be open on `day`."""
        open_share = 1.0
        for known in self._known.get(element, ()):
            if known.known_from <= today and known.start <= day < known.end:
                open_share = min(open_share, known.share)
        return open_share

    def turns(self, elements: Iterable[str], today: float, until: float) -> list[float]:
        """The days in (today, until) on which something is expected to close or open."""
        days = {
            day
            for element in elements
            for known in self._known.get(element, ())
            if known.known_from <= today
            for day in (known.start, known.end)
            if today < day < until
        }
        return sorted(days)

    def over_in(self, elements: Iterable[str], today: float) -> float:
        """Days until all that is shut today is believed to be open again; 0 if nothing is shut."""
        ends = [
            known.end - today
            for element in elements
            for known in self._known.get(element, ())
            if known.known_from <= today and known.start <= today < known.end and known.share < 1.0
        ]
        return max(ends, default=0.0)
