"""How much better than a naive forecast: by line, and over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.studies.backtest.findings import Finding, line_skill

Errors = tuple[float, float]  # the simulator's and a naive forecast's


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """How the simulator does against one naive forecast, over the `lines` for which there is one.

    On `closer` of them the simulator is nearer to what was reported. `score` is 1 less the sum of its
    errors by the sum of the forecast's, each error counted in tolerances of its line so that days, tonnes
    and ships add up: 100 % is perfect, 0 no better than the forecast, negative worse.
    """

    lines: int
    closer: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many lines there are, are within their tolerance and within the range of runs; and the skill."""

    lines: int
    within: int
    in_range: int
    against_unchanged: Skill
    against_proportion: Skill


def totals(findings: Sequence[Finding]) -> Totals:
    """The totals of some lines."""
    return Totals(
        lines=len(findings),
        within=sum(one.within for one in findings),
        in_range=sum(one.in_range for one in findings),
        against_unchanged=_skill([_in_tolerances(one, one.unchanged_error) for one in findings]),
        against_proportion=_skill([_in_tolerances(one, one.proportion_error) for one in findings]),
    )


def _in_tolerances(finding: Finding, naive: float | None) -> Errors | None:
    if finding.error is None or naive is None:
        return None
    return abs(finding.error) / finding.tolerance, abs(naive) / finding.tolerance


def _skill(errors: Sequence[Errors | None]) -> Skill:
    there = [pair for pair in errors if pair is not None]
    ours, theirs = (sum(column) for column in zip(*there, strict=True)) if there else (0.0, 0.0)
    return Skill(
        lines=len(there),
        closer=sum(our < their for our, their in there),
        score=line_skill(ours, theirs),
    )
