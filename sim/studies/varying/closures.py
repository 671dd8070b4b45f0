"""How long a closure lasts, or how much it leaves open, as a number that a study varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sim.errors import fail, nearest
from sim.network.network import Network
from sim.scenario import Disturbance, Scenario
from sim.scenario.remaining import unfit
from sim.studies.varying.labels import check_meant, check_share, meant
from sim.units import factor

OWN_UNITS = {"days": "day", "remaining": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClosure:
    """The `days` that closures of a label last, or the share that they leave open (`remaining`)."""

    label: str
    field: Literal["days", "remaining"]
    unit: str
    whole: bool = False

    @property
    def name(self) -> str:
        return f"closure:{self.label}.{self.field}"

    @property
    def title(self) -> str:
        return f"{self.label}, {'length' if self.field == 'days' else 'share left open'}"

    def value(self, scenario: Scenario) -> float | None:
        values = {self._of(one) for one in meant(scenario.disturbances, self.label)}
        return values.pop() / self._factor if len(values) == 1 else None

    def given(self, scenario: Scenario, value: float) -> Scenario:
        """A closure of no length does not come about."""
        own = value * self._factor
        return self._with(scenario, dict.fromkeys(meant(scenario.disturbances, self.label), own))

    def scaled(self, scenario: Scenario, share: float) -> Scenario:
        chosen = meant(scenario.disturbances, self.label)
        return self._with(scenario, {one: share * self._of(one) for one in chosen})

    def _of(self, closure: Disturbance) -> float:
        return length(closure) if self.field == "days" else closure.remaining

    def _with(self, scenario: Scenario, values: dict[Disturbance, float]) -> Scenario:
        made = []
        for one in scenario.disturbances:
            if one not in values:
                made.append(one)
            elif self.field == "remaining":
                _check_remaining(scenario.network, one, values[one], self.name)
                made.append(leaving(one, values[one]))
            elif values[one] < 0:
                raise fail("cannot be negative", key=self.name, value=values[one])
            elif values[one] > 0:
                made.append(lasting(one, values[one]))
        return replace(scenario, disturbances=tuple(made))

    @property
    def _factor(self) -> float:
        return factor(self.unit, OWN_UNITS[self.field])


def of_closure(scenario: Scenario, label: str, field: str, unit: str = "") -> OfClosure:
    """A number of the closures of a label. Raises `InputError` when there is none."""
    check_meant(scenario.disturbances, label, "closure")
    if field not in OWN_UNITS:
        advice = nearest(field, OWN_UNITS) or f"it has {' and '.join(OWN_UNITS)}"
        raise fail("a closure has no number of this name", value=field, advice=advice)
    shown = unit or OWN_UNITS[field]
    factor(shown, OWN_UNITS[field])
    return OfClosure(label=label, field="days" if field == "days" else "remaining", unit=shown)


def length(closure: Disturbance) -> float:
    """The days from the beginning of a closure until it ends and its recovery begins."""
    return closure.steps[1][0] - closure.start


def lasting(closure: Disturbance, days: float) -> Disturbance:
    """A closure at another length, its recovery as it was.

    What was announced moves with the end if that was what was announced; otherwise it stays.
    """
    longer = days - length(closure)
    was_right = closure.announced == closure.steps[1][0]
    steps = [closure.steps[0], *((day + longer, share) for day, share in closure.steps[1:])]
    announced = closure.announced + (longer if was_right else 0.0)
    return replace(closure, steps=tuple(steps), announced=announced)


def leaving(closure: Disturbance, remaining: float) -> Disturbance:
    """A closure that leaves another share open; what comes back bit by bit does so in proportion."""
    low = closure.remaining

    def share(back: float) -> float:
        return remaining + (1.0 - remaining) * (back - low) / (1.0 - low) if back < 1.0 else 1.0

    steps = [(closure.start, remaining), *((day, share(back)) for day, back in closure.steps[1:])]
    return replace(closure, steps=tuple(steps))


def _check_remaining(network: Network, closure: Disturbance, remaining: float, name: str) -> None:
    """Raises `InputError` for what is no share, and for what a file could not say of the elements either."""
    check_share(remaining, name)
    for id in closure.elements:
        message, advice = unfit(network, id, remaining)
        if message:
            raise fail(f"{id}: {message}", key=name, value=remaining, advice=advice)
