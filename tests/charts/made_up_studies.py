"""Results of studies made up in code, with values that a test can work out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from sim.scenario import Scenario
from sim.studies.compare import Comparison, compare_ensembles
from sim.studies.ensemble import Ensemble
from sim.studies.ranges import Varied
from sim.studies.request import Flow, MeasureRequest
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.results import Sensitivity
from sim.studies.sensitivity.swing import Swing
from sim.studies.stress.impact import ClosureImpact, Losses
from sim.studies.stress.results import Stress
from sim.studies.stress.targets import Target
from sim.studies.sweep.results import Sweep

CURTAILED = MeasureRequest(measure="curtailed", element="*", title="Curtailed, all")
PRODUCED = MeasureRequest(measure="produced", element="*", title="Produced")
WAIT = MeasureRequest(measure="mean wait", element="sea", title="Mean wait")
CRUDE = Flow(kind="exports", cargo="crude", name="Crude oil", way="Sea", unit="t")
WOBBLE = (-0.1, 0.0, 0.1)  # of three replications about their mean


@dataclass(frozen=True, kw_only=True)
class MadeUpNumber:
    """A number that no scenario has."""

    name: str
    title: str
    unit: str
    whole: bool = False

    def value(self, scenario: Scenario) -> float | None:
        raise NotImplementedError

    given = scaled = value  # type: ignore[assignment]


CAPACITY = MadeUpNumber(name="farm.capacity", title="Tank farm, capacity", unit="kt")
DAYS = MadeUpNumber(name="closure:SPM-1.days", title="SPM-1 closure, length", unit="day")
RESERVE = MadeUpNumber(name="farm.reserve", title="Tank farm, reserve", unit="day")


def ensemble(
    label: str, values: Mapping[MeasureRequest, Sequence[float]], daily: Sequence[float] = (), **given: Any
) -> Ensemble:
    """Return replications with these values; `daily` is what each of them exports every day of twenty."""
    count = len(next(iter(values.values())))
    made: dict[str, Any] = {
        "name": "made-up",
        "title": "A made-up scenario",
        "start": date(2022, 1, 1),
        "days": 20.0,
        "seed": 1,
        "digest": label,
        "requests": tuple(values),
        "flows": (CRUDE,) if daily else (),
        "replications": tuple(range(count)),
        "values": np.array(list(values.values()), dtype=float).T,
        "daily": np.array([[[each] * 20] for each in daily] or [[]] * count, dtype=np.float32),
    }
    return Ensemble(label=label, **{**made, **given})


def comparison(**daily: Sequence[float]) -> Comparison:
    """Return a comparison of variants by what each replication exports a day; curtailment is the rest."""
    return compare_ensembles(
        [
            ensemble(
                label,
                {
                    CURTAILED: [3.0 - each / 1e4 for each in exports],
                    WAIT: [5.0 + (n % 3) / 10.0 for n in range(len(exports))],
                },
                daily=exports,
            )
            for label, exports in daily.items()
        ]
    )


def sweep(
    *numbers: tuple[MadeUpNumber, Sequence[float]],
    mean: Callable[..., float],
    unchanged: Sequence[float | None],
    wobble: Sequence[float] = WOBBLE,
    is_grid: bool = True,
    points: Sequence[tuple[float, ...]] | None = None,
) -> Sweep:
    """Return a sweep whose means are a function of the numbers; each point has the same random draws."""
    points = points or list(product(*(values for _, values in numbers)))

    def at(point: Sequence[float | None]) -> Ensemble:
        return ensemble(str(point), {CURTAILED: [mean(*point) * (1.0 + each) for each in wobble]})

    return Sweep(
        varied=tuple(
            Varied(number=number, values=tuple(values), is_range=True)  # type: ignore[arg-type]
            for number, values in numbers
        ),
        base_point=tuple(unchanged),
        base=at(unchanged),
        points=tuple(points),
        ensembles=tuple(map(at, points)),
        is_grid=is_grid,
    )


def stress(
    losses: Mapping[str, Mapping[float, Sequence[float]]],
    *,
    measures: Sequence[MeasureRequest] = (CURTAILED,),
    title: Callable[[str], str] = str.upper,
    pairs: Mapping[str, Sequence[float]] = {},
) -> Stress:
    """Return losses by target, length and replication (the same by all measures), and those of pairs."""
    lengths = tuple(sorted({days for each in losses.values() for days in each}))
    count = len(next(iter(losses[next(iter(losses))].values())))

    def by_measure(values: Sequence[float]) -> Losses:
        return {measure: np.array(values, dtype=float) for measure in measures}

    impacts = [
        ClosureImpact(
            target=Target(name=name, kind="berth", title=title(name), elements=(name,)),
            days=days,
            losses=by_measure(values),
            recoveries=np.full(count, 12.0) if any(values) else np.full(count, np.nan),
        )
        for name, each in losses.items()
        for days, values in each.items()
    ]
    for name, values in pairs.items():
        parts = tuple(name.split(" + "))
        target = Target(name=name, kind="pair", title=name.upper(), elements=parts, parts=parts)
        impacts += [
            ClosureImpact(
                target=target,
                days=days,
                losses=by_measure(values),
                parts=tuple(by_measure(losses[part][days]) for part in parts),
                recoveries=np.full(count, 12.0),
            )
            for days in lengths
        ]
    base = ensemble("base", {one: [5.0] * count for one in measures})
    return Stress(base=base, since=10.0, lengths=lengths, impacts=tuple(impacts))


def sensitivity(effects: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> Sensitivity:
    """Return what numbers do to curtailment by replication, where they are smaller and where larger."""
    swings = [
        Swing(
            ranged=Ranged(
                number=MadeUpNumber(name=name, title=f"{name.title()}, rate", unit="kt"),  # type: ignore[arg-type]
                source="assumed",
                value=100.0,
                low=0.8,
                high=1.2,
            ),
            low={CURTAILED: np.array(low, dtype=float)},
            high={CURTAILED: np.array(high, dtype=float)},
        )
        for name, (low, high) in effects.items()
    ]
    count = len(next(iter(effects.values()))[0])
    return Sensitivity(
        base=ensemble("base", {CURTAILED: [2.0] * count}),
        by=0.2,
        swings=tuple(swings),
        fixed=(),
    )
