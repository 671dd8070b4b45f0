"""Quantities with units at the edges; bare floats in t, TEU, days, km and USD inside.

The registry has only the units of this trade, so that `kt` is a thousand tonnes and never a knot, and a
year is the 365 days by which annual capacities are quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import isfinite, log
from typing import TYPE_CHECKING

from sim.errors import fail, nearest

if TYPE_CHECKING:
    from pint import UnitRegistry

DEFINITIONS: tuple[tuple[str, str, str], ...] = (
    # name, definition, other names
    ("day", "[time]", "d days"),
    ("hour", "day / 24", "h hours"),
    ("minute", "hour / 60", "min minutes"),
    ("month", "365 / 12 * day", "months"),
    ("year", "365 * day", "yr years"),
    ("tonne", "[mass]", "t tonnes"),
    ("kt", "1000 * tonne", ""),
    ("Mt", "1e6 * tonne", ""),
    ("barrel", "[volume]", "b bbl barrels"),
    ("kb", "1000 * barrel", "kbbl"),
    ("Mb", "1e6 * barrel", "mb Mbbl"),
    ("TEU", "[containers]", ""),
    ("FEU", "2 * TEU", ""),
    ("km", "[length]", "kilometre kilometres"),
    ("metre", "km / 1000", "m metres"),
    ("nmi", "1.852 * km", "nautical_mile"),
    ("knot", "nmi / hour", "kn knots"),
    ("USD", "[money]", ""),
    ("MUSD", "1e6 * USD", ""),
    ("percent", "0.01", "pct"),
    ("ship", "1", "ships vessel vessels"),
    ("storm", "1", "storms"),
    ("train", "1", "trains"),
)
TRADE_UNITS = {  # in which the trade quotes what is kept in t, TEU or these per day
    "t": ("t", "kt", "Mt"),
    "t/day": ("t/h", "kt/h", "t/day", "kt/day", "Mt/yr"),
    "TEU/day": ("TEU/h", "TEU/day", "TEU/yr"),
}
INTEGER = r"[-+]?(?:[0-9]+(?:[ _][0-9]{3})+|[0-9]+)"
DECIMAL = rf"(?:{INTEGER}(?:\.[0-9]*)?|[-+]?\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
NUMBER = re.compile(rf"({DECIMAL})\s*([^\W\d_].*|%.*)?", re.DOTALL)
WITH_COMMA = re.compile(r"[-+]?([0-9 _]*),([0-9]*)(?![0-9.,])")
WITH_POINT = re.compile(r"[-+]?([0-9 _]*)\.([0-9]*)(?![0-9.,])")
THOUSANDS = re.compile(r"[-+]?(?!0)[0-9]{1,3}[.,][0-9]{3}(?![0-9.,])")
MARKS = {".": "point", ",": "comma"}
JOINED = re.compile(r"\s*(/|[*·]|\bper\b)\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """Mark of a field with the unit that it is kept in.

    `cargo` in the text stands for the unit of the row's cargo (t or TEU): `cargo/day`.
    """

    text: str

    def of(self, cargo_unit: str) -> str:
        return self.text.replace("cargo", cargo_unit)


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry

    registry: UnitRegistry[float] = UnitRegistry(None)
    for name, meaning, others in DEFINITIONS:
        registry.define(" = ".join((name, meaning, *others.split())))
    return registry


@cache
def known_units() -> tuple[str, ...]:
    """Return every unit name and symbol, for advice on misspelt ones."""
    return tuple(
        sorted({"%", *(word for name, _, others in DEFINITIONS for word in (name, *others.split()))})
    )


@cache
def _registry_form(text: str) -> str:
    """The unit `Mt/yr`, `USD/t` or `t per day` in the form of the registry. Raises `InputError`."""
    words = JOINED.split(text.strip())
    for word in words[::2]:
        if not word:
            raise fail(f"cannot read the unit {text!r}", advice="write it like Mt/yr")
        if word not in known_units():
            advice = nearest(word, known_units()) or f"known: {' '.join(known_units())}"
            raise fail(f"unknown unit {word!r}", advice=advice)
    joints = ["" if joint is None else "*" if joint in "*·" else "/" for joint in (None, *words[1::2])]
    return "".join(j + w.replace("%", "percent") for j, w in zip(joints, words[::2], strict=True))


@cache
def factor(unit: str, target: str, barrels_per_tonne: float | None = None) -> float:
    """Return the size of a unit in another: `factor("Mt/yr", "t/day")` is 2739.7.

    Barrels become tonnes, and back, by the crude's own `barrels_per_tonne`. Raises `InputError`
    for an unknown unit or one of another kind.
    """
    registry = _registry()
    ours, theirs = (
        registry.Quantity(1.0, _registry_form(text) if text.strip() else "dimensionless")
        for text in (target, unit)
    )
    density = registry.Quantity(barrels_per_tonne or 1.0, "barrel/tonne")
    for converted in (theirs, theirs / density, theirs * density) if barrels_per_tonne else (theirs,):
        if converted.is_compatible_with(ours):
            return float(converted.to(ours.units).magnitude)
    advice = f"give it in {target}" if target else "leave the unit out, or give it in %"
    raise fail(f"the unit {unit!r} does not measure this", advice=advice)


def parse(
    text: str,
    unit: str,
    barrels_per_tonne: float | None = None,
    decimal_commas: bool | None = False,
    unit_needed: bool = False,
    current: float | None = None,
) -> float:
    """Return the value of `67 Mt/yr`, `12000 t/h`, `30 %` or a bare number, in `unit`.

    A bare number is in `unit` already; with `unit_needed`, only 0 may be bare, and the advice has the unit
    in which it is nearest to the `current` value. `decimal_commas` is whether other numbers nearby have
    them; if not, `1,5` is understood, and `1,000` is refused; None means that nothing nearby shows it, so
    that `1.000` is refused too. Raises `InputError` when the text is not a number with a fitting unit.
    """
    match = NUMBER.fullmatch(_with_point(text.strip(), decimal_commas))
    if match is None:
        raise fail("not a number", advice=f"a number, or one with its unit, such as 5 {unit or '%'}")
    number = float(re.sub("[ _]", "", match[1]))
    if unit_needed and not match[2] and number != 0.0:
        raise fail("a unit is needed here", advice=f"such as {match[1]} {likely_unit(number, unit, current)}")
    if match[2]:
        number *= factor(match[2], unit, barrels_per_tonne)
    if not isfinite(number):
        raise fail("too large a number")
    return number


def likely_unit(number: float, unit: str, current: float | None) -> str:
    """Return the unit of the trade in which a bare number is nearest to the current value, in `unit`.

    For a number that is 0, the unit in which the current value is nearest to 100.
    """
    if not current or number < 0.0:
        return unit
    ratio = (number or 100.0) / current
    return min(TRADE_UNITS.get(unit, (unit,)), key=lambda other: abs(log(ratio * factor(other, unit))))


def has_decimal_comma(text: str) -> bool:
    """Return whether a cell starts with a number whose comma can only mark decimals."""
    return _has_decimals(text.strip(), WITH_COMMA)


def has_decimal_point(text: str) -> bool:
    """Return whether a cell starts with a number whose point can only mark decimals."""
    return _has_decimals(text.strip(), WITH_POINT)


def _has_decimals(text: str, form: re.Pattern[str]) -> bool:
    match = form.match(text)
    return match is not None and match[2] != "" and not THOUSANDS.match(text)


def check_clear(text: str, decimal_commas: bool | None) -> None:
    """Refuse a number whose point or comma could mark decimals or thousands.

    Half the world reads `1,000` as a thousand and half as one, so it is refused rather than guessed,
    unless its neighbours show which; so is `1.000` among decimal commas, or where nothing shows it. Raises
    `InputError`.
    """
    unclear = THOUSANDS.match(text)
    if unclear is None:
        return
    number = unclear[0]
    mark = "," if "," in number else "."
    if decimal_commas is not None and decimal_commas == (mark == ","):
        return
    # where nothing shows it, a fourth decimal does, for the whole table
    other = f"{number}0" if decimal_commas is None else number.translate(str.maketrans(".,", ",."))
    advice = f"write {other} for decimals, {number.replace(mark, '')} for thousands"
    raise fail(f"a {MARKS[mark]} here could mark decimals or thousands", advice=advice)


def _with_point(text: str, decimal_commas: bool | None) -> str:
    """The number with a point for its decimal comma. Raises `InputError` where it is unclear."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    check_clear(text, decimal_commas)
    return text.replace(",", ".", 1) if WITH_COMMA.match(text) else text


def rounded(value: float) -> float:
    """Return a value without the digits that arithmetic adds to it: 0.9, not 0.8999999999999999."""
    return float(f"{value:.12g}")


def as_text(value: float, unit: str = "") -> str:
    """Return a number and its unit as text that is read back as the same quantity."""
    is_whole = float(value).is_integer() and abs(value) < 1e15
    return f"{value:.0f} {unit}".strip() if is_whole else f"{float(value)!r} {unit}".strip()


def spelled(unit: str) -> str:
    """Return a unit as it reads behind a number."""
    return "days" if unit == "day" else unit
