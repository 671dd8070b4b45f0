"""Stress tests: each element of a network closed for some lengths, alone or in pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Unpack

from sim.errors import fail, option
from sim.measures.freight.selectors import ALL, groups
from sim.scenario import Disturbance, Scenario, load
from sim.scenario.naming import study_name
from sim.scenario.situation import day_of
from sim.studies.ensemble import Ensemble
from sim.studies.estimates import holm, p_value
from sim.studies.plan import Runner, RunOptions, StudyPlan, read_requests
from sim.studies.request import MeasureRequest, main_measures
from sim.studies.stress.impact import ClosureImpact, closure_impact
from sim.studies.stress.network import SETTLING_DAYS, year_of
from sim.studies.stress.recovery import recovery_flows
from sim.studies.stress.results import Stress
from sim.studies.stress.targets import Target, pairs, targets
from sim.studies.variants import Variant
from sim.units import parse

LENGTHS = (7.0, 30.0, 90.0)
REPLICATIONS = 5  # where no number is given
MAX_PAIRED = 12  # targets that are paired with each other, where no number is given
LABEL = "stress test"
OUTPUT = MeasureRequest(measure="produced", element=ALL, title="Produced for export, all fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class StressPlan(StudyPlan[Stress]):
    """A stress test before it is run: the targets, and the closures from day `since` for some lengths.

    With `with_pairs`, each two of the `max_paired` targets that cost most alone are closed together (0:
    of all). `patterns` and `measures` are the texts that the study and its folder are named after.
    """

    since: float
    lengths: tuple[float, ...]
    targets: tuple[Target, ...]
    with_pairs: bool = False
    max_paired: int = MAX_PAIRED
    patterns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return study_name(self.scenario.name, "stress", [*self.patterns, *self.measures])

    @property
    def closed_from(self) -> date:
        return self.scenario.start + timedelta(days=self.since)

    def variant(self, target: Target, days: float) -> Variant:
        """Return the scenario with a target closed for some days."""
        end = self.since + days
        closure = Disturbance(
            label=LABEL,
            elements=target.elements,
            steps=((self.since, 0.0), (end, 1.0)),
            announced=end,
            planned=False,
            cause="",
            source="assumed",
        )
        closures = sorted([*self.scenario.disturbances, closure], key=lambda each: (each.start, each.label))
        scenario = replace(self.scenario, disturbances=tuple(closures))
        return Variant(label=f"{target.name}, {days:g} days", scenario=scenario)

    def count_runs(self, replications: int) -> int:
        singles = len(self.targets)
        paired = min(singles, self.max_paired) if self.max_paired else singles
        count = singles + (paired * (paired - 1) // 2 if self.with_pairs else 0)
        return replications * (1 + count * len(self.lengths))

    def carry_out(self, runner: Runner, replications: int) -> Stress:
        flows = recovery_flows(self.scenario.network)
        (base,) = runner.run([self.base], self.requests, replications, flows)

        def close(closed: Sequence[Target]) -> Iterator[ClosureImpact]:
            cases = [(target, days) for target in closed for days in self.lengths]
            variants = (self.variant(target, days) for target, days in cases)
            ensembles = runner.run(variants, self.requests, replications, flows)
            for (target, days), ensemble in zip(cases, ensembles, strict=True):
                yield closure_impact(target, days, self.since, base, ensemble)

        impacts = list(close(self.targets))
        if self.with_pairs:
            ranked = [impact.target for impact in self._results(base, impacts).ranked()]
            paired = pairs(ranked[: self.max_paired] if self.max_paired else ranked)
            impacts += _with_parts(impacts, list(close(paired)))
        return self._results(base, _with_p_values(impacts, self.requests))

    def _results(self, base: Ensemble, impacts: Sequence[ClosureImpact]) -> Stress:
        return Stress(base=base, since=self.since, lengths=self.lengths, impacts=tuple(impacts))


def stress(
    subject: Scenario | str | Path,
    *,
    since: date | None = None,
    lengths: Sequence[float] = LENGTHS,
    elements: Sequence[str] = (),
    measures: Sequence[str] = (),
    with_pairs: bool = False,
    max_paired: int = MAX_PAIRED,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    **options: Unpack[RunOptions],
) -> Stress:
    """Close each element of a scenario, or of a folder of network tables, for some lengths.

    See `plan_stress` for the arguments.
    """
    plan = plan_stress(
        subject,
        since=since,
        lengths=lengths,
        elements=elements,
        measures=measures,
        with_pairs=with_pairs,
        max_paired=max_paired,
        seed=seed,
    )
    return plan.run(replications, **options)


def plan_stress(
    subject: Scenario | str | Path,
    *,
    since: date | None = None,
    lengths: Sequence[float] = LENGTHS,
    elements: Sequence[str] = (),
    measures: Sequence[str] = (),
    with_pairs: bool = False,
    max_paired: int = MAX_PAIRED,
    seed: int | None = None,
) -> StressPlan:
    """Return all that a stress test will run, with losses by `measures` or else by `default_losses`.

    Closures begin on the date `since`, or 60 days after the start of the run; the run of a network's
    folder lasts a year and begins 60 days before the date. Raises `InputError` for closures that do not
    fit the run.
    """
    scenario = _scenario(subject, since)
    scenario = scenario if seed is None else replace(scenario, seed=seed)
    day = float(SETTLING_DAYS) if since is None else day_of(since, scenario.start)
    days = tuple(sorted(set(lengths)))
    if not days or days[0] <= 0:
        value = ", ".join(f"{length:g}" for length in lengths)
        raise fail("a closure lasts some days", key="--days", value=value)
    run = f"the run is {scenario.start} to {scenario.end}"
    if not 0 <= day < scenario.days:
        value = str(since or f"day {SETTLING_DAYS}")
        raise fail("lies outside the run", key="--from", value=value, advice=run)
    if day + days[-1] >= scenario.days:
        message = f"{days[-1]:g} days from {scenario.start + timedelta(days=day)} do not end within the run"
        raise fail(message, key="--days", advice=run)
    return StressPlan(
        scenario=scenario,
        requests=read_requests(scenario, measures) if measures else default_losses(scenario),
        since=day,
        lengths=days,
        targets=targets(scenario.network, elements),
        with_pairs=with_pairs,
        max_paired=max_paired,
        patterns=tuple(elements),
        measures=tuple(measures),
    )


def read_lengths(texts: Sequence[str]) -> list[float]:
    """Read lengths in days from texts such as `7,30,90` or `3 months`. Raises `InputError`."""
    lengths = []
    for text in (part for listed in texts for part in listed.split(",")):
        with option("--days", text):
            lengths.append(parse(text, "day"))
    return lengths


def default_losses(scenario: Scenario) -> tuple[MeasureRequest, ...]:
    """Return the measures of loss where none are named.

    For oil it is the output, so that closed fields count too; for dry cargo it is what each group
    of corridors delivers, so that cargo which is late, lost or diverted counts.
    """
    own = groups(scenario.network)
    freight = [
        request
        for request in main_measures(scenario)
        if request.measure == "freight" and request.element in own
    ]
    return (OUTPUT, *freight) if scenario.network.shippers else tuple(freight)


def _scenario(subject: Scenario | str | Path, since: date | None) -> Scenario:
    if isinstance(subject, Scenario):
        return subject
    return year_of(Path(subject), since) if Path(subject).is_dir() else load(subject)


def _with_parts(singles: Sequence[ClosureImpact], paired: Sequence[ClosureImpact]) -> list[ClosureImpact]:
    """Return the impacts of pairs with the losses of their targets alone."""
    alone = {(impact.target.name, impact.days): impact.losses for impact in singles}
    return [
        replace(impact, parts=tuple(alone[part, impact.days] for part in impact.target.parts))
        for impact in paired
    ]


def _with_p_values(
    impacts: Sequence[ClosureImpact], requests: Sequence[MeasureRequest]
) -> list[ClosureImpact]:
    """Return the impacts with the p-values of their losses, adjusted for all of them together."""
    p_values = {
        (index, request): p_value(loss)
        for index, impact in enumerate(impacts)
        for request in requests
        if (loss := impact.loss(request)) and loss.half_width is not None and loss.mean
    }
    adjusted = dict(zip(p_values, holm(list(p_values.values())), strict=True))
    return [
        replace(
            impact,
            p_values={
                request: adjusted[index, request] for request in requests if (index, request) in adjusted
            },
        )
        for index, impact in enumerate(impacts)
    ]
