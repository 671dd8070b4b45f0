"""Values that a sweep gives to a number: `element.field=low..high:n`, or a list `a,b,c`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from sim.errors import fail, option
from sim.scenario import Scenario
from sim.scenario.numbers import Number, number_of, read_number_target
from sim.units import NUMBER, factor, parse, rounded, spelled

DEFAULT_COUNT = 5  # values of a range without a count
MAX_VALUES = 1000
RANGE = re.compile(r"\s*(?P<low>.+?)\s*\.\.\s*(?P<high>.+?)\s*(?::\s*(?P<count>[0-9]+)\s*)?", re.DOTALL)
ADVICE = "such as novorossiysk.tanks.capacity=400..1600 kt:7, or closure:LABEL.days=10,30,90"


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """A number with the values it takes, in its unit; those of a range are evenly spaced."""

    number: Number
    values: tuple[float, ...]
    is_range: bool

    def __str__(self) -> str:
        return f"{self.number.name} ({self.number.unit})" if self.number.unit else self.number.name

    @property
    def title(self) -> str:
        """Title for readers, with the unit in brackets."""
        unit = spelled(self.number.unit)
        return f"{self.number.title} ({unit})" if unit else self.number.title

    def at(self, share: float) -> float:
        """Return the value at a share (0 to 1) of the way along a range or a list."""
        if self.is_range:
            value = self.values[0] + share * (self.values[-1] - self.values[0])
            return float(round(value)) if self.number.is_whole else rounded(value)
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]


def read_varied(text: str, scenario: Scenario) -> Varied:
    """Read one `--vary`; values without a unit have that of the last one. Raises `InputError`."""
    name, _, values = (part.strip() for part in text.rpartition("="))
    if not name or not values:
        raise fail("not of the form element.field=values", key="--vary", value=text, advice=ADVICE)
    with option("--vary", text):
        return _varied(scenario, name, values)


def _varied(scenario: Scenario, name: str, text: str) -> Varied:
    read_number_target(name)  # a date is refused before its values are read as numbers
    match = RANGE.fullmatch(text)
    texts = [match["low"], match["high"]] if match else [part.strip() for part in text.split(",")]
    quantities = [_quantity(part) for part in texts]
    unit = next((unit for _, unit in reversed(quantities) if unit), "")
    number = number_of(scenario, name, unit, example=quantities[-1][0])
    values = [rounded(value * (factor(own, unit) if own else 1.0)) for value, own in quantities]
    if not match:
        if len(set(values)) < len(values):
            raise fail("a value is given twice", value=text)
        if len(values) < 2:
            raise fail("at least two values are needed", value=text, advice=ADVICE)
        return Varied(number=number, values=tuple(values), is_range=False)
    count = int(match["count"] or DEFAULT_COUNT)
    low, high = values
    if high <= low:
        raise fail("the range ends before it begins", value=text)
    if not 2 <= count <= MAX_VALUES:
        raise fail(f"a range has 2 to {MAX_VALUES} values", value=text)
    between = [rounded(value) for value in np.linspace(low, high, count).tolist()]
    return Varied(number=number, values=tuple(between), is_range=True)


def _quantity(text: str) -> tuple[float, str]:
    """Return a number and the text of its unit. Raises `InputError`."""
    match = NUMBER.fullmatch(text)
    if match is None:
        raise fail("not a number", value=text, advice=ADVICE)
    return parse(match[1], ""), (match[2] or "").strip()
