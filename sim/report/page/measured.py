"""Measures of a run as a table, with those of the reference run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.measures import MEASURES, Record, Value
from sim.report.page.names import in_words

NEAR_ZERO = 0.05  # of the larger of the two: no percentage of less than that
EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Row of the table: a measure of an element, in the run and in the reference run."""

    measure: str
    title: str
    element: str
    words: str
    unit: str
    better: str
    value: float | None
    usual: float | None

    @property
    def difference(self) -> float | None:
        return None if self.value is None or self.usual is None else self.value - self.usual

    @property
    def percent(self) -> float | None:
        """Difference in per cent, None against next to nothing and for measures that are percentages."""
        change = self.difference
        if change is None or self.value is None or self.usual is None or self.unit == "%":
            return None
        if abs(self.usual) <= NEAR_ZERO * max(abs(self.value), abs(self.usual)):
            return None
        return 100.0 * change / abs(self.usual)

    @property
    def verdict(self) -> str:
        """Direction of the difference: better, worse, same, or empty where neither is better."""
        change = self.difference
        if change is None or self.usual is None:
            return ""
        if abs(change) <= EQUAL * max(1.0, abs(self.usual)):
            return "same"
        if self.better == "neither":
            return ""
        return "better" if (change > 0.0) == (self.better == "more") else "worse"


def measured(record: Record, values: Sequence[Value], usual: Sequence[Value] | None) -> list[Measured]:
    """Return a row for each measure that has a value in either run."""
    theirs = {(value.measure, value.element): value.value for value in usual or ()}
    rows = (
        Measured(
            measure=value.measure,
            title=MEASURES[value.measure].title,
            element=value.element,
            words=in_words(record, value.element),
            unit=value.unit,
            better=value.better,
            value=value.value,
            usual=theirs.get((value.measure, value.element)),
        )
        for value in values
    )
    return [row for row in rows if row.value is not None or row.usual is not None]


def written(value: float | None) -> str:
    """Format the value of a measure for a table."""
    if value is None:
        return "–"
    text = f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
    return text.replace("-", "−", 1)


def sorted_by(value: float | None) -> str:
    """Return the value of a measure by which the script sorts a table."""
    return "" if value is None else f"{value:.7g}"
