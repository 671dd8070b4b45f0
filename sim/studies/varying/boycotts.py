"""How many take part in a boycott, or what they put on top, as a number that a study varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sim.errors import fail, nearest
from sim.scenario import Boycott, Scenario
from sim.studies.varying.labels import check_meant, check_share, meant
from sim.units import factor

FIELDS = ("share", "premium")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfBoycott:
    """The `share` of shippers who refuse in boycotts of a label, or the `premium` on what they shun."""

    label: str
    field: Literal["share", "premium"]
    unit: str
    whole: bool = False

    @property
    def name(self) -> str:
        return f"boycott:{self.label}.{self.field}"

    @property
    def title(self) -> str:
        return f"{self.label}, {'share who refuse' if self.field == 'share' else 'premium'}"

    def value(self, scenario: Scenario) -> float | None:
        values = {self._of(one) for one in meant(scenario.boycotts, self.label)}
        return values.pop() / self._factor(scenario) if len(values) == 1 else None

    def given(self, scenario: Scenario, value: float) -> Scenario:
        own = value * self._factor(scenario)
        return self._with(scenario, dict.fromkeys(meant(scenario.boycotts, self.label), own))

    def scaled(self, scenario: Scenario, share: float) -> Scenario:
        chosen = meant(scenario.boycotts, self.label)
        return self._with(scenario, {one: share * self._of(one) for one in chosen})

    def _of(self, boycott: Boycott) -> float:
        return boycott.share if self.field == "share" else boycott.premium

    def _with(self, scenario: Scenario, values: dict[Boycott, float]) -> Scenario:
        made = []
        for one in scenario.boycotts:
            value = values.get(one, self._of(one))
            if self.field == "share":
                check_share(value, self.name)
                made.append(replace(one, share=value))
            elif value < 0:
                raise fail("cannot be negative", key=self.name, value=value)
            else:
                made.append(replace(one, premium=value))
        return replace(scenario, boycotts=tuple(made))

    def _factor(self, scenario: Scenario) -> float:
        return factor(self.unit, _own_unit(scenario, self.label, self.field))


def of_boycott(scenario: Scenario, label: str, field: str, unit: str = "") -> OfBoycott:
    """A number of the boycotts of a label. Raises `InputError` when there is none."""
    check_meant(scenario.boycotts, label, "boycott")
    if field not in FIELDS:
        advice = nearest(field, FIELDS) or f"it has {' and '.join(FIELDS)}"
        raise fail("a boycott has no number of this name", value=field, advice=advice)
    own = _own_unit(scenario, label, field)
    factor(unit or own, own)
    return OfBoycott(label=label, field="share" if field == "share" else "premium", unit=unit or own)


def _own_unit(scenario: Scenario, label: str, field: str) -> str:
    """Premiums are in USD per unit of the cargo whose shippers take part."""
    if field == "share":
        return ""
    demand = scenario.network.demands[meant(scenario.boycotts, label)[0].demands[0]]
    return f"USD/{scenario.network.cargoes[demand.cargo].unit}"
