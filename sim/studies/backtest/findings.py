"""What a back-test finds: each reported figure beside what was simulated and what naive forecasts say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.studies.backtest.claims import Held
from sim.studies.backtest.reported import Reported
from sim.studies.estimates import Estimate
from sim.studies.frames import frame
from sim.studies.spread import Spread

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    *("id", "scenario", "measure", "element", "from", "until", "role", "unit", "reported", "tolerance"),
    *("simulated", "half_width", "replications", "never", "low", "high", "error", "within", "in_range"),
    *("unchanged", "in_proportion", "skill", "skill_proportion"),
)
RIGHT = 0.1  # of a tolerance: a naive forecast as near as that is right, and nobody can do much better


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reported figure beside what was simulated and what naive forecasts say, all in the measure's unit.

    `missed` is in how many replications the measure has no value, `spread` the range in which one more
    run would fall. `unchanged` is the value where nothing happens, `in_proportion` that less the share of
    capacity that was closed; None where they have none, or nothing happens in the scenario itself.
    """

    reported: Reported
    simulated: Estimate | None
    missed: int
    spread: Spread | None
    unchanged: float | None
    in_proportion: float | None

    @property
    def value(self) -> float:
        return self.reported.value

    @property
    def tolerance(self) -> float:
        return self.reported.tolerance

    @property
    def unit(self) -> str:
        return self.reported.unit

    @property
    def error(self) -> float | None:
        return None if self.simulated is None else self.simulated.mean - self.value

    @property
    def within(self) -> bool:
        """Whether the mean is as near as the tolerance allows."""
        return self.error is not None and abs(self.error) <= self.tolerance

    @property
    def in_range(self) -> bool:
        """Whether what was reported could be one more run."""
        return self.spread is not None and self.spread.has(self.value)

    @property
    def unchanged_error(self) -> float | None:
        return None if self.unchanged is None else self.unchanged - self.value

    @property
    def proportion_error(self) -> float | None:
        return None if self.in_proportion is None else self.in_proportion - self.value

    @property
    def skill(self) -> float | None:
        """How much better than that nothing changes: 1 is perfect, 0 no better, negative worse.

        None where that is right, too.
        """
        return self._skill(self.unchanged_error)

    @property
    def proportion_skill(self) -> float | None:
        """The same against loss in proportion."""
        return self._skill(self.proportion_error)

    def _skill(self, naive: float | None) -> float | None:
        if naive is None or abs(naive) < RIGHT * self.tolerance:
            return None
        return line_skill(self.error, naive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What a back-test found, line by line, and claims held against the same figures and runs."""

    findings: tuple[Finding, ...]
    claims: tuple[Held, ...]
    replications: int

    @property
    def of_oil(self) -> list[Finding]:
        return [one for one in self.findings if one.reported.is_of_oil]

    @property
    def of_freight(self) -> list[Finding]:
        return [one for one in self.findings if not one.reported.is_of_oil]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """A row for each line; see `COLUMNS`."""
        for one in self.findings:
            row, found, spread = one.reported.row, one.simulated, one.spread
            yield (
                *(row.id, one.reported.scenario.name, row.measure, row.element, row.since, row.until),
                *(row.role, one.unit, one.value, one.tolerance),
                *((found.mean, found.half_width, found.replications) if found else (None, None, 0)),
                one.missed,
                *((spread.low, spread.high) if spread else (None, None)),
                *(one.error, one.within, one.in_range, one.unchanged, one.in_proportion),
                *(one.skill, one.proportion_skill),
            )

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return frame(COLUMNS, self.rows())


def line_skill(error: float | None, naive: float | None) -> float | None:
    """1 less the size of an error by that of a naive forecast; None where that is missing, or right."""
    if error is None or not naive:
        return None
    return 1.0 - abs(error) / abs(naive)
