"""Results of a back-test: each reported figure with the simulated value and two naive forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.studies.backtest.claims import CheckedClaim
from sim.studies.backtest.reported import Reported
from sim.studies.estimates import Estimate
from sim.studies.results import StudyResults, TableRow
from sim.studies.spread import Spread

EXACT = 0.1  # of a tolerance: a naive forecast as close as that cannot well be improved
Errors = tuple[float, float]  # the simulator's and a naive forecast's


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reported figure with the simulated value and two naive forecasts, in the measure's unit.

    `missed` counts the replications without a value; `spread` is the range in which one more run would
    fall. `unchanged` is the undisturbed value, `in_proportion` that less the share of capacity that was
    closed; None where they have no value, or the scenario itself is undisturbed.
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
        """Return whether the error of the mean is within the tolerance."""
        return self.error is not None and abs(self.error) <= self.tolerance

    @property
    def in_range(self) -> bool:
        """Return whether the reported value could be that of one more run."""
        return self.spread is not None and self.spread.has(self.value)

    @property
    def unchanged_error(self) -> float | None:
        return None if self.unchanged is None else self.unchanged - self.value

    @property
    def proportion_error(self) -> float | None:
        return None if self.in_proportion is None else self.in_proportion - self.value

    @property
    def skill(self) -> float | None:
        """Skill against the undisturbed value: 1 is perfect, 0 no better, negative worse.

        None where the undisturbed value is exact, too.
        """
        return self._skill(self.unchanged_error)

    @property
    def proportion_skill(self) -> float | None:
        """Skill against the loss in proportion."""
        return self._skill(self.proportion_error)

    def _skill(self, naive: float | None) -> float | None:
        if naive is None or abs(naive) < EXACT * self.tolerance:
            return None
        return line_skill(self.error, naive)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backtest(StudyResults):
    """Results of a back-test, figure by figure, and the claims checked against them."""

    findings: tuple[Finding, ...]
    claims: tuple[CheckedClaim, ...]
    replications: int

    @property
    def of_oil(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.reported.is_of_oil]

    @property
    def of_freight(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.reported.is_of_oil]

    def rows(self) -> Iterator[TableRow]:
        """Yield a row for each figure."""
        for finding in self.findings:
            row, simulated, spread = finding.reported.row, finding.simulated, finding.spread
            yield {
                "id": row.id,
                "scenario": finding.reported.scenario.name,
                "measure": row.measure,
                "element": row.element,
                "from": str(row.since),
                "until": str(row.until),
                "role": row.role,
                "unit": finding.unit,
                "reported": finding.value,
                "tolerance": finding.tolerance,
                "simulated": simulated.mean if simulated else None,
                "half_width": simulated.half_width if simulated else None,
                "replications": simulated.replications if simulated else 0,
                "never": finding.missed,
                "low": spread.low if spread else None,
                "high": spread.high if spread else None,
                "error": finding.error,
                "within": finding.within,
                "in_range": finding.in_range,
                "unchanged": finding.unchanged,
                "in_proportion": finding.in_proportion,
                "skill": finding.skill,
                "skill_proportion": finding.proportion_skill,
            }


def line_skill(error: float | None, naive: float | None) -> float | None:
    """Return 1 - |error| / |naive error|; None where the naive error is missing or zero."""
    if error is None or not naive:
        return None
    return 1.0 - abs(error) / abs(naive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Skill against one naive forecast, over the `lines` for which there is one.

    On `closer` of them the simulator is closer to the reported value. `score` is 1 less the ratio of the
    sums of errors, each in tolerances of its line so that days, tonnes and ships add up: 100 % is perfect,
    0 no better than the forecast, negative worse.
    """

    lines: int
    closer: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Numbers of lines, of those within tolerance and within the range of runs, and the skills."""

    lines: int
    within: int
    in_range: int
    against_unchanged: Skill
    against_proportion: Skill


def totals(findings: Sequence[Finding]) -> Totals:
    """Return the totals of findings."""
    return Totals(
        lines=len(findings),
        within=sum(finding.within for finding in findings),
        in_range=sum(finding.in_range for finding in findings),
        against_unchanged=_skill([_in_tolerances(finding, finding.unchanged_error) for finding in findings]),
        against_proportion=_skill(
            [_in_tolerances(finding, finding.proportion_error) for finding in findings]
        ),
    )


def _in_tolerances(finding: Finding, naive: float | None) -> Errors | None:
    if finding.error is None or naive is None:
        return None
    return abs(finding.error) / finding.tolerance, abs(naive) / finding.tolerance


def _skill(errors: Sequence[Errors | None]) -> Skill:
    present = [pair for pair in errors if pair is not None]
    ours, theirs = (sum(column) for column in zip(*present, strict=True)) if present else (0.0, 0.0)
    return Skill(
        lines=len(present),
        closer=sum(our < their for our, their in present),
        score=line_skill(ours, theirs),
    )
