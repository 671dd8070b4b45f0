"""Ranges of numbers that fit together: none of them so wide that another's end would be at odds with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from sim.errors import InputError
from sim.scenario import Scenario
from sim.scenario.apply import apply_changes
from sim.studies.sensitivity.numbers import Ranged

TRIES = 6  # times that two ranges are halved, at most


def fitting(scenario: Scenario, numbers: Sequence[Ranged]) -> list[Ranged]:
    """The numbers with ranges whose ends go together, two by two; those that do not are halved.

    Raises `InputError` when two numbers cannot be off together at all.
    """
    found = list(numbers)
    for one, other in combinations(range(len(found)), 2):
        for turn in range(TRIES + 1):
            clash = _clash(scenario, found[one], found[other])
            if clash is None:
                break
            sides, error = clash
            if turn == TRIES:
                raise error
            found[one] = _halved(found[one], sides[0])
            found[other] = _halved(found[other], sides[1])
    return found


def _clash(scenario: Scenario, one: Ranged, other: Ranged) -> tuple[tuple[str, str], InputError] | None:
    """The ends of two ranges that do not go together, and why."""
    for sides in product(("low", "high"), repeat=2):
        changes = [
            each.number.scaled(getattr(each, side)) for each, side in zip((one, other), sides, strict=True)
        ]
        try:
            apply_changes(scenario, changes)
        except InputError as error:
            return (sides[0], sides[1]), error
    return None


def _halved(one: Ranged, side: str) -> Ranged:
    if side == "low":
        return replace(one, low=(one.low + 1.0) / 2)
    return replace(one, high=(one.high + 1.0) / 2)
