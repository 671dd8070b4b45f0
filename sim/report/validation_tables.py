"""Tables of a back-test: a row for each figure, held-out ones apart, and the totals."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.study_report import NONE, Cell, Column, ReportTable, Row
from sim.studies.backtest.results import Backtest, Finding, Skill, totals
from sim.studies.verdicts import spread

COLUMNS = (
    Column(title="figure"),
    Column(title="what", is_main=False),
    *(
        Column(title=title)
        for title in (
            *("reported", "simulated", "range of runs", "error", "tolerance", "within"),
            *("nothing changes", "in proportion", "skill"),
        )
    ),
)
TOTALS = (
    *("figures", "lines", "within tolerance", "in the range of runs"),
    *("closer than that nothing changes", "skill", "closer than in proportion", "skill against that"),
)


def findings_tables(results: Backtest) -> list[ReportTable]:
    """Return the tables of oil and freight, those held out apart from those used to set parameters."""
    return [
        ReportTable(
            name=title,
            title=f"{title}, {results.replications:,} replications",
            columns=COLUMNS,
            rows=[_row(_texts(finding)) for finding in findings],
            max_printed=len(findings),
        )
        for title, findings in _kinds(results)
        if findings
    ]


def totals_table(results: Backtest) -> ReportTable:
    """Return the table of how many figures of each kind are right, and of the skill."""
    held_out = [finding for finding in results.findings if finding.reported.is_held_out]
    kinds = [*_kinds(results), ("All that was held out", held_out), ("All", list(results.findings))]
    rows = [_row(_totals(title, findings)) for title, findings in kinds if findings]
    columns = [Column(title=title) for title in TOTALS]
    return ReportTable(name="totals", title="In all", columns=columns, rows=rows, max_printed=len(rows))


def _row(texts: Sequence[str]) -> Row:
    return Row(cells=[Cell(text=text) for text in texts])


def _totals(title: str, findings: Sequence[Finding]) -> list[str]:
    sums = totals(findings)
    of = f"of {sums.lines}"
    skills = [*_skill(sums.against_unchanged), *_skill(sums.against_proportion)]
    return [title, str(sums.lines), f"{sums.within} {of}", f"{sums.in_range} {of}", *skills]


def _kinds(results: Backtest) -> list[tuple[str, list[Finding]]]:
    return [
        (f"{kind}, {role}", [each for each in findings if each.reported.is_held_out is is_held_out])
        for kind, findings in (("Oil", results.of_oil), ("Freight", results.of_freight))
        for role, is_held_out in (("held out", True), ("part of the calibration", False))
    ]


def _skill(skill: Skill) -> list[str]:
    return [f"{skill.closer} of {skill.lines}", NONE if skill.score is None else f"{skill.score:.0%}"]


def _texts(finding: Finding) -> list[str]:
    row = finding.reported.row
    return [
        row.id,
        f"{row.measure}, {row.element}; {finding.reported.name}, {row.since} to {row.until}",
        _with_unit(finding, _value(finding, finding.value)),
        _simulated(finding),
        _range(finding),
        _error(finding, finding.error),
        row.tolerance,
        "yes" if finding.within else "no",
        _naive(finding, finding.unchanged, finding.unchanged_error),
        _naive(finding, finding.in_proportion, finding.proportion_error),
        NONE if finding.skill is None else f"{finding.skill:.0%}",
    ]


def number(value: float) -> str:
    """Format a number to four digits, or as a whole number from a thousand on."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _value(finding: Finding, value: float) -> str:
    if finding.unit != "date":
        return number(value)
    moment = finding.reported.moment(round(value * 24.0) / 24.0)
    return f"{moment:%Y-%m-%d %Hh}" if moment.hour else f"{moment:%Y-%m-%d}"


def _with_unit(finding: Finding, text: str) -> str:
    return text if finding.unit == "date" else f"{text} {finding.unit}"


def _simulated(finding: Finding) -> str:
    simulated = finding.simulated
    if simulated is None:
        return "never"
    missed = f" ({finding.missed} runs never)" if finding.missed else ""
    if finding.unit != "date":
        return f"{spread(simulated)} {finding.unit}{missed}"
    around = "" if simulated.half_width is None else f" ± {simulated.half_width:.2g} days"
    return f"{_value(finding, simulated.mean)}{around}{missed}"


def _range(finding: Finding) -> str:
    if finding.spread is None:
        return NONE
    text = f"{_value(finding, finding.spread.low)} to {_value(finding, finding.spread.high)}"
    return text if finding.in_range else f"{text}, outside"


def _error(finding: Finding, error: float | None) -> str:
    if error is None:
        return NONE
    if finding.unit == "date":
        return f"{error:+.1f} days"
    return f"{error / finding.value:+.1%}" if finding.value else f"{error:+.3g} {finding.unit}"


def _naive(finding: Finding, value: float | None, error: float | None) -> str:
    return NONE if value is None else f"{_value(finding, value)} ({_error(finding, error)})"
