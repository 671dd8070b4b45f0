"""The commands as a user types them, in a process of their own."""

from __future__ import annotations

import filecmp
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.scenario import load
from sim.studies.single import run as run_once

ROOT = Path(__file__).resolve().parents[2]


def chokepoint(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sim", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    listed = chokepoint("--help", cwd=tmp_path).stdout
    for command in ("check", "run", "new", "backtest"):
        assert command in listed
        assert f"Example: chokepoint {command}" in chokepoint(command, "--help", cwd=tmp_path).stdout


def test_check_names_closures_and_the_bottleneck_before_any_run(tmp_path: Path) -> None:
    done = chokepoint("check", "mooring-shutdown-2022", cwd=tmp_path)
    assert done.returncode == 0
    assert "SPM-3: storm damage" in done.stdout
    assert "interfax-2022-04-25" in done.stdout
    assert "berths of novorossiysk 141" in done.stdout
    assert not list(tmp_path.iterdir())


def test_run_writes_a_whole_result_and_prints_the_short_table(tmp_path: Path) -> None:
    done = chokepoint("run", "demining-2022", "--beside", "baseline-2022", "--story", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for line in ("Exported", "CPC", "Curtailed", "Tankers loaded", "Mean wait", "Mass balance"):
        assert line in done.stdout
    assert "Mooring SPM-1, Mooring SPM-2 shut (demining)" in done.stdout
    folder = tmp_path / "results" / "demining-2022"
    expected = {
        "summary.json",
        "measures.csv",
        "daily.csv",
        "happenings.csv",
        "calls.csv",
        "story.txt",
        "manifest.json",
    }
    expected |= {
        f"{name}.{kind}"
        for name in ("throughput", "beside", "tank-level", "curtailment", "queue", "map")
        for kind in ("png", "svg")
    }
    assert {file.name for file in folder.iterdir()} == expected
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["mass balance"]["holds"] is True


def test_the_commands_files_equal_those_of_the_library_call_byte_for_byte(tmp_path: Path) -> None:
    words = (
        "demining-2022",
        "--policy",
        "spare-mooring",
        "--set",
        "novorossiysk.spm4.rate=9000 t/h",
        "--seed",
        "7",
    )
    assert chokepoint("run", *words, "--out", "by-command", cwd=tmp_path).returncode == 0
    scenario = load("demining-2022", ["spare-mooring"], ["novorossiysk.spm4.rate=9000 t/h"])
    sim.write_results(scenario, run_once(scenario, seed=7), tmp_path / "by-call")
    one, other = (tmp_path / where / scenario.name for where in ("by-command", "by-call"))
    same, different, missing = filecmp.cmpfiles(
        one, other, files(one).keys() | files(other).keys(), shallow=False
    )
    assert (different, missing) == ([], [])
    assert len(same) == 17


def test_the_same_run_twice_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for where, hash_seed in (("one", "1"), ("other", "2")):
        done = chokepoint("run", "year-2022", "--out", where, cwd=tmp_path, PYTHONHASHSEED=hash_seed)
        assert done.returncode == 0
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_a_capacity_edited_in_a_copied_table_changes_the_result(tmp_path: Path) -> None:
    made = chokepoint("new", "my-study", "--from", "mooring-shutdown-2022", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    table = tmp_path / "my-study" / "network" / "stocks.csv"
    text = table.read_text(encoding="utf-8")
    assert "795 kt" in text
    plain = chokepoint("run", "my-study/my-study.toml", "--no-plots", "--out", "before", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    table.write_text(text.replace("795 kt", "1795 kt"), encoding="utf-8")
    assert (
        chokepoint("run", "my-study/my-study.toml", "--no-plots", "--out", "after", cwd=tmp_path).returncode
        == 0
    )
    before, after = (
        json.loads((tmp_path / where / "my-study" / "summary.json").read_text())
        for where in ("before", "after")
    )
    assert before != after
    shipped = run_once(load("mooring-shutdown-2022"))
    exported = next(
        m["value"] for m in before["measures"] if (m["measure"], m["element"]) == ("exported", "*>*")
    )
    assert exported == pytest.approx(sim.MEASURES["exported"](shipped, "*>*"), rel=1e-9)


BAD = [
    (["run", "moring-shutdown-2022"], ["moring-shutdown-2022", "mooring-shutdown-2022"]),
    (["run", "demining-2022", "--policy", "spare-moring"], ["spare-moring", "spare-mooring"]),
    (
        ["run", "demining-2022", "--set", "novorossiysk.spm9.rate=1"],
        ["novorossiysk.spm9", "did you mean novorossiysk.spm"],
    ),
    (["run", "demining-2022", "--set", "novorossiysk.spm1.rat=1"], ["rat", "rate"]),
    (["run", "demining-2022", "--set", "novorossiysk.spm1.rate=9 t/hr"], ["hr"]),
    (["check", "."], ["."]),
    (["new", "my study"], ["my study"]),
    (["backtest", "--reported", "nowhere.csv"], ["nowhere.csv"]),
]


@pytest.mark.parametrize(("words", "told"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_a_users_mistake_is_told_without_a_traceback_and_exits_with_2(
    words: list[str], told: list[str], tmp_path: Path
) -> None:
    done = chokepoint(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "fault" in done.stderr
    for word in told:
        assert word in done.stderr
    assert not (tmp_path / "results").exists()


def test_a_mistake_leaves_earlier_results_as_they_were(tmp_path: Path) -> None:
    assert chokepoint("run", "demining-2022", "--no-plots", cwd=tmp_path).returncode == 0
    before = files(tmp_path)
    assert chokepoint("run", "demining-2022", "nowhere", "--no-plots", cwd=tmp_path).returncode == 2
    bad = tmp_path / "bad.toml"
    bad.write_text(
        'title = "bad"\nextends = "demining-2022"\n[[closure]]\nelement = "kashgan"\nfrom = 2022-02-01\n'
    )
    done = chokepoint("run", "bad.toml", cwd=tmp_path)
    bad.unlink()
    assert done.returncode == 2
    assert "until" in done.stderr
    assert files(tmp_path) == before


def test_what_is_not_a_result_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "results" / "demining-2022" / "my-notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep me")
    done = chokepoint("run", "demining-2022", cwd=tmp_path)
    assert done.returncode == 2
    assert mine.read_text() == "keep me"


def test_nothing_but_the_table_is_printed_where_there_is_no_terminal(tmp_path: Path) -> None:
    done = chokepoint("run", "demining-2022", "--no-plots", cwd=tmp_path)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m sim check year-2022 | head -n 1",
        shell=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
