"""Laws of freight measures, over generated worlds."""

from __future__ import annotations

import os
from dataclasses import replace
from math import isfinite

import pytest
from builders import run, scenario
from freight.worlds import by_rail
from generated_freight import DAYS, Sizes, freight_worlds, made_of, sizes
from hypothesis import given, settings

from sim.measures import Record, bottlenecks, record_of, summarise
from sim.scenario import Scenario

pytestmark = pytest.mark.slow

HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
MANY = settings(max_examples=50 * HARD)
MAY_EXCEED = ("buffer time", "yard fill", "yard fullest")  # %: runs open with what ships would carry ashore


def check(record: Record) -> None:
    for value in summarise(record):
        if value.value is not None:
            assert isfinite(value.value) and value.value >= -1e-9, value
            if value.unit == "%" and value.measure not in MAY_EXCEED:
                assert value.value <= 100.0 + 1e-6, value
    constraints = bottlenecks(record)
    for constraint in constraints:
        assert constraint.waiting >= 0.0 and constraint.use >= 0.0
    for cargo in record.network.cargoes:
        assert sum(constraint.part for constraint in constraints if constraint.cargo == cargo) <= 100.0 + 1e-6


@MANY
@given(freight_worlds())
def test_every_measure_is_a_finite_number_and_no_share_exceeds_the_whole(asked: Scenario) -> None:
    check(record_of(asked, run(asked)))


@MANY
@given(sizes())
def test_measures_hold_where_hardly_anything_is_sent_and_trains_are_small(size: Sizes) -> None:
    """Lines of hardly any length, and trains of one box or no train at all within the run."""
    for odd in (
        replace(size, rate=0.05, back=0.0, lot=0.5, sets=None),
        replace(size, rate=0.0, back=0.01, sets=None),
        replace(size, load=1.0, days=1e-6, sailing=1e-6, lifting=1e6, room=1),
    ):
        asked = scenario(made_of(odd), DAYS)
        check(record_of(asked, run(asked)))


def test_a_run_in_which_no_train_is_ever_made_up_can_be_measured() -> None:
    asked = scenario(by_rail(1.0, rate=0.01, lot=0.5, load=12.0), DAYS)
    record = record_of(asked, run(asked))
    assert not record.journal.trips
    assert record.journal.waiting
    assert not any(constraint.waiting for constraint in bottlenecks(record))
    check(record)
