"""How studies are told: numbers as one would say them, names of folders, and the calls of `import sim`."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from sim.report.studies.sweeps import break_even_lines, read_level, sweep_table
from stormy_terminal import CURTAILED, EXPORTED, stormy

import sim
from sim.charts.studies.groups import file_name
from sim.errors import InputError
from sim.scenario.naming import study_name
from sim.studies.formatting import format_loss, format_recovery, format_value, headlines
from sim.studies.request import MeasureRequest, main_measures


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
def test_numbers_are_told_as_one_would_say_them(value: float, unit: str, told: str) -> None:
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


def test_studies_are_calls_that_give_tables_and_pictures() -> None:
    pytest.importorskip("pandas")
    scenario = b.scenario(b.terminal(restart=0.001), 100, b.closure("pipe", 10, 20, label="the pipe"))
    swept = sim.sweep(scenario, "closure:the pipe.days=1..21:5", measures=["curtailed *"], replications=2)
    assert len(swept.frame()) == 5
    assert sim.draw_sweep(swept).get_xlabel() == "the pipe, length (days)"
    (told,) = break_even_lines(swept, 800e-6)
    assert told.startswith("Curtailed output, all fields is 0.0008 Mt at closure:the pipe.days 8 ")
    assert sweep_table(swept)[1] == ["10", "0.001000 ± 0.000000 as it is"]
    struck = sim.stress(scenario, lengths=[10, 20], replications=2)
    assert set(struck.frame()["target"]) == {"pipe", "sea", "spm1", "tanker", "port"}
    assert format_loss(struck, struck.ranked()[0]).startswith("0.0")
    assert format_recovery(struck.of("pipe", 20)) != "–"
    moved = sim.sensitivity(scenario, ["curtailed *"], replications=2)
    assert len(moved.frame()) == len(moved.swings)
    for draw, one in (
        (sim.draw_stress, struck),
        (sim.draw_stress_ranking, struck),
        (sim.draw_tornado, moved),
    ):
        assert draw(one).get_title(loc="left").startswith("made up")
