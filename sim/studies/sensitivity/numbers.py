"""Numbers of a scenario, their sources, and how far each can be moved alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import nan
from typing import TypeVar

from sim.errors import InputError, fail, nearest
from sim.network.forms import own_unit
from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.network.value_checks import SHARES
from sim.scenario import Boycott, Disturbance, Scenario
from sim.scenario.apply import apply_changes
from sim.scenario.changes import Target
from sim.scenario.numbers import Number, element_number, number_of

Event = TypeVar("Event", Disturbance, Boycott)
STEPS = (1.0, 0.5, 0.25, 0.125)  # of the full move that are tried in turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A number, its source, and its range in shares of its value: 0.8 to 1.2 for 20 %.

    `value` is nan where several numbers of one name differ.
    """

    number: Number
    source: str
    value: float
    low: float
    high: float

    @property
    def is_assumed(self) -> bool:
        return self.source == ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A number that cannot be moved alone, with the reason."""

    name: str
    source: str
    reason: str


def ranged_numbers(
    scenario: Scenario, by: float, patterns: Sequence[str] = (), only_assumed: bool = False
) -> tuple[list[Ranged], list[Fixed]]:
    """Return the numbers of a scenario that can be moved, with their ranges, and those that cannot.

    A number is moved by the share `by`, or less where the scenario would not be valid. `patterns` select
    by name. Raises `InputError` for a pattern without a match, and when no number can be moved.
    """
    known = list(_numbers(scenario))
    for pattern in patterns:
        if not any(fnmatchcase(number.name, pattern) for number, _ in known):
            names = [number.name for number, _ in known]
            suggestion = nearest(pattern.strip("*?."), [*names, *(name.rpartition(".")[0] for name in names)])
            advice = suggestion or "such as *.capacity"
            raise fail("no number has such a name", key="--numbers", value=pattern, advice=advice)
    results = [
        _ranged(scenario, number, source, by)
        for number, source in known
        if (not patterns or any(fnmatchcase(number.name, pattern) for pattern in patterns))
        and (source == ASSUMED or not only_assumed)
    ]
    ranged = [each for each in results if isinstance(each, Ranged)]
    if not ranged:
        raise fail("none of these numbers can be moved", key="--numbers", value=", ".join(patterns) or None)
    return ranged, [each for each in results if isinstance(each, Fixed)]


def _numbers(scenario: Scenario) -> Iterator[tuple[Number, str]]:
    """Yield every number of the network's tables, the closures and the boycotts, with its source."""
    network = scenario.network
    for id, field, _, source in sourced_numbers(network):
        unit = own_unit(network.element(id), field, network.cargoes)
        yield element_number(network, Target("element", id, field), unit), source
    for label, closures in _by_label(scenario.disturbances).items():
        yield number_of(scenario, f"closure:{label}.days"), _source(closures)
        if any(0 < closure.remaining < 1 for closure in closures):
            yield number_of(scenario, f"closure:{label}.remaining"), _source(closures)
    for label, boycotts in _by_label(scenario.boycotts).items():
        for field in ("share", "premium"):
            if any(getattr(boycott, field) for boycott in boycotts):
                yield number_of(scenario, f"boycott:{label}.{field}"), _source(boycotts)


def _by_label(events: Iterable[Event]) -> dict[str, list[Event]]:
    labelled: dict[str, list[Event]] = {}
    for event in events:
        labelled.setdefault(event.label, []).append(event)
    return labelled


def _source(events: Sequence[Disturbance | Boycott]) -> str:
    """Return the source of several events under one label: assumed if that of any is."""
    sources = [event.source for event in events]
    return ASSUMED if ASSUMED in sources else sources[0]


def _ranged(scenario: Scenario, number: Number, source: str, by: float) -> Ranged | Fixed:
    value = number.value(scenario)
    if value == 0.0:
        return Fixed(name=number.name, source=source, reason="is zero, and so is any share of it")
    ends, reason = [], ""
    for side in (-1.0, 1.0):
        end = 1.0
        for step in STEPS:
            share = _within(number, value, 1.0 + side * by * step)
            try:
                apply_changes(scenario, [number.scaled(share)])
            except InputError as error:
                reason = reason or error.faults[0].message
                continue
            end = share
            break
        ends.append(end)
    if ends == [1.0, 1.0]:
        return Fixed(name=number.name, source=source, reason=reason)
    known = nan if value is None else value
    return Ranged(number=number, source=source, value=known, low=ends[0], high=ends[1])


def _within(number: Number, value: float | None, share: float) -> float:
    """Return the share, limited so that a share of a total does not exceed 100 %."""
    field = number.name.rpartition(".")[2]
    if value and field in (*SHARES, "remaining", "share"):
        return min(share, 1.0 / value)
    return share
