"""What people at the terminal and the shippers know of the days ahead.

They know the closures that have begun, and believe their announced ends until these pass unkept;
planned ones they know in advance. Storms they take as they come.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from sim.scenario.events import Disturbance


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

    @property
    def news(self) -> tuple[float, ...]:
        """The days on which what is known of it changes."""
        return self.known_from, self.start, self.announced, self.steps[1][0], self.steps[-1][0]

    def on(self, today: float) -> bool:
        """Whether it is known of, and not over."""
        return self.known_from <= today < self.steps[-1][0]

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

    def expected_end(self, today: float) -> float:
        """When it is expected to be over altogether; infinite once what was announced has passed."""
        shift = self.shift(today)
        return inf if shift is None else self.steps[-1][0] + shift

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


class Stretch:
    """Days in which nothing comes to be known, begins, passes unkept or is over: what is known throughout.

    `today` is any of them.
    """

    def __init__(self, known: dict[str, list[Known]], today: float) -> None:
        self.known = {
            id: found for id, every in known.items() if (found := [k for k in every if k.on(today)])
        }
        self._today = today
        self._days: dict[tuple[str, ...], list[float]] = {}
        self._shares: dict[tuple[tuple[str, ...], int], dict[str, float]] = {}
        self._open_from: dict[tuple[str, ...], float] = {}

    def _of(self, elements: Iterable[str]) -> list[Known]:
        return [known for element in elements for known in self.known.get(element, ())]

    def days(self, elements: tuple[str, ...]) -> list[float]:
        """All days, in order, on which some elements were or are expected to close or open."""
        days = self._days.get(elements)
        if days is None:
            days = sorted({day for known in self._of(elements) for day in known.turns(self._today)})
            self._days[elements] = days
        return days

    def share(self, element: str, day: float) -> float:
        """The share of an element expected to be open on `day`."""
        left = 1.0
        for known in self.known.get(element, ()):
            left = min(left, known.share(day, self._today))
        return left

    def shares(self, elements: tuple[str, ...], number: int) -> dict[str, float]:
        """The shares expected to be open after so many of the `days`, of what will not be wholly open."""
        key = (elements, number)
        shares = self._shares.get(key)
        if shares is None:
            day = self.days(elements)[number - 1] if number else -inf
            shares = self._shares[key] = {
                element: share for element in elements if (share := self.share(element, day)) < 1.0
            }
        return shares

    def open_from(self, elements: tuple[str, ...]) -> float:
        """When all that is shut is believed to be open: infinite if unknown, -infinite if nothing is."""
        day = self._open_from.get(elements)
        if day is None:
            shut = [known for known in self._of(elements) if known.start <= self._today]
            day = max((known.expected_end(self._today) for known in shut), default=-inf)
            self._open_from[elements] = day
        return day


class Outlook:
    """Shares of elements expected at a day to come, as known today. It is the same in every run."""

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
        self._news = sorted({day for known in every for day in known.news})
        self._stretches = [Stretch(self._known, day) for day in (-inf, *self._news)]

    def _at(self, today: float) -> Stretch:
        return self._stretches[bisect_right(self._news, today)]

    def among(self, elements: Iterable[str]) -> tuple[str, ...]:
        """Those of some elements that anything will ever be known of: all that need to be asked about."""
        return tuple(element for element in elements if element in self._known)

    def share(self, element: str, day: float, today: float) -> float:
        """The share of an element expected to be open on `day`."""
        return self._at(today).share(element, day)

    def steps(
        self, elements: tuple[str, ...], today: float, until: float
    ) -> list[tuple[float, dict[str, float]]]:
        """What is expected in [today, until): from which day on what share of which elements is open.

        Of those that are not named, all is.
        """
        stretch = self._at(today)
        days = stretch.days(elements)
        first, last = bisect_right(days, today), bisect_left(days, until)
        begins = [today, *days[first:last]]
        return [(begin, stretch.shares(elements, number)) for number, begin in enumerate(begins, first)]

    def over_in(self, elements: Iterable[str], today: float) -> float:
        """Days until all that is shut today is believed to be open again; 0 if nothing is shut."""
        return max(self._at(today).open_from(tuple(elements)) - today, 0.0)
