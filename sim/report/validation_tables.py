"""The back-test as tables: a line for each figure, held-out ones apart, and the totals."""

from __future__ import annotations

from sim.studies.backtest.findings import Backtest, Finding
from sim.studies.backtest.skill import Skill, totals
from sim.studies.verdicts import spread

Table = tuple[str, list[list[str]]]  # a title, and lines of which the first has the titles of columns

COLUMNS = (
    *("figure", "what", "reported", "simulated", "range of runs", "error", "tolerance", "within"),
    *("nothing changes", "in proportion", "skill"),
)
TOTALS = (
    *("figures", "lines", "within tolerance", "in the range of runs"),
    *("closer than that nothing changes", "skill", "closer than in proportion", "skill against that"),
)
NONE = "–"


def findings_tables(found: Backtest) -> list[Table]:
    """Oil and freight, each with what was held out apart from what had a part in setting a parameter."""
    return [(title, [[*COLUMNS], *map(_line, findings)]) for title, findings in _kinds(found) if findings]


def narrow_tables(found: Backtest) -> list[Table]:
    """The same without what a figure is of."""
    what = COLUMNS.index("what")
    return [
        (title, [[*line[:what], *line[what + 1 :]] for line in lines])
        for title, lines in findings_tables(found)
    ]


def totals_table(found: Backtest) -> list[list[str]]:
    """For each of these tables, and for all that was held out, how often and by how much it is right."""
    held_out = [one for one in found.findings if one.reported.is_held_out]
    kinds = [*_kinds(found), ("All that was held out", held_out), ("All", list(found.findings))]
    lines = [[*TOTALS]]
    for title, findings in kinds:
        if findings:
            sums = totals(findings)
            of = f"of {sums.lines}"
            skills = [*_skill(sums.against_unchanged), *_skill(sums.against_proportion)]
            lines.append([title, str(sums.lines), f"{sums.within} {of}", f"{sums.in_range} {of}", *skills])
    return lines


def _kinds(found: Backtest) -> list[tuple[str, list[Finding]]]:
    return [
        (f"{kind}, {role}", [one for one in findings if one.reported.is_held_out is is_held_out])
        for kind, findings in (("Oil", found.of_oil), ("Freight", found.of_freight))
        for role, is_held_out in (("held out", True), ("part of the calibration", False))
    ]


def _skill(found: Skill) -> list[str]:
    return [f"{found.closer} of {found.lines}", NONE if found.score is None else f"{found.score:.0%}"]


def _line(finding: Finding) -> list[str]:
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
    """A number to four digits, whole from a thousand on."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _value(finding: Finding, value: float) -> str:
    if finding.unit != "date":
        return number(value)
    moment = finding.reported.moment(round(value * 24.0) / 24.0)
    return f"{moment:%Y-%m-%d %Hh}" if moment.hour else f"{moment:%Y-%m-%d}"


def _with_unit(finding: Finding, text: str) -> str:
    return text if finding.unit == "date" else f"{text} {finding.unit}"


def _simulated(finding: Finding) -> str:
    found = finding.simulated
    if found is None:
        return "never"
    missed = f" ({finding.missed} runs never)" if finding.missed else ""
    if finding.unit != "date":
        return f"{spread(found)} {finding.unit}{missed}"
    around = "" if found.half_width is None else f" ± {found.half_width:.2g} days"
    return f"{_value(finding, found.mean)}{around}{missed}"


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
