"""Comparisons of variants, replication by replication on the same random draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from sim.errors import fail
from sim.scenario import Scenario
from sim.studies.differences import FALSE_ALARMS, Difference, difference
from sim.studies.ensemble import Ensemble, Progress, run_ensembles, silent
from sim.studies.estimates import CONFIDENCE, holm
from sim.studies.request import MeasureRequest, find_request, run_request
from sim.studies.results import StudyResults, TableRow, estimate_cells, measure_cells
from sim.studies.stopping import MAX_REPLICATIONS, Width, requests_of
from sim.studies.store import Store
from sim.studies.variants import Variant, check_labels, on_one_seed, variant
from sim.studies.verdicts import verdict
from sim.studies.workers import Workers

REPLICATIONS = 20  # where no number is given


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison(StudyResults):
    """Variants on the same random draws; the first is the base that the others are compared with."""

    ensembles: tuple[Ensemble, ...]
    differences: tuple[Difference, ...]

    @property
    def base(self) -> Ensemble:
        return self.ensembles[0]

    @property
    def others(self) -> tuple[Ensemble, ...]:
        return self.ensembles[1:]

    @property
    def tests(self) -> int:
        """Number of differences that the verdicts are adjusted for."""
        return sum(each.p_value is not None for each in self.differences)

    @property
    def requests(self) -> list[MeasureRequest]:
        """The measures compared, in order."""
        return list(dict.fromkeys(each.request for each in self.differences))

    def of_measure(self, request: MeasureRequest) -> list[Difference]:
        """Return the differences of all variants in one measure."""
        return [each for each in self.differences if each.request == request]

    def of(self, label: str, measure: str, element: str) -> Difference:
        """Return the difference of a variant in a measure. Raises `KeyError` if there is none."""
        for each in self.differences:
            if (each.variant, *each.request.key) == (label, measure, element):
                return each
        raise KeyError((label, measure, element))

    def verdict(self, measure: str, element: str, label: str = "") -> str:
        """Return the verdict on a variant in a measure, by default on the first variant after the base."""
        return verdict(self.of(label or self.others[0].label, measure, element))

    @property
    def narrowing(self) -> float | None:
        """Median ratio of the paired intervals to those on independent random draws."""
        ratios = [
            each.difference.half_width / each.unpaired
            for each in self.differences
            if each.p_value is not None and each.unpaired and each.difference and each.difference.half_width
        ]
        return median(ratios) if ratios else None

    @property
    def note(self) -> str:
        """Explanation of the intervals and verdicts."""
        interval = f"± is the half-width of a {CONFIDENCE:.0%} Student-t interval for each mean."
        if not self.tests:
            return interval
        narrowing = self.narrowing
        return (
            f"{interval} Verdicts are adjusted by Holm's rule for all {self.tests} differences tested: if "
            f"there is no difference at all, the chance of reporting any is at most {FALSE_ALARMS:.0%}."
            + (
                f" Common random numbers narrow the intervals to {narrowing:.0%} of those on independent "
                "draws (median)."
                if narrowing
                else ""
            )
        )

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each variant and measure."""
        for each in self.differences:
            yield {
                "variant": each.variant,
                "base": each.base,
                **measure_cells(each.request),
                **estimate_cells(each.before, "base_mean", "base_half_width"),
                **estimate_cells(each.after),
                **estimate_cells(each.difference, "difference", "difference_half_width"),
                "unpaired_half_width": each.unpaired,
                "share_of_base": each.share,
                "p_value": each.p_value,
                "p_value_adjusted": each.adjusted_p_value,
                "pairs": each.difference.replications if each.difference else 0,
                "verdict": verdict(each),
            }


def compare(
    *scenarios: Scenario | str | Variant | Ensemble,
    replications: int | None = None,
    labels: Sequence[str] = (),
    seed: int | None = None,
    workers: int | Workers = 1,
    until: Sequence[Width] = (),
    also: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Run scenarios on the same random draws and compare each with the first.

    Ensembles are not run again; the others are run on the same seed and replications, 20 if no number is
    given. `also` are measures and elements in addition to the main ones. Raises `InputError` if the
    scenarios cannot be paired.
    """
    subjects = [subject if isinstance(subject, Ensemble) else _variant(subject) for subject in scenarios]
    if len(subjects) < 2:
        value = ", ".join(subject.label for subject in subjects) or None
        raise fail("a comparison needs at least two variants", value=value)
    if labels:
        subjects = [replace(subject, label=label) for subject, label in zip(subjects, labels, strict=True)]
    check_labels([subject.label for subject in subjects])
    ready = [subject for subject in subjects if isinstance(subject, Ensemble)]
    count, seed = _replications_and_seed(ready, replications, seed, bool(until))
    variants = on_one_seed([subject for subject in subjects if isinstance(subject, Variant)], seed)
    results = iter(
        run_ensembles(
            [run_request(variant, _extra_requests(variant, until, also)) for variant in variants],
            count,
            workers=workers,
            is_enough=(lambda ensembles: is_narrow(compare_ensembles(ensembles), until)) if until else None,
            store=store,
            progress=progress,
        )
        if variants
        else ()
    )
    ensembles = [subject if isinstance(subject, Ensemble) else next(results) for subject in subjects]
    check_pairs(ensembles)
    return compare_ensembles(ensembles)


def _extra_requests(
    variant: Variant, until: Sequence[Width], also: Sequence[tuple[str, str]]
) -> list[MeasureRequest]:
    return [*requests_of(until), *(find_request(variant.scenario, *key) for key in also)]


def compare_ensembles(ensembles: Sequence[Ensemble]) -> Comparison:
    """Return the paired differences of each ensemble from the first, all adjusted together."""
    base, *others = ensembles
    differences = [
        difference(base, other, request) for other in others for request in _common_requests(base, other)
    ]
    p_values = {index: each.p_value for index, each in enumerate(differences) if each.p_value is not None}
    for index, adjusted in zip(p_values, holm(list(p_values.values())), strict=True):
        differences[index] = replace(differences[index], adjusted_p_value=adjusted)
    return Comparison(ensembles=tuple(ensembles), differences=tuple(differences))


def check_pairs(ensembles: Sequence[Ensemble]) -> None:
    """Raise `InputError` unless all have the same seed, replications and days, and a measure in common."""
    base, *others = ensembles
    for other in others:
        for quantity, expected, actual in (
            ("seed", base.seed, other.seed),
            ("replications", len(base), len(other)),
            ("days", base.days, other.days),
            ("first replication", base.replications[0], other.replications[0]),
        ):
            if expected != actual:
                message = f"cannot be paired with {base.label}, where it is {expected:g}"
                advice = "run both over the same days, seed and replications"
                raise fail(message, key=f"{quantity} of {other.label}", value=actual, advice=advice)
        if not _common_requests(base, other):
            raise fail(f"has no measure in common with {base.label}", value=other.label)


def _common_requests(base: Ensemble, other: Ensemble) -> list[MeasureRequest]:
    theirs = set(other.requests)
    return [request for request in base.requests if request in theirs]


def _variant(subject: Scenario | str | Variant) -> Variant:
    return subject if isinstance(subject, Variant) else variant(subject)


def _replications_and_seed(
    ready: Sequence[Ensemble], replications: int | None, seed: int | None, may_stop_early: bool
) -> tuple[int, int | None]:
    """Return the number of replications and the seed: those of earlier results, if there are any."""
    if not ready:
        return replications or (MAX_REPLICATIONS if may_stop_early else REPLICATIONS), seed
    first = ready[0]
    if may_stop_early:
        message = "earlier results cannot stop early"
        raise fail(message, value=first.label, advice="leave them out")
    for key, requested, present in (("replications", replications, len(first)), ("seed", seed, first.seed)):
        if requested not in (None, present):
            raise fail(f"{first.label} was run with {present}", key=key, value=requested)
    return len(first), first.seed


def count_runs(
    subjects: Sequence[Variant | Ensemble], replications: int | None, may_stop_early: bool = False
) -> int:
    """Return the largest number of runs that a comparison may take."""
    ready = [subject for subject in subjects if isinstance(subject, Ensemble)]
    count, _ = _replications_and_seed(ready, replications, None, may_stop_early)
    return count * (len(subjects) - len(ready))


def is_narrow(comparison: Comparison, widths: Sequence[Width]) -> bool:
    """Return whether the intervals of all differences are as narrow as requested; shares are of the base."""
    for width in widths:
        for each in comparison.differences:
            if each.identical or each.difference is None:
                continue
            if width.request not in (None, each.request):
                continue
            base = each.before.mean if each.before else 0.0
            if not width.is_reached(each.difference, base):
                return False
    return True
