"""Diversion to other markets: when it starts, how far it goes, and when shippers would rather wait."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at, closure, contract, field, market, network, pipe, run, scenario

from sim.engine import Outcome
from sim.network import Network


def forked(
    *beside: Any, lag: float = 7.0, ramp: float = 20.0, normal: float = 0.0, surge: float = 40.0
) -> Network:
    """A field of 100 that sells near, and, should its oil be turned away there, up to 40 far away."""
    return network(
        field("well", 100.0),
        market("near", 10.0),
        market("far", 5.0),
        pipe("to-near", "well-field", "near", 100.0),
        pipe("to-far", "well-field", "far", 100.0),
        contract("well", "near"),
        contract("well", "far", normal=normal, surge=surge, lag=lag, ramp=ramp),
        *beside,
    )


def turns(outcome: Outcome) -> list[tuple[float, str, str, str]]:
    events = outcome.journal.events
    return [(h.time, h.kind, h.element, h.reason) for h in events if h.kind in ("diverts", "returns")]


def test_diversion_starts_after_the_lag_and_reaches_the_surge_after_the_ramp() -> None:
    """Turned away from day 10: decided on day 17, and half a day's part of the 20-day ramp with it."""
    outcome = run(scenario(forked(), 50, closure("to-near", 10, 50)))
    assert turns(outcome) == [(17.0, "diverts", "well", "to far")]
    flow = outcome.journal.steps["flow", "to-far"]
    assert at(flow, 16.99) == 0.0
    assert [at(flow, 17.0 + half / 2) for half in range(40)] == pytest.approx(
        [1.0 + half for half in range(40)]
    )
    assert at(flow, 49.0) == pytest.approx(40.0)


def test_diverted_oil_comes_on_top_of_what_goes_there_anyway() -> None:
    outcome = run(scenario(forked(normal=10.0), 50, closure("to-near", 10, 50)))
    flow, diverted = outcome.journal.steps["flow", "to-far"], outcome.journal.steps["diverted", "well"]
    assert at(flow, 16.99) == pytest.approx(10.0)
    assert at(flow, 49.0) == pytest.approx(40.0)
    assert at(diverted, 49.0) == pytest.approx(30.0)


def test_a_closure_shorter_than_the_lag_diverts_nothing() -> None:
    outcome = run(scenario(forked(), 50, closure("to-near", 10, 16.5)))
    assert turns(outcome) == []
    assert outcome.journal.points["sold", "well>far"].values[-1] == 0.0


def test_while_the_end_is_announced_sooner_than_a_decision_would_hold_nobody_diverts() -> None:
    """From day 13 on the end is known to be fewer than 7 days away; it is kept."""
    outcome = run(scenario(forked(), 50, closure("to-near", 10, 20, announced=20)))
    assert turns(outcome) == []


def test_an_announced_end_that_passes_unkept_is_believed_no_longer() -> None:
    outcome = run(scenario(forked(), 60, closure("to-near", 10, 60, announced=20)))
    assert turns(outcome)[0] == (20.0, "diverts", "well", "to far")


def test_an_end_announced_too_late_makes_shippers_divert_who_need_not_have() -> None:
    outcome = run(scenario(forked(), 50, closure("to-near", 10, 20, announced=45)))
    assert turns(outcome)[0] == (17.0, "diverts", "well", "to far")


def test_shippers_return_once_their_oil_has_flowed_for_the_lag_and_diversion_fades_by_the_ramp() -> None:
    outcome = run(scenario(forked(ramp=5.0), 80, closure("to-near", 10, 30)))
    (began, *_), (ended, kind, *_) = turns(outcome)
    assert (began, kind) == (17.0, "returns")
    assert ended == pytest.approx(37.0, abs=0.5)  # instructions are given every half day
    surge = outcome.journal.steps["diverted", "well"]
    assert at(surge, ended + 5.0) == 0.0


def test_without_a_lag_shippers_turn_at_once_and_only_once() -> None:
    outcome = run(scenario(forked(lag=0.0), 80, closure("to-near", 10, 30, announced=30)))
    assert [(time, kind) for time, kind, *_ in turns(outcome)] == [(10.5, "diverts"), (30.0, "returns")]


def test_more_than_can_be_produced_is_not_diverted() -> None:
    outcome = run(scenario(forked(surge=500.0, ramp=1.0), 50, closure("to-near", 10, 50)))
    assert max(outcome.journal.steps["flow", "to-far"].values) <= 100.0
    assert outcome.balance.holds


def test_shippers_decide_at_fixed_hours_by_how_long_their_oil_has_been_turned_away() -> None:
    """From day 10.3 on; seven days later is day 17.3, and the next hour for instructions 17.5."""
    outcome = run(scenario(forked(), 50, closure("to-near", 10.3, 50)))
    assert turns(outcome)[0] == (17.5, "diverts", "well", "to far")
    able = outcome.journal.steps["produced", "well"]
    assert at(able, 10.4) == 0.0  # no tanks of its own: what cannot leave is not produced


@pytest.mark.parametrize("hour", [0.1, 0.3, 9.9, 17.2])
def test_another_fields_trouble_changes_nothing_for_a_field_that_shares_nothing_with_it(hour: float) -> None:
    """Neither its settings nor their hours: fields are adjusted at fixed hours."""
    lone = (
        *field("lone", 7.0),
        market("coast", 10.0),
        pipe("to-coast", "lone-field", "coast", 7.0),
        contract("lone", "coast"),
    )
    upsets = closure("to-near", 10.3, 12.7), closure("to-near", 14.1, 45)
    alone = run(scenario(forked(), 50, *upsets)).journal
    beside = run(scenario(forked(*lone), 50, *upsets, closure("to-coast", hour, 50))).journal
    events, events_alone = ([h for h in j.events if h.element == "well"] for j in (beside, alone))
    assert events == events_alone != []
    for quantity in ("potential", "produced", "curtailed", "diverted"):
        mine, theirs = beside.steps[quantity, "well"], alone.steps[quantity, "well"]
        assert (mine.times, mine.values) == (theirs.times, theirs.values)
