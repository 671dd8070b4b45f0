"""Laws of whole runs, over generated worlds with closures, storms and dated changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from builders import closure, network, pipe, place, run, scenario, with_changes, world
from generated import DAYS, Sizes, sizes, terminal_parts, worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Journal, Outcome, Series, World, prepare
from sim.engine.oil.blend import CLOSE
from sim.engine.oil.dispatch import EPSILON
from sim.network.network import Element
from sim.scenario import Scenario

pytestmark = pytest.mark.slow

# what dispatch and stocks take for nothing, added up over a run
SLACK = CLOSE + 2 * EPSILON * DAYS
HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW, MANY = settings(max_examples=25 * HARD), settings(max_examples=60 * HARD)


class Sampled:
    """Call a check at every nth step of the clock, and at every one that logs an event."""

    def __init__(self, check: Callable[[World], None], every: int = 7) -> None:
        self._check, self._every = check, every
        self._events = self._logged = self.checks = 0

    def __call__(self, world: World) -> None:
        self._events += 1
        logged = len(world.journal.events)
        if self._events % self._every == 0 or logged != self._logged:
            self._logged = logged
            self.checks += 1
            self._check(world)


def levels(world: World) -> Iterator[tuple[str, float, float]]:
    """The level of each stock now, and its capacity."""
    for stock in world.oil.stocks.values():
        yield (
            stock.element,
            stock.level + (stock.inflow - stock.outflow) * (world.env.now - stock.since),
            stock.gate.capacity,
        )


@MANY
@given(worlds())
def test_every_tonne_is_somewhere_at_every_event(asked: Scenario) -> None:
    def check(world: World) -> None:
        balance = world.oil.ledger.balance()
        assert balance.holds
        assert abs(balance.error) <= 1e-6 * max(1.0, balance.produced + balance.opening)

    check_some = Sampled(check)
    outcome = run(asked, watch=check_some)
    assert check_some.checks > 3
    assert outcome.balance.holds


@MANY
@given(worlds())
def test_levels_stay_between_nothing_and_what_the_tanks_hold(asked: Scenario) -> None:
    """Only where a capacity was cut below the level is there more, and then it does not rise."""
    allowed: dict[str, float] = {}

    def check(world: World) -> None:
        for id, level, capacity in levels(world):
            assert level >= -SLACK
            assert level <= max(capacity, allowed.get(id, inf)) + SLACK
            # until the next event: what the tanks hold, or what they hold too much of
            allowed[id] = max(capacity, min(level, allowed.get(id, level)))

    run(asked, watch=check)


@MANY
@given(worlds())
def test_no_rate_is_above_what_its_gate_leaves_open(asked: Scenario) -> None:
    def check(world: World) -> None:
        if world.oil.flows.unsolved:
            return  # something has happened in this very instant, and the answer is still to come
        used = dict.fromkeys(world.plan.oil.links, 0.0)
        for flow_leg, rate in zip(world.plan.oil.flow_legs, world.oil.flows.rates, strict=True):
            assert rate >= 0.0
            for link in flow_leg.leg.links:
                used[link] += rate
        for link, rate in used.items():
            assert rate <= world.gates[link].capacity + 2 * EPSILON
        for port in world.oil.ports.values():
            for live_berth in port.live_berths:
                assert live_berth.call is None or live_berth.open or live_berth.call.remaining == 0.0
        for stock in world.oil.stocks.values():
            assert (
                sum(t.rate for t in stock.transfers.active)
                <= sum(t.full_rate for t in stock.transfers.active) + EPSILON
            )

    run(asked, watch=check)


@MANY
@given(worlds())
def test_the_journal_is_in_order_and_ends_at_the_horizon(asked: Scenario) -> None:
    alive = world(asked)
    journal = alive.run().journal
    assert alive.env.now == journal.until == DAYS
    for series in [*journal.steps.values(), *journal.points.values()]:
        assert series.times == sorted(series.times)
        assert all(0.0 <= day <= DAYS for day in series.times)
        assert len(series.times) == len(series.values)
    for series in journal.steps.values():
        assert all(a < b for a, b in pairwise(series.times))
    times = [event.time for event in journal.events]
    assert times == sorted(times)
    for call in journal.calls:
        assert 0.0 <= call.arrived <= call.berthed <= call.left <= DAYS


@MANY
@given(worlds())
def test_fields_produce_no_more_than_they_could_and_curtail_the_rest(asked: Scenario) -> None:
    steps = run(asked).journal.steps
    for id in asked.network.shippers:
        potential, produced, curtailed = (
            at_times(steps, name, id) for name in ("potential", "produced", "curtailed")
        )
        assert potential.keys() == produced.keys() == curtailed.keys()
        for day, could in potential.items():
            assert 0.0 <= produced[day] <= could + 1e-9
            assert curtailed[day] == pytest.approx(could - produced[day], abs=1e-9)


def at_times(steps: dict[tuple[str, str], Series], quantity: str, shipper: str) -> dict[float, float]:
    """The value of one of a shipper's series at every time at which any of them changes."""
    names = ("potential", "produced", "curtailed")
    times = sorted({day for name in names for day in steps[name, shipper].times})
    series = steps[quantity, shipper]
    found, value, place = {}, 0.0, 0
    for day in times:
        while place < len(series.times) and series.times[place] <= day:
            value = series.values[place]
            place += 1
        found[day] = value
    return found


@MANY
@given(worlds())
def test_what_is_sold_is_never_taken_back_and_adds_up(asked: Scenario) -> None:
    outcome = run(asked)
    sold = {key: series for key, series in outcome.journal.points.items() if key[0] == "sold"}
    for series in sold.values():
        assert series.values[0] >= -CLOSE
        assert all(later >= earlier - CLOSE for earlier, later in pairwise(series.values))
    assert sum(series.values[-1] for series in sold.values()) == pytest.approx(outcome.balance.sold, rel=1e-9)


@MANY
@given(worlds())
def test_every_ship_is_in_one_place_and_none_is_lost(asked: Scenario) -> None:
    vessels = sum(fleet.vessels or 0 for fleet in asked.network.fleets.values())

    def check(world: World) -> None:
        assert len(world.oil.vessels) == vessels
        lying = [
            live_berth.call
            for port in world.oil.ports.values()
            for live_berth in port.live_berths
            if live_berth.call
        ]
        waiting = [call for port in world.oil.ports.values() for call in port.roads]
        assert len({id(call) for call in [*lying, *waiting]}) == len(lying) + len(waiting)
        for port in world.oil.ports.values():
            assert sum(live_berth.call is not None for live_berth in port.live_berths) <= port.at_once
        for programme in world.oil.programmes:
            assert programme.committed >= -SLACK
        for vessel in world.oil.vessels:
            aboard, load = sum(vessel.cargo), vessel.fleet.load
            if vessel.call is not None:
                assert -2 * CLOSE <= aboard <= load + 2 * CLOSE
            elif aboard > 2 * CLOSE:  # at sea, laden
                assert vessel.lane is not None
                assert aboard == pytest.approx(load, abs=2 * CLOSE)
        in_port = {id(call) for call in [*lying, *waiting] if call.lane == "ferry"}
        assert in_port == {id(vessel.call) for vessel in world.oil.vessels if vessel.call is not None}

    run(asked, watch=Sampled(check, every=3))


# -- sameness ---------------------------------------------------------------------------------


def everything(journal: Journal, *ignoring: str) -> dict[str, object]:
    """Return all records of a journal except those of some elements or closures."""
    return {
        "steps": {k: (s.times, s.values) for k, s in journal.steps.items() if k[1] not in ignoring},
        "points": {k: (s.times, s.values) for k, s in journal.points.items()},
        "events": [h for h in journal.events if h.element not in ignoring],
        "calls": journal.calls,
    }


def until(journal: Journal, day: float) -> dict[str, object]:
    """Return all records of a journal before a day."""

    def cut(times: list[float], values: list[float]) -> list[tuple[float, float]]:
        return [(t, v) for t, v in zip(times, values, strict=True) if t < day]

    steps = {k: kept for k, s in journal.steps.items() if (kept := cut(s.times, s.values))}
    return {
        "steps": steps,
        "events": [h for h in journal.events if h.time < day],
        "calls": [call for call in journal.calls if call.left < day],
    }


@FEW
@given(worlds())
def test_the_same_seed_gives_the_same_journal_also_when_answers_are_remembered(asked: Scenario) -> None:
    plan = prepare(asked)
    first = World(plan, asked.seed).run()
    again = World(plan, asked.seed).run()
    fresh = run(asked)
    assert everything(first.journal) == everything(again.journal) == everything(fresh.journal)
    assert first.balance == again.balance == fresh.balance


@FEW
@given(worlds(), st.integers(1, 5))
def test_the_network_of_a_run_is_as_it_was_before(asked: Scenario, replication: int) -> None:
    before = repr(asked)
    run(asked, replication)
    assert repr(asked) == before


@FEW
@given(worlds(), st.floats(1.0, DAYS - 1.0), st.data())
def test_nothing_changes_before_a_closure_that_nobody_knew_of(
    asked: Scenario, day: float, data: st.DataObject
) -> None:
    links = [link.id for link in asked.network.links.values() if link.mode != "sea"]
    element = data.draw(st.sampled_from([*links, *asked.network.berths, *asked.network.shippers]))
    shut = closure(element, day, DAYS, label="~")
    with_it = replace(
        asked, disturbances=tuple(sorted((*asked.disturbances, shut), key=lambda item: item.start))
    )
    assert until(run(with_it).journal, shut.start) == until(run(asked).journal, shut.start)


@FEW
@given(worlds())
def test_a_closure_that_lies_beyond_the_horizon_leaves_the_journal_of_the_base(asked: Scenario) -> None:
    later = closure(" ".join(asked.network.berths), DAYS + 1, DAYS + 9, label="~")
    beyond = replace(asked, disturbances=(*asked.disturbances, later))
    assert everything(run(beyond).journal) == everything(run(asked).journal)


@FEW
@given(worlds(), st.integers(1, DAYS - 2))
def test_a_closure_of_what_nobody_uses_changes_nothing_but_its_own_events(asked: Scenario, day: int) -> None:
    idle: list[Element] = [place("nowhere"), pipe("unused", "port", "nowhere", 50.0)]
    everything_else: list[Element] = [
        element for _, table in asked.network.kinds() for element in table.values()
    ]
    wider = replace(asked, network=network(everything_else, idle))
    shut = closure("unused", day, day + 1, label="~")
    closed = replace(wider, disturbances=(*wider.disturbances, shut))
    assert everything(run(closed).journal, "unused", "~") == everything(run(wider).journal)


@FEW
@given(worlds(), st.integers(0, DAYS - 2), st.data())
def test_a_closure_that_leaves_all_open_changes_nothing(
    asked: Scenario, day: int, data: st.DataObject
) -> None:
    links = [link.id for link in asked.network.links.values() if link.mode != "sea"]
    element = data.draw(st.sampled_from([*links, *asked.network.berths, *asked.network.shippers]))
    harmless = closure(element, day, day + 5, remaining=1.0, planned=True, label="~")
    with_it = replace(asked, disturbances=(*asked.disturbances, harmless))
    assert everything(run(with_it).journal, "~") == everything(run(asked).journal)


# -- more capacity ----------------------------------------------------------------------------


def moved(outcome: Outcome) -> float:
    """Return the oil delivered or held in the network's tanks, all of which was produced by the fields."""
    return outcome.balance.sold + outcome.balance.in_stock


@st.composite
def widened(draw: st.DrawFn) -> tuple[Sizes, Sizes]:
    """A terminal in steady work, and the same with more of one thing."""
    size = draw(sizes(steady=True))
    more = draw(st.sampled_from(["feeders", "trunk", "farm", "moorings"]))
    if more == "farm":
        return size, replace(size, farm=size.farm * draw(st.sampled_from([1.1, 2.0])))
    if more == "moorings":
        at_once = None if size.at_once is None else size.at_once + 1
        return size, replace(size, moorings=size.moorings + 1, at_once=at_once)
    capacities = list(getattr(size, more))
    place = draw(st.integers(0, len(capacities) - 1))
    capacities[place] *= draw(st.sampled_from([1.1, 2.0]))
    wider: dict[str, Any] = {more: tuple(capacities)}
    return size, replace(size, **wider)


@MANY
@given(widened())
def test_more_capacity_never_lowers_what_is_moved_in_steady_work(pair: tuple[Sizes, Sizes]) -> None:
    """But for the end effect of one cargo: a run may end just before or just after a tanker has made room."""
    less, more = (run(scenario(network(terminal_parts(size)), DAYS)) for size in pair)
    assert moved(more) >= moved(less) - max(pair[0].loads) - SLACK


def test_a_changed_network_is_another_network() -> None:
    made = network(place("one"), place("two"), pipe("between", "one", "two", 5.0))
    assert with_changes(made, between={"capacity": 6.0}).links["between"].capacity == 6.0
    assert made.links["between"].capacity == 5.0
