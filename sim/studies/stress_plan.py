"""What a stress test runs: a scenario, or a network without one, with one closure more each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sim.errors import Faults, InputError, fail
from sim.measures.choosing import ALL, groups
from sim.network import read_network
from sim.scenario import Disturbance, Scenario, load
from sim.scenario.changes import changed
from sim.scenario.horizon import Horizon, day_of
from sim.studies.stress_blow import CARRIED
from sim.studies.stress_targets import Target, targets
from sim.studies.variants import Variant
from sim.studies.varying_runs import wanted_by
from sim.studies.wanted import Wanted, main_measures
from sim.units import parse

SETTLED = 60  # days of a run after which its stocks are as they usually are
YEAR = 365
LENGTHS = (7.0, 30.0, 90.0)
LABEL = "stress test"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStress:
    """A stress test before it is run: what is closed on day `since`, for how long, and how loss is told."""

    scenario: Scenario
    since: float
    lengths: tuple[float, ...]
    targets: tuple[Target, ...]
    wanted: tuple[Wanted, ...]

    def variant(self, target: Target, days: float) -> Variant:
        """The scenario with a target shut for some days."""
        end = self.since + days
        shut = Disturbance(
            label=LABEL,
            elements=target.elements,
            steps=((self.since, 0.0), (end, 1.0)),
            announced=end,
            planned=False,
            cause="",
            source="assumed",
        )
        closures = sorted([*self.scenario.disturbances, shut], key=lambda one: (one.start, one.label))
        scenario = replace(self.scenario, disturbances=tuple(closures))
        return Variant(label=f"{target.name}, {days:g} days", scenario=scenario)


def plan_stress(
    what: Scenario | str | Path,
    *,
    since: date | None = None,
    lengths: Sequence[float] = LENGTHS,
    elements: Sequence[str] = (),
    measures: Sequence[str] = (),
    seed: int | None = None,
) -> PlannedStress:
    """What a stress test of a scenario, or of a network's folder of tables, comes to.

    Closures begin on a date, or 60 days after the start of the run; the run of a network lasts a year
    and begins that long before. Raises `InputError` for what cannot be, before anything is run.
    """
    found = _scenario(what, since)
    found = found if seed is None else replace(found, seed=seed)
    day = float(SETTLED) if since is None else day_of(since, found.start)
    days = tuple(sorted(set(lengths)))
    if not days or days[0] <= 0:
        raise fail("a closure lasts some days", key="--days", value=", ".join(f"{one:g}" for one in lengths))
    if not 0 <= day < found.days or day + days[-1] >= found.days:
        told = f"{days[-1]:g} days from {found.start + timedelta(days=day)} do not end within the run"
        raise fail(told, key="--days", advice=f"the run is {found.start} to {found.end}")
    return PlannedStress(
        scenario=found,
        since=day,
        lengths=days,
        targets=targets(found.network, elements),
        wanted=wanted_by(found, measures) if measures else losses(found),
    )


def read_lengths(texts: Sequence[str]) -> list[float]:
    """Lengths in days from texts such as `7,30,90` or `3 months`. Raises `InputError`."""
    lengths = []
    for text in (part for given in texts for part in given.split(",")):
        try:
            lengths.append(parse(text, "day"))
        except InputError as error:
            fault = error.faults[0]
            raise fail(fault.message, key="--days", value=text, advice=fault.advice) from None
    return lengths


def losses(scenario: Scenario) -> tuple[Wanted, ...]:
    """By what loss is told if nothing else is asked.

    Of oil what is not produced; of boxes and wagons what each group of corridors does not deliver, be it
    late, lost, or gone by another.
    """
    main, own = main_measures(scenario), groups(scenario.network)
    found = [one for one in main if one.key == ("curtailed", ALL)]
    found += [one for one in main if one.measure == "freight" and one.element in own]
    return tuple(found) or main[:1]


def whole_of(loss: Wanted) -> Wanted | None:
    """What a loss is a part of in the undisturbed run; None where no share would mean anything."""
    if loss.key == ("curtailed", ALL):
        return Wanted(measure="produced", element=ALL)
    return loss if loss.measure in CARRIED else None


def _scenario(what: Scenario | str | Path, since: date | None) -> Scenario:
    if isinstance(what, Scenario):
        return what
    if Path(what).is_dir():
        return _of_network(Path(what), since)
    return load(what)


def _of_network(folder: Path, since: date | None) -> Scenario:
    """A year of a network in which nothing happens."""
    if since is None:
        raise fail("a network has no dates of its own", key="--from", value=folder.name, advice="give it one")
    start = since - timedelta(days=SETTLED)
    horizon = Horizon(start, start + timedelta(days=YEAR))
    faults = Faults()
    network, dated = changed(read_network(folder), (), horizon, faults)
    faults.raise_any()
    return Scenario(
        name=folder.resolve().name,
        title=f"The network {folder.resolve().name}",
        description="",
        start=horizon.start,
        end=horizon.end,
        seed=0,
        network=network,
        disturbances=(),
        dated=dated,
    )
