"""What a measure is: a number from a record, declared once with its name, unit and direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sim.errors import fail, nearest
from sim.measures.record import Record

Better = Literal["more", "less", "neither"]
Formula = Callable[[Record, str, float, float], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number computed from a record for one element, between two days of the run.

    `of` gives it in `unit`, or None where it has no value (a time to something that never came).
    `better` is the direction that a shipper of oil would wish for. `what` says how it is reckoned, with
    the source of its formula where it has one, and `by` of what there is one; docs/MEASURES.md shows both.
    `elements` lists those for which a summary computes it.
    """

    name: str
    title: str
    unit: str
    better: Better
    what: str
    by: str
    of: Formula
    elements: Callable[[Record], Iterable[str]]

    def __call__(self, record: Record, element: str, a: float = 0.0, b: float | None = None) -> float | None:
        return self.of(record, element, a, record.days if b is None else b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One line of a summary."""

    measure: str
    element: str
    value: float | None
    unit: str
    better: Better


def find_measure(name: str, measures: dict[str, Measure]) -> Measure:
    """The measure of that name. Raises `InputError` with the nearest one."""
    if name not in measures:
        raise fail(
            "no such measure", value=name, advice=nearest(name, measures) or f"known: {', '.join(measures)}"
        )
    return measures[name]
