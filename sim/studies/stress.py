"""Each element of a network shut for a while: what is lost, and how long until all is back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario import Scenario
from sim.studies.ensemble import Asked, Done, Ensemble, silent
from sim.studies.estimates import Estimate, chance, holm
from sim.studies.frames import frame
from sim.studies.store import Store
from sim.studies.stress_blow import Blow, blow
from sim.studies.stress_plan import LENGTHS, PlannedStress, plan_stress, whole_of
from sim.studies.stress_recovery import watched
from sim.studies.stress_targets import Target, pairs
from sim.studies.variants import Variant
from sim.studies.varying_runs import run_all
from sim.studies.wanted import Wanted
from sim.studies.workers import Workers, local

if TYPE_CHECKING:
    from pandas import DataFrame

USUAL = 5  # replications, where no number is given
AMONG = 12  # targets of which pairs are made, where no number is given
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
    wanted: tuple[Wanted, ...]
    blows: tuple[Blow, ...]

    def of(self, target: str, days: float) -> Blow:
        """What a target did when it was shut for some days. Raises `KeyError` when it was not."""
        for one in self.blows:
            if (one.target.name, one.days) == (target, days):
                return one
        raise KeyError((target, days))

    def whole(self, place: int) -> float | None:
        """What a loss is a part of, in its unit; None where no share would mean anything."""
        whole = whole_of(self.wanted[place])
        found = self.base.estimate(whole) if whole is not None else None
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

    def _row(self, one: Blow, rank: int, place: int, wanted: Wanted) -> tuple[str | float | None, ...]:
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
            *_numbers(loss),
            100.0 * loss.mean / whole if loss and whole else None,
            one.chances[place],
            *_numbers(one.beyond_worse(place)),
            *_numbers(one.beyond_both(place)),
            one.fell,
            *_numbers(one.recovery),
            one.lasting,
            len(self.base),
        )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def stress(
    what: Scenario | str | Path,
    *,
    since: date | None = None,
    lengths: Sequence[float] = LENGTHS,
    elements: Sequence[str] = (),
    measures: Sequence[str] = (),
    with_pairs: bool = False,
    among: int = AMONG,
    replications: int = USUAL,
    seed: int | None = None,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Stress:
    """Shut each element of a scenario, or of a network's folder, for some lengths; see `plan_stress`.

    With pairs also each two of those `among` so many that cost most alone (0: of all).
    """
    planned = plan_stress(what, since=since, lengths=lengths, elements=elements, measures=measures, seed=seed)
    return run_stress(
        planned,
        replications,
        with_pairs=with_pairs,
        among=among,
        workers=workers,
        store=store,
        done=done,
    )


def run_stress(
    planned: PlannedStress,
    replications: int = USUAL,
    *,
    with_pairs: bool = False,
    among: int = AMONG,
    workers: int | Workers = 1,
    store: Store | None = None,
    done: Done = silent,
) -> Stress:
    """Run what was planned; the undisturbed runs, done once, are what all others are held against."""
    wholes = [whole for whole in map(whole_of, planned.wanted) if whole is not None]
    wanted, flows = tuple(dict.fromkeys([*planned.wanted, *wholes])), watched(planned.scenario.network)
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as hands:

        def run(variants: Sequence[Variant]) -> Iterator[Ensemble]:
            questions = [Asked(variant=one, wanted=wanted, flows=flows) for one in variants]
            return run_all(questions, replications, workers=hands, store=store, done=done)

        def strike(some: Sequence[Target]) -> Iterator[Blow]:
            each = [(target, days) for target in some for days in planned.lengths]
            ensembles = run([planned.variant(target, days) for target, days in each])
            for (target, days), found in zip(each, ensembles, strict=True):
                yield blow(target, days, planned.since, base, found, planned.wanted)

        (base,) = run([Variant(label=planned.scenario.name, scenario=planned.scenario)])
        blows = list(strike(planned.targets))
        if with_pairs:
            ranked = [one.target for one in _stress(planned, base, blows).ranked()]
            blows += _with_parts(blows, list(strike(pairs(ranked[:among] if among else ranked))))
    return _stress(planned, base, _adjusted(blows))


def how_many(planned: PlannedStress, replications: int, with_pairs: bool = False, among: int = AMONG) -> int:
    """How many runs a stress test comes to at most."""
    singles = len(planned.targets)
    paired = min(singles, among) if among else singles
    count = singles + (paired * (paired - 1) // 2 if with_pairs else 0)
    return replications * (1 + count * len(planned.lengths))


def _stress(planned: PlannedStress, base: Ensemble, blows: Sequence[Blow]) -> Stress:
    return Stress(
        base=base,
        since=planned.since,
        lengths=planned.lengths,
        wanted=planned.wanted,
        blows=tuple(blows),
    )


def _with_parts(singles: Sequence[Blow], paired: Sequence[Blow]) -> list[Blow]:
    """The blows of pairs with what each of their parts costs alone."""
    alone = {(one.target.name, one.days): one.losses for one in singles}
    return [replace(one, parts=tuple(alone[part, one.days] for part in one.target.parts)) for one in paired]


def _numbers(found: Estimate | None) -> tuple[float | None, float | None]:
    return (found.mean, found.half_width) if found else (None, None)


def _is_more(found: Estimate | None) -> bool:
    return found is not None and found.mean > 0.0 and not found.is_near_zero


def _adjusted(blows: Sequence[Blow]) -> list[Blow]:
    """The blows with the chances of their losses, adjusted for all of them together."""
    probable: list[list[float | None]] = []
    for one in blows:
        found = [one.loss(place) for place in range(one.losses.shape[1])]
        probable.append(
            [chance(loss) if loss and loss.half_width is not None and loss.mean else None for loss in found]
        )
    told = [value for row in probable for value in row if value is not None]
    adjusted = iter(holm(told))
    return [
        replace(one, chances=tuple(None if value is None else next(adjusted) for value in row))
        for one, row in zip(blows, probable, strict=True)
    ]
