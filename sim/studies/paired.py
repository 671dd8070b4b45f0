"""What one scenario costs against another, replication by replication on the same luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.measures import MEASURES
from sim.scenario import Scenario
from sim.studies.replicate import Estimate, estimate, replications


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure of one scenario less that of another, over their pairs of replications."""

    scenario: str
    base: str
    measure: str
    element: str
    unit: str
    difference: Estimate


def differences(
    scenario: Scenario,
    base: Scenario,
    wanted: Sequence[tuple[str, str]],
    count: int,
    done: Callable[[str], None] = lambda scenario: None,
) -> list[Difference]:
    """The paired differences of some (measure, element), those without a value on either side left out.

    Both must have the same seed, or their luck is not the same.
    """
    found: dict[tuple[str, str], list[float]] = {key: [] for key in wanted}
    for one, other in zip(replications(scenario, count), replications(base, count), strict=True):
        for measure, element in wanted:
            a, b = (MEASURES[measure](record, element) for record in (one, other))
            if a is not None and b is not None:
                found[measure, element].append(a - b)
        done(scenario.name)
    return [
        Difference(
            scenario=scenario.name,
            base=base.name,
            measure=measure,
            element=element,
            unit=MEASURES[measure].unit,
            difference=estimate(values),
        )
        for (measure, element), values in found.items()
        if values
    ]
