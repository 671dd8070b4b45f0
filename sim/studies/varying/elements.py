"""A field of an element as a number that a study varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.errors import InputError, fail, nearest
from sim.network.editing import edited
from sim.network.forms import UNIT_NEEDED, cargo_for, forms_of, own_unit
from sim.network.network import Element, Network
from sim.scenario import DatedChange, Scenario
from sim.studies.varying.labels import as_text, rounded
from sim.units import factor


@dataclass(frozen=True, slots=True, kw_only=True)
class OfElement:
    """A field of an element, such as the capacity of a tank farm; its values are in `unit`.

    One that is `whole` takes whole numbers only.
    """

    element: str
    field: str
    title: str
    unit: str
    whole: bool = False

    @property
    def name(self) -> str:
        return f"{self.element}.{self.field}"

    def value(self, scenario: Scenario) -> float | None:
        element = scenario.network.element(self.element)
        held = getattr(element, self.field)
        if held is None:
            return None
        return float(held) / in_own_unit(element, self.field, self.unit, scenario.network)

    def given(self, scenario: Scenario, value: float) -> Scenario:
        """Changes of the field during the run are dropped, since the number holds throughout."""
        dated = tuple(change for change in scenario.dated if not self._is_of(change))
        return replace(scenario, network=self._changed(scenario.network, value), dated=dated)

    def scaled(self, scenario: Scenario, share: float) -> Scenario:
        value = self.value(scenario)
        if value is None:
            raise fail("has no value to begin with", key=self.name)
        dated = tuple(
            replace(change, value=change.value * share) if self._is_of(change) else change
            for change in scenario.dated
        )
        network = self._changed(scenario.network, rounded(value * share))
        return replace(scenario, network=network, dated=dated)

    def _is_of(self, change: DatedChange) -> bool:
        return (change.element, change.field) == (self.element, self.field)

    def _changed(self, network: Network, value: float) -> Network:
        text = as_text(value, self.unit)
        try:
            element = edited(network, self.element, self.field, text)
        except InputError as error:
            fault = error.faults[0]
            raise fail(fault.message, key=self.name, value=text, advice=fault.advice) from None
        name = next(name for name, table in network.kinds() if self.element in table)
        table: dict[str, Any] = {name: {**getattr(network, name), self.element: element}}
        return replace(network, **table)


def of_element(network: Network, id: str, field: str, unit: str = "") -> OfElement:
    """A field of an element as a number. Raises `InputError` when there is none of that name.

    Without a unit its values are in its own, but where a bare number could be meant in several.
    """
    if id not in network.ids():
        raise fail("no element of this run has this id", value=id, advice=nearest(id, network.ids()))
    element = network.element(id)
    numbers = {name: form for name, form in forms_of(type(element)).items() if form.type in (float, int)}
    if field not in numbers:
        advice = nearest(field, numbers) or (f"it has {', '.join(numbers)}" if numbers else "it has none")
        raise fail(f"{id} has no number of this name", value=field, advice=advice)
    form, own = numbers[field], own_unit(element, field, network.cargoes)
    if not unit and form.unit is not None and form.unit.text in UNIT_NEEDED:
        raise fail("a unit is needed here", key=field, advice=f"such as {own}")
    in_own_unit(element, field, unit or own, network)
    title = f"{getattr(element, 'name', id)}, {field.replace('_', ' ')}"
    return OfElement(element=id, field=field, title=title, unit=unit or own, whole=form.type is int)


def in_own_unit(element: Element, field: str, unit: str, network: Network) -> float:
    """How many of a field's own unit another one is. Raises `InputError` when it does not fit."""
    own, cargo = own_unit(element, field, network.cargoes), cargo_for(element, network.cargoes)
    return 1.0 if unit == own else factor(unit, own, cargo.barrels_per_tonne if cargo else None)
