"""sweep, stress and sensitivity as a user types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Chokepoint
from small import Small

SWEEP = ("sweep", "year.toml", "-n", "2", "-w", "1")
CAPACITY = ("--vary", "port.tanks.capacity=400..800 kt:3")
DAYS = ("--vary", "closure:storm.days=5,20")
CURTAILED = ("--measure", "curtailed AA")
SHUT = ("--days", "10,40", "-e", "trunk", "-e", "*.pier")
STRESS = ("stress", "year.toml", *CURTAILED, "-n", "2", "-w", "1", *SHUT)
SENSITIVITY = ("sensitivity", "year.toml", *CURTAILED, "-n", "2", "-w", "1", "--numbers", "trunk.*")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summary(folder: Path) -> Any:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".cache" not in file.parts
    }


@pytest.mark.parametrize("command", ["sweep", "stress", "sensitivity"])
def test_each_has_help_with_an_example(chokepoint: Chokepoint, command: str, small: Small) -> None:
    assert f"Example: chokepoint {command}" in chokepoint(command, "--help", cwd=small.folder).stdout


def test_a_sweep_says_how_many_runs_and_writes_every_point(chokepoint: Chokepoint, small: Small) -> None:
    done = chokepoint(*SWEEP, *CAPACITY, *DAYS, *CURTAILED, "--break-even", "1 Mt", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert (done.stderr, "\x1b" in done.stdout) == ("", False)
    assert "up to 14 runs" in done.stdout
    assert "6 points and the unchanged scenario, 2 replications of each" in done.stdout
    folder = small.folder / "results" / "year-sweep-port.tanks.capacity-closure-storm.days"
    names = {file.name for file in folder.iterdir()}
    assert {"sweep.csv", "sweep.png", "report.html", "summary.json", "manifest.json"} <= names
    found = rows(folder, "sweep.csv")
    assert [float(row["port.tanks.capacity (kt)"]) for row in found] == [400, 400, 600, 600, 800, 800]
    assert [float(row["closure:storm.days (day)"]) for row in found] == [5, 20] * 3
    assert {row["measure"] for row in found} == {"curtailed"}
    told = summary(folder)
    assert (told["design"], told["points"], told["replications"]) == ("grid", 6, 2)
    assert told["varied"][0]["unchanged"] == 800
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(made["points"]) == 6


def test_a_sweep_of_the_main_measures_draws_the_main_totals(chokepoint: Chokepoint, small: Small) -> None:
    done = chokepoint(*SWEEP, *CAPACITY, "--latin-hypercube", "4", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    folder = small.folder / "results" / "year-sweep-port.tanks.capacity"
    assert {"curtailed-all", "freight-all"} <= {file.stem for file in folder.glob("*.png")}
    assert summary(folder)["design"] == "Latin hypercube"


def test_a_stress_test_ranks_what_is_shut(chokepoint: Chokepoint, small: Small) -> None:
    done = chokepoint(*STRESS, "--pairs", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert "up to 26 runs" in done.stdout
    assert "for 10 and 40 days, 2 replications of each" in done.stdout
    folder = small.folder / "results" / "year-stress-trunk-.pier-curtailed-AA"
    names = {file.name for file in folder.iterdir()}
    assert {"stress.csv", "summary.json", "manifest.json", "loss.png", "ranking.svg"} <= names
    found = rows(folder, "stress.csv")
    first = next(row for row in found if (float(row["days"]), row["rank"]) == (40.0, "1"))
    assert (first["target"], first["kind"]) == ("trunk", "link")
    assert float(first["loss"]) > 0.0
    assert {row["target"] for row in found if row["kind"] == "pair"} == {
        "trunk + lagoon.pier",
        "trunk + cape.pier",
        "lagoon.pier + cape.pier",
    }
    ranked = summary(folder)
    assert ranked["by_loss"]["40_days"][0] == "trunk"
    assert ranked["closed_from"] == "2022-03-02"
    assert "98%" in ranked["recovery"]


def test_a_network_is_stressed_from_a_date(chokepoint: Chokepoint, small: Small) -> None:
    words = ("stress", "net", "-n", "1", "-w", "1", "-d", "7", "-e", "trunk", "--no-plots")
    refused = chokepoint(*words, cwd=small.folder)
    assert refused.returncode == 2
    assert "no dates of its own" in refused.stderr
    done = chokepoint(*words, "--from", "2022-06-01", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert summary(small.folder / "results" / "net-stress-trunk")["closed_from"] == "2022-06-01"


def test_a_sensitivity_study_ranks_numbers_and_reports_the_share_of_assumed_ones(
    chokepoint: Chokepoint, small: Small
) -> None:
    small.edit(
        "links",
        (
            "BB,500 km,36.5 Mt/yr,5.5 USD/t,46.5 50.5;45.5 40.5,trunk,atlas,",
            "BB,500 km,22 Mt/yr,5.5 USD/t,46.5 50.5;45.5 40.5,trunk,atlas; capacity=assumed,made up",
        ),
    )
    done = chokepoint(*SENSITIVITY, cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert "each moved alone by 20%" in done.stdout
    assert "about 100% is due to assumed numbers" in done.stdout
    folder = small.folder / "results" / "year-sensitivity-curtailed-AA-trunk"
    found = rows(folder, "sensitivity.csv")
    assert (found[0]["number"], found[0]["assumed"]) == ("trunk.capacity", "True")
    told = summary(folder)
    assert told["leading"][0]["numbers"] == ["trunk.capacity"]
    assert "squares" in told["notes"][0]
    assert (folder / "tornado.png").is_file()


def test_the_foremost_are_screened_together(chokepoint: Chokepoint, small: Small) -> None:
    pytest.importorskip("SALib")
    words = ("sensitivity", "year.toml", *CURTAILED, "-n", "2", "-w", "1", "--numbers", "well.*", "--numbers")
    small.edit(
        "shippers", ("AA,crude,0.6 Mb/d,5,110 %,,atlas,", "AA,crude,0.9 Mb/d,5,110 %,,assumed,made up")
    )
    done = chokepoint(*words, "trunk.capacity", "--morris", "2", "--screen", "2", cwd=small.folder)
    assert done.returncode == 0, done.stderr
    assert "Screening by the method of Morris" in done.stdout
    folder = small.folder / "results" / "year-sensitivity-curtailed-AA-well.-trunk.capacity"
    assert len(rows(folder, "morris.csv")) == 2
    assert (folder / "morris.png").is_file()
    assert summary(folder)["screenings"][0]["points"] == 2 * 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [(*SWEEP, *CAPACITY, *CURTAILED), STRESS, SENSITIVITY], ids=lambda one: one[0]
)
def test_the_number_of_workers_changes_no_byte(
    chokepoint: Chokepoint, words: tuple[str, ...], small: Small
) -> None:
    for workers in ("1", "2"):
        done = chokepoint(*words, "-w", workers, "--out", f"by-{workers}", cwd=small.folder)
        assert done.returncode == 0, done.stderr
    assert files(small.folder / "by-1") == files(small.folder / "by-2") != {}


def test_what_is_finished_is_not_run_again(chokepoint: Chokepoint, small: Small) -> None:
    words = (*SWEEP, *CAPACITY, *CURTAILED)
    assert chokepoint(*words, cwd=small.folder).returncode == 0
    kept = small.folder / "results" / ".cache"
    before = {file: file.stat().st_mtime_ns for file in kept.rglob("*.npz")}
    assert len({file.parent for file in before}) == 3  # of the four, that of 800 kt is the scenario as it is
    assert chokepoint(*words, cwd=small.folder).returncode == 0
    assert {file: file.stat().st_mtime_ns for file in kept.rglob("*.npz")} == before


BAD = [
    ((*SWEEP, "--vary", "port.tank.capacity=1..2kt:2"), ["port.tanks"]),
    ((*SWEEP, "--vary", "port.tanks.capacity=1..2:2"), ["a unit is needed"]),
    ((*SWEEP, "--vary", "port.tanks.throttle_at=50..150%:2"), ["port.tanks", "lies above"]),
    ((*SWEEP, "--vary", "closure:storn.days=1..2:2"), ["did you mean storm"]),
    ((*SWEEP, *CAPACITY, "--measure", "curtaild AA"), ["curtailed"]),
    ((*SWEEP, *CAPACITY, "--break-even", "1 Mt"), ["--break-even", "name one --measure"]),
    ((*SWEEP, *CAPACITY, *CURTAILED, "--break-even", "1 km"), ["does not measure this"]),
    ((*SWEEP, *CAPACITY, "--grid", "--latin-hypercube", "5"), ["--latin-hypercube"]),
    (("stress", "yaer.toml"), ["yaer"]),
    (("stress", "."), ["fault"]),
    (("stress", "year.toml", "-e", "trunc"), ["--elements", "did you mean trunk"]),
    (("stress", "year.toml", "--days", "400"), ["do not end within the run"]),
    (("stress", "year.toml", "--days", "soon"), ["--days"]),
    (("sensitivity", "year.toml", "--measure", "curtailed BB"), ["curtailed"]),
    ((*SENSITIVITY, "--by", "120"), ["--by"]),
    ((*SENSITIVITY, "--numbers", "trunc.*"), ["--numbers", "did you mean trunk"]),
    ((*SENSITIVITY, "--sobol", "12"), ["power of two", "8 or 16"]),
    ((*SENSITIVITY, "--morris", "9999999"), ["--morris", "20,000 points"]),
    (
        (*SWEEP, "--vary", "port.tanks.capacity=1..2kt:999", "--vary", "closure:storm.days=1..9:999"),
        ["20,000"],
    ),
    ((*SWEEP, *CAPACITY, "--measure", "curtailed"), ["--measure", "such as curtailed"]),
    ((*SWEEP, *CAPACITY, *CURTAILED, "--break-even", "soon"), ["--break-even", "'soon'"]),
    (("stress", "year.toml", "--from", "2031-01-01"), ["--from", "outside the run"]),
]


@pytest.mark.parametrize(("words", "told"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_a_users_mistake_is_reported_before_anything_is_run(
    chokepoint: Chokepoint, words: tuple[str, ...], told: list[str], small: Small
) -> None:
    done = chokepoint(*words, cwd=small.folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for word in told:
        assert word in done.stderr
    assert not (small.folder / "results").exists()


def test_what_is_not_a_result_is_never_replaced(chokepoint: Chokepoint, small: Small) -> None:
    mine = small.folder / "results" / "year-stress-trunk-.pier-curtailed-AA" / "my-notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep me")
    assert chokepoint(*STRESS, cwd=small.folder).returncode == 2
    assert mine.read_text() == "keep me"
