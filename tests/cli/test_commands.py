"""check, run, compare, new and backtest as a user types them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from command_line import Chokepoint
from small import Small, shortened

import sim
from sim.charts.registry import charts_of
from sim.scenario import load
from sim.studies.runs import run as run_once

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("check", "run", "compare", "sweep", "stress", "sensitivity", "new", "backtest")
POLICIES = ("-p", "none", "-p", "wider.toml")


def process(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
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


def content(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_every_command_has_help_with_an_example(chokepoint: Chokepoint, tmp_path: Path) -> None:
    listed = process("--help", cwd=tmp_path).stdout
    for command in COMMANDS:
        assert command in listed
        assert f"Example: chokepoint {command}" in chokepoint(command, "--help", cwd=tmp_path).stdout


def test_check_names_closures_and_the_bottleneck_before_any_run(
    chokepoint: Chokepoint, tmp_path: Path
) -> None:
    done = chokepoint("check", "mooring-shutdown-2022", cwd=tmp_path)
    assert done.returncode == 0
    assert "SPM-3: storm damage" in done.stdout
    assert "interfax-2022-04-25" in done.stdout
    assert "berths of novorossiysk 141" in done.stdout
    assert not list(tmp_path.iterdir())


def test_check_reports_changes_of_capacity_with_their_unit(chokepoint: Chokepoint, small: Small) -> None:
    change = 'element = "trunk"\nfield = "capacity"\nvalue = "9000 t/h"\nfrom = 2022-03-01'
    head = 'title = "Slow"\nextends = "year.toml"\n[[change]]'
    small.write("slow.toml", f'{head}\n{change}\nsource = "assumed"\nreason = "x"\n')
    assert "capacity becomes 216,000 t/day" in chokepoint("check", "slow.toml", cwd=small.folder).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--measure", "curtailed,AA"), "--measure: is for many runs"),
        (("--cluster", "local"), "--cluster: is for many runs"),
        (("-n", "3", "--story"), "--story: is for a single run"),
        (("year.toml",), "two of the results"),
        (("year.toml", "-n", "3"), "two of the results"),
    ],
)
def test_options_that_a_run_would_ignore_are_refused(
    chokepoint: Chokepoint, small: Small, words: tuple[str, ...], message: str
) -> None:
    done = chokepoint("run", "year.toml", *words, cwd=small.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (small.folder / "results").exists()


def test_intervals_that_stay_wider_than_requested_are_reported(chokepoint: Chokepoint, small: Small) -> None:
    def is_reported(width: str) -> bool:
        words = ("-n", "3", "--until", width, "--no-plots", "--workers", "1")
        done = chokepoint("run", "year.toml", *words, cwd=small.folder)
        assert done.returncode == 0, done.stderr
        return "intervals are not as narrow as requested after 3 replications" in done.stdout

    assert is_reported("0.001%")
    assert not is_reported("exported,*>*=90 Mt")


def test_a_page_that_cannot_be_written_is_refused(chokepoint: Chokepoint, tmp_path: Path) -> None:
    done = chokepoint("backtest", "--write", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this is a folder" in done.stderr


SETTING = "trunk.capacity=39 Mt/yr"
RUN = ("year.toml", "--policy", "wider.toml", "--set", SETTING, "--seed", "9")


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> tuple[Small, str]:
    """The small network with results of a command in a process of its own, and its output."""
    small = shortened(Small(tmp_path_factory.mktemp("run")))
    words = ("run", *RUN, "--story", "--out", "by-command")
    done = process(*words, cwd=small.folder, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return small, done.stdout


@pytest.mark.slow
def test_run_writes_all_files_and_prints_the_short_table(by_command: tuple[Small, str]) -> None:
    small, printed = by_command
    for line in ("Exported", "all routes", "Curtailed", "Tankers loaded", "Mean wait", "Mass balance"):
        assert line in printed
    assert "One shut (storm)" in printed
    scenario = small.load("year.toml", "wider.toml", settings=(SETTING,))
    folder = small.folder / "by-command" / scenario.name
    names = {file.name for file in folder.iterdir()}
    tables = {"summary.json", "measures.csv", "daily.csv", "events.csv", "calls.csv"}
    charts = {f"{chart.name}.{kind}" for chart in charts_of(run_once(scenario)) for kind in ("png", "svg")}
    assert {*tables, *charts, "story.txt", "manifest.json", "report.html", "map.png"} <= names
    assert content(folder / "summary.json")["mass_balance"]["holds"] is True


@pytest.mark.slow
def test_files_of_a_command_equal_those_of_the_library_call_whatever_the_hash_seed(
    by_command: tuple[Small, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, _ = by_command
    monkeypatch.chdir(small.folder)
    scenario = load("year.toml", ["wider.toml"], [SETTING])
    words = ", ".join(f'"{word}"' for word in ("run", *RUN))
    lines = (
        "import sim",
        "from pathlib import Path",
        "from sim.scenario.request import command_request",
        f"scenario = sim.load('year.toml', ['wider.toml'], ['{SETTING}'])",
        f"request = command_request([{words}])",
        "sim.write_results(scenario, sim.run(scenario, seed=9), Path('by-call'), request=request)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "2"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    first, second = (files(small.folder / where / scenario.name) for where in ("by-command", "by-call"))
    assert first.keys() == second.keys() != set()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
def test_a_capacity_edited_in_a_copied_table_changes_the_result(
    chokepoint: Chokepoint, tmp_path: Path
) -> None:
    created = chokepoint("new", "my-study", "--from", "mooring-shutdown-2022", cwd=tmp_path)
    assert created.returncode == 0, created.stderr
    table = tmp_path / "my-study" / "network" / "stocks.csv"
    text = table.read_text(encoding="utf-8")
    assert "795 kt" in text
    words = ("run", "my-study/my-study.toml", "--no-plots", "--out")
    assert chokepoint(*words, "before", cwd=tmp_path).returncode == 0
    table.write_text(text.replace("795 kt", "1795 kt"), encoding="utf-8")
    assert chokepoint(*words, "after", cwd=tmp_path).returncode == 0
    before, after = (content(tmp_path / where / "my-study" / "summary.json") for where in ("before", "after"))
    assert before != after
    shipped = run_once(load("mooring-shutdown-2022"))
    exported = next(
        m["value"] for m in before["measures"] if (m["measure"], m["element"]) == ("exported", "*>*")
    )
    assert exported == pytest.approx(sim.MEASURES["exported"](shipped, "*>*"), rel=1e-9)


def test_run_with_replications_writes_every_value_and_prints_intervals(
    chokepoint: Chokepoint, small: Small
) -> None:
    words = ("run", "year.toml", "--replications", "6", "--workers", "1")
    done = chokepoint(*words, cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert (done.stderr, "\x1b" in done.stdout) == ("", False)
    assert "6 replications" in done.stdout
    assert "±" in done.stdout
    folder = small.folder / "results" / "year"
    names = {file.name for file in folder.iterdir()}
    tables = {"replications.csv", "estimates.csv", "daily.csv", "daily.npz"}
    assert {*tables, "summary.json", "manifest.json", "report.html", "throughput.png"} <= names
    rows = list(csv.DictReader((folder / "replications.csv").read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["replication", "measure", "element", "value", "unit"]
    exported = [row for row in rows if (row["measure"], row["element"]) == ("exported", "*>*")]
    record = run_once(small.load(), 3)
    assert float(exported[3]["value"]) == sim.MEASURES["exported"](record, "*>*")
    manifest = content(folder / "manifest.json")
    assert manifest["replications"] == len(exported) == 6
    assert manifest["request"] == {"command": ["chokepoint", "run", "year.toml", "--replications", "6"]}
    assert "chokepoint run year.toml --replications 6" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_number_of_workers_changes_no_byte(chokepoint: Chokepoint, small: Small) -> None:
    for workers in ("1", "2"):
        words = ("compare", "year.toml", *POLICIES, "-n", "5", "-w", workers, "--out", f"by-{workers}")
        done = chokepoint(*words, cwd=small.folder)
        assert done.returncode == 0, done.stderr
        shutil.rmtree(small.folder / f"by-{workers}" / ".cache")
    assert files(small.folder / "by-1") == files(small.folder / "by-2") != {}


@pytest.mark.slow
def test_compare_says_which_differences_are_real(chokepoint: Chokepoint, tmp_path: Path) -> None:
    words = ("mooring-shutdown-2022", "--policy", "none", "--policy", "spare-mooring", "-n", "8")
    done = chokepoint("compare", *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for part in ("saves", "of curtailment", "no detectable difference at 8", "Holm", "spare-mooring"):
        assert part in done.stdout
    folder = tmp_path / "results" / "mooring-shutdown-2022-vs-spare-mooring"
    names = {file.name for file in folder.iterdir()}
    assert {"comparison.csv", "summary.json", "manifest.json", "report.html", "whiskers.png"} <= names
    variants = content(folder / "manifest.json")["variants"]
    assert [variant["label"] for variant in variants] == ["none", "spare-mooring"]
    assert [variant["policies"] for variant in variants] == [[], ["spare-mooring"]]


def test_compare_reads_earlier_results_and_runs_the_rest(chokepoint: Chokepoint, small: Small) -> None:
    text = (small.folder / "year.toml").read_text(encoding="utf-8")
    small.write("quiet.toml", text.split("[[closure]]")[0])
    assert chokepoint("run", "year.toml", "-n", "5", "--no-plots", cwd=small.folder).returncode == 0
    shutil.rmtree(small.folder / "results" / ".cache")
    words = ("quiet.toml", "--no-plots", "-w", "1", "--out")
    by_folder = chokepoint("compare", "results/year", *words, "one", cwd=small.folder)
    by_name = chokepoint("compare", "year.toml", *words, "other", "-n", "5", cwd=small.folder)
    assert (by_folder.returncode, by_name.returncode) == (0, 0), by_folder.stderr + by_name.stderr
    assert by_folder.stdout.splitlines()[:-1] == by_name.stdout.splitlines()[:-1]
    folders = [small.folder / where / "year-vs-quiet" for where in ("one", "other")]
    for name in ("comparison.csv", "summary.json"):
        one, other = ((folder / name).read_bytes() for folder in folders)
        assert one == other, name
    variants = [content(folder / "manifest.json")["variants"] for folder in folders]
    for variant in (each for both in variants for each in both):
        variant.pop("request", None)
    assert variants[0] == variants[1]


def test_an_earlier_result_against_the_same_scenario_is_identical(
    chokepoint: Chokepoint, small: Small
) -> None:
    assert chokepoint("run", "year.toml", "-n", "3", "--no-plots", cwd=small.folder).returncode == 0
    done = chokepoint("compare", "results/year", "year.toml", "--no-plots", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert "identical" in done.stdout
    assert "saves" not in done.stdout


def test_a_study_stops_once_it_is_narrow_enough(chokepoint: Chokepoint, small: Small) -> None:
    words = ("run", "year.toml", "--until", "exported,*>*=50%", "--no-plots")
    done = chokepoint(*words, cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert "10 replications" in done.stdout


@pytest.mark.slow
def test_an_interrupted_command_can_be_resumed_from_its_finished_runs(
    chokepoint: Chokepoint, small: Small
) -> None:
    words = [sys.executable, "-m", "sim", "run", "year.toml", "-n", "4000", "-w", "1", "--no-plots"]
    study = subprocess.Popen(
        words,
        cwd=small.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        # tests that run in the background of a shell inherit that an interrupt is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    cache = small.folder / "results" / ".cache"
    deadline = time.monotonic() + 60
    while not list(cache.rglob("*.npz")) and time.monotonic() < deadline:
        time.sleep(0.05)
    study.send_signal(signal.SIGINT)
    _, message = study.communicate(timeout=60)
    assert study.returncode == 130
    assert message == "interrupted; the same command resumes from the finished runs\n"
    assert not (small.folder / "results" / "year").exists()
    finished = files(cache)
    assert finished
    assert chokepoint("run", "year.toml", "-n", "4", "--no-plots", cwd=small.folder).returncode == 0
    assert files(cache) == finished


BAD = [
    (["run", "moring-shutdown-2022"], ["moring-shutdown-2022", "mooring-shutdown-2022"]),
    (["run", "year.toml", "--policy", "spare-moring"], ["spare-moring", "spare-mooring"]),
    (["run", "year.toml", "--set", "port.spm9.rate=1"], ["port.spm9", "did you mean port.spm"]),
    (["run", "year.toml", "--set", "port.spm1.rat=1"], ["rat", "rate"]),
    (["run", "year.toml", "--set", "port.spm1.rate=9 t/hr"], ["hr"]),
    (["check", "."], ["."]),
    (["new", "my study"], ["my study"]),
    (["backtest", "--reported", "nowhere.csv"], ["nowhere.csv"]),
    (["run", "year.toml", "-n", "5", "--story", "--replication", "2"], ["--story", "--replication"]),
    (["run", "year.toml", "--until", "exportd,*>*=1%"], ["exportd", "exported"]),
    (["run", "year.toml", "-n", "5", "--cluster", "tcp://127.0.0.1:1"], ["no scheduler answers"]),
    (["compare", "year.toml"], ["at least two"]),
    (["compare", "year.toml", "year.toml"], ["more than once"]),
    (["compare", "year.toml", "baseline-2022", "-p", "spare-mooring"], ["one scenario"]),
    (["compare", "year.toml", "-p", "none", "-p", "spare-moring"], ["spare-mooring"]),
    (["compare", ".", "year.toml"], ["no folder of results"]),
]


@pytest.mark.parametrize(("words", "parts"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_a_users_mistake_is_reported_without_a_traceback_and_exits_with_2(
    chokepoint: Chokepoint, words: list[str], parts: list[str], small: Small
) -> None:
    done = chokepoint(*words, cwd=small.folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "fault" in done.stderr
    for part in parts:
        assert part in done.stderr
    assert not (small.folder / "results").exists()


def test_a_mistake_leaves_earlier_results_as_they_were(chokepoint: Chokepoint, small: Small) -> None:
    assert chokepoint("run", "year.toml", "--no-plots", cwd=small.folder).returncode == 0
    before = files(small.folder / "results")
    assert chokepoint("run", "year.toml", "nowhere", "--no-plots", cwd=small.folder).returncode == 2
    small.append("year.toml", '\n[[closure]]\nelement = "well"\nfrom = 2022-02-01\n')
    done = chokepoint("run", "year.toml", cwd=small.folder)
    assert done.returncode == 2
    assert "until" in done.stderr
    assert files(small.folder / "results") == before


def test_a_folder_that_is_not_a_result_is_never_replaced(chokepoint: Chokepoint, small: Small) -> None:
    mine = small.folder / "results" / "year" / "my-notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep me")
    assert chokepoint("run", "year.toml", cwd=small.folder).returncode == 2
    assert mine.read_text() == "keep me"


def test_without_a_terminal_nothing_but_the_table_is_printed(chokepoint: Chokepoint, small: Small) -> None:
    done = chokepoint("run", "year.toml", "--no-plots", cwd=small.folder)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_a_reader_that_goes_away_is_no_fault(small: Small) -> None:
    done = subprocess.run(
        f"{sys.executable} -m sim check year.toml | head -n 1",
        shell=True,
        cwd=small.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
