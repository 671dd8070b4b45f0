"""From a closure as written to the steps that capacities take."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import Small

from sim.errors import InputError
from sim.scenario.closures import disturbance, recovery_steps
from sim.scenario.horizon import day_of
from sim.scenario.schema import Closure
from sim.scenario.selection import select

START = date(2022, 1, 1)


def _closure(**more: Any) -> Closure:
    said = {"element": "x", "from": date(2022, 1, 11), "until": date(2022, 1, 21), "source": "assumed"}
    return Closure.model_validate({**said, **more})


def _steps(**more: Any) -> tuple[tuple[float, float], ...]:
    return disturbance(_closure(**more), ("x",), START).steps


def test_closure_takes_all_until_its_end() -> None:
    assert _steps() == ((10.0, 0.0), (20.0, 1.0))


def test_partial_closure_leaves_its_share() -> None:
    assert _steps(remaining="30 %") == ((10.0, 0.3), (20.0, 1.0))


def test_times_of_day_count() -> None:
    from datetime import datetime

    assert day_of(datetime(2022, 1, 2, 6), START) == 1.25
    assert _steps(until=datetime(2022, 1, 20, 12))[-1] == (19.5, 1.0)


def test_line_is_walked_in_daily_means() -> None:
    steps = _steps(recovery={"shape": "linear", "days": 4})
    assert steps == ((10.0, 0.0), (20.0, 0.125), (21.0, 0.375), (22.0, 0.625), (23.0, 0.875), (24.0, 1.0))


def test_line_ends_within_a_day() -> None:
    steps = _steps(recovery={"shape": "linear", "days": "36 h"})
    assert steps == ((10.0, 0.0), (20.0, pytest.approx(1 / 3)), (21.0, pytest.approx(5 / 6)), (21.5, 1.0))


@given(st.floats(0.01, 400), st.floats(0, 1))
@settings(max_examples=60)
def test_line_lets_pass_as_much_as_the_line_itself(days: float, remaining: float) -> None:
    closure = _closure(remaining=remaining, recovery={"shape": "linear", "days": days})
    steps = recovery_steps(closure, 0.0)
    passed = sum(share * (later - day) for (day, share), (later, _) in pairwise(steps))
    assert passed == pytest.approx(days * (remaining + 1) / 2)
    assert steps[-1] == (days, 1.0)
    assert all(more >= share for (_, share), (_, more) in pairwise(steps))


def test_steps_come_after_the_end() -> None:
    recovery = {"shape": "steps", "steps": [[0, 0.26], [13, "33 %"], [88, 1]]}
    assert _steps(recovery=recovery) == ((10.0, 0.0), (20.0, 0.26), (33.0, 0.33), (108.0, 1.0))


def test_nothing_is_back_before_the_first_step() -> None:
    recovery = {"shape": "steps", "steps": [["1 day", 0.5], [3, 1]]}
    assert _steps(remaining=0.2, recovery=recovery) == ((10.0, 0.2), (20.0, 0.2), (21.0, 0.5), (23.0, 1.0))


def test_announced_end_is_the_true_one_unless_given() -> None:
    assert disturbance(_closure(), ("x",), START).announced == 20.0
    announced = _closure(announced_until=date(2022, 2, 1))
    assert disturbance(announced, ("x",), START).announced == 31.0


def test_label_falls_back_on_the_cause_and_then_on_what_is_closed() -> None:
    assert disturbance(_closure(label="L", cause="C"), ("x",), START).label == "L"
    assert disturbance(_closure(cause="C"), ("x",), START).label == "C"
    assert disturbance(_closure(), ("x",), START).label == "x"


def test_overlapping_closures_are_all_kept_in_order_of_their_start(small: Small) -> None:
    closure = (
        '\n[[closure]]\nelement = "port.spm*"\nfrom = {}\nuntil = {}\nremaining = {}\nsource = "atlas"\n'
    )
    small.append("year.toml", closure.format("2022-04-01", "2022-06-01", 0.5))
    small.append("year.toml", closure.format("2021-12-01", "2022-02-01", '"25 %"'))
    shut = small.load().disturbances
    assert [(item.start, item.end, item.remaining) for item in shut] == [
        (-31, 31, 0.25),
        (79, 112, 0),
        (90, 151, 0.5),
    ]
    assert shut[0].elements == shut[2].elements == ("port.spm1", "port.spm2")


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("port.spm2", ["port.spm2"]),
        ("trunk", ["trunk"]),
        ("tanker", ["tanker"]),
        ("well", ["well"]),
        ("port.tanks", ["port.tanks"]),
        ("port.*", ["port.spm1", "port.spm2"]),
        ("*.spm?", ["port.spm1", "port.spm2"]),
        ("s*", ["spur", "sea"]),
        ("port", ["trunk", "port.spm1", "port.spm2"]),
        ("place:port", ["trunk", "port.spm1", "port.spm2"]),
        ("well-field", ["trunk", "spur", "well"]),
        ("country:BB", ["trunk", "port.spm1", "port.spm2"]),
        ("country:AA", ["spur", "well"]),
        ("tag:mooring", ["port.spm1", "port.spm2"]),
        ("tag:trunk", ["trunk"]),
    ],
)
def test_pattern_means_these_elements(small: Small, pattern: str, meant: list[str]) -> None:
    assert list(select(small.network(), pattern)) == meant


@pytest.mark.parametrize(
    "pattern", ["", "*x*", "[", "country:", "tag:", "place:", "place:world", "atlas", "well:world"]
)
def test_pattern_that_means_nothing_is_refused(small: Small, pattern: str) -> None:
    with pytest.raises(InputError, match="no element is meant by this"):
        select(small.network(), pattern)


def test_element_meant_twice_by_one_closure_counts_once(small: Small) -> None:
    small.edit("year.toml", ('"port.spm1"', '["port.spm1", "port.*", "tag:mooring"]'))
    assert small.load().disturbances[0].elements == ("port.spm1", "port.spm2")
