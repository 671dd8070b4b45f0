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

- **Reported** is a published figure; **simulated** is the mean of {count} replications with its 95 %
  interval. `KZ>mediterranean` is oil that Kazakh shippers sold off Novorossiysk, by way of the Caspian
  Pipeline; `*` means all; `tag:caspian-dry` is dry cargo that crossed the Caspian by ship. Dates are
  midnights unless an hour is given.
- **Range of runs**: reality is a single draw, not a mean. One more run would fall in this range with a
  probability of {coverage:.0%}. A reported figure **outside** it is unlikely to be due to random weather,
  ships and trains; random demand, and differences in what a report counts, are not in the range.
- **Within** says whether the error is inside a tolerance set in advance. Misses stay.
- **Nothing changes** is a naive forecast: the same scenario without its boycotts and unplanned closures;
  for 2022 that is `baseline-2022` and `corridors-2022-undisturbed`. It has no value for dates (without a
  closure nothing stops) and for scenarios without events.
- **In proportion** is another naive forecast: the traffic of *nothing changes*, less the share of each
  way's capacity that was closed, or of its shippers that refused, day by day. The most restrictive
  closure on a way counts; moorings count together, as many as may load at once. It ignores tanks,
  detours, backlog and spare capacity, and is blank where a loss of capacity says nothing about the
  measure.
- **Skill** is 1 less the ratio of the error to that of *nothing changes*: 100 % is perfect, 0 is no
  better, negative is worse; it is blank where the forecast is right to a tenth of the tolerance. In
  totals, errors are counted in tolerances of their line, so that days, tonnes and ships can be added.
- **Held out** figures set no parameter. Those that are **part of the calibration** stand apart, since
  their fit proves little. Lines are not independent (a year and its months, a total and its parts), so
  the totals do not count independent successes.

"""
THREE = """
## Three times?

The Wall Street Journal of 27 July 2022 says that containers through Aktau and Kuryk from January to April
2022 were three times those of the year before. Where no figure covers the same months of 2021, a figure
of other months stands in, scaled by its days. *Simulated* is the ratio of the run of 2022 to that of 2021
on the same days.

"""
UNTRIED = """
## Scenarios that never happened

Each is compared with its reference, replication by replication on the same random draws, with the 95 %
interval of the mean difference. Significance is adjusted for the number of comparisons (Holm's rule). No
report can confirm these, except that two moorings are enough.

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
