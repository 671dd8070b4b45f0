"""The numbers that an answer rests on, whose they are, and how far each can be off by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import nan

from sim.errors import InputError, fail, nearest
from sim.network.forms import own_unit
from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.network.value_checks import SHARES
from sim.scenario import Scenario
from sim.scenario.apply import apply_changes
from sim.scenario.changes import Target
from sim.scenario.numbers import Number, element_number, number_of

STEPS = (1.0, 0.5, 0.25, 0.125)  # of the way that is tried, where all of it cannot be


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A number, its source, and the shares of itself between which it may lie: 0.8 and 1.2 for 20 % off.

    Its `value` is nan where several go by one name and differ.
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
    """A number that cannot be off by itself, and why."""

    name: str
    source: str
    why: str


def ranged_numbers(
    scenario: Scenario, by: float, patterns: Sequence[str] = (), only_assumed: bool = False
) -> tuple[list[Ranged], list[Fixed]]:
    """The numbers of a scenario, each with how far it can be off: `by` a share of itself or, where the
    network does not work then, as far as it does.

    Only those whose names are like a pattern, if there are any. Raises `InputError` for a pattern that
    none is like, and when no number can be off.
    """
    known = list(_numbers(scenario))
    for pattern in patterns:
        if not any(fnmatchcase(number.name, pattern) for number, _ in known):
            names = [number.name for number, _ in known]
            about = nearest(pattern.strip("*?."), [*names, *(name.rpartition(".")[0] for name in names)])
            advice = about or "such as *.capacity"
            raise fail("no number has such a name", key="--numbers", value=pattern, advice=advice)
    moved = [
        _ranged(scenario, number, source, by)
        for number, source in known
        if (not patterns or any(fnmatchcase(number.name, pattern) for pattern in patterns))
        and (source == ASSUMED or not only_assumed)
    ]
    ranged = [one for one in moved if isinstance(one, Ranged)]
    if not ranged:
        raise fail("none of these numbers can be off", key="--numbers", value=", ".join(patterns) or None)
    return ranged, [one for one in moved if isinstance(one, Fixed)]


def _numbers(scenario: Scenario) -> Iterator[tuple[Number, str]]:
    """Every number with its source: of the network's tables, of closures and of boycotts."""
    network = scenario.network
    for id, field, _, source in sourced_numbers(network):
        unit = own_unit(network.element(id), field, network.cargoes)
        yield element_number(network, Target("element", id, field), unit), source
    for label in dict.fromkeys(one.label for one in scenario.disturbances):
        some = [one for one in scenario.disturbances if one.label == label]
        yield number_of(scenario, f"closure:{label}.days"), _source([one.source for one in some])
        if any(0 < one.remaining < 1 for one in some):
            yield number_of(scenario, f"closure:{label}.remaining"), _source([one.source for one in some])
    for label in dict.fromkeys(one.label for one in scenario.boycotts):
        some_boycotts = [one for one in scenario.boycotts if one.label == label]
        source = _source([one.source for one in some_boycotts])
        if any(one.share for one in some_boycotts):
            yield number_of(scenario, f"boycott:{label}.share"), source
        if any(one.premium for one in some_boycotts):
            yield number_of(scenario, f"boycott:{label}.premium"), source


def _source(sources: Sequence[str]) -> str:
    """Of several things under one label: assumed if one of them is."""
    return ASSUMED if ASSUMED in sources else sources[0]


def _ranged(scenario: Scenario, number: Number, source: str, by: float) -> Ranged | Fixed:
    value = number.value(scenario)
    if value == 0.0:
        return Fixed(name=number.name, source=source, why="is nothing, and so is any share of it")
    ends, why = [], ""
    for side in (-1.0, 1.0):
        end = 1.0
        for step in STEPS:
            share = _within(number, value, 1.0 + side * by * step)
            try:
                apply_changes(scenario, [number.scaled(share)])
            except InputError as error:
                why = why or error.faults[0].message
                continue
            end = share
            break
        ends.append(end)
    if ends == [1.0, 1.0]:
        return Fixed(name=number.name, source=source, why=why)
    known = nan if value is None else value
    return Ranged(number=number, source=source, value=known, low=ends[0], high=ends[1])


def _within(number: Number, value: float | None, share: float) -> float:
    """No farther than a share of something can go, which is all of it."""
    field = number.name.rpartition(".")[2]
    if value and field in (*SHARES, "remaining", "share"):
        return min(share, 1.0 / value)
    return share
