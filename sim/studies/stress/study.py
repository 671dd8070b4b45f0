"""Each element of a network shut for a while: what is lost, and how long until all is back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim.scenario import Scenario
from sim.studies.batches import run_all
from sim.studies.ensemble import Done, Ensemble, silent
from sim.studies.estimates import chance, holm
from sim.studies.request import RunRequest
from sim.studies.store import Store
from sim.studies.stress.blow import Blow, blow
from sim.studies.stress.found import Stress
from sim.studies.stress.plan import LENGTHS, PlannedStress, plan_stress
from sim.studies.stress.recovery import watched
from sim.studies.stress.targets import Target, pairs
from sim.studies.variants import Variant
from sim.studies.workers import Workers, local

USUAL = 5  # replications, where no number is given
AMONG = 12  # targets of which pairs are made, where no number is given


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
    flows = watched(planned.scenario.network)
    with local(workers) if isinstance(workers, int) else nullcontext(workers) as hands:

        def run(variants: Sequence[Variant]) -> Iterator[Ensemble]:
            questions = [RunRequest(variant=one, wanted=planned.wanted, flows=flows) for one in variants]
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
