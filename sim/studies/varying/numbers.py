"""Numbers of a scenario that a study varies: of its elements, its closures and its boycotts.

A scenario with other numbers is another frozen scenario, checked as if its files had said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sim.errors import InputError, Where, fail
from sim.network.checks import check
from sim.network.findings import in_tables
from sim.network.network import Network
from sim.scenario import Scenario
from sim.studies.varying.boycotts import of_boycott
from sim.studies.varying.closures import of_closure
from sim.studies.varying.elements import of_element

ADVICE = "such as novorossiysk.tanks.capacity, or closure:LABEL.days"


class Number(Protocol):
    """A number of a scenario: what it is called, and the unit that its values are told in."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def whole(self) -> bool:
        """Whether it takes whole numbers only."""
        ...

    def value(self, scenario: Scenario) -> float | None:
        """The number as a scenario has it; None where it has none, or several that differ."""
        ...

    def given(self, scenario: Scenario, value: float) -> Scenario:
        """The scenario with this number for its whole run, not checked yet.

        Raises `InputError` when the number takes no such value.
        """
        ...

    def scaled(self, scenario: Scenario, share: float) -> Scenario:
        """The scenario with this number so many times itself, dated changes of it included; not checked yet.

        Raises `InputError` when the number takes no such value.
        """
        ...


def number_of(scenario: Scenario, name: str, unit: str = "") -> Number:
    """What `element.field`, `closure:LABEL.days`, `boycott:LABEL.share` and the like mean.

    Its values are in `unit`, or in the field's own where that is empty. Raises `InputError`.
    """
    kind, _, rest = name.partition(":")
    labelled = kind in ("closure", "boycott")
    body, dot, field = (rest if labelled else name).rpartition(".")
    if not (body and dot and field):
        raise fail("not of the form element.field", value=name, advice=ADVICE)
    if kind == "closure":
        return of_closure(scenario, body, field, unit)
    if kind == "boycott":
        return of_boycott(scenario, body, field, unit)
    return of_element(scenario.network, body, field, unit)


def with_values(scenario: Scenario, values: Sequence[tuple[Number, float]]) -> Scenario:
    """The scenario with other numbers for its whole run. Raises `InputError` when they do not fit."""
    found = scenario
    for number, value in values:
        found = number.given(found, value)
    return _checked(found, scenario.network)


def with_shares(scenario: Scenario, shares: Sequence[tuple[Number, float]]) -> Scenario:
    """The scenario with numbers so many times themselves. Raises `InputError` when they do not fit."""
    found = scenario
    for number, share in shares:
        found = number.scaled(found, share)
    return _checked(found, scenario.network)


def _checked(scenario: Scenario, before: Network) -> Scenario:
    """The scenario, if its elements still work together; faults of changed ones are told by their names."""
    network = scenario.network
    if network is before:
        return scenario
    same = {id for name, table in before.kinds() for id in table if getattr(network, name)[id] is table[id]}
    tables = in_tables(network.written_at)

    def locate(id: str, key: str) -> tuple[Where, object]:
        return tables(id, key) if id in same else (Where(key=f"{id}.{key}"), None)

    try:
        check(network, locate)
    except InputError as error:
        told = [replace(fault, file=None, line=None) for fault in error.faults]
        raise InputError(told) from None
    return scenario
