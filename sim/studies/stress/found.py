"""What a stress test found: every blow, who ranks where by loss, and who takes longest to recover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import TYPE_CHECKING

from sim.studies.ensemble import Ensemble
from sim.studies.estimates import Estimate, cells
from sim.studies.frames import frame
from sim.studies.request import MeasureRequest
from sim.studies.stress.blow import CARRIED, Blow

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "target",
    "kind",
    "title",
    "elements",
    "days",
    "measure",
    "element",
    "unit",
    "rank",
    "loss",
    "loss_half_width",
    "loss_share",
    "chance_adjusted",
    "beyond_worse_part",
    "beyond_worse_part_half_width",
    "beyond_both_parts",
    "beyond_both_parts_half_width",
    "fell",
    "recovered_after",
    "recovered_after_half_width",
    "not_recovered",
    "replications",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stress:
    """What came of a stress test: a `Blow` for each target and length, and the undisturbed runs."""

    base: Ensemble
    since: float
    lengths: tuple[float, ...]
    wanted: tuple[MeasureRequest, ...]
    blows: tuple[Blow, ...]

    def of(self, target: str, days: float) -> Blow:
        """What a target did when it was shut for some days. Raises `KeyError` when it was not."""
        for one in self.blows:
            if (one.target.name, one.days) == (target, days):
                return one
        raise KeyError((target, days))

    def whole(self, place: int) -> float | None:
        """What a loss is a part of, in its unit; None where no share would mean anything."""
        wanted = self.wanted[place]
        found = self.base.estimate(wanted) if wanted.measure in CARRIED else None
        return found.mean if found is not None and found.mean > 0.0 else None

    def shares(self, one: Blow) -> list[float]:
        """The share lost by each measure; where one has no share, the losses themselves."""
        losses = [loss.mean if loss else 0.0 for loss in map(one.loss, range(len(self.wanted)))]
        wholes = [self.whole(place) for place in range(len(self.wanted))]
        known = [whole for whole in wholes if whole is not None]
        if len(known) < len(wholes):
            return losses
        return [loss / whole for loss, whole in zip(losses, known, strict=True)]

    def worst(self, one: Blow) -> int:
        """The place of the measure by which most is lost, as a share; the first where one has no share."""
        if any(self.whole(place) is None for place in range(len(self.wanted))):
            return 0
        shares = self.shares(one)
        return shares.index(max(shares))

    def score(self, one: Blow) -> float:
        """By what blows are ranked: the largest share lost, or the loss by the first measure."""
        return self.shares(one)[self.worst(one)]

    def ranked(self, days: float | None = None, paired: bool = False) -> list[Blow]:
        """The blows of a length, by default the longest, those that cost most first; or those of pairs."""
        length = self.lengths[-1] if days is None else days
        some = [one for one in self.blows if one.days == length and bool(one.target.parts) == paired]
        return sorted(some, key=lambda one: -self.score(one))

    def worse_together(self) -> list[Blow]:
        """Pairs that for certain cost more, shut longest, than the worse of the two does alone."""
        return [
            one
            for one in self.ranked(paired=True)
            if any(_is_more(one.beyond_worse(place)) for place in range(len(self.wanted)))
        ]

    def slowest(self, days: float | None = None) -> list[Blow]:
        """The blows of a length after which anything fell, those that take longest to recover first."""
        some = [one for one in self.ranked(days) if one.fell]
        return sorted(some, key=lambda one: (-one.lasting, -(one.recovery.mean if one.recovery else inf)))

    def rows(self) -> Iterator[tuple[str | float | None, ...]]:
        """A row for each target, length and measure of loss; see `COLUMNS`. `loss_share` is in %.

        Pairs are ranked by themselves.
        """
        for days, paired in product(self.lengths, (False, True)):
            for rank, one in enumerate(self.ranked(days, paired), start=1):
                for place, wanted in enumerate(self.wanted):
                    yield self._row(one, rank, place, wanted)

    def _row(
        self, one: Blow, rank: int, place: int, wanted: MeasureRequest
    ) -> tuple[str | float | None, ...]:
        target, loss, whole = one.target, one.loss(place), self.whole(place)
        return (
            target.name,
            target.kind,
            target.title,
            " ".join(target.elements),
            one.days,
            *wanted.key,
            wanted.unit,
            rank,
            *cells(loss),
            100.0 * loss.mean / whole if loss and whole else None,
            one.chances[place],
            *cells(one.beyond_worse(place)),
            *cells(one.beyond_both(place)),
            one.fell,
            *cells(one.recovery),
            one.lasting,
            len(self.base),
        )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def _is_more(found: Estimate | None) -> bool:
    return found is not None and found.mean > 0.0 and not found.is_near_zero
