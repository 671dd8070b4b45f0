"""A line of the short table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.measures import MEASURES, Record


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what, in which unit, and a number for each run; a heading has no numbers."""

    title: str
    unit: str
    values: tuple[float | None, ...]
    decimals: int = 2


def measured(records: Sequence[Record], measure: str, element: str, title: str, decimals: int = 2) -> Row:
    """A measure of each run; none for a run that does not have the element."""
    found = MEASURES[measure]
    values = (found(record, element) if element in found.elements(record) else None for record in records)
    return Row(title, found.unit, tuple(values), decimals)
