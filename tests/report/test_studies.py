"""Reports of studies: formats of numbers, names of folders, and the calls of `import sim`."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from stormy_terminal import CURTAILED, EXPORTED, stormy

import sim
from sim.charts.studies.groups import file_name
from sim.errors import InputError
from sim.report.studies.sweep_report import read_level, sweep_report
from sim.scenario.naming import study_name
from sim.studies.formatting import format_recovery, format_value, headlines
from sim.studies.request import MeasureRequest, main_measures
from sim.studies.sweep.plan import plan_sweep


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (795_000.0, "t", "795 kt"),
        (166_849.3, "t/day", "166.8 kt/day"),
        (140.0, "t", "140 t"),
        (0.25, "day", "6 h"),
        (2.5, "day", "2.5 days"),
        (0.9, "", "90 %"),
        (-39.6, "USD/t", "−39.6 USD/t"),
        (float("nan"), "day", "several"),
    ],
)
def test_numbers_are_reported_as_one_would_say_them(value: float, unit: str, told: str) -> None:
    assert format_value(value, unit) == told


def test_long_names_are_cut_and_still_tell_studies_apart() -> None:
    names = {study_name("made-up", "sweep", [f"{'x' * 200}.{n}"]) for n in range(3)}
    assert len(names) == 3
    assert max(map(len, names)) <= 120
    assert study_name("made-up", "sweep", ["closure:the pipe.days"]) == "made-up-sweep-closure-the-pipe.days"


def test_the_main_totals_stand_for_all_main_measures() -> None:
    wanted = main_measures(stormy())
    assert [one.key for one in headlines(wanted)] == [("curtailed", "*"), ("exported", "*>*")]
    assert headlines([CURTAILED]) == [CURTAILED]
    assert file_name(EXPORTED) == "exported-all-all"
    assert file_name(MeasureRequest(measure="mean wait", element="cpc.sea")) == "mean-wait-cpc.sea"


def test_a_break_even_is_of_one_measure_in_its_unit() -> None:
    made = replace(b.terminal(), cargoes={"crude": replace(b.CRUDE, barrels_per_tonne=8.0)})
    assert read_level("500 kt", [CURTAILED], made) == 0.5
    assert read_level("4 Mb", [CURTAILED], made) == pytest.approx(0.5)
    with pytest.raises(InputError, match="--break-even"):
        read_level("500 kt", [CURTAILED, EXPORTED], made)


def test_studies_are_calls_that_give_tables_and_charts() -> None:
    scenario = b.scenario(b.terminal(restart=0.001), 100, b.closure("pipe", 10, 20, label="the pipe"))
    swept = sim.sweep(scenario, "closure:the pipe.days=1..21:5", measures=["curtailed *"], replications=2)
    assert len(swept.frame()) == 5
    struck = sim.stress(scenario, lengths=[10, 20], replications=2)
    assert set(struck.frame()["target"]) == {"pipe", "sea", "spm1", "tanker", "port"}
    assert format_recovery(struck.of("pipe", 20)) != "–"
    moved = sim.sensitivity(scenario, ["curtailed *"], replications=2)
    assert len(moved.frame()) == len(moved.swings)
    for draw, results in (
        (sim.draw_stress, struck),
        (sim.draw_stress_ranking, struck),
        (sim.draw_tornado, moved),
    ):
        assert draw(results).has_data()


def test_a_sweep_is_reported_with_its_break_even_and_the_unchanged_scenario() -> None:
    scenario = b.scenario(b.terminal(restart=0.001), 100, b.closure("pipe", 10, 20, label="the pipe"))
    plan = plan_sweep(scenario, "closure:the pipe.days=1..21:5", measures=["curtailed *"])
    report = sweep_report(plan, plan.run(2), 800e-6)
    (sentence,) = report.headlines
    assert sentence == (
        "Curtailed output, all fields: equal to 0.0008 Mt if the closure the pipe lasts 8 days"
    )
    (table,) = report.tables
    assert [cell.text for cell in table.rows[0].cells] == ["10 (unchanged)", "0.001000"]
    assert report.name == "made-up-sweep-closure-the-pipe.days"
    assert str(report.request).startswith("sim.sweep(")
