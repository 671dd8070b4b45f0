"""Quantities with units at the edges; bare floats in t, TEU, days, km and USD inside.

The registry holds only units that mean something here, so that `kt` is a thousand tonnes and never
a knot, and so that a year is the 365 days by which annual capacities are quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.errors import fail, nearest

DEFINITIONS = {
    "day": "[time] = d = days",
    "hour": "day / 24 = h = hours",
    "minute": "hour / 60 = min",
    "month": "365 / 12 day = months",
    "year": "365 day = yr = years",
    "tonne": "[mass] = t = tonnes",
    "kt": "1e3 t",
    "Mt": "1e6 t",
    "barrel": "[volume] = bbl = b = barrels",
    "kb": "1e3 bbl = kbbl",
    "Mb": "1e6 bbl = mb = Mbbl",
    "TEU": "[container]",
    "FEU": "2 TEU",
    "kilometre": "[length] = km",
    "metre": "km / 1000 = m",
    "nautical_mile": "1.852 km = nmi",
    "knot": "nmi / hour = kn = knots",
    "USD": "[currency]",
    "percent": "0.01 = pct",
    "ship": "1 = ships = vessel = vessels",
    "storm": "1 = storms",
}
NUMBER = re.compile(r"^\s*([-+]?(?:\d+(?:[ _]\d{3})*|\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """Marks a field of a described element with the unit that it is kept in.

    `cargo` in the text stands for the unit of the row's cargo (t or TEU): `cargo/day`.
    """

    text: str

    def of(self, cargo_unit: str) -> str:
        return self.text.replace("cargo", cargo_unit)


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    registry = UnitRegistry(None, autoconvert_to_preferred=False)
    for name, definition in DEFINITIONS.items():
        registry.define(f"{name} = {definition}")
    return registry


def known_units() -> list[str]:
    """Every unit name and symbol understood, for advice on misspelt ones."""
    words = {word.strip() for text in DEFINITIONS.values() for word in text.split("=")[1:]}
    return sorted(word for word in {*DEFINITIONS, *words} if word.isidentifier())


@cache
def factor(given: str, wanted: str, barrels_per_tonne: float | None = None) -> float:
    """How many `wanted` one `given` is: `factor("Mt/yr", "t/day")` is 2739.7.

    Barrels become tonnes, and back, by the crude's own `barrels_per_tonne`. Raises `InputError`
    for an unknown unit or one of another kind.
    """
    registry = _registry()
    unknown = [word for word in re.findall(r"[A-Za-z_]+", given) if word not in known_units()]
    if unknown:
        advice = nearest(unknown[0], known_units()) or f"a unit such as {wanted}"
        raise fail(f"unknown unit {unknown[0]!r}", advice=advice)
    try:
        quantity = registry.Quantity(1.0, registry.parse_units(given.replace("%", "percent")))
        target = registry.parse_units(wanted)
    except Exception as error:
        raise fail(f"cannot read the unit {given!r}", advice=f"write it like {wanted}") from error
    if quantity.check(target):
        return float(quantity.to(target).magnitude)
    if barrels_per_tonne:
        density = registry.Quantity(barrels_per_tonne, "bbl/t")
        for converted in (quantity / density, quantity * density):
            if converted.check(target):
                return float(converted.to(target).magnitude)
    raise fail(f"the unit {given!r} does not measure this", advice=f"give it in {wanted}")


def parse(text: str, wanted: str, barrels_per_tonne: float | None = None) -> float:
    """Read `67 Mt/yr`, `12000 t/h`, `30 %` or a bare number, into `wanted`.

    A bare number is taken to be in `wanted` already. Raises `InputError` when the text is not a
    number with a fitting unit.
    """
    match = NUMBER.match(text)
    if match is None or not re.search(r"\d", match[1]):
        raise fail("not a number", advice=f"a number, or one with its unit, such as 5 {wanted}".rstrip())
    number, unit = float(re.sub("[ _]", "", match[1])), match[2]
    if not unit:
        return number
    if unit == "%":
        unit = "percent"
    return number * factor(unit, wanted or "dimensionless", barrels_per_tonne)
