"""The page of the back-test: oil and freight apart, held-out figures apart, misses kept."""

from __future__ import annotations

import builders as b
import pytest
from made_up_figures import figure, finding

from sim.report.study_report import ReportTable
from sim.report.validation import page
from sim.report.validation_tables import findings_tables, totals_table
from sim.scenario import Scenario
from sim.studies.backtest.claims import CheckedClaim, Claim, Growth, Rest, Series
from sim.studies.backtest.counterfactuals import (
    OIL,
    Counterfactual,
    CounterfactualGroup,
    counterfactual_costs,
)
from sim.studies.backtest.results import Backtest
from sim.studies.estimates import Estimate
from sim.studies.spread import Spread


def texts(table: ReportTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture(scope="module")
def corridors() -> Scenario:
    return b.scenario(b.by_rail_and_ship(), 30)


@pytest.fixture(scope="module")
def found(corridors: Scenario) -> Backtest:
    freight = {"scenario": corridors, "measure": "passed", "element": "strait"}
    return Backtest(
        findings=(
            finding(10.5, 12.0, 8.0, (9.8, 11.0), id="oil-hit", note="a | note"),
            finding(13.0, 12.0, 8.0, (12.0, 14.0), id="oil-miss"),
            finding(10.0, id="oil-set", role="calibration"),
            finding(
                3.0, measure="loading stopped", element="sea", value=3.5, spread=(2.0, 4.0), id="oil-date"
            ),
            finding(None, measure="loading stopped", element="sea", id="oil-never"),
            finding(123456.0, 90000.0, None, (1e5, 2e5), value=123000.0, id="boxes", **freight),
        ),
        claims=(claim(corridors),),
        replications=50,
    )


def claim(scenario: Scenario) -> CheckedClaim:
    part, whole = (
        figure("passed", "strait", scenario=scenario, value=value, until=until, source=source)
        for value, until, source in ((80.0, 10, "one-report"), (100.0, 30, "another"))
    )

    def grown(title: str, reported: float) -> Growth:
        return Growth(
            series=Series(title=title, after="", before=""),
            after=part,
            before=whole,
            reported=reported,
            simulated=Estimate(3.1, 0.1, 50),
            spread=Spread(2.9, 3.3, 0.95),
        )

    rest = Rest(part=part, total=whole, within=8.0, rest=1.0, simulated_within=4.0, simulated_rest=3.0)
    series = (grown("boxes", 1.2), grown("tonnes", 3.8), grown("wagons", 2.9))
    return CheckedClaim(claim=Claim(times=3.0, series=()), growth=series, rests=(rest,))


def test_oil_and_freight_and_what_was_held_out_stand_in_tables_of_their_own(found: Backtest) -> None:
    tables = {table.title: [row[0] for row in texts(table)] for table in findings_tables(found)}
    assert tables == {
        "Oil, held out, 50 replications": ["oil-hit", "oil-miss", "oil-date", "oil-never"],
        "Oil, part of the calibration, 50 replications": ["oil-set"],
        "Freight, held out, 50 replications": ["boxes"],
    }


def test_a_line_has_all_that_there_is_to_say(found: Backtest) -> None:
    lines = {line[0]: line[1:] for table in findings_tables(found) for line in texts(table)}
    assert lines["oil-hit"] == [
        "exported, *>world; made up, 2022-01-01 to 2022-01-31",
        "10 Mt",
        "10.5 ± 0.5 Mt",
        "9.8 to 11",
        "+5.0%",
        "1",
        "yes",
        "12 (+20.0%)",
        "8 (-20.0%)",
        "75%",
    ]
    assert lines["oil-miss"][3:7] == ["12 to 14, outside", "+30.0%", "1", "no"]
    assert lines["oil-set"][7:] == ["–", "–", "–"]
    assert lines["oil-date"][1:5] == [
        "2022-01-04 12h",
        "2022-01-04 ± 0.5 days",
        "2022-01-03 to 2022-01-05",
        "-0.5 days",
    ]
    assert lines["oil-never"][2:7] == ["never", "2022-01-01 to 2022-01-01, outside", "–", "1", "no"]
    assert lines["boxes"][1:3] == ["123,000 TEU", "123,456.0 ± 0.5 TEU"]


def test_a_terminal_is_spared_what_the_ids_say(found: Backtest) -> None:
    for table in findings_tables(found):
        assert [column.title for column in table.columns if not column.is_main] == ["what"]
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_totals_are_given_for_each_table_and_for_all_that_was_held_out(found: Backtest) -> None:
    lines = {line[0]: line[1:] for line in texts(totals_table(found))}
    assert list(lines) == [
        "Oil, held out",
        "Oil, part of the calibration",
        "Freight, held out",
        "All that was held out",
        "All",
    ]
    assert lines["Oil, held out"] == ["4", "2 of 4", "2 of 4", "1 of 2", "12%", "1 of 2", "12%"]
    assert lines["Oil, part of the calibration"][3:] == ["0 of 0", "–", "0 of 0", "–"]
    assert lines["All that was held out"][0] == "5"
    assert lines["All"][0] == "6"


def test_the_page_keeps_misses_and_marks_them(found: Backtest) -> None:
    text = page(found)
    (line,) = [line for line in text.splitlines() if line.startswith("| **oil-miss**")]
    assert "12 to 14, **outside**" in line
    assert "| **no** |" in line
    assert "a \\| note" not in text.split("## Where the figures are from")[0]
    assert "- **oil-hit** (held-out): assumed; a | note" in text
    assert "with a probability of 95%" in " ".join(text.split())


def test_every_row_of_a_table_has_as_many_cells_as_its_head(found: Backtest) -> None:
    for block in page(found).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        assert len({row.replace("\\|", "").count("|") for row in rows}) <= 1


def test_the_page_says_which_series_give_three_times(found: Backtest) -> None:
    text = page(found)
    assert "| boxes | 100 TEU (30 days) | 80 TEU (10 days) | 1.20 | no, less | 3.10 ± 0.10 |" in text
    assert "It is given by: wagons. Less is given by: boxes. More by: tonnes." in text
    assert (
        "80 TEU until 2022-01-11 (one-report) and 100 TEU until 2022-01-31 (another) would leave 1 TEU a day "
        "for the days between, after 8 before: they cannot well be of the same series. "
        "Simulated, 3 after 4." in text
    )


def test_without_claims_and_counterfactuals_the_page_has_none(found: Backtest) -> None:
    text = page(Backtest(findings=found.findings, claims=(), replications=3))
    assert "Three times" not in text
    assert "never happened" not in text
    assert "with a probability of 50%" in " ".join(text.split())


def test_counterfactuals_are_reported_against_their_base(found: Backtest) -> None:
    untried = CounterfactualGroup(OIL.base, (Counterfactual("court-order-2022-as-ruled"),), OIL.costs[:1])
    text = page(found, counterfactual_costs(3, [untried]))
    assert "| court-order-2022-as-ruled | baseline-2022 | `exported, KZ>*` | -3." in text
