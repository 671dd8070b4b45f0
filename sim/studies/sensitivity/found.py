"""What a sensitivity study found: who moves the answer most, and how much of it rests on assumed numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.studies.ensemble import Ensemble
from sim.studies.estimates import cells
from sim.studies.frames import frame
from sim.studies.request import MeasureRequest
from sim.studies.sensitivity.numbers import Fixed
from sim.studies.sensitivity.swing import Swing

if TYPE_CHECKING:
    from pandas import DataFrame

SHARE = (
    "Every number {of} is moved by itself by {by:.0%} down and up, or as far as it can be; the squares of "
    "what that does to the answer are added up, and the share is the part of this sum that numbers marked "
    "as assumed have. It says whose numbers move the answer, not how wrong they are: sourced ones are "
    "taken to be as far off as assumed ones. Counts, such as those of ships, and figures left at their "
    "default are not moved. Squares are products of different replications, so that luck adds nothing to "
    "them; all but the foremost numbers are run in two, and those that change nothing in the first count "
    "for nothing, so the share is a rough one."
)
COLUMNS = (
    "rank",
    "number",
    "source",
    "assumed",
    "value",
    "number_unit",
    "low",
    "high",
    "measure",
    "element",
    "unit",
    "at_low",
    "at_low_half_width",
    "at_high",
    "at_high_half_width",
    "swing",
    "replications",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity:
    """What numbers do to some measures, and which of them could not be off by themselves.

    It `is_whole` when all numbers of the scenario were moved or could not be.
    """

    base: Ensemble
    wanted: tuple[MeasureRequest, ...]
    by: float
    swings: tuple[Swing, ...]
    fixed: tuple[Fixed, ...]
    is_whole: bool = True

    def ranked(self, place: int = 0, only_assumed: bool = True) -> list[Swing]:
        """The numbers that were run in full and do anything to a measure, those that do most first."""
        some = [
            one
            for one in self.swings
            if len(one.low) == len(self.base)
            and one.size(place) > 0.0
            and (one.ranged.is_assumed or not only_assumed)
        ]
        return sorted(some, key=lambda one: -one.size(place))

    def assumed_share(self, place: int = 0) -> float | None:
        """The part of the answer that rests on assumed numbers; see `what_share_means`.

        None where it cannot be told: nothing matters, only assumed numbers were moved, or there is but one
        replication.
        """
        squares = [(one.ranged.is_assumed, one.square(place)) for one in self.swings]
        whole = sum(square for _, square in squares)
        if whole <= 0.0 or all(is_assumed for is_assumed, _ in squares):
            return None
        return min(max(sum(square for is_assumed, square in squares if is_assumed) / whole, 0.0), 1.0)

    @property
    def what_share_means(self) -> str:
        of = "of the network, the closures and the boycotts" if self.is_whole else "that was asked for"
        return SHARE.format(of=of, by=self.by)

    def rows(self) -> Iterator[tuple[str | float | bool | None, ...]]:
        """A row for each number and measure, those that do most first; see `COLUMNS`."""
        for place, wanted in enumerate(self.wanted):
            ordered = sorted(self.swings, key=lambda one: (-one.size(place), one.name))
            for rank, one in enumerate(ordered, start=1):
                ranged, (low, high) = one.ranged, one.ends(place)
                yield (
                    rank,
                    one.name,
                    ranged.source,
                    ranged.is_assumed,
                    ranged.value,
                    ranged.number.unit,
                    ranged.value * ranged.low,
                    ranged.value * ranged.high,
                    *wanted.key,
                    wanted.unit,
                    *cells(low),
                    *cells(high),
                    one.size(place),
                    len(one.low),
                )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())
