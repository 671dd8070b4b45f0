"""Closures as terminals and shippers expect them in the days ahead.

They know the closures that have begun, and believe announced ends until these pass; planned closures are
known in advance, storms never.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from sim.scenario.events import Disturbance


@dataclass(frozen=True, slots=True)
class ExpectedClosure:
    """A closure with its announced end.

    `steps` are (day, share) as they happen; the second is the true end, from which capacity recovers. Until
    then the same recovery is expected from the announced end on. `public_from` is the day on which the
    closure becomes known.
    """

    steps: tuple[tuple[float, float], ...]
    announced: float
    public_from: float

    @property
    def start(self) -> float:
        return self.steps[0][0]

    @property
    def news(self) -> tuple[float, ...]:
        """Days on which expectations of it change."""
        return self.public_from, self.start, self.announced, self.steps[1][0], self.steps[-1][0]

    def on(self, today: float) -> bool:
        """Return whether the closure is known today and not over."""
        return self.public_from <= today < self.steps[-1][0]

    def shift(self, today: float) -> float | None:
        """Return how much later than in truth it is expected to end, None once the announced end passed."""
        until = self.steps[1][0]
        if today >= until:
            return 0.0
        return self.announced - until if today < self.announced else None

    def turns(self, today: float) -> list[float]:
        """Return the days on which it is expected to begin, and to recover step by step."""
        shift = self.shift(today)
        return [self.start, *([] if shift is None else [day + shift for day, _ in self.steps[1:]])]

    def expected_end(self, today: float) -> float:
        """Return the day of full recovery; infinite once the announced end has passed."""
        shift = self.shift(today)
        return inf if shift is None else self.steps[-1][0] + shift

    def share(self, day: float, today: float) -> float:
        """Return the share expected to be open on a day."""
        if day < self.start:
            return 1.0
        shift, left = self.shift(today), self.steps[0][1]
        if shift is not None:
            for since, share in self.steps[1:]:
                if since + shift > day:
                    break
                left = share
        return left


class KnowledgeInterval:
    """Expectations during days without news, of which `today` is any."""

    def __init__(self, closures: dict[str, list[ExpectedClosure]], today: float) -> None:
        self._closures = {
            id: on
            for id, each in closures.items()
            if (on := [closure for closure in each if closure.on(today)])
        }
        self._today = today
        self._days: dict[tuple[str, ...], list[float]] = {}
        self._shares: dict[tuple[tuple[str, ...], int], dict[str, float]] = {}
        self._open_from: dict[tuple[str, ...], float] = {}

    def _of(self, elements: Iterable[str]) -> list[ExpectedClosure]:
        return [closure for element in elements for closure in self._closures.get(element, ())]

    def days(self, elements: tuple[str, ...]) -> list[float]:
        """Return all days, in order, on which any of the elements is expected to close or open."""
        days = self._days.get(elements)
        if days is None:
            days = sorted({day for closure in self._of(elements) for day in closure.turns(self._today)})
            self._days[elements] = days
        return days

    def share(self, element: str, day: float) -> float:
        """Return the share of an element expected to be open on `day`."""
        left = 1.0
        for closure in self._closures.get(element, ()):
            left = min(left, closure.share(day, self._today))
        return left

    def shares(self, elements: tuple[str, ...], number: int) -> dict[str, float]:
        """Return the shares below 1 expected to be open after the first `number` of the `days`."""
        key = (elements, number)
        shares = self._shares.get(key)
        if shares is None:
            day = self.days(elements)[number - 1] if number else -inf
            shares = self._shares[key] = {
                element: share for element in elements if (share := self.share(element, day)) < 1.0
            }
        return shares

    def open_from(self, elements: tuple[str, ...]) -> float:
        """Return the day on which all present closures are expected to be over.

        It is infinite if unknown, and -infinite if nothing is shut.
        """
        day = self._open_from.get(elements)
        if day is None:
            shut = [closure for closure in self._of(elements) if closure.start <= self._today]
            day = max((closure.expected_end(self._today) for closure in shut), default=-inf)
            self._open_from[elements] = day
        return day


class Outlook:
    """Expected openings of elements on any day, as seen from any other, without storms."""

    def __init__(self, disturbances: Iterable[Disturbance]) -> None:
        self._closures: dict[str, list[ExpectedClosure]] = {}
        for item in disturbances:
            if item.remaining >= 1.0:
                continue  # nothing is shut, whatever was announced
            public_from = 0.0 if item.planned else item.start
            for element in item.elements:
                closure = ExpectedClosure(item.steps, item.announced, public_from)
                self._closures.setdefault(element, []).append(closure)
        closures = [closure for each in self._closures.values() for closure in each]
        self._news = sorted({day for closure in closures for day in closure.news})
        self._intervals = [KnowledgeInterval(self._closures, day) for day in (-inf, *self._news)]

    def _at(self, today: float) -> KnowledgeInterval:
        return self._intervals[bisect_right(self._news, today)]

    def among(self, elements: Iterable[str]) -> tuple[str, ...]:
        """Return those of the elements that have any closure during the run."""
        return tuple(element for element in elements if element in self._closures)

    def share(self, element: str, day: float, today: float) -> float:
        """Return the share of an element expected to be open on `day`."""
        return self._at(today).share(element, day)

    def steps(
        self, elements: tuple[str, ...], today: float, until: float
    ) -> list[tuple[float, dict[str, float]]]:
        """Return the expected open shares in [today, until), each with the day from which they hold.

        Elements without an entry are fully open.
        """
        interval = self._at(today)
        days = interval.days(elements)
        first, last = bisect_right(days, today), bisect_left(days, until)
        begins = [today, *days[first:last]]
        return [(begin, interval.shares(elements, number)) for number, begin in enumerate(begins, first)]

    def over_in(self, elements: Iterable[str], today: float) -> float:
        """Return the days until all present closures are expected to be over; 0 if nothing is shut."""
        return max(self._at(today).open_from(tuple(elements)) - today, 0.0)
