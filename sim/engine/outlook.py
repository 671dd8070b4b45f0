"""What people at the terminal and the shippers know of the days ahead.

They know the closures that have begun, and believe their announced ends until these pass unkept;
planned ones they know in advance. Storms they take as they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from sim.scenario.schema import Disturbance


@dataclass(frozen=True, slots=True)
class Known:
    """A restriction as people come to know it: from when, until when they are told, what it leaves."""

    start: float
    announced: float
    over: float
    share: float
    known_from: float

    def end(self, today: float) -> float:
        """When it is believed to end: as announced, or nobody knows when once that has passed."""
        return self.announced if today < self.announced else inf


class Outlook:
    """Shares of elements expected at a day to come, as known today."""

    def __init__(self, disturbances: Iterable[Disturbance]) -> None:
        self._known: dict[str, list[Known]] = {}
        for item in disturbances:
            if item.remaining >= 1.0:
                continue  # nothing is shut, whatever was announced
            known_from = 0.0 if item.planned else item.start
            for element in item.elements:
                entry = Known(item.start, item.announced, item.end, item.remaining, known_from)
                self._known.setdefault(element, []).append(entry)

    def _of(self, element: str, today: float) -> list[Known]:
        return [known for known in self._known.get(element, ()) if known.known_from <= today < known.over]

    def among(self, elements: Iterable[str]) -> tuple[str, ...]:
        """Those of some elements that anything will ever be known of: all that need to be asked about."""
        return tuple(element for element in elements if element in self._known)

    def share(self, element: str, day: float, today: float) -> float:
        """The share of an element expected to be open on `day`."""
        left = 1.0
        for known in self._of(element, today):
            if known.share < left and known.start <= day < known.end(today):
                left = known.share
        return left

    def turns(self, elements: Iterable[str], today: float, until: float) -> list[float]:
        """The days in (today, until) on which something is expected to close or open."""
        days = {
            day
            for element in elements
            for known in self._of(element, today)
            for day in (known.start, known.end(today))
            if today < day < until
        }
        return sorted(days)

    def over_in(self, elements: Iterable[str], today: float) -> float:
        """Days until all that is shut today is believed to be open again; 0 if nothing is shut."""
        ends = [
            known.end(today) - today
            for element in elements
            for known in self._of(element, today)
            if known.start <= today
        ]
        return max(ends, default=0.0)
