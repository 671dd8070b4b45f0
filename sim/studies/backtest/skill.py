"""Skill of the simulator against naive forecasts, over many figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.studies.backtest.results import Finding, line_skill

Errors = tuple[float, float]  # the simulator's and a naive forecast's


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
