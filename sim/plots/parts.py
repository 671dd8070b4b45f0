"""A run that carries both oil and freight, seen as either: with only the closures that touch it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.measures.sides import Side, spans_of

if TYPE_CHECKING:
    from sim.measures.record import Record


def of_oil(record: Record) -> Record:
    """The record without the closures that touch nothing but freight."""
    return _only(record, "oil")


def of_freight(record: Record) -> Record:
    """The record without the closures that touch nothing but oil."""
    return _only(record, "freight")


def _only(record: Record, side: Side) -> Record:
    spans = spans_of(record, side)
    return record if spans == record.spans else replace(record, spans=spans)
