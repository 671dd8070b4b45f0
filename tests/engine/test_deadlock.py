"""Deadlock: who waits for what is told, and nothing is told when nothing is wrong."""

from __future__ import annotations

from builders import closure, run, scenario, terminal


def test_tankers_that_wait_with_no_berth_ever_are_told() -> None:
    outcome = run(scenario(terminal(moorings=2), 60, closure("spm1 spm2", 10, 60, announced=12)))
    (line,) = outcome.stalled
    assert "sea" in line and "port" in line and "spm1, spm2" in line
    assert outcome.balance.holds


def test_a_closure_that_ends_in_time_is_no_stall() -> None:
    assert run(scenario(terminal(moorings=2), 60, closure("spm1 spm2", 10, 50, announced=12))).stalled == ()


def test_a_short_wait_at_the_end_is_no_stall() -> None:
    assert run(scenario(terminal(), 60, closure("spm1", 50, 60))).stalled == ()


def test_quiet_times_are_no_stall() -> None:
    assert run(scenario(terminal(), 60)).stalled == ()
