"""What one variant makes different from another, replication by replication on the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from sim.errors import fail
from sim.scenario import Scenario
from sim.studies.differences import FALSE_ALARMS, Difference, difference
from sim.studies.ensemble import Done, Ensemble, gather, silent
from sim.studies.estimates import CONFIDENCE, cells, holm
from sim.studies.frames import frame
from sim.studies.request import MeasureRequest, find_request, run_request
from sim.studies.stopping import MOST, Width, asked_for
from sim.studies.store import Store
from sim.studies.variants import Variant, check_labels, on_one_seed, variant
from sim.studies.verdicts import verdict
from sim.studies.workers import Workers

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "variant",
    "base",
    "measure",
    "element",
    "title",
    "unit",
    "better",
    "base_mean",
    "base_half_width",
    "mean",
    "half_width",
    "difference",
    "difference_half_width",
    "unpaired_half_width",
    "share_of_base",
    "chance",
    "chance_adjusted",
    "pairs",
    "verdict",
)
USUAL = 20  # replications, where no number is given


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Variants on the same luck, the first being what the others are held against."""

    ensembles: tuple[Ensemble, ...]
    differences: tuple[Difference, ...]

    @property
    def base(self) -> Ensemble:
        return self.ensembles[0]

    @property
    def others(self) -> tuple[Ensemble, ...]:
        return self.ensembles[1:]

    @property
    def looked_at(self) -> int:
        """How many differences the verdicts are adjusted for."""
        return sum(one.chance is not None for one in self.differences)

    def of(self, label: str, measure: str, element: str) -> Difference:
        """The difference that a variant makes to a measure. Raises `KeyError` when there is none."""
        for one in self.differences:
            if (one.variant, *one.wanted.key) == (label, measure, element):
                return one
        raise KeyError((label, measure, element))

    def verdict(self, measure: str, element: str, label: str = "") -> str:
        """In words what a variant makes of a measure; by default, the only variant or the second."""
        return verdict(self.of(label or self.others[0].label, measure, element))

    @property
    def narrowing(self) -> float | None:
        """How narrow the same luck makes intervals, against luck of their own: the median."""
        ratios = [
            one.difference.half_width / one.unpaired
            for one in self.differences
            if one.chance is not None and one.unpaired and one.difference and one.difference.half_width
        ]
        return median(ratios) if ratios else None

    @property
    def note(self) -> str:
        """What a reader has to know of intervals and verdicts."""
        if not self.looked_at:
            return f"± is the half-width of a {CONFIDENCE:.0%} Student-t interval, each by itself."
        narrow = self.narrowing
        return (
            f"± is the half-width of a {CONFIDENCE:.0%} Student-t interval, each by itself. Verdicts are "
            f"adjusted by Holm's rule for all {self.looked_at} differences looked at: where there is none, "
            f"the chance that any is claimed is at most {FALSE_ALARMS:.0%}."
            + (f" The same luck for all narrows intervals to {narrow:.0%} (median)." if narrow else "")
        )

    def rows(self) -> Iterator[tuple[str | float | None, ...]]:
        """A row for each variant and measure; see `COLUMNS`."""
        for one in self.differences:
            found = (one.before, one.after, one.difference)
            yield (
                one.variant,
                one.base,
                *one.wanted.key,
                str(one.wanted),
                one.wanted.unit,
                one.wanted.better,
                *(number for some in found for number in cells(some)),
                one.unpaired,
                one.share,
                one.chance,
                one.adjusted,
                one.difference.replications if one.difference else 0,
                verdict(one),
            )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def compare(
    *scenarios: Scenario | str | Variant | Ensemble,
    replications: int | None = None,
    labels: Sequence[str] = (),
    seed: int | None = None,
    workers: int | Workers = 1,
    until: Sequence[Width] = (),
    also: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    done: Done = silent,
) -> Comparison:
    """Run scenarios on the same luck, and say what each makes different from the first.

    Ensembles are taken as they are; the others are run on the same seed and replications, 20 where no
    number is given. `also` are measures and elements that are wanted beside the main ones. Raises
    `InputError` when what there is does not pair.
    """
    made = [one if isinstance(one, Ensemble) else _variant(one) for one in scenarios]
    if len(made) < 2:
        raise fail("at least two are needed to compare", value=", ".join(one.label for one in made) or None)
    if labels:
        made = [replace(one, label=label) for one, label in zip(made, labels, strict=True)]
    check_labels([one.label for one in made])
    ready = [one for one in made if isinstance(one, Ensemble)]
    most, seed = _luck(ready, replications, seed, bool(until))
    fresh = on_one_seed([one for one in made if isinstance(one, Variant)], seed)
    found = iter(
        gather(
            [run_request(one, _beside(one, until, also)) for one in fresh],
            most,
            workers=workers,
            enough=(lambda some: narrow(compared(some), until)) if until else None,
            store=store,
            done=done,
        )
        if fresh
        else ()
    )
    together = [one if isinstance(one, Ensemble) else next(found) for one in made]
    check_pairs(together)
    return compared(together)


def _beside(one: Variant, until: Sequence[Width], also: Sequence[tuple[str, str]]) -> list[MeasureRequest]:
    return [*asked_for(until), *(find_request(one.scenario, *key) for key in also)]


def compared(ensembles: Sequence[Ensemble]) -> Comparison:
    """The differences of each ensemble from the first, replication by replication, all adjusted together."""
    base, *others = ensembles
    found = [difference(base, other, wanted) for other in others for wanted in _shared(base, other)]
    chances = {n: one.chance for n, one in enumerate(found) if one.chance is not None}
    for n, adjusted in zip(chances, holm(list(chances.values())), strict=True):
        found[n] = replace(found[n], adjusted=adjusted)
    return Comparison(ensembles=tuple(ensembles), differences=tuple(found))


def check_pairs(ensembles: Sequence[Ensemble]) -> None:
    """Raises `InputError` unless all have the same luck and days, and some measure in common."""
    base, *others = ensembles
    for other in others:
        for what, one, two in (
            ("seed", base.seed, other.seed),
            ("replications", len(base), len(other)),
            ("days", base.days, other.days),
            ("first replication", base.replications[0], other.replications[0]),
        ):
            if one != two:
                message = f"cannot be paired with {base.label}, where it is {one:g}"
                advice = "run both over the same days, seed and replications"
                raise fail(message, key=f"{what} of {other.label}", value=two, advice=advice)
        if not _shared(base, other):
            raise fail(f"has no measure in common with {base.label}", value=other.label)


def _shared(base: Ensemble, other: Ensemble) -> list[MeasureRequest]:
    there = set(other.wanted)
    return [wanted for wanted in base.wanted if wanted in there]


def _variant(one: Scenario | str | Variant) -> Variant:
    return one if isinstance(one, Variant) else variant(one)


def _luck(
    ready: Sequence[Ensemble], replications: int | None, seed: int | None, early: bool
) -> tuple[int, int | None]:
    """How many replications on which seed: those of what has been run already, if anything has."""
    if not ready:
        return replications or (MOST if early else USUAL), seed
    first = ready[0]
    if early:
        raise fail("what has been run already cannot stop early", value=first.label, advice="leave it out")
    for key, given, there in (("replications", replications, len(first)), ("seed", seed, first.seed)):
        if given not in (None, there):
            raise fail(f"{first.label} was run with {there}", key=key, value=given)
    return len(first), first.seed


def how_many(made: Sequence[Variant | Ensemble], replications: int | None, early: bool = False) -> int:
    """How many runs a comparison comes to at most."""
    ready = [one for one in made if isinstance(one, Ensemble)]
    most, _ = _luck(ready, replications, None, early)
    return most * (len(made) - len(ready))


def narrow(found: Comparison, widths: Sequence[Width]) -> bool:
    """Whether the intervals of differences are as narrow as was run_request; a share is one of the base."""
    for width in widths:
        for one in found.differences:
            if one.identical or one.difference is None or width.wanted not in (None, one.wanted):
                continue
            base = one.before.mean if one.before else 0.0
            if not width.reached(one.difference, base):
                return False
    return True
