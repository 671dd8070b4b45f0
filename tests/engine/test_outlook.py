"""Outlook: closures that have begun, announced ends, and planned closures."""

from __future__ import annotations

from builders import closure

from sim.engine.outlook import Outlook


def test_a_closure_is_known_once_it_has_begun() -> None:
    outlook = Outlook([closure("pipe", 5, 8, 0.25)])
    assert outlook.share("pipe", 6.0, today=4.9) == 1.0
    assert outlook.share("pipe", 6.0, today=5.0) == 0.25
    assert outlook.steps(("pipe",), 4.9, 20.0) == [(4.9, {})]
    assert outlook.steps(("pipe",), 5.0, 20.0) == [(5.0, {"pipe": 0.25}), (8.0, {})]


def test_a_planned_closure_is_known_from_the_beginning() -> None:
    outlook = Outlook([closure("pipe", 5, 8, 0.25, planned=True)])
    assert outlook.share("pipe", 6.0, today=0.0) == 0.25
    assert outlook.share("pipe", 8.0, today=0.0) == 1.0
    assert [day for day, _ in outlook.steps(("pipe",), 0.0, 20.0)] == [0.0, 5.0, 8.0]
    assert outlook.steps(("pipe",), 6.0, 8.0) == [(6.0, {"pipe": 0.25})]
    assert outlook.over_in(["pipe"], 0.0) == 0.0


def test_an_announced_end_is_believed_until_it_passes() -> None:
    outlook = Outlook([closure("pipe", 5, 20, announced=12)])
    assert outlook.over_in(["pipe"], 6.0) == 6.0
    assert outlook.share("pipe", 12.0, today=6.0) == 1.0
    assert outlook.share("pipe", 19.0, today=13.0) == 0.0
    assert outlook.share("pipe", 19.0, today=20.0) == 1.0


def test_of_overlapping_closures_the_most_restrictive_is_expected_and_the_last_end_counts() -> None:
    outlook = Outlook([closure("pipe", 5, 20, 0.5), closure("pipe", 6, 9, 0.1)])
    assert [outlook.share("pipe", day, today=7.0) for day in (7.0, 9.0, 20.0)] == [0.1, 0.5, 1.0]
    assert outlook.over_in(["pipe", "other"], 7.0) == 13.0


def test_a_closure_that_leaves_all_open_is_no_step() -> None:
    outlook = Outlook([closure("pipe", 5, 8, 1.0, planned=True)])
    assert outlook.steps(("pipe",), 0.0, 10.0) == [(0.0, {})]


def test_elements_without_closures_are_open() -> None:
    outlook = Outlook([closure("pipe", 5, 8)])
    assert outlook.share("other", 6.0, today=6.0) == 1.0
    assert outlook.over_in(["other"], 6.0) == 0.0
