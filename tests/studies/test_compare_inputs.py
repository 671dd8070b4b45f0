"""Inputs of a comparison: scenarios, and results of earlier runs that are read again."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from stormy_terminal import variant

from sim.errors import InputError
from sim.report.csv_files import write_json
from sim.report.results import write_results
from sim.report.studies.compare_inputs import manifests, read_inputs
from sim.report.studies.comparison_report import comparison_name, comparison_report
from sim.report.studies.ensemble_folder import read_ensemble
from sim.report.studies.ensemble_report import ensemble_report
from sim.report.study_files import write_study
from sim.scenario import load
from sim.studies.compare import compare
from sim.studies.ensemble import Ensemble, ensemble
from sim.studies.runs import run
from sim.studies.variants import Variant


@pytest.fixture
def written(tmp_path: Path) -> tuple[Ensemble, Path]:
    one = variant("usual")
    found = ensemble(one, 6)
    return found, write_study(ensemble_report(one.scenario, found), tmp_path, plots=False)


def test_an_ensemble_is_read_as_it_was_written(written: tuple[Ensemble, Path]) -> None:
    found, folder = written
    again = read_ensemble(folder, "usual")
    for field in fields(Ensemble):
        one, other = getattr(found, field.name), getattr(again, field.name)
        if isinstance(one, np.ndarray):
            assert one.tobytes() == other.tobytes(), field.name
        else:
            assert one == other, field.name
    assert [str(one) for one in again.requests] == [str(one) for one in found.requests]


@pytest.mark.parametrize("name", ["replications.csv", "summary.json", "daily.npz", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut short", "gone"])
def test_a_damaged_result_is_reported(written: tuple[Ensemble, Path], name: str, damage: str) -> None:
    file = written[1] / name
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(InputError, match=r"cannot be read as the result|is no folder of results"):
        read_ensemble(written[1])


def test_folders_that_hold_something_else_are_reported(tmp_path: Path) -> None:
    scenario = load("demining-2022")
    single = write_results(scenario, run(scenario), tmp_path, plots=False)
    with pytest.raises(InputError, match=r"single run.*--replications"):
        read_ensemble(single)
    found = compare(variant("one"), variant("other", farm=200.0), replications=3)
    both = write_study(comparison_report(found, [{}, {}]), tmp_path, plots=False)
    with pytest.raises(InputError, match="no replications of one scenario"):
        read_ensemble(both)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no folder of results"):
        read_ensemble(tmp_path / "empty")


def labels(*names: str, policies: tuple[str, ...] = ()) -> list[str]:
    return [one.subject.label for one in read_inputs(names, policies)]


def test_policies_are_variants_of_the_one_scenario() -> None:
    shut = "mooring-shutdown-2022"
    assert labels(shut, policies=("none", "spare-mooring")) == ["none", "spare-mooring"]
    assert labels(shut, policies=("spare-mooring",)) == ["none", "spare-mooring"]
    both = "spare-mooring+bigger-tank-farm"
    assert labels(shut, policies=("spare-mooring", both)) == ["spare-mooring", both]
    assert labels(shut, "baseline-2022") == [shut, "baseline-2022"]
    with pytest.raises(InputError, match="one scenario"):
        labels(shut, "baseline-2022", policies=("none",))


def test_folders_and_scenarios_of_one_name_are_distinct(written: tuple[Ensemble, Path]) -> None:
    folder = str(written[1])
    assert labels(folder, "baseline-2022") == ["made up", "baseline-2022"]
    other = written[1].parent / "baseline-2022"
    written[1].rename(other)
    assert labels(str(other), "baseline-2022") == [str(other), "baseline-2022"]


def test_manifests_are_those_of_what_was_run_and_of_what_was_read(written: tuple[Ensemble, Path]) -> None:
    given = read_inputs([str(written[1])])
    found = compare(written[0], variant("other", farm=200.0))
    made = manifests([*given, given[0].__class__(subject=variant("other", farm=200.0), text="other")], found)
    assert made[0] == json.loads((written[1] / "manifest.json").read_text(encoding="utf-8"))
    assert made[1]["seed"] == written[0].seed
    assert made[1]["replications"] == 6
    assert made[0]["digest"] != made[1]["digest"]


def test_a_comparison_is_named_by_what_it_compares(tmp_path: Path) -> None:
    assert comparison_name("shut", ["spare", "bigger"]) == "shut-vs-spare-vs-bigger"
    assert "/" not in comparison_name("results/shut", ["a b"])
    long = comparison_name("shut", [f"policy-{n}" for n in range(60)])
    assert len(long) <= 120
    assert long != comparison_name("shut", [f"policy-{n}" for n in range(61)])
    found = compare(
        Variant(label="none", scenario=variant().scenario), variant("spare", farm=600.0), replications=3
    )
    assert write_study(comparison_report(found, [{}, {}]), tmp_path, plots=False).name == "made-up-vs-spare"


def test_policies_over_two_scenarios_do_not_take_each_others_place(tmp_path: Path) -> None:
    def written(scenario: str) -> str:
        policies = ["spare", "bigger"]
        made = [
            replace(variant(policy), scenario=replace(variant().scenario, name=f"{scenario}+{policy}"))
            for policy in policies
        ]
        found = compare(*made, replications=3)
        return write_study(comparison_report(found, [{}, {}]), tmp_path, plots=False).name

    assert written("shut") == "shut+spare-vs-bigger"
    assert written("open") == "open+spare-vs-bigger"


def test_policy_files_of_one_name_are_called_by_their_paths(tmp_path: Path) -> None:
    change = 'element = "novorossiysk.spm1"\nfield = "rate"\nsource = "assumed"\nreason = "x"'
    for folder, rate in (("a", "13000 t/h"), ("b", "14000 t/h")):
        (tmp_path / folder).mkdir()
        said = f'title = "Faster"\n[[change]]\n{change}\nvalue = "{rate}"\n'
        (tmp_path / folder / "faster.toml").write_text(said, encoding="utf-8")
    files = [str(tmp_path / folder / "faster.toml") for folder in "ab"]
    assert [one.subject.label for one in read_inputs(["demining-2022"], files)] == files


def test_nothing_is_said_of_adjusting_where_nothing_differs() -> None:
    assert "Holm" not in compare(variant("one"), variant("other"), replications=3).note
    assert "Holm" in compare(variant("one"), variant("other", farm=600.0), replications=3).note


def test_tables_leave_out_what_is_nothing_everywhere() -> None:
    found = compare(variant("small", farm=150.0), variant("large", farm=600.0), replications=6)
    (table, *_) = comparison_report(found, [{}, {}]).tables
    titles = [row.cells[0].text for row in table.rows]
    assert "Curtailed output, all fields" in titles
    assert "Diverted to other routes" not in titles
    (table,) = ensemble_report(variant().scenario, found.base).tables
    assert "Diverted to other routes" not in [row.cells[0].text for row in table.rows]


def test_a_comparison_in_json_has_every_verdict(tmp_path: Path) -> None:
    found = compare(variant("small", farm=150.0), variant("large", farm=600.0), replications=6)
    folder = write_study(comparison_report(found, [{}, {}]), tmp_path, plots=False)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert len(summary["verdicts"]) == len(found.differences)
    assert summary["replications"] == 6
    write_json(tmp_path / "again.json", summary)
    assert (tmp_path / "again.json").read_bytes() == (folder / "summary.json").read_bytes()
