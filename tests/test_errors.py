"""Faults: how they are said, collected and passed on."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sim.errors import Fault, Faults, InputError, closest, fail, nearest

FULL = Fault(message="wrong", file=Path("a.csv"), line=3, key="rate", value="5 x", advice="try t")


def test_fault_says_where_what_and_what_would_help() -> None:
    assert str(FULL) == "a.csv:3: rate: wrong (here: '5 x') — try t"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(message="wrong"), "wrong"),
        (Fault(message="wrong", file=Path("a.csv")), "a.csv: wrong"),
        (Fault(message="wrong", key="--set", value=0), "--set: wrong (here: 0)"),
    ],
)
def test_fault_says_only_what_is_known(fault: Fault, said: str) -> None:
    assert str(fault) == said


def test_long_value_is_cut_in_the_middle() -> None:
    said = str(Fault(message="wrong", value="x" * 10_000))
    assert len(said) < 120
    assert " … " in said


def test_error_says_one_fault_a_line() -> None:
    assert str(InputError([FULL, Fault(message="other")])) == f"{FULL}\nother"


def test_error_comes_whole_out_of_another_process() -> None:
    assert pickle.loads(pickle.dumps(InputError([FULL]))).faults == (FULL,)


def test_faults_are_collected_once_each_in_order() -> None:
    faults = Faults()
    with faults.collecting():
        raise InputError([FULL, Fault(message="b")])
    faults.add("a", key="k")
    faults.add("wrong", file=Path("a.csv"), line=3, key="rate", value="5 x", advice="try t")
    assert [fault.message for fault in faults] == ["wrong", "b", "a"]
    with pytest.raises(InputError) as caught:
        faults.raise_any()
    assert len(caught.value.faults) == len(faults) == 3


def test_nothing_is_raised_without_faults() -> None:
    Faults().raise_any()


def test_only_input_errors_are_collected() -> None:
    faults = Faults()
    with pytest.raises(ZeroDivisionError), faults.collecting():
        raise ZeroDivisionError


def test_single_fault_is_made_to_be_raised() -> None:
    with pytest.raises(InputError, match="wrong"):
        raise fail("wrong", key="x")


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("capcity", ["capacity"]),
        ("CAPACITY", ["capacity"]),
        ("spm", ["novorossiysk.spm1", "novorossiysk.spm2"]),
        ("zzz", []),
        ("", []),
        ("x" * 1000, []),
    ],
)
def test_closest_names_are_found_whatever_their_case(name: str, close: list[str]) -> None:
    assert closest(name, ["novorossiysk.spm1", "novorossiysk.spm2", "capacity", "length"]) == close


def test_nearest_names_are_offered_as_a_question() -> None:
    assert nearest("tank", ["tanks", "tanker"]) == "did you mean tanks or tanker?"
    assert nearest("zzz", ["tanks"]) == ""
