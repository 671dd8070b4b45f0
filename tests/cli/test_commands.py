"""The commands as a user types them, in a process of their own."""

from __future__ import annotations

import csv
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from sim.scenario import load
from sim.scenario.request import command_request
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
    for command in ("check", "run", "compare", "sweep", "stress", "sensitivity", "new", "backtest"):
        assert command in listed
        assert f"Example: chokepoint {command}" in chokepoint(command, "--help", cwd=tmp_path).stdout


def test_check_names_closures_and_the_bottleneck_before_any_run(tmp_path: Path) -> None:
    done = chokepoint("check", "mooring-shutdown-2022", cwd=tmp_path)
    assert done.returncode == 0
    assert "SPM-3: storm damage" in done.stdout
    assert "interfax-2022-04-25" in done.stdout
    assert "berths of novorossiysk 141" in done.stdout
    assert not list(tmp_path.iterdir())


def test_check_tells_changes_of_capacity_with_their_unit(tmp_path: Path) -> None:
    change = 'element = "novorossiysk.spm1"\nfield = "rate"\nvalue = "9000 t/h"\nfrom = 2022-03-01'
    said = f'title = "Slow"\nextends = "baseline-2022"\n[[change]]\n{change}\n'
    (tmp_path / "slow.toml").write_text(f'{said}source = "assumed"\nreason = "x"\n', encoding="utf-8")
    assert "rate becomes 216,000 t/day" in chokepoint("check", "slow.toml", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--measure", "curtailed,KZ"), "--measure: is for many runs"),
        (("--cluster", "local"), "--cluster: is for many runs"),
        (("-n", "3", "--story"), "--story: is for a single run"),
        (("demining-2022",), "two of the results"),
        (("demining-2022", "-n", "3"), "two of the results"),
    ],
)
def test_what_a_run_would_leave_unheeded_is_refused(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = chokepoint("run", "demining-2022", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_intervals_that_stay_wider_than_asked_are_told(tmp_path: Path) -> None:
    def told(width: str) -> bool:
        words = ("-n", "3", "--until", width, "--no-plots", "--workers", "1")
        done = chokepoint("run", "demining-2022", *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return "after 3 replications intervals are not as narrow as asked" in done.stdout

    assert told("1%")
    assert not told("exported,*>*=9 Mt")


def test_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = chokepoint("backtest", "--write", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this is a folder" in done.stderr


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
        "events.csv",
        "calls.csv",
        "story.txt",
        "manifest.json",
        "report.html",
    }
    pictures = {file.name for file in folder.iterdir() if file.suffix in (".png", ".svg")}
    assert {file.name for file in folder.iterdir()} - pictures == expected
    assert {"throughput.png", "throughput.svg", "throughput-difference.png", "map.png"} <= pictures
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["mass_balance"]["holds"] is True


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
    request = command_request(["run", *words])
    sim.write_results(scenario, run_once(scenario, seed=7), tmp_path / "by-call", request=request)
    one, other = (tmp_path / where / scenario.name for where in ("by-command", "by-call"))
    same, different, missing = filecmp.cmpfiles(
        one, other, files(one).keys() | files(other).keys(), shallow=False
    )
    assert (different, missing) == ([], [])
    assert len(same) == 18


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


def test_run_with_replications_writes_every_value_and_prints_intervals(tmp_path: Path) -> None:
    done = chokepoint("run", "demining-2022", "--replications", "6", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (done.stderr, "\x1b" in done.stdout) == ("", False)
    assert "6 replications" in done.stdout
    assert "±" in done.stdout
    folder = tmp_path / "results" / "demining-2022"
    files = {file.name for file in folder.iterdir()}
    assert {file for file in files if not file.endswith((".png", ".svg"))} == {
        "replications.csv",
        "estimates.csv",
        "estimates.json",
        "daily.csv",
        "daily.npz",
        "report.html",
        "manifest.json",
    }
    assert {"throughput.png", "throughput.svg"} <= files
    rows = list(csv.DictReader((folder / "replications.csv").read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["replication", "measure", "element", "value", "unit"]
    some = [row for row in rows if (row["measure"], row["element"]) == ("exported", "*>*")]
    record = run_once(load("demining-2022"), 3)
    assert float(some[3]["value"]) == sim.MEASURES["exported"](record, "*>*")
    assert json.loads((folder / "manifest.json").read_text())["replications"] == len(some) == 6


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    for workers in ("1", "2"):
        words = ("demining-2022", "-p", "none", "-p", "spare-mooring", "-n", "5", "-w", workers)
        done = chokepoint("compare", *words, "--out", f"by-{workers}", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        shutil.rmtree(tmp_path / f"by-{workers}" / ".cache")
    assert files(tmp_path / "by-1") == files(tmp_path / "by-2")
    assert len(files(tmp_path / "by-1")) == 8


def test_compare_says_which_differences_are_real(tmp_path: Path) -> None:
    words = ("mooring-shutdown-2022", "--policy", "none", "--policy", "spare-mooring", "-n", "8")
    done = chokepoint("compare", *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for words_told in (
        "saves",
        "Mt of curtailment",
        "no detectable difference at 8",
        "Holm",
        "spare-mooring",
    ):
        assert words_told in done.stdout
    folder = tmp_path / "results" / "mooring-shutdown-2022-vs-spare-mooring"
    assert {file.name for file in folder.iterdir()} == {
        "comparison.csv",
        "comparison.png",
        "comparison.svg",
        "whiskers.png",
        "whiskers.svg",
        "report.html",
        "summary.json",
        "manifest.json",
    }
    made = json.loads((folder / "manifest.json").read_text())["variants"]
    assert [one["label"] for one in made] == ["none", "spare-mooring"]
    assert [one["policies"] for one in made] == [[], ["spare-mooring"]]


def test_compare_reads_what_was_run_before_and_runs_the_rest(tmp_path: Path) -> None:
    assert chokepoint("run", "demining-2022", "-n", "5", "--no-plots", cwd=tmp_path).returncode == 0
    shutil.rmtree(tmp_path / "results" / ".cache")
    by_folder = chokepoint(
        "compare", "results/demining-2022", "baseline-2022", "--no-plots", "--out", "one", cwd=tmp_path
    )
    by_name = chokepoint(
        "compare", "demining-2022", "baseline-2022", "-n", "5", "--no-plots", "--out", "other", cwd=tmp_path
    )
    assert (by_folder.returncode, by_name.returncode) == (0, 0), by_folder.stderr + by_name.stderr
    assert by_folder.stdout.splitlines()[:-1] == by_name.stdout.splitlines()[:-1]
    folders = [tmp_path / where / "demining-2022-vs-baseline-2022" for where in ("one", "other")]
    for name in ("comparison.csv", "summary.json"):
        one, other = ((folder / name).read_bytes() for folder in folders)
        assert one == other, name
    one_made, other_made = (
        [
            {key: value for key, value in variant.items() if key != "request"}
            for variant in json.loads((folder / "manifest.json").read_text())["variants"]
        ]
        for folder in folders
    )
    assert one_made == other_made


def test_an_earlier_result_against_the_same_scenario_is_identical(tmp_path: Path) -> None:
    assert chokepoint("run", "demining-2022", "-n", "3", "--no-plots", cwd=tmp_path).returncode == 0
    done = chokepoint("compare", "results/demining-2022", "demining-2022", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "identical" in done.stdout
    assert "saves" not in done.stdout


def test_a_study_stops_where_it_is_narrow_enough(tmp_path: Path) -> None:
    done = chokepoint("run", "demining-2022", "--until", "exported,*>*=5%", "--no-plots", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "10 replications" in done.stdout


def test_an_interrupted_command_says_so_and_goes_on_from_what_is_finished(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "sim", "run", "demining-2022", "-n", "400", "-w", "1", "--no-plots"]
    study = subprocess.Popen(
        words,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        # tests that run in the background of a shell inherit that an interrupt is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    kept = tmp_path / "results" / ".cache"
    deadline = time.monotonic() + 60
    while not list(kept.rglob("*.npz")) and time.monotonic() < deadline:
        time.sleep(0.05)
    study.send_signal(signal.SIGINT)
    _, told = study.communicate(timeout=60)
    assert study.returncode == 130
    assert told == "interrupted; the same command goes on from what is finished\n"
    assert not (tmp_path / "results" / "demining-2022").exists()
    there = files(kept)
    assert there
    assert chokepoint("run", "demining-2022", "-n", "4", "--no-plots", cwd=tmp_path).returncode == 0
    assert files(kept) == there


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
    (["run", "demining-2022", "-n", "5", "--story", "--replication", "2"], ["--story", "--replication"]),
    (["run", "demining-2022", "--until", "exportd,*>*=1%"], ["exportd", "exported"]),
    (["run", "demining-2022", "-n", "5", "--cluster", "tcp://127.0.0.1:1"], ["no scheduler answers"]),
    (["compare", "demining-2022"], ["at least two"]),
    (["compare", "demining-2022", "demining-2022"], ["more than once"]),
    (["compare", "demining-2022", "baseline-2022", "-p", "spare-mooring"], ["one scenario"]),
    (["compare", "demining-2022", "-p", "none", "-p", "spare-moring"], ["spare-mooring"]),
    (["compare", ".", "demining-2022"], ["no folder of results"]),
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
