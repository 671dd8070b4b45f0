"""Laws of freight: effects of closures and random draws, and their limits."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from builders import closure, run, scenario
from generated_freight import DAYS, WIDER, Sizes, closable, freight_worlds, made_of, sizes
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Journal
from sim.engine.freight.tracks import durations
from sim.network.freight.legs import FreightLeg, find_legs
from sim.scenario import Scenario

pytestmark = pytest.mark.slow

HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW, MANY = settings(max_examples=20 * HARD), settings(max_examples=50 * HARD)
EPSILON = 1e-9  # days


# -- closures ---------------------------------------------------------------------------------


@MANY
@given(sizes(), st.integers(3, 20), st.integers(1, 15), st.data())
def test_what_is_shut_carries_nothing_while_it_is(
    size: Sizes, begin: int, length: int, data: st.DataObject
) -> None:
    """Nobody sets out on a shut line but a ship that has begun to cast off; no train of a shut service is
    made up; no ship makes fast at a shut quay; what is under way gets to the end of its line."""
    made = made_of(size)
    shut = data.draw(st.sampled_from([*made.lines, *made.services, *made.quays]))
    end = begin + length
    journal, legs = run(scenario(made, DAYS, closure(shut, begin, end))).journal, find_legs(made).legs
    cast_off = size.approach
    for trip in journal.trips:
        leg = legs[trip.leg]
        for n, line in enumerate(leg.lines):
            if line == shut and len(trip.times) > 2 * n + 1:
                left = trip.times[2 * n + 1]
                slack = cast_off if leg.mode == "sea" else 0.0
                assert not begin + slack + EPSILON < left < end - EPSILON
        if trip.service == shut and leg.mode == "land":
            assert not begin + EPSILON < trip.times[0] < end - EPSILON
    for call in journal.port_calls:
        if call.quay == shut:
            assert not begin + EPSILON < call.berthed < end - EPSILON


def everything(journal: Journal, *ignoring: str) -> dict[str, object]:
    """Return all records of a journal except those of some elements or closures."""
    return {
        "steps": {k: (s.times, s.values) for k, s in journal.steps.items() if k[1] not in ignoring},
        "events": [h for h in journal.events if h.element not in ignoring],
        "trips": journal.trips,
        "consignments": journal.consignments,
        "lost": journal.lost,
        "waiting": journal.waiting,
        "choices": journal.choices,
        "port calls": journal.port_calls,
    }


def until(journal: Journal, legs: tuple[FreightLeg, ...], day: float) -> dict[str, object]:
    """Return all records of the days before one; a ship may have taken more aboard later."""
    trips = []
    for trip in journal.trips:
        times = tuple(moment for moment in trip.times if moment < day)
        if times:
            later = legs[trip.leg].mode == "sea" and len(times) == 1
            trips.append((times, trip.leg, trip.service, () if later else trip.loads))
    rebooked = [(lost.demand, lost.ready) for lost in journal.lost if lost.time >= day]
    return {
        "trips": sorted(trips),
        "born": [
            (consigned.demand, consigned.corridor, consigned.created)
            for consigned in journal.consignments
            if consigned.created < day
            and not ((consigned.demand, consigned.created) in rebooked and "ocean" in consigned.corridor)
        ],
        "lost": [lost for lost in journal.lost if lost.time < day],
        "choices": [choice for choice in journal.choices if choice.time < day],
        "port calls": [call for call in journal.port_calls if call.left < day],
        "events": [h for h in journal.events if h.time < day],
    }


@MANY
@given(sizes(), st.integers(1, DAYS - 1), st.integers(0, 9), st.data())
def test_nothing_changes_before_a_closure_that_nobody_knew_of(
    size: Sizes, day: int, seed: int, data: st.DataObject
) -> None:
    made = made_of(size)
    shut = closure(data.draw(st.sampled_from(closable(made))), day, DAYS, label="~")
    legs = find_legs(made).legs
    plain, cut = (run(scenario(made, DAYS, *more, seed=seed)).journal for more in ([], [shut]))
    assert until(cut, legs, day) == until(plain, legs, day)


@FEW
@given(freight_worlds(), st.data())
def test_closure_that_lies_beyond_the_horizon_leaves_the_journal_of_the_base(
    asked: Scenario, data: st.DataObject
) -> None:
    later = closure(data.draw(st.sampled_from(closable(asked.network))), DAYS + 1, DAYS + 9, label="~")
    beyond = replace(asked, disturbances=(*asked.disturbances, later))
    assert everything(run(beyond).journal) == everything(run(asked).journal)


# -- random draws ------------------------------------------------------------------------------


@FEW
@given(freight_worlds())
def test_the_same_seed_gives_the_same_journal(asked: Scenario) -> None:
    assert everything(run(asked).journal) == everything(run(asked).journal)


@FEW
@given(freight_worlds())
def test_another_seed_or_replication_gives_another_journal(asked: Scenario) -> None:
    """Lots are created at other moments at least, unless nothing is sent at all."""
    journals = [run(replace(asked, seed=seed), n).journal for seed, n in ((1, 0), (2, 0), (1, 1))]
    created = [[c.created for c in journal.consignments] for journal in journals]
    if any(created):
        assert created[0] != created[1]
        assert created[0] != created[2]


@MANY
@given(sizes(), st.sampled_from([*WIDER]), st.integers(0, 9))
def test_widening_one_thing_never_moves_the_storms_of_another(size: Sizes, what: str, seed: int) -> None:
    storms = []
    for one in (replace(size, storms=8.0), WIDER[what](replace(size, storms=8.0))):
        journal = run(scenario(made_of(one), DAYS, seed=seed)).journal
        storms.append([(h.time, h.kind, h.element) for h in journal.events if h.kind in ("storm", "calm")])
    assert storms[0] == storms[1]
    assert storms[0]


@MANY
@given(sizes(), st.sampled_from([*WIDER]), st.integers(0, 9))
def test_widening_one_thing_never_moves_the_days_that_one_voyage_after_another_takes(
    size: Sizes, what: str, seed: int
) -> None:
    """They are the first draws for that lane and direction, whichever ship sails."""
    for one in (replace(size, spread=0.3), WIDER[what](replace(size, spread=0.3))):
        made = made_of(one)
        journal, legs = run(scenario(made, DAYS, seed=seed)).journal, find_legs(made).legs
        for place in ("cape", "lagoon"):
            voyages = [
                t.times
                for t in journal.trips
                if legs[t.leg].lines == ("strait",) and legs[t.leg].end == place
            ]
            draw = durations(made.lines["strait"], place, seed, 0)
            drawn = [draw() for times in voyages if len(times) > 1]
            for times in voyages:
                if len(times) > 2:
                    (found,) = [days for days in drawn if abs(days - (times[2] - times[1])) < 1e-9]
                    drawn.remove(found)
