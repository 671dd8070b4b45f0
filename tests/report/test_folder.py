from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.report.folder import atomic_folder, check_file, check_target, check_targets, write_file


def write(target: Path, text: str) -> None:
    with atomic_folder(target) as folder:
        (folder / "manifest.json").write_text(text)


def test_a_folder_appears_whole_and_replaces_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "out" / "run"
    write(target, "first")
    write(target, "second")
    assert [file.name for file in target.iterdir()] == ["manifest.json"]
    assert (target / "manifest.json").read_text() == "second"
    assert [path.name for path in target.parent.iterdir()] == ["run"]


def test_what_breaks_in_the_middle_leaves_the_one_before_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "run"
    write(target, "first")
    with pytest.raises(IsADirectoryError), atomic_folder(target) as folder:
        folder.write_text("half")
    assert (target / "manifest.json").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_file_or_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("mine")
    for name in ("file", "folder"):
        with pytest.raises(InputError, match="not a result of a run"):
            write(tmp_path / name, "ours")
    assert (tmp_path / "folder" / "mine.txt").read_text() == "mine"


def test_a_place_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot write here"):
        write(tmp_path / "file" / "run", "text")


def test_a_place_that_cannot_be_written_is_an_error_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for check in (check_target, check_file):
        check(tmp_path / "not" / "there" / "yet")
        with pytest.raises(InputError, match="not a folder"):
            check(tmp_path / "file" / "deeper" / "run")
    with pytest.raises(InputError, match="this is a folder"):
        check_file(tmp_path)
    with pytest.raises(InputError, match="cannot write here"):
        write_file(tmp_path, "text")


def test_two_results_of_one_name_are_an_error(tmp_path: Path) -> None:
    check_targets(tmp_path, ["one", "two"])
    with pytest.raises(InputError, match="two of the results"):
        check_targets(tmp_path, ["one", "two", "one"])
