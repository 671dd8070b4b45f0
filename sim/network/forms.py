"""Forms of the fields of elements: type, unit, choices; and values read by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from sim.errors import InputError, fail, nearest
from sim.network.elements import Cargo
from sim.units import Unit, check_clear, parse

WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
# a bare 12000 could be t/h or t/day, and a run accepts either
UNIT_NEEDED = ("cargo", "cargo/day")
MAX_COUNT = 1_000_000  # of ships, berths and other things that are counted
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Form:
    """Form of a field: its type, its unit if it is a quantity, and the words that it may have."""

    type: Any
    unit: Unit | None
    choices: tuple[str, ...]
    needed: bool


def forms_of(kind: type) -> dict[str, Form]:
    """Return the form of each field of an element's class."""
    return _forms(kind)


def units_of(kind: type) -> dict[str, Unit]:
    """Return the unit of each field that is a quantity."""
    return _units(kind)


@cache
def _forms(kind: type) -> dict[str, Form]:
    hints = get_type_hints(kind, include_extras=True)
    needed = {spec.name for spec in fields(kind) if spec.default is spec.default_factory is MISSING}
    return {name: _form(hint, name in needed) for name, hint in hints.items()}


@cache
def _units(kind: type) -> dict[str, Unit]:
    return {name: form.unit for name, form in _forms(kind).items() if form.unit is not None}


def _form(hint: Any, needed: bool) -> Form:
    [inner] = [part for part in get_args(hint) if part is not type(None)] if _optional(hint) else [hint]
    unit = next((mark for mark in getattr(inner, "__metadata__", ()) if isinstance(mark, Unit)), None)
    plain = getattr(inner, "__origin__", inner) if unit else inner
    choices = get_args(plain) if get_origin(plain) is Literal else ()
    return Form(str if choices else plain, unit, choices, needed)


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def cargo_of(id: str, cargoes: Mapping[str, Cargo]) -> Cargo | None:
    """Return the cargo of an element; for one without, such as a market with its price, the first liquid."""
    liquid = (cargo for cargo in cargoes.values() if cargo.barrels_per_tonne)
    return cargoes.get(id) or next(liquid, None)


def cargo_for(element: object, cargoes: Mapping[str, Cargo]) -> Cargo | None:
    """Return the cargo in whose unit the fields of an element are."""
    return cargo_of(getattr(element, "cargo", ""), cargoes)


def own_unit(element: object, field: str, cargoes: Mapping[str, Cargo]) -> str:
    """Return the unit that a field of an element is kept in; empty for a plain number."""
    unit, cargo = units_of(type(element)).get(field), cargo_for(element, cargoes)
    return unit.of(cargo.unit if cargo else "t") if unit else ""


def read_value(
    form: Form,
    value: object,
    cargo: Cargo | None = None,
    decimal_commas: bool | None = False,
    current: float | None = None,
) -> Any:
    """Return a value, read from the text of a cell or from TOML, in the field's own unit.

    Raises `InputError` when the field does not take it; advice on its unit goes by the `current` value.
    """
    if isinstance(value, str):
        return _from_text(form, value.strip(), cargo, decimal_commas, current)
    if form.type is bool and isinstance(value, bool):
        return value
    if form.type in (float, int) and isinstance(value, int | float) and not isinstance(value, bool):
        return _from_text(form, repr(value), cargo, False, current)
    raise fail(f"should be {_expected(form)}")


def _from_text(
    form: Form, text: str, cargo: Cargo | None, decimal_commas: bool | None, current: float | None
) -> Any:
    if form.type is float:
        unit = form.unit.of(cargo.unit if cargo else "t") if form.unit else ""
        needed = form.unit is not None and form.unit.text in UNIT_NEEDED
        density = cargo.barrels_per_tonne if cargo else None
        return parse(text, unit, density, decimal_commas, needed, current)
    if form.choices and text not in form.choices:
        raise fail(f"should be {_expected(form)}", advice=nearest(text, form.choices))
    if form.type is int:
        check_clear(text, decimal_commas)
    reader = READERS.get(form.type)
    if reader is None:
        return text
    try:
        return reader(text)
    except (ValueError, KeyError):
        raise fail(f"should be {_expected(form)}") from None


def _points(text: str) -> tuple[tuple[float, float], ...]:
    points = []
    for pair in filter(None, (pair.split() for pair in text.split(";"))):
        latitude, longitude = pair
        try:
            points.append((parse(latitude, ""), parse(longitude, "")))
        except InputError:
            raise ValueError from None
    return tuple(points)


def _day(text: str) -> date:
    if not ISO_DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _whole(text: str) -> int:
    number = float(text)
    if not number.is_integer():
        raise ValueError
    if abs(number) > MAX_COUNT:
        raise fail("too large a number", advice=f"at most {MAX_COUNT:,}")
    return int(number)


Points = tuple[tuple[float, float], ...]
READERS: dict[Any, Callable[[str], Any]] = {
    int: _whole,
    bool: lambda text: WORDS[text.lower()],
    date: _day,
    tuple[str, ...]: lambda text: tuple(text.split()),
    Points: _points,
}
EXPECTED = {
    float: "a number",
    int: "a whole number",
    bool: "yes or no",
    date: "a date, such as 2022-03-21",
    str: "text",
    tuple[str, ...]: "ids with spaces between them",
    Points: "pairs of degrees, such as 46.9 50.5;46.6 49.2",
}


def _expected(form: Form) -> str:
    return f"one of {', '.join(form.choices)}" if form.choices else EXPECTED[form.type]
