"""The commented scenario that a user starts from."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small

from sim.errors import InputError
from sim.scenario import load
from sim.scenario.new import new


def _taken_up(file: Path) -> None:
    """Take the # away from all examples, as the file says."""
    lines, in_example = [], False
    for line in file.read_text(encoding="utf-8").split("\n"):
        in_example = line.startswith("# [[") or (in_example and line.startswith("# "))
        lines.append(line[2:] if in_example or line.startswith("# cargo =") else line)
    file.write_text("\n".join(lines), encoding="utf-8")


def test_copy_is_its_base_until_it_is_edited(small: Small) -> None:
    made, base = load(new("mine", str(small.folder / "year.toml"), small.folder)), small.load()
    assert made.network == type(base.network)(
        **{name: getattr(base.network, name) for name in base.network.__slots__ if name != "folder"},
        folder=made.network.folder,
    )
    assert (made.title, made.disturbances, made.cargo) == ("A year, edited", base.disturbances, base.cargo)


@pytest.mark.parametrize("cargo", ["crude", "boxes", "ore"])
def test_examples_can_be_taken_up_as_they_stand(small: Small, cargo: str) -> None:
    small.edit(
        "year.toml", ("seed = 7", f'seed = 7\ncargo = "{cargo}"'), ('"port.spm1"', '["port.spm1", "taiga"]')
    )
    file = new("mine", str(small.folder / "year.toml"), small.folder)
    _taken_up(file)
    made = load(file)
    assert len(made.disturbances) == 2
    assert len(made.dated) == 1
    assert len(made.boycotts) == (0 if cargo == "crude" else 1)


def test_existing_folder_is_refused(small: Small) -> None:
    with pytest.raises(InputError, match="exists already"):
        new("net", str(small.folder / "year.toml"), small.folder)


def test_title_and_place_of_the_base_may_hold_any_sign(small: Small) -> None:
    (small.folder / 'the "deep"').mkdir()
    small.write('the "deep"/over.toml', "title = 'A \"b\" \\ c'\nextends = '../year.toml'\n")
    made = load(new("mine", str(small.folder / 'the "deep"' / "over.toml"), small.folder))
    assert made.title == 'A "b" \\ c, edited'


@pytest.mark.parametrize("name", ["", ".", "a/b", "../up", "a b", "a" * 101, "a" * 5000])
def test_name_that_cannot_be_a_folder_is_reported(small: Small, name: str) -> None:
    with pytest.raises(InputError, match="a name is letters"):
        new(name, str(small.folder / "year.toml"), small.folder)
