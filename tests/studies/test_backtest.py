"""Figures are held against runs of their scenarios, and against these with nothing happening."""

from __future__ import annotations

from pathlib import Path

import builders as b
import pytest
from made_up_figures import figure
from small import Small

from sim.scenario import Disturbance, Scenario, load
from sim.studies.backtest.counterfactuals import (
    OIL,
    Counterfactual,
    CounterfactualGroup,
    counterfactual_costs,
)
from sim.studies.backtest.reported import undisturbed
from sim.studies.backtest.study import BacktestPlan, backtest, read_reported
from sim.studies.ensemble import run_ensembles
from sim.studies.request import RunRequest
from sim.studies.variants import digest_of, variant

TABLE = """id,scenario,measure,element,from,to,value,unit,tolerance,source,role,note
mine,year.toml,exported,AA>world,2022-01-01,2022-03-01,4,Mt,5 %,report-2021,held-out,a note
mine-2,year,fill,port.tanks,2022-01-01,2022-02-01,40,%,20 %,a letter,calibration,
shipped,court-order-2022-as-happened,curtailed,*,2022-07-05,2022-07-12,0,Mt,0.05 Mt,assumed,held-out,
"""


@pytest.mark.parametrize(
    ("scenario", "calm"),
    [
        ("mooring-shutdown-2022", "baseline-2022"),
        ("buoyancy-tanks-2022", "baseline-2022"),
        ("baseline-2022", "baseline-2022"),
        ("aktau-storm-may-2022", "corridors-2022-undisturbed"),
    ],
)
def test_a_shipped_scenario_with_nothing_happening_is_the_ordinary_year(scenario: str, calm: str) -> None:
    assert digest_of(undisturbed(load(scenario))) == digest_of(load(calm))


def test_every_shipped_figure_can_be_held_against_a_run() -> None:
    figures = read_reported()
    study = BacktestPlan(figures)
    scenarios = {digest_of(one) for figure in figures for one in (figure.scenario, figure.undisturbed)}
    assert study.scenarios <= len(scenarios) < len(figures)
    assert (
        {figure.is_of_oil for figure in figures}
        == {figure.is_held_out for figure in figures}
        == {True, False}
    )
    assert all(figure.tolerance > 0 for figure in figures)


def test_a_shipped_figure_is_compared() -> None:
    figures = [one for one in read_reported() if one.id == "court-order-loss"]
    (found,) = backtest(figures, 2).findings
    assert found.within
    assert found.in_range
    assert found.simulated is not None
    assert found.simulated.replications == 2
    assert found.unchanged == found.in_proportion == 0.0
    assert found.skill is None  # the naive forecast is right, too


def test_nothing_changes_is_what_the_ordinary_year_has() -> None:
    figures = [one for one in read_reported() if one.id == "diverted-april-2022"]
    (found,) = backtest(figures, 2).findings
    asked = RunRequest(variant=variant("baseline-2022"), requests=(figures[0].request,), flows=())
    (usual,) = run_ensembles([asked], 2)
    estimate = usual.estimate(figures[0].request)
    assert estimate is not None
    assert found.unchanged == estimate.mean
    assert found.in_proportion is None  # a loss of capacity does not say where oil goes


def test_a_scenario_is_run_once_for_all_its_figures() -> None:
    shut = b.scenario(b.terminal(), 30, b.closure("spm1", 3, 9))
    calm = b.scenario(b.terminal(), 30)
    told: list[str] = []
    figures = [
        figure(scenario=shut, id="one"),
        figure("curtailed", "well", scenario=shut, id="two", until=10),
        figure("fill", "farm", scenario=calm, id="three"),
    ]
    assert BacktestPlan(figures).scenarios == 2
    found = backtest(figures, 3, progress=lambda name, count: told.extend([name] * count))
    assert len(told) == 6
    assert [one.unchanged is None for one in found.findings] == [False, False, True]


@pytest.mark.slow
def test_workers_find_the_same() -> None:
    figures = [one for one in read_reported() if one.id in ("court-order-loss",)]
    alone, together = (backtest(figures, 3, workers=count) for count in (1, 2))
    assert list(alone.rows()) == list(together.rows())


def farm(capacity: float, *closures: Disturbance) -> Scenario:
    """A field of 100 a day behind a farm that is throttled at 90 %."""
    made = b.terminal(farm=capacity, throttle_at=0.9, release_at=0.7)
    return b.scenario(made, 30, *closures)


def test_dates_have_no_naive_forecast() -> None:
    shut = farm(1000.0, b.closure("spm1", 0, 30))
    (found,) = backtest([figure("throttled", "farm", scenario=shut, value=9.0, tolerance=0.1)], 2).findings
    assert found.within
    assert found.unchanged is found.in_proportion is found.skill is None


def test_a_figure_that_no_run_has_is_never() -> None:
    (found,) = backtest([figure("throttled", "farm", scenario=farm(1e6))], 2).findings
    assert found.simulated is found.error is found.spread is None
    assert (found.missed, found.within, found.in_range) == (2, False, False)


def test_a_table_of_ones_own_is_about_files_beside_it(tmp_path: Path) -> None:
    small = Small(tmp_path)
    figures = read_reported(small.write("mine.csv", TABLE))
    assert [one.scenario.name for one in figures] == ["year", "year", "court-order-2022-as-happened"]
    assert [one.source.title for one in figures] == ["A report", "a letter", "assumed"]
    assert [one.is_held_out for one in figures] == [True, False, True]
    assert figures[0].value == 4.0
    assert figures[0].tolerance == pytest.approx(0.2)
    found = backtest(figures[:2], 2)
    assert all(one.simulated is not None for one in found.findings)


def test_a_figure_may_name_the_scenario_in_which_nothing_happens(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("calm.toml", (tmp_path / "year.toml").read_text().split("[[closure]]")[0])
    named = TABLE.replace("scenario", "scenario,undisturbed").replace("year.toml", "year.toml,calm.toml")
    named = named.replace("2-year", "2").replace(",year,", ",year,,").replace("happened,", "happened,,")
    figures = read_reported(small.write("mine.csv", named))
    assert figures[0].undisturbed.name == "calm"
    assert figures[1].undisturbed.disturbances == ()


def test_findings_are_a_table() -> None:
    shut = b.scenario(b.terminal(), 30, b.closure("spm1", 20, 30))
    table = backtest([figure(scenario=shut, value=0.003)], 2).frame()
    assert table.loc[0, ["id", "role", "unit", "reported"]].tolist() == ["made-up", "held-out", "Mt", 0.003]
    assert table.loc[0, "unchanged"] > table.loc[0, "simulated"]


def test_counterfactuals_are_held_against_their_base() -> None:
    untried = CounterfactualGroup(OIL.base, (Counterfactual("court-order-2022-as-ruled"),), OIL.costs)
    (found,) = counterfactual_costs(3, [untried])
    cost = found.of("court-order-2022-as-ruled", "exported", "KZ>*")
    assert cost.base == "baseline-2022"
    assert cost.helps is False
