"""The back-test as a page: simulated, reported, error; misses stay in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sim.studies.backtest import Finding
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.verdicts import verdict

HEAD = """\
# Simulated against reported

Made by `chokepoint backtest --replications {count} --write docs/VALIDATION.md`. Do not edit by hand.

Each line holds a figure that was reported against the mean of {count} replications with its 95 % interval
of the mean. *Within* says whether the error is inside the tolerance that was set beforehand; misses stay.
*Role*: `held-out` figures set no parameter, `calibration` figures had a part in setting one.
`KZ>mediterranean` is what Kazakh shippers sold off Novorossiysk, by way of the Caspian Pipeline; `*` means
all. Dates are midnights unless an hour is given.

"""


COSTS = """
## What was never tried

Scenarios that did not happen, against an ordinary year, pair by pair on the same luck, with the 95 %
interval of the mean difference. None is claimed that luck could make in so many comparisons (Holm's rule).
Nothing reported can confirm these, but that two moorings are enough.

"""


def findings_table(findings: list[Finding]) -> list[list[str]]:
    """Column titles, then a line for each finding."""
    lines = [["what", "scenario", "reported", "simulated", "error", "tolerance", "within", "role"]]
    for finding in findings:
        lines.append(
            [
                f"{finding.reported.measure}, {finding.reported.element}"
                f" ({finding.reported.since} to {finding.reported.until})",
                finding.reported.scenario,
                _shown(finding, finding.value),
                _simulated(finding),
                _error(finding),
                finding.reported.tolerance,
                "yes" if finding.within else "**no**",
                finding.reported.role,
            ]
        )
    return lines


def page(findings: list[Finding], costs: Comparison | None, count: int) -> str:
    """The page in Markdown: findings, then what the counterfactuals would have cost."""
    head, *lines = findings_table(findings)
    text = HEAD.format(count=count) + _row(head) + _row(["---"] * len(head)) + "".join(map(_row, lines))
    within = sum(finding.within for finding in findings)
    text += f"\n{within} of {len(findings)} within their tolerance.\n"
    if costs is not None:
        text += COSTS + _row(["scenario", "against", "measure", "difference"]) + _row(["---"] * 4)
        text += "".join(
            _row([d.variant, d.base, f"{d.wanted.measure}, {d.wanted.element}", _difference(d)])
            for d in costs.differences
        )
    notes = [
        f"- **{f.reported.id}** ({f.reported.source}): {f.reported.note}" for f in findings if f.reported.note
    ]
    if notes:
        text += "\n## Notes on the reported figures\n\n" + "\n".join(notes) + "\n"
    return text


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _shown(finding: Finding, value: float) -> str:
    if finding.unit == "date":
        moment = datetime.fromisoformat(finding.reported.value) + timedelta(days=value - finding.value)
        return f"{moment:%Y-%m-%d %Hh}" if moment.hour else f"{moment:%Y-%m-%d}"
    return f"{value:.4g} {finding.unit}"


def _simulated(finding: Finding) -> str:
    found = finding.simulated
    if found is None:
        return "never"
    spread = "" if found.half_width is None else f" ± {found.half_width:.2g}"
    missed = f" ({finding.missed} runs never)" if finding.missed else ""
    if finding.unit == "date":
        return _shown(finding, round(found.mean * 24) / 24) + (f"{spread} days" if spread else "") + missed
    return f"{found.mean:.4g}{spread} {finding.unit}{missed}"


def _error(finding: Finding) -> str:
    if finding.error is None:
        return "–"
    if finding.unit == "date":
        return f"{finding.error:+.1f} days"
    if finding.value == 0:
        return f"{finding.error:+.3g} {finding.unit}"
    return f"{finding.error / finding.value:+.1%}"


def _difference(cost: Difference) -> str:
    found = cost.difference
    if found is None or not cost.is_detected:
        return verdict(cost)
    decimals = 0 if abs(found.mean) >= 100 else 2
    half_width = f"{found.half_width or 0.0:,.{decimals}f}"
    return f"{found.mean:+,.{decimals}f} ± {half_width} {cost.wanted.unit}"
