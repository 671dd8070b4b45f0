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
    """A restriction as people come to know it: its steps, and the end that they are told.

    `steps` are (day, share) as they come to pass, the second being the true end, from which it
    recovers. Until then people expect the same recovery from the announced end on.
    """

    steps: tuple[tuple[float, float], ...]
    announced: float
    known_from: float

    @property
    def start(self) -> float:
        return self.steps[0][0]

    def shift(self, today: float) -> float | None:
        """How much later than in truth it is expected to end; None once what was announced has passed."""
        until = self.steps[1][0]
        if today >= until:
            return 0.0
        return self.announced - until if today < self.announced else None

    def turns(self, today: float) -> list[float]:
        """The days on which it is expected to begin, and to recover step by step."""
        shift = self.shift(today)
        return [self.start, *([] if shift is None else [day + shift for day, _ in self.steps[1:]])]

    def share(self, day: float, today: float) -> float:
        """The share expected to be open on a day."""
        if day < self.start:
            return 1.0
        shift, left = self.shift(today), self.steps[0][1]
        if shift is not None:
            for since, share in self.steps[1:]:
                if since + shift > day:
                    break
                left = share
        return left


class Outlook:
    """Shares of elements expected at a day to come, as known today."""

    def __init__(self, disturbances: Iterable[Disturbance]) -> None:
        self._known: dict[str, list[Known]] = {}
        for item in disturbances:
            if item.remaining >= 1.0:
                continue  # nothing is shut, whatever was announced
            known_from = 0.0 if item.planned else item.start
            for element in item.elements:
                entry = Known(item.steps, item.announced, known_from)
                self._known.setdefault(element, []).append(entry)
        every = [known for all_known in self._known.values() for known in all_known]
        self._turns = sorted({day for known in every for day in (known.known_from, known.steps[-1][0])})
        self._since = self._until = inf  # the stretch of days for which `_current` holds
        self._current: dict[str, list[Known]] = {}

    def _of(self, element: str, today: float) -> list[Known]:
        """What is known of an element today and is not over; the same until something begins or is over."""
        if not self._since <= today < self._until:
            self._since = max((turn for turn in self._turns if turn <= today), default=-inf)
            self._until = min((turn for turn in self._turns if turn > today), default=inf)
            self._current = {
                id: [known for known in all_known if known.known_from <= today < known.steps[-1][0]]
                for id, all_known in self._known.items()
            }
        return self._current.get(element, [])

    def days(self, elements: Iterable[str]) -> list[float]:
        """All days on which anything might ever be expected to close or open, in order."""
        days = {
            day
            for element in elements
            for known in self._known.get(element, ())
            for shift in (0.0, known.announced - known.steps[1][0])
            for day in (known.start, *(since + shift for since, _ in known.steps[1:]))
        }
        return sorted(days)

    def among(self, elements: Iterable[str]) -> tuple[str, ...]:
        """Those of some elements that anything will ever be known of: all that need to be asked about."""
        return tuple(element for element in elements if element in self._known)

    def share(self, element: str, day: float, today: float) -> float:
        """The share of an element expected to be open on `day`."""
        left = 1.0
        for known in self._of(element, today):
            left = min(left, known.share(day, today))
        return left

    def turns(self, elements: Iterable[str], today: float, until: float) -> list[float]:
        """The days in (today, until) on which something is expected to close or open."""
        days = {
            day
            for element in elements
            for known in self._of(element, today)
            for day in known.turns(today)
            if today < day < until
        }
        return sorted(days)

    def over_in(self, elements: Iterable[str], today: float) -> float:
        """Days until all that is shut today is believed to be open again; 0 if nothing is shut."""
        ends = [
            inf if known.shift(today) is None else known.turns(today)[-1] - today
            for element in elements
            for known in self._of(element, today)
            if known.start <= today
        ]
        return max(ends, default=0.0)
