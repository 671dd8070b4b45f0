"""Numbers of a scenario: those of its elements, its closures and its boycotts."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import fail, nearest
from sim.network.elements import Contract, Weather
from sim.network.forms import UNIT_NEEDED, cargo_for, forms_of, own_unit
from sim.network.network import Element, Network
from sim.scenario.change_grammar import read_target
from sim.scenario.changes import DATES, Change, Target
from sim.scenario.event_changes import (
    BOYCOTT_NUMBERS,
    CLOSURE_NUMBERS,
    EVENT_NUMBERS,
    EventNumber,
    labelled,
)
from sim.scenario.events import Event
from sim.scenario.situation import Situation
from sim.units import as_text, factor, likely_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that a change can set, and the unit of its values.

    One that `is_whole` takes whole numbers only; `size` is its unit in the unit that it is kept in.
    """

    target: Target
    title: str
    unit: str
    size: float = 1.0
    is_whole: bool = False

    @property
    def name(self) -> str:
        return str(self.target)

    def value(self, situation: Situation) -> float | None:
        """Return the number as a scenario has it; None where it has none, or several that differ."""
        values = set(_values(situation, self.target))
        [value] = values if len(values) == 1 else [None]
        return None if value is None else value / self.size

    def change(self, value: float) -> Change:
        """Return the change that gives it a value for the whole run."""
        return Change(self.target, as_text(value, self.unit))

    def scaled(self, share: float) -> Change:
        """Return the change that multiplies it."""
        return Change(self.target, share, is_factor=True)


def read_number_target(name: str) -> Target:
    """Return the target of a number, such as `closure:LABEL.days`. Raises `InputError` for a date."""
    target = read_target(name)
    numbers = EVENT_NUMBERS.get(target.kind)
    if numbers is not None and target.field not in numbers:
        problem = "a date, which cannot be varied" if target.field in DATES else "no number"
        advice = f"its numbers are {' and '.join(numbers)}"
        raise fail(f"{target.field} of a {target.kind} is {problem}", value=name, advice=advice)
    return target


def number_of(situation: Situation, name: str, unit: str = "", example: float | None = None) -> Number:
    """Return the number that `element.field`, `closure:LABEL.days` and the like name.

    Its values are in `unit`, or in the field's own where that is empty. `example` is one of them, for
    advice on the unit that it may be in. Raises `InputError`.
    """
    target = read_number_target(name)
    if target.kind == "element":
        return element_number(situation.network, target, unit, example)
    title, own, _ = _event_number(situation, target)
    size = factor(unit or own, own)
    return Number(target=target, title=f"{target.name} {target.kind}, {title}", unit=unit or own, size=size)


def element_number(network: Network, target: Target, unit: str = "", example: float | None = None) -> Number:
    """Return the number that is a field of an element. Raises `InputError` when there is none.

    A unit must be named where a bare number could be in several.
    """
    id, field = target.name, target.field
    if id not in network.ids():
        raise fail("no element of this run has this id", value=id, advice=nearest(id, network.ids()))
    element = network.element(id)
    numbers = {name: form for name, form in forms_of(type(element)).items() if form.type in (float, int)}
    if field not in numbers:
        advice = nearest(field, numbers) or (f"it has {', '.join(numbers)}" if numbers else "it has none")
        raise fail(f"{id} has no number of this name", value=field, advice=advice)
    form, own = numbers[field], own_unit(element, field, network.cargoes)
    if not unit and form.unit is not None and form.unit.text in UNIT_NEEDED:
        unit = likely_unit(example or 0.0, own, getattr(element, field))
        advice = f"such as {unit if example is None else as_text(example, unit)}"
        raise fail("a unit is needed here", key=field, advice=advice)
    return Number(
        target=target,
        title=f"{_name(network, element)}, {field.replace('_', ' ')}",
        unit=unit or own,
        size=_size(element, field, unit or own, network),
        is_whole=form.type is int,
    )


def _name(network: Network, element: Element) -> str:
    """Return the name of an element; of a row of the weather or of a contract, what it is about."""
    if isinstance(element, Weather):
        return f"{month_name[element.month]} weather at {network.places[element.place].name}"
    if isinstance(element, Contract):
        return f"{network.shippers[element.shipper].name} to {network.places[element.market].name}"
    return str(getattr(element, "name", element.id))


def _size(element: Element, field: str, unit: str, network: Network) -> float:
    """A unit in a field's own. Raises `InputError` when it does not fit."""
    own, cargo = own_unit(element, field, network.cargoes), cargo_for(element, network.cargoes)
    return 1.0 if unit == own else factor(unit, own, cargo.barrels_per_tonne if cargo else None)


def _values(situation: Situation, target: Target) -> Sequence[float | None]:
    """The values of a number in the unit that it is kept in, of all events that its label means."""
    if target.kind == "element":
        value = getattr(situation.network.element(target.name), target.field)
        return [None if value is None else float(value)]
    return _event_number(situation, target)[2]


def _event_number(situation: Situation, target: Target) -> tuple[str, str, list[float]]:
    """The title, unit and values of a number of all events that its label means."""
    if target.kind == "closure":
        closures = labelled(situation.disturbances, target.name, "closure")
        return _described(CLOSURE_NUMBERS[target.field], closures, situation.network)
    boycotts = labelled(situation.boycotts, target.name, "boycott")
    return _described(BOYCOTT_NUMBERS[target.field], boycotts, situation.network)


def _described(
    number: EventNumber[Event], events: Sequence[Event], network: Network
) -> tuple[str, str, list[float]]:
    return number.title, number.unit(network, events[0]), [number.value(event) for event in events]
