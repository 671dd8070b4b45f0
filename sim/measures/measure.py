"""Measure: a number computed from a record, declared once with its name, title, unit and direction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sim.errors import fail, nearest
from sim.measures.record import Record
from sim.network import Network

Better = Literal["more", "less", "neither"]
Formula = Callable[[Record, str, float, float], float | None]
"""The value for an element between two days of the run; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementKind:
    """Kind of element that a measure is computed for: "a yard", "an origin".

    `check` raises `InputError` for an element that the run does not have. docs/MEASURES.md shows the name.
    """

    name: str
    check: Callable[[Record, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Place of a measure among the headlines: the short table, comparisons, the page and the back-test.

    They stand in order of `place`. `elements` gives the elements of a network, each with its label, which
    follows the measure's title ("" for none). Tables show `decimals`, and with `hide_empty` leave out a row
    that is zero or has no value in every run.
    """

    place: int
    elements: Callable[[Network], Mapping[str, str]]
    decimals: int = 2
    hide_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number computed from a record for one element, between two days of the run.

    `formula` gives it in `unit`, or None where it has no value (a time to an event that never came).
    `better` is the direction that a shipper would wish for. `definition` is the text of docs/MEASURES.md,
    with the source of a published formula. `elements` lists the elements that a summary computes it for;
    others of its `kind` can be measured by name.
    """

    name: str
    title: str
    unit: str
    better: Better
    definition: str
    kind: ElementKind
    formula: Formula
    elements: Callable[[Record], Iterable[str]]
    headline: Headline | None = None

    def __call__(self, record: Record, element: str, a: float = 0.0, b: float | None = None) -> float | None:
        """Return the value between days `a` and `b` (the end of the run).

        Raises `InputError` for an element that the run does not have.
        """
        self.kind.check(record, element)
        return self.formula(record, element, a, record.days if b is None else b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One line of a summary."""

    measure: str
    element: str
    value: float | None
    unit: str
    better: Better


def one_of(name: str, ids_of: Callable[[Record], Collection[str]]) -> ElementKind:
    """Return a kind whose elements are the ids that `ids_of` lists."""

    def check(record: Record, element: str) -> None:
        ids = ids_of(record)
        if element not in ids:
            raise not_of_kind(name, element, ids)

    return ElementKind(name=name, check=check)


def not_of_kind(name: str, element: str, candidates: Iterable[str]) -> Exception:
    """Return the error for an element that is not of a kind, with the nearest that is."""
    advice = nearest(element, candidates)
    return fail(f"not {name} of this run", key="element", value=element, advice=advice)


def find_measure(name: str, measures: Mapping[str, Measure]) -> Measure:
    """Return the measure of a name. Raises `InputError` with the nearest one."""
    if name not in measures:
        raise fail(
            "no such measure", value=name, advice=nearest(name, measures) or f"known: {', '.join(measures)}"
        )
    return measures[name]
