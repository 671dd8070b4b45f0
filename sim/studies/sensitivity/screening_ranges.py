"""Ranges of numbers that are compatible: any two of their ends make a valid scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from sim.errors import InputError
from sim.scenario import Scenario
from sim.scenario.apply import apply_changes
from sim.studies.sensitivity.numbers import Ranged

MAX_HALVINGS = 6  # of two incompatible ranges


def compatible_ranges(scenario: Scenario, numbers: Sequence[Ranged]) -> list[Ranged]:
    """Return the numbers with ranges whose ends are compatible in pairs; incompatible ranges are halved.

    Raises `InputError` when two numbers cannot be moved together at all.
    """
    ranged = list(numbers)
    for first, other in combinations(range(len(ranged)), 2):
        for turn in range(MAX_HALVINGS + 1):
            clash = _clash(scenario, ranged[first], ranged[other])
            if clash is None:
                break
            sides, error = clash
            if turn == MAX_HALVINGS:
                raise error
            ranged[first] = _halved(ranged[first], sides[0])
            ranged[other] = _halved(ranged[other], sides[1])
    return ranged


def _clash(scenario: Scenario, first: Ranged, other: Ranged) -> tuple[tuple[str, str], InputError] | None:
    """Return two ends that are incompatible, and the error; None if there are none."""
    for sides in product(("low", "high"), repeat=2):
        changes = [
            each.number.scaled(getattr(each, side)) for each, side in zip((first, other), sides, strict=True)
        ]
        try:
            apply_changes(scenario, changes)
        except InputError as error:
            return (sides[0], sides[1]), error
    return None


def _halved(ranged: Ranged, side: str) -> Ranged:
    if side == "low":
        return replace(ranged, low=(ranged.low + 1.0) / 2)
    return replace(ranged, high=(ranged.high + 1.0) / 2)
