"""Days that shippers expect: how observations fade, and the free-flow times of trains and ships."""

from __future__ import annotations

from math import exp

import pytest
from builders import by_rail_and_ship, closure, scenario, service, with_changes
from freight.worlds import NEVER, Run, by_rail, over_a_yard

from sim.engine.freight.consignments import Account, Consignment
from sim.engine.freight.expected_time import MEMORY, STALE, ExpectedTime
from sim.engine.freight.trips import Trip
from sim.engine.freight.warm_start import mean_gathering_time
from sim.network import Network


def test_old_observations_fade_behind_new_ones() -> None:
    expectation = ExpectedTime(5.0)
    expectation.observe(15.0, MEMORY)
    assert expectation.expected(MEMORY) == pytest.approx(15.0 - 10.0 * exp(-1.0))
    expectation.observe(15.0, 20 * MEMORY)
    assert expectation.expected(20 * MEMORY) == pytest.approx(15.0, abs=1e-6)


def test_without_observations_expectations_return_to_the_free_flow_time() -> None:
    expectation = ExpectedTime(5.0)
    expectation.observe(15.0, 20 * MEMORY)
    now = 20 * MEMORY
    assert expectation.expected(now + STALE) == pytest.approx(5.0 + 10.0 * exp(-1.0), abs=1e-4)
    assert expectation.expected(now + 20 * STALE) == pytest.approx(5.0, abs=1e-6)


def test_of_observations_at_one_moment_only_the_first_counts() -> None:
    """Trains released together do not count several times."""
    one, many = ExpectedTime(5.0), ExpectedTime(5.0)
    one.observe(15.0, 7.0)
    for days in (15.0, 14.0, 13.0):
        many.observe(days, 7.0)
    assert one.expected(7.0) == many.expected(7.0)


@pytest.mark.parametrize(
    ("lot", "load", "longest"),
    [(1.0, 10.0, NEVER), (2.0, 10.0, NEVER), (5.0, 10.0, NEVER), (10.0, 10.0, NEVER), (1.0, 10.0, 0.5)],
)
def test_mean_gathering_time_is_the_mean_wait_of_lots_in_a_run(
    lot: float, load: float, longest: float
) -> None:
    """To within half the interval of lots, which arrive evenly here and at random in the formula."""
    trips = Run(scenario(by_rail(1.0, rate=10.0, lot=lot, load=load, longest_wait=longest), 60)).trips(
        "east", "west", since=5.0, moments=2
    )
    waits = [(trip.times[1] - load.ready, load.amount) for trip in trips for load in trip.loads]
    mean = sum(days * amount for days, amount in waits) / sum(amount for _, amount in waits)
    expected = mean_gathering_time(service("train", "line1", load, longest), 10.0, lot)
    assert mean == pytest.approx(expected, abs=0.5 * lot / 10.0)


def test_gathering_takes_no_time_without_cargo_or_where_each_lot_fills_a_train() -> None:
    train = service("train", "line1", 10.0, 3.0)
    assert mean_gathering_time(train, 0.0, 1.0) == 0.0
    assert mean_gathering_time(train, 5.0, 10.0) == 0.0


def first_days(made: Network) -> float:
    return Run(scenario(made, 10)).journal.choices[0].days


def test_expected_days_begin_with_lines_handling_and_gathering() -> None:
    """The second train takes lots as they arrive, once they are handled."""
    assert first_days(over_a_yard(first=1.5, second=2.0, handling=0.5)) == pytest.approx(4.0, abs=1e-3)
    gathered = by_rail(3.0, rate=10.0, lot=1.0, load=10.0)
    assert first_days(gathered) == pytest.approx(3.0 + 0.45, abs=0.05)


def test_expected_days_of_a_strait_begin_with_loading_sailing_and_unloading_and_the_wait_for_a_ship() -> None:
    """There and back in 2 x (1 + 0.4) days at 20 a ship, so that two ships call every 1.4 days."""
    made = with_changes(
        by_rail_and_ship(rate=20.0, lot=20.0, load=20.0, ships=2, ship_load=20.0, sailing=1.0),
        **{"lagoon.quay1": {"cast_off": 0.05}},
    )
    calls = 2 / (2 * (1.0 + 0.4) + 0.05)
    waiting = 1 / (2 * calls) + 0.2 + 0.05
    assert first_days(made) == pytest.approx(1.0 + waiting + 1.0 + 0.2 + 1.0, abs=2e-3)


def test_expected_days_return_to_free_flow_once_a_jam_is_over() -> None:
    made = by_rail(1.0, rate=1.0, paths=[3.0])
    choices = Run(scenario(made, 400, closure("line1", 20, 40))).journal.choices
    days = {choice.time: choice.days for choice in choices}
    assert days[14.0] == pytest.approx(1.0)
    assert days[35.0] > 5.0
    assert days[399.0] == pytest.approx(1.0, abs=0.01)


def test_an_overdue_trip_counts_behind_an_empty_train_or_a_loading_ship() -> None:
    seen = Run(scenario(by_rail(5.0, rate=0.001), 1))
    (live_leg,) = seen.world.freight.live_legs
    before = live_leg.expected_days(30.0)
    account = Account("goods", "way", "containers", (0,))
    for times, amount in ((0.0, 8.0), 0.0), ((0.0,), 1.0), ((0.0, 9.0), 1.0):
        train = Trip(seen.world.env, live_leg, "train")
        train.times = list(times)
        if amount:
            train.take([Consignment(0, account, amount, 0.0)])
    assert live_leg.expected_days(30.0) == pytest.approx(before + (30.0 - 9.0) - 5.0, abs=0.01)
