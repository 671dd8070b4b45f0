"""The back-test as a page: simulated, reported, error, and what naive forecasts say; misses stay in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.study_report import ReportTable, Row
from sim.report.validation_tables import findings_tables, number, totals_table
from sim.studies.backtest.claims import CheckedClaim, Rest
from sim.studies.backtest.results import Backtest, Finding
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.spread import coverage
from sim.studies.verdicts import spread, verdict

HEAD = """\
# Simulated against reported

Made by `chokepoint backtest --replications {count} --write …`. Do not edit by hand.

- **Reported** is a figure from the record, **simulated** the mean of {count} replications with its 95 %
  interval. `KZ>mediterranean` is what Kazakh shippers sold off Novorossiysk, by way of the Caspian Pipeline;
  `*` means all; `tag:caspian-dry` is what crossed the Caspian by ship. Dates are midnights unless an hour is
  given.
- **Range of runs**: what happened is one draw of luck, not a mean of many. One more run would fall in this
  range with a probability of {coverage:.0%}. A reported figure **outside** cannot well be put down to the
  luck of weather, ships and trains; that of demand, and what a report counts, is not in the range.
- **Within** says whether the error is inside the tolerance that was set beforehand. Misses stay.
- **Nothing changes** is a naive forecast: the same scenario without its boycotts and without the closures
  that were not planned; of 2022 that is `baseline-2022` and `corridors-2022-undisturbed`. Dates have none:
  where nothing happens, nothing stops. Nor has a scenario in which nothing happens.
- **In proportion** is another: of that, what went each way less the share of its capacity that was closed, or
  of its shippers that refused, day by day over the window. What is closed most on a way decides; moorings
  side by side count together, as many as may load at once. No tanks, detours, backlog or spare capacity.
  Blank where a loss of capacity says nothing of what is measured.
- **Skill** is 1 less the size of the error by that of *nothing changes*: 100 % is perfect, 0 no better than
  that, negative worse; blank where the forecast is right to a tenth of the tolerance. Over many lines it is 1
  less the sum of the errors by the sum of the forecast's, each counted in tolerances of its line, so that
  days, tonnes and ships add up.
- **Held out** are figures that set no parameter. Those that are **part of the calibration** stand apart: that
  they fit says little. Lines hang together (a year and its months, a whole and its parts), so the totals are
  no count of independent successes.

"""
THREE = """
## Three times?

The Wall Street Journal of 27 July 2022 says that containers through Aktau and Kuryk were, from January to
April 2022, three times as many as the year before. Where no figure is of the same months of 2021, that of
others stands for them, by its days. *Simulated* is the run of 2022 by that of 2021, on the same days of
either.

"""
UNTRIED = """
## What was never tried

Scenarios that did not happen, each against the one beside it, pair by pair on the same luck, with the 95 %
interval of the mean difference. None is claimed that luck could make in so many comparisons (Holm's rule).
Nothing reported can confirm these, but that two moorings are enough.

"""


def page(results: Backtest, counterfactuals: Sequence[Comparison] = ()) -> str:
    """Return the page in Markdown."""
    text = HEAD.format(count=results.replications, coverage=coverage(results.replications))
    text += "## In all\n\n" + _report_table(totals_table(results))
    for table in findings_tables(results):
        title = table.title.rpartition(",")[0]
        text += f"\n## {title}\n\n" + _table([_headings(table), *map(_finding, table.rows)])
    for checked in results.claims:
        text += THREE + _claim(checked)
    if counterfactuals:
        lines = [line for comparison in counterfactuals for line in map(_cost, comparison.differences)]
        text += UNTRIED + _table([["scenario", "against", "measure", "difference"], *lines])
    text += "\n## Where the figures are from\n\n" + "".join(map(_note, results.findings))
    return text


def _headings(table: ReportTable) -> list[str]:
    return [column.heading for column in table.columns]


def _report_table(table: ReportTable) -> str:
    return _table([_headings(table), *([cell.text for cell in row.cells] for row in table.rows)])


def _finding(row: Row) -> list[str]:
    id, subject, *texts = (cell.text for cell in row.cells)
    return [f"**{id}**", f"`{subject}`", *map(_emphasised, texts)]


def _table(lines: Sequence[Sequence[str]]) -> str:
    head, *rest = lines
    return "".join(map(_row, [head, ["---"] * len(head), *rest]))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _emphasised(cell: str) -> str:
    """Return the text of a cell with misses in bold."""
    return f"**{cell}**" if cell == "no" else cell.replace("outside", "**outside**")


def _note(finding: Finding) -> str:
    row, source = finding.reported.row, finding.reported.source
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"- **{row.id}** ({row.role}): {title}" + (f"; {row.note}" if row.note else "") + "\n"


def _claim(checked: CheckedClaim) -> str:
    claim = checked.claim
    lines = [
        ["series", "2021", "2022", "times as much a day", "three?", "simulated", "range of runs", "three?"]
    ]
    for growth in checked.growth:
        simulated, spread_ = growth.simulated, growth.spread
        lines.append(
            [
                growth.series.title,
                f"{number(growth.before.value)} {growth.before.unit} ({growth.before.days:.0f} days)",
                f"{number(growth.after.value)} {growth.after.unit} ({growth.after.days:.0f} days)",
                f"{growth.reported:.2f}",
                claim.verdict(growth.reported),
                spread(simulated) if simulated else "–",
                f"{spread_.low:.2f} to {spread_.high:.2f}" if spread_ else "–",
                claim.verdict(simulated.mean) if simulated else "–",
            ]
        )
    sentences = [*_verdicts(checked), *map(_rest, checked.rests)]
    return _table(lines) + "\n" + " ".join(sentences) + "\n"


def _verdicts(checked: CheckedClaim) -> Iterator[str]:
    """Yield a sentence for the series that confirm the claim, and for those that do not."""
    for start, answer in (
        ("It is given by", "yes"),
        ("Less is given by", "no, less"),
        ("More by", "no, more"),
    ):
        names = [
            growth.series.title
            for growth in checked.growth
            if checked.claim.verdict(growth.reported) == answer
        ]
        if names:
            yield f"{start}: {'; '.join(names)}."


def _rest(rest: Rest) -> str:
    part, total = rest.part, rest.total
    text = (
        f"{number(part.value)} {part.unit} until {part.row.until} ({part.row.source}) and "
        f"{number(total.value)} {total.unit} until {total.row.until} ({total.row.source}) would leave "
        f"{rest.rest:.2g} {total.unit} a day for the days between, after {rest.within:.2g} before"
    )
    conflict = ": they cannot well be of the same series" if 2 * rest.rest < rest.within else ""
    return text + conflict + f". Simulated, {rest.simulated_rest:.2g} after {rest.simulated_within:.2g}."


def _cost(difference: Difference) -> list[str]:
    request = difference.request
    subject = f"`{request.measure}, {request.element}`"
    return [difference.variant, difference.base, subject, _difference(difference)]


def _difference(difference: Difference) -> str:
    mean = difference.difference
    if mean is None or not difference.is_detected:
        return verdict(difference)
    decimals = 0 if abs(mean.mean) >= 100 else 2
    half_width = f"{mean.half_width or 0.0:,.{decimals}f}"
    return f"{mean.mean:+,.{decimals}f} ± {half_width} {difference.request.unit}"
