"""What a stress test runs: a scenario, or a network without one, with one closure more each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sim.errors import fail, option
from sim.measures.freight.selectors import ALL, groups
from sim.scenario import Disturbance, Scenario, load
from sim.scenario.horizon import day_of
from sim.studies.batches import wanted_by
from sim.studies.request import MeasureRequest, main_measures
from sim.studies.stress.network import SETTLED, year_of
from sim.studies.stress.targets import Target, targets
from sim.studies.variants import Variant
from sim.units import parse

LENGTHS = (7.0, 30.0, 90.0)
LABEL = "stress test"
OUTPUT = MeasureRequest(measure="produced", element=ALL, title="Oil produced, all fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStress:
    """A stress test before it is run: what is closed on day `since`, for how long, and how loss is told.

    `elements` and `measures` are as they were asked for; its folder is named after them.
    """

    scenario: Scenario
    since: float
    lengths: tuple[float, ...]
    targets: tuple[Target, ...]
    wanted: tuple[MeasureRequest, ...]
    elements: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

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
    run = f"the run is {found.start} to {found.end}"
    if not 0 <= day < found.days:
        raise fail("lies outside the run", key="--from", value=str(since or f"day {SETTLED}"), advice=run)
    if day + days[-1] >= found.days:
        told = f"{days[-1]:g} days from {found.start + timedelta(days=day)} do not end within the run"
        raise fail(told, key="--days", advice=run)
    return PlannedStress(
        scenario=found,
        since=day,
        lengths=days,
        targets=targets(found.network, elements),
        wanted=wanted_by(found, measures) if measures else losses(found),
        elements=tuple(elements),
        measures=tuple(measures),
    )


def read_lengths(texts: Sequence[str]) -> list[float]:
    """Lengths in days from texts such as `7,30,90` or `3 months`. Raises `InputError`."""
    lengths = []
    for text in (part for given in texts for part in given.split(",")):
        with option("--days", text):
            lengths.append(parse(text, "day"))
    return lengths


def losses(scenario: Scenario) -> tuple[MeasureRequest, ...]:
    """By what loss is told if nothing else is asked.

    Of oil what is not produced, also where it is the fields that are shut; of boxes and wagons what each
    group of corridors does not deliver, be it late, lost, or gone by another.
    """
    own = groups(scenario.network)
    found = [one for one in main_measures(scenario) if one.measure == "freight" and one.element in own]
    return (OUTPUT, *found) if scenario.network.shippers else tuple(found)


def _scenario(what: Scenario | str | Path, since: date | None) -> Scenario:
    if isinstance(what, Scenario):
        return what
    return year_of(Path(what), since) if Path(what).is_dir() else load(what)
