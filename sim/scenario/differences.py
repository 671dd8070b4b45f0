"""Differences of a scenario from its base: fields, dated changes, closures, boycotts, and the run itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from math import isfinite
from pathlib import Path
from typing import Literal

from sim.network.forms import forms_of, own_unit
from sim.network.network import Element, Network
from sim.network.sourcing import ASSUMED, citations
from sim.scenario.event_changes import premium_unit
from sim.scenario.events import Boycott, Disturbance, Event
from sim.scenario.provenance import Provenance
from sim.scenario.scenario import Scenario
from sim.scenario.situation import date_of

Part = Literal["run", "element", "change", "closure", "boycott"]
Stated = str | float | bool | date | tuple[object, ...] | None
Values = dict[str, tuple[Stated, str]]  # of an event by field, each with its unit
UNCOMPARED = ("id", "source", "note")
RUN = ("start", "end", "seed", "cargo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that a scenario has and its base has not, or the other way round.

    `name` is the id of an element or the label of an event, empty for the run itself. The values are in
    `unit`; None stands for none. An event without `field` is in one of the two scenarios only; its value is
    the day on which it begins. `provenance` is that of the scenario's value, or of the base's if it has none.
    """

    part: Part
    name: str
    field: str
    before: Stated
    after: Stated
    unit: str = ""
    provenance: Provenance


def differences(base: Scenario, scenario: Scenario) -> tuple[Difference, ...]:
    """Return all differences of a scenario from its base, in the order of the tables and of time."""
    return (
        *_run(base, scenario),
        *_elements(base, scenario),
        *_dated(base, scenario),
        *_events("closure", base, base.disturbances, scenario, scenario.disturbances, _closure_values),
        *_events("boycott", base, base.boycotts, scenario, scenario.boycotts, _boycott_values),
    )


def _run(base: Scenario, scenario: Scenario) -> Iterator[Difference]:
    for field in RUN:
        before, after = getattr(base, field), getattr(scenario, field)
        if before != after:
            provenance = scenario.provenance.get(("", field), Provenance())
            yield Difference(
                part="run", name="", field=field, before=before, after=after, provenance=provenance
            )


def _elements(base: Scenario, scenario: Scenario) -> Iterator[Difference]:
    for kind, table in scenario.network.kinds():
        earlier: Mapping[str, Element] = getattr(base.network, kind)
        for id in dict.fromkeys((*earlier, *table)):
            if earlier.get(id) is not table.get(id):
                yield from _fields(base, scenario, earlier.get(id), table.get(id))


def _fields(
    base: Scenario, scenario: Scenario, earlier: Element | None, element: Element | None
) -> Iterator[Difference]:
    """The fields in which an element differs; of one that only one scenario has, those with a value."""
    there = element or earlier
    if there is None:
        return
    side = scenario if element else base
    for field in forms_of(type(there)):
        before, after = getattr(earlier, field, None), getattr(element, field, None)
        if before != after and field not in UNCOMPARED:
            yield Difference(
                part="element",
                name=there.id,
                field=field,
                before=before,
                after=after,
                unit=own_unit(there, field, side.network.cargoes),
                provenance=field_provenance(side, there, field),
            )


def field_provenance(scenario: Scenario, element: Element, field: str) -> Provenance:
    """Return the provenance of a field: that of its last change, else of its table."""
    changed = scenario.provenance.get((element.id, field))
    return changed or table_provenance(scenario.network, element, field)


def table_provenance(network: Network, element: Element, field: str) -> Provenance:
    """Return the provenance of a field of an element's row in its table."""
    sources = citations(element.source)
    file, line = network.written_at.get(element.id, ("", None))
    return Provenance(
        source=sources.get(field, sources.get("", ASSUMED)),
        reason=getattr(element, "note", ""),
        table=Path(file).name,
        line=line,
    )


def _dated(base: Scenario, scenario: Scenario) -> Iterator[Difference]:
    earlier = {(change.day, change.element, change.field): change for change in base.dated}
    later = {(change.day, change.element, change.field): change for change in scenario.dated}
    for key in sorted({*earlier, *later}):
        before, after = earlier.get(key), later.get(key)
        there = after or before
        if there is not None and before != after:
            side = scenario if after else base
            unit = own_unit(side.network.element(there.element), there.field, side.network.cargoes)
            yield Difference(
                part="change",
                name=there.element,
                field=f"{there.field} from {date_of(there.day, side.start)}",
                before=before.value if before else None,
                after=after.value if after else None,
                unit=unit,
                provenance=there.provenance,
            )


def _closure_values(scenario: Scenario, closure: Disturbance) -> Values:
    return {
        "from": (date_of(closure.start, scenario.start), ""),
        "until": (date_of(closure.until, scenario.start), ""),
        "open in full from": (date_of(closure.end, scenario.start), ""),
        "announced until": (date_of(closure.announced, scenario.start), ""),
        "remaining": (closure.remaining, ""),
        "recovery": (tuple(share for _, share in closure.steps[1:]), ""),
        "planned": (closure.planned, ""),
        "elements": (closure.elements, ""),
    }


def _boycott_values(scenario: Scenario, boycott: Boycott) -> Values:
    return {
        "from": (date_of(boycott.start, scenario.start), ""),
        "until": (date_of(boycott.end, scenario.start) if isfinite(boycott.end) else None, ""),
        "share": (boycott.share, ""),
        "premium": (boycott.premium, premium_unit(scenario.network, boycott)),
        "elements": (boycott.elements, ""),
        "demands": (boycott.demands, ""),
    }


def _events(
    part: Part,
    base: Scenario,
    before: Sequence[Event],
    scenario: Scenario,
    after: Sequence[Event],
    values: Callable[[Scenario, Event], Values],
) -> Iterator[Difference]:
    """The differences of events, those of a label in their order."""
    for label in dict.fromkeys(event.label for event in (*before, *after)):
        earlier = [event for event in before if event.label == label and event not in after]
        later = [event for event in after if event.label == label and event not in before]
        for old, new in zip_longest(earlier, later):
            event: Event = new or old
            old_values, new_values = values(base, old) if old else {}, values(scenario, new) if new else {}
            yield from _event(part, event, old_values, new_values)


def _event(part: Part, event: Disturbance | Boycott, before: Values, after: Values) -> Iterator[Difference]:
    """The values in which an event differs, or its begin where one of the scenarios has it not."""
    for field in after if before and after else ["from"]:
        earlier, later = before.get(field, (None, "")), after.get(field, (None, ""))
        if earlier != later:
            yield Difference(
                part=part,
                name=event.label,
                field=field if before and after else "",
                before=earlier[0],
                after=later[0],
                unit=later[1],
                provenance=event.provenance,
            )
