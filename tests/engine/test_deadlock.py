"""Tankers that have come to rest are reported, and nothing when nothing is wrong."""

from __future__ import annotations

from builders import closure, run, scenario, terminal


def test_tankers_that_wait_for_berths_closed_for_good_are_reported() -> None:
    outcome = run(scenario(terminal(moorings=2), 60, closure("spm1 spm2", 10, 60, announced=12)))
    (line,) = outcome.stalled
    assert "sea" in line and "port" in line and "spm1, spm2" in line
    assert outcome.balance.holds


def test_a_closure_that_ends_in_time_is_not_reported() -> None:
    assert run(scenario(terminal(moorings=2), 60, closure("spm1 spm2", 10, 50, announced=12))).stalled == ()


def test_a_short_wait_at_the_end_is_not_reported() -> None:
    assert run(scenario(terminal(), 60, closure("spm1", 50, 60))).stalled == ()


def test_quiet_times_are_not_reported() -> None:
    assert run(scenario(terminal(), 60)).stalled == ()
