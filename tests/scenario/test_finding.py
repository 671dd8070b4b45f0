"""Which file a name means, and what is told of those that mean none."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Small, expect

from sim.errors import InputError
from sim.scenario import load


def _told(name: str, *policies: str) -> str:
    with pytest.raises(InputError) as caught:
        load(name, policies)
    [fault] = caught.value.faults
    assert fault.value == (policies[0] if policies else name)
    return f"{fault.message} — {fault.advice}"


def test_misspelt_scenario_name_is_reported_with_the_nearest() -> None:
    assert "did you mean mooring-shutdown-2022" in _told("moring-shutdown-2022")
    assert "no such scenario" in _told("moring-shutdown-2022")
    assert "shipped: " in _told("qqqq") and "baseline-2022" in _told("qqqq")


def test_policy_named_as_a_scenario_is_refused_and_the_reverse() -> None:
    assert "this is a policy, a scenario was expected" in _told("spare-mooring")
    assert "this is a scenario, a policy was expected" in _told("baseline-2022", "year-2022")
    assert "did you mean spare-mooring?" in _told("baseline-2022", "spare-morings")


def test_misspelt_file_is_reported_with_the_nearest_in_its_folder(small: Small) -> None:
    assert "did you mean year?" in _told(str(small.folder / "yeer.toml"))


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "", "a/b/c", "\udcff"])
def test_odd_file_name_is_reported(name: str) -> None:
    with pytest.raises(InputError) as caught:
        load(name)
    [fault] = caught.value.faults
    assert len(str(fault)) < 600


def test_folder_in_place_of_a_scenario_is_reported(small: Small) -> None:
    expect(
        small.faults("net"), small.folder / "net", None, None, None, "this is a folder, a file was expected"
    )


def test_folder_of_a_study_is_reported_with_the_file_inside(small: Small) -> None:
    small.write("net/net.toml", 'title = "x"\n')
    [fault] = small.faults("net")
    assert fault.advice == f"did you mean {small.folder / 'net' / 'net.toml'}?"


def test_folder_called_like_a_shipped_scenario_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the folder of results, where each has the name of its scenario."""
    (tmp_path / "mooring-shutdown-2022").mkdir()
    (tmp_path / "baseline-2022").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load("mooring-shutdown-2022").name == "mooring-shutdown-2022"
    (tmp_path / "own.toml").write_text('title = "x"\nextends = "baseline-2022"\n', encoding="utf-8")
    assert load("own.toml").title == "x"


@pytest.mark.parametrize("name", ["", " "])
def test_name_left_empty_is_reported(name: str) -> None:
    assert "should be the name of a scenario" in _told(name)
    assert "should be the name of a policy" in _told("baseline-2022", name)
