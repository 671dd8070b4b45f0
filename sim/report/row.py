"""Row of the table that a run prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.measures import Measure, Record


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: title, unit, and a number for each run; a heading has no numbers."""

    title: str
    unit: str
    values: tuple[float | None, ...]
    decimals: int = 2


def heading(title: str) -> Row:
    """Return a row without numbers."""
    return Row(title, "", ())


def measured(records: Sequence[Record], measure: Measure, element: str, title: str, decimals: int = 2) -> Row:
    """Return the row of a measure; a run that does not have the element has no number."""
    values = (measure(record, element) if element in measure.elements(record) else None for record in records)
    return Row(title, measure.unit, tuple(values), decimals)


def row_of(
    records: Sequence[Record], title: str, unit: str, value: Callable[[Record], float | None], decimals: int
) -> Row:
    """Return a row with one number computed from each run."""
    return Row(title, unit, tuple(value(record) for record in records), decimals)
