"""Throttled intake, and its attribution to a closure."""

from __future__ import annotations

import pytest
from builders import closure, scenario, terminal

from sim.engine import World, prepare
from sim.measures import MEASURES, Record, record_of
from sim.scenario import Disturbance


def record(*closures: Disturbance) -> Record:
    """Run a tank farm of five days' intake, throttled at 90 %, whose mooring is shut for a while."""
    made = terminal(farm=500.0, throttle_at=0.9, release_at=0.7, reserve=3.0, load=50.0, storage=1e4)
    shut = scenario(made, 80, *closures)
    return record_of(shut, World(prepare(shut), shut.seed, 0).run())


def test_the_time_to_throttle_runs_from_the_first_closure_until_intake_is_held() -> None:
    found = record(closure("spm1", 20, 30))
    day = MEASURES["throttled"](found, "farm")
    assert day is not None and 22.0 < day < 26.0
    assert MEASURES["throttled after"](found, "farm") == pytest.approx(day - 20.0)


def test_throttling_long_after_a_closure_is_not_attributed_to_it() -> None:
    found = record(closure("spm1", 20, 20.5), closure("spm1", 50, 60, planned=True))
    assert MEASURES["throttled"](found, "farm") == pytest.approx(52.0, abs=5.0)
    assert MEASURES["throttled after"](found, "farm") is None
    assert MEASURES["days throttled"](found, "farm") > 0.0
