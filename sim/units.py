"""Quantities with units at the edges; bare floats in t, TEU, days, km and USD inside.

Only units that mean something here are known, so that `kt` is a thousand tonnes and never a knot,
and so that a year is the 365 days by which annual capacities are quoted. A general units library
takes 0.2 s to start and evaluates what users write; products and quotients of these need neither.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import isfinite

from sim.errors import fail, nearest

DEFINITIONS: tuple[tuple[str, float, str, str], ...] = (
    # name, how many of the base unit, what it measures, other names
    ("day", 1.0, "time", "d days"),
    ("hour", 1 / 24, "time", "h hours"),
    ("minute", 1 / 1440, "time", "min minutes"),
    ("month", 365 / 12, "time", "months"),
    ("year", 365.0, "time", "yr years"),
    ("tonne", 1.0, "mass", "t tonnes"),
    ("kt", 1e3, "mass", ""),
    ("Mt", 1e6, "mass", ""),
    ("barrel", 1.0, "volume", "b bbl barrels"),
    ("kb", 1e3, "volume", "kbbl"),
    ("Mb", 1e6, "volume", "mb Mbbl"),
    ("TEU", 1.0, "containers", ""),
    ("FEU", 2.0, "containers", ""),
    ("km", 1.0, "length", "kilometre kilometres"),
    ("metre", 1e-3, "length", "m metres"),
    ("nmi", 1.852, "length", "nautical_mile"),
    ("knot", 1.852 * 24, "length/time", "kn knots"),
    ("USD", 1.0, "money", ""),
    ("percent", 0.01, "", "% pct"),
    ("ship", 1.0, "", "ships vessel vessels"),
    ("storm", 1.0, "", "storms"),
)
WHOLE = r"[-+]?(?:[0-9]+(?:[ _][0-9]{3})+|[0-9]+)"
DECIMAL = rf"(?:{WHOLE}(?:\.[0-9]*)?|[-+]?\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
NUMBER = re.compile(rf"({DECIMAL})\s*([^\W\d_].*|%.*)?", re.DOTALL)
WITH_COMMA = re.compile(r"[-+]?([0-9 _]*),([0-9]*)(?![0-9.,])")
THOUSANDS = re.compile(r"[-+]?(?!0)[0-9]{1,3}[.,][0-9]{3}(?![0-9.,])")
MARKS = {".": "point", ",": "comma"}
JOINED = re.compile(r"\s*(/|\*|\bper\b)\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """Marks a field of a described element with the unit that it is kept in.

    `cargo` in the text stands for the unit of the row's cargo (t or TEU): `cargo/day`.
    """

    text: str

    def of(self, cargo_unit: str) -> str:
        return self.text.replace("cargo", cargo_unit)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many base units a unit is, and the powers of what it measures."""

    scale: float
    powers: tuple[tuple[str, int], ...]

    @staticmethod
    def joined(parts: list[tuple[_Measure, int]]) -> _Measure:
        scale = 1.0
        powers: Counter[str] = Counter()
        for part, sign in parts:
            scale = scale * part.scale if sign > 0 else scale / part.scale
            for kind, power in part.powers:
                powers[kind] += sign * power
        return _Measure(scale, tuple(sorted((kind, power) for kind, power in powers.items() if power)))


@cache
def _units() -> dict[str, _Measure]:
    found = {}
    for name, scale, kinds, others in DEFINITIONS:
        over = kinds.split("/")
        powers = [(kind, -1 if number else 1) for number, kind in enumerate(over) if kind]
        for word in (name, *others.split()):
            found[word] = _Measure(scale, tuple(sorted(powers)))
    return found


def known_units() -> list[str]:
    """Every unit name and symbol understood, for advice on misspelt ones."""
    return sorted(_units())


@cache
def _measure(text: str) -> _Measure:
    """The measure of `Mt/yr`, `USD/t` or `t per day`. Raises `InputError` for an unknown unit."""
    if not text.strip():
        return _Measure(1.0, ())
    words = JOINED.split(text.strip())
    parts = []
    for joint, word in zip(["*", *words[1::2]], words[::2], strict=True):
        if not word:
            raise fail(f"cannot read the unit {text!r}", advice="write it like Mt/yr")
        if word not in _units():
            advice = nearest(word, known_units()) or f"known: {' '.join(known_units())}"
            raise fail(f"unknown unit {word!r}", advice=advice)
        parts.append((_units()[word], 1 if joint == "*" else -1))
    return _Measure.joined(parts)


@cache
def factor(given: str, wanted: str, barrels_per_tonne: float | None = None) -> float:
    """How many `wanted` one `given` is: `factor("Mt/yr", "t/day")` is 2739.7.

    Barrels become tonnes, and back, by the crude's own `barrels_per_tonne`. Raises `InputError`
    for an unknown unit or one of another kind.
    """
    ratio = _Measure.joined([(_measure(given), 1), (_measure(wanted), -1)])
    if not ratio.powers:
        return ratio.scale
    if barrels_per_tonne and ratio.powers == (("mass", -1), ("volume", 1)):
        return ratio.scale / barrels_per_tonne
    if barrels_per_tonne and ratio.powers == (("mass", 1), ("volume", -1)):
        return ratio.scale * barrels_per_tonne
    advice = f"give it in {wanted}" if wanted else "leave the unit out, or give it in %"
    raise fail(f"the unit {given!r} does not measure this", advice=advice)


def parse(
    text: str, wanted: str, barrels_per_tonne: float | None = None, decimal_commas: bool = False
) -> float:
    """Read `67 Mt/yr`, `12000 t/h`, `30 %` or a bare number, into `wanted`.

    A bare number is taken to be in `wanted` already. `decimal_commas` says that other numbers
    nearby are written so; without it `1,5` is understood, and `1,000` is refused. Raises
    `InputError` when the text is not a number with a fitting unit.
    """
    match = NUMBER.fullmatch(_with_point(text.strip(), decimal_commas))
    if match is None:
        raise fail("not a number", advice=f"a number, or one with its unit, such as 5 {wanted or '%'}")
    number = float(re.sub("[ _]", "", match[1]))
    if match[2]:
        number *= factor(match[2], wanted, barrels_per_tonne)
    if not isfinite(number):
        raise fail("too large a number")
    return number


def has_decimal_comma(text: str) -> bool:
    """Whether a cell starts with a number whose comma can mark nothing but decimals."""
    match = WITH_COMMA.match(text.strip())
    return match is not None and match[2] != "" and not THOUSANDS.match(text.strip())


def _with_point(text: str, decimal_commas: bool) -> str:
    """The number with a point for its decimal comma.

    Half the world reads `1,000` as a thousand and half as one, so it is refused rather than guessed
    at, unless its neighbours tell; so is `1.000` among decimal commas.
    """
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    mark = "." if decimal_commas else ","
    if (unclear := THOUSANDS.match(text)) and mark in unclear[0]:
        number = unclear[0]
        other = number.replace(".", ",") if decimal_commas else number.replace(",", ".")
        advice = f"write {other} for decimals, {number.replace(mark, '')} for thousands"
        raise fail(f"a {MARKS[mark]} here could mark decimals or thousands", advice=advice)
    if WITH_COMMA.match(text):
        return text.replace(",", ".", 1)
    return text
