"""From a closure as written to the steps that capacities take."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import Small, expect

from sim.errors import InputError
from sim.scenario.closures import disturbance, recovery_steps
from sim.scenario.schema import Closure
from sim.scenario.selection import select
from sim.scenario.situation import day_of

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


def test_announced_end_is_the_true_end_by_default() -> None:
    assert disturbance(_closure(), ("x",), START).announced == 20.0
    announced = _closure(announced_until=date(2022, 2, 1))
    assert disturbance(announced, ("x",), START).announced == 31.0


def test_label_falls_back_on_the_cause_and_then_on_what_is_closed() -> None:
    assert disturbance(_closure(label="L", cause="C"), ("x",), START).label == "L"
    assert disturbance(_closure(cause="C"), ("x",), START).label == "C"
    assert disturbance(_closure(), ("x",), START).label == "x"


def test_overlapping_closures_stay_in_order_of_their_start(small: Small) -> None:
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
        ("plain", ["plain"]),
        ("boat", ["boat"]),
        ("goods", ["goods"]),
        ("lagoon.pier", ["lagoon.pier"]),
        ("lagoon.yard", ["lagoon.yard"]),
        ("lagoon.*", ["lagoon.pier"]),
        ("*.train", ["plain.train", "hill.train", "taiga.train", "ore.train"]),
        ("lagoon", ["plain", "lagoon.pier"]),
        ("place:gate", ["taiga", "crossing"]),
        ("east", ["plain", "taiga", "goods", "ores"]),
        ("country:KK", ["plain", "narrows", "lagoon.pier"]),
        ("country:EE", ["goods", "ores"]),
        ("tag:pier", ["lagoon.pier", "cape.pier"]),
        ("corridor:middle", ["plain", "narrows", "hill", "lagoon.pier", "cape.pier"]),
        ("corridor:north", ["taiga", "crossing"]),
        ("corridor:ocean", ["ocean"]),
    ],
)
def test_pattern_means_these_elements(small: Small, pattern: str, meant: list[str]) -> None:
    assert list(select(small.network(), pattern)) == meant


@pytest.mark.parametrize(
    "pattern", ["", "*x*", "[", "country:", "tag:", "place:", "place:world", "atlas", "well:world"]
)
def test_pattern_that_means_nothing_is_refused(small: Small, pattern: str) -> None:
    with pytest.raises(InputError, match="no element matches this"):
        select(small.network(), pattern)


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        ("corridor:midle", "did you mean middle?"),
        ("corridor:x", "corridors here: middle, north, ocean"),
        ("over-the-narrows", "name them, or all of its own by corridor:middle"),
        ("middle", "name them, or all of its own by corridor:middle"),
        ("lagoon.yrad", "did you mean lagoon.yard"),
        ("tag:peir", "did you mean pier?"),
    ],
)
def test_near_miss_of_a_pattern_is_advised(small: Small, pattern: str, advice: str) -> None:
    with pytest.raises(InputError) as caught:
        select(small.network(), pattern)
    assert advice in caught.value.faults[0].advice


def test_line_that_two_groups_use_is_neither_ones_own(small: Small) -> None:
    small.append(
        "corridors", "over-and-back,A detour,detour,east,west,boxes,plain narrows back,900,,atlas,\n"
    )
    small.append("lines", "back,Back,rail,cape,west,DD,10,1,,,,,,atlas,\n")
    small.edit("services", ("Trains from the cape,hill", "Trains from the cape,hill back"))
    network = small.network()
    assert select(network, "corridor:middle") == ("hill",)
    assert select(network, "corridor:detour") == ("back",)
    small.edit("corridors", ("plain narrows back", "plain narrows hill"), ("over-the-narrows", "once"))
    with pytest.raises(InputError, match="goes the same way"):
        small.network()


def test_group_whose_lines_others_all_use_has_none_of_its_own(small: Small) -> None:
    small.edit("corridors", ("ore-north,Ore through the north,north", "ore-north,Ore,mines"))
    with pytest.raises(InputError, match="other corridors use all of its lines too"):
        select(small.network(), "corridor:mines")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("narrows", "cut its quays"),
        ("ocean", "the ocean is shut or open"),
        ("taiga", "or give it paths"),
    ],
)
def test_way_over_water_shut_in_part_is_refused(small: Small, line: str, words: str) -> None:
    path = small.edit("year.toml", ('"port.spm1"', f'"{line}"'), ("cause =", "remaining = 0.5\ncause ="))
    expect(small.faults(), path, "remaining = 0.5", "remaining", 0.5, "shut or open, not partly", words)
    small.edit("year.toml", ("remaining = 0.5", "remaining = 0"))
    assert small.load().disturbances[0].elements == (line,)


@pytest.mark.parametrize("element", ["plain", "lagoon.pier", "boat", "goods", "lagoon.yard"])
def test_other_elements_may_be_shut_in_part(small: Small, element: str) -> None:
    small.edit("year.toml", ('"port.spm1"', f'"{element}"'), ("cause =", "remaining = 0.5\ncause ="))
    assert small.load().disturbances[0].remaining == 0.5


def test_element_that_a_closure_names_twice_counts_once(small: Small) -> None:
    small.edit("year.toml", ('"port.spm1"', '["port.spm1", "port.*", "tag:mooring"]'))
    assert small.load().disturbances[0].elements == ("port.spm1", "port.spm2")
