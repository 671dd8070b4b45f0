from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.measures import MEASURES
from sim.scenario import load
from sim.scenario.shipped import shipped_folder
from sim.studies.backtest import backtest, read_reported
from sim.studies.counterfactuals import Counterfactual, counterfactual_costs
from sim.studies.replicate import replications
from sim.studies.single import run


def test_replications_differ_and_each_is_the_same_as_on_its_own() -> None:
    scenario = load("demining-2022")
    together = [record.journal.steps for record in replications(scenario, 3)]
    alone = run(scenario, replication=2).journal.steps
    assert {key: series.values for key, series in together[2].items()} == {
        key: series.values for key, series in alone.items()
    }
    assert together[0]["waiting", "cpc.sea"].times != together[1]["waiting", "cpc.sea"].times


def test_policies_that_add_capacity_do_not_cost_exports() -> None:
    base = run(load("mooring-shutdown-2022"))
    for policy in ("spare-mooring", "bigger-tank-farm", "aktau-expansion", "samara-quota"):
        helped = run(load("mooring-shutdown-2022", [policy]))
        lost = [MEASURES["curtailed"](record, "KZ") for record in (base, helped)]
        assert lost[1] < lost[0], policy  # type: ignore[operator]


def test_the_shipped_table_of_reported_figures_is_read_and_compared() -> None:
    rows = [
        row for row in read_reported(shipped_folder() / "caspian" / "reported.csv") if "court" in row.scenario
    ]
    (finding,) = backtest(rows, 2)
    assert finding.within
    assert finding.simulated is not None
    assert finding.simulated.replications == 2


def test_the_back_test_finds_the_same_with_workers() -> None:
    rows = [
        row for row in read_reported(shipped_folder() / "caspian" / "reported.csv") if "court" in row.scenario
    ]
    assert backtest(rows, 3, workers=2) == backtest(rows, 3)


def test_counterfactuals_are_held_against_an_ordinary_year() -> None:
    found = counterfactual_costs(3, [Counterfactual("court-order-2022-as-ruled")])
    cost = found.of("court-order-2022-as-ruled", "exported", "KZ>*")
    assert cost.base == "baseline-2022"
    assert cost.helps is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("exported", "exportd"), "exported"),
        (("58.7,Mt", "58.7,km"), "does not measure this"),
        (("58.7,Mt", "many,Mt"), "not a number"),
        (("held-out", "held out"), "held-out"),
        ((",tolerance,", ",tolerence,"), "tolerance"),
    ],
)
def test_faults_in_reported_figures_are_told(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    text = (shipped_folder() / "caspian" / "reported.csv").read_text(encoding="utf-8")
    assert change[0] in text
    file = tmp_path / "reported.csv"
    file.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_reported(file)
    assert told in str(error.value)
    assert all(fault.file == file for fault in error.value.faults)
