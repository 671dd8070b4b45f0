"""Tank farms against levels, moments and blends worked out by hand or integrated step by step."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np
import pytest
from builders import after
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.blend import CLOSE
from sim.engine.oil.inlet_control import OPEN, REDUCED, THROTTLED, InletControl
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.tank_transfers import Transfer

MINUTE = 1 / 1440


class Farm:
    """A stock on a clock of its own."""

    def __init__(
        self, capacity: float = 100.0, routes: int = 1, throttle_at: float = 1.0, release_at: float = 1.0
    ) -> None:
        self.env, self.journal = Clock(), Journal(until=100.0)
        self.gate = Gate("farm", capacity)
        self.stock = TankFarm(
            self.env, self.journal, "farm", self.gate, tuple(range(routes)), throttle_at, release_at, None
        )
        self.stock.feeds_leg = True
        self.changes: list[float] = []
        self.stock.on_constraint = lambda: self.changes.append(self.env.now)

    def flow(self, arriving: Sequence[float], leaving: float = 0.0) -> None:
        self.stock.advance()
        self.stock.arriving, self.stock.leaving = list(arriving), leaving
        self.stock.settle()

    def fill(self, *parcels: float) -> None:
        self.stock.level, self.stock.mix = sum(parcels), list(parcels)

    def until(self, day: float) -> TankFarm:
        self.env.run(day)
        self.stock.advance()
        return self.stock


def test_a_tank_is_full_at_the_hand_computed_minute() -> None:
    """100 t, 40 in it, 90 t/day in and 30 out: 60 t of room at 60 t/day net, one day."""
    farm = Farm()
    farm.fill(40.0)
    farm.flow([90.0], 30.0)
    farm.changes.clear()
    assert not farm.until(1.0 - MINUTE).full
    assert farm.changes == []
    assert farm.until(1.0 + MINUTE).accepts == 30.0
    assert farm.changes == pytest.approx([1.0], abs=1e-12)


def test_a_full_tank_accepts_what_leaves_and_no_more() -> None:
    farm = Farm()
    farm.fill(100.0)
    farm.flow([0.0], 30.0)
    assert farm.stock.full
    assert farm.stock.accepts == 30.0
    farm.stock.start(Transfer(True, 50.0, 12.0, None, lambda: None))
    assert farm.stock.accepts == 42.0
    farm.stock.start(Transfer(False, 50.0, 40.0, [50.0], lambda: None))
    assert farm.stock.accepts == 2.0


def test_an_empty_tank_offers_what_comes_in_and_no_more() -> None:
    farm = Farm()
    farm.fill(10.0)
    farm.flow([5.0], 25.0)
    assert farm.stock.offers == float("inf")
    farm.changes.clear()
    assert farm.until(0.5 + MINUTE).offers == 5.0
    assert farm.changes == pytest.approx([0.5], abs=1e-12)


def test_intake_is_throttled_at_its_mark_and_free_again_at_the_lower_one() -> None:
    """90 of 100 t after (90-40)/50 days; from there, at 20 in and 50 out, 75 t after another 0.5."""
    farm = Farm(throttle_at=0.9, release_at=0.75)
    farm.stock.inlet.sustainable = lambda: 20.0
    farm.fill(40.0)
    farm.flow([100.0], 50.0)
    assert farm.until(1.0 - MINUTE).accepts == float("inf")
    assert farm.until(1.0 + 1e-9).accepts == 20.0
    farm.flow([20.0], 50.0)
    assert farm.until(1.5 - MINUTE).accepts == 20.0
    assert farm.until(1.5 + MINUTE).accepts == float("inf")
    limits = farm.journal.steps["limit", "farm"]
    assert limits.times == pytest.approx([1.0, 1.5], abs=1e-8)
    assert limits.values == [20.0, float("inf")]


def test_a_tank_that_fills_up_though_throttled_takes_three_quarters_of_what_can_leave() -> None:
    farm = Farm(throttle_at=0.9, release_at=0.75)
    farm.stock.inlet.sustainable = lambda: 40.0
    farm.fill(80.0)
    farm.flow([40.0], 20.0)  # the mark after 0.5 days, full after another 0.5
    assert farm.until(1.0 - MINUTE).inlet.limit == 40.0
    assert farm.until(1.0 + 1e-9).inlet.limit == 30.0
    assert farm.stock.accepts == 20.0
    farm.flow([20.0], 40.0)  # back at the mark after 0.5 days: 40 again
    assert farm.until(1.5 - MINUTE).inlet.limit == 30.0
    assert farm.until(1.5 + MINUTE).inlet.limit == 40.0


def test_a_tank_farm_that_is_shut_and_empty_is_not_throttled() -> None:
    """All its marks lie at nothing: at once full, throttled and free again. Sums round to a hair above."""
    farm = Farm(throttle_at=0.9, release_at=0.75)
    farm.stock.inlet.sustainable = lambda: 60.0
    farm.gate.restrict("closure", 0.0)
    farm.flow([50.00000000000001], 50.0)
    assert farm.stock.full
    assert farm.stock.empty
    assert farm.stock.inlet.state == OPEN


@given(
    hold=st.sampled_from([OPEN, THROTTLED, REDUCED]),
    level=st.floats(0.0, 100.0) | st.sampled_from([0.0, 75.0, 90.0, 100.0]),
    capacity=st.sampled_from([0.0, CLOSE, 3 * CLOSE, 100.0]),
    marks=st.sampled_from([(0.9, 0.75), (0.9, 0.75 * 1.2), (1.0 - 1e-12, 0.5), (1e-12, 0.0)]),
    filling=st.booleans(),
)
def test_an_operator_who_looks_twice_changes_nothing_the_second_time(
    hold: int, level: float, capacity: float, marks: tuple[float, float], filling: bool
) -> None:
    """Or two holds would undo each other without end."""
    inlet = InletControl(Journal(until=1.0), "farm", *marks)
    inlet.state = hold
    inlet.review(0.0, level, capacity, filling)
    first = inlet.state
    assert not inlet.review(0.0, level, capacity, filling)
    assert inlet.state == first


def test_without_marks_intake_is_never_throttled() -> None:
    farm = Farm()
    farm.fill(99.0)
    farm.flow([10.0], 1.0)
    assert farm.until(0.1).inlet.limit == float("inf")


@pytest.mark.parametrize("elapsed", [0.001, 1.0, 30.0])
def test_ships_share_what_comes_into_an_empty_tank_by_their_pumps(elapsed: float) -> None:
    farm = Farm()
    farm.flow([30.0])
    small, large = (Transfer(True, 1e6, rate, None, lambda: None) for rate in (20.0, 40.0))
    farm.stock.start(small)
    farm.stock.start(large)
    farm.until(elapsed)
    assert 1e6 - small.remaining == pytest.approx(10.0 * elapsed, rel=1e-6)
    assert 1e6 - large.remaining == pytest.approx(20.0 * elapsed, rel=1e-6)


def test_ships_share_the_room_in_a_full_tank_by_their_pumps() -> None:
    farm = Farm()
    farm.fill(100.0)
    farm.flow([0.0], 15.0)
    small, large = (Transfer(False, 1e4, rate, [1e4], lambda: None) for rate in (20.0, 40.0))
    farm.stock.start(small)
    farm.stock.start(large)
    stock = farm.until(2.0)
    assert stock.level == pytest.approx(100.0, abs=1e-9)
    assert (1e4 - small.remaining, 1e4 - large.remaining) == pytest.approx((10.0, 20.0))


def test_a_ship_is_done_at_the_hand_computed_moment_when_the_tank_runs_dry_under_it() -> None:
    """20 t there and 10 t/day in, 40 t to load at 50: dry after 0.5 days with 25 aboard, 15 t more at 10."""
    farm, done = Farm(), []
    farm.fill(20.0)
    farm.flow([10.0])
    farm.stock.start(Transfer(True, 40.0, 50.0, None, lambda: done.append(farm.env.now)))
    farm.until(5.0)
    assert done == pytest.approx([0.5 + 1.5], abs=1e-9)
    assert farm.stock.level == pytest.approx(30.0, abs=1e-5)  # empty on day 2, then 3 days of 10 t


def test_a_watcher_is_called_when_its_level_is_reached() -> None:
    farm, called = Farm(), []
    farm.flow([10.0])
    farm.stock.watch(25.0, lambda: called.append(farm.env.now))
    farm.until(9.0)
    assert called == pytest.approx([2.5], abs=1e-9)


def test_a_watcher_is_called_even_when_something_else_touches_the_tank_at_that_very_moment() -> None:
    """The rate changes at the moment at which the level is reached, before the tank's own appointment."""
    farm, called = Farm(), []
    after(farm.env, 2.5, lambda: farm.flow([0.0]))  # before the appointment in the queue of that moment
    farm.flow([10.0])
    farm.stock.watch(25.0, lambda: called.append(farm.env.now))
    farm.until(9.0)
    assert called == [2.5]


def test_a_tank_whose_capacity_is_cut_below_its_level_keeps_its_oil_and_takes_no_more() -> None:
    farm = Farm()
    farm.fill(80.0)
    farm.flow([10.0], 10.0)
    farm.gate.restrict("closure", 0.5)
    assert farm.stock.full
    assert farm.stock.accepts == 10.0
    assert farm.until(3.0).level == 80.0


# -- blending ---------------------------------------------------------------------------------


def integrated(
    mix: list[float], arriving: list[float], leaving: float, days: float
) -> tuple[list[float], list[float]]:
    """Parcels left and gone of a well-mixed tank by fourth-order Runge-Kutta in 4000 steps."""
    rates, step = np.array(arriving), days / 4000

    def slope(state: np.ndarray) -> np.ndarray:
        held = state[0]
        out = held * (leaving / held.sum())
        return np.array([rates - out, out])

    state = np.array([mix, [0.0] * len(mix)])
    for _ in range(4000):
        a = slope(state)
        b = slope(state + step / 2 * a)
        c = slope(state + step / 2 * b)
        d = slope(state + step * c)
        state = state + step / 6 * (a + 2 * b + 2 * c + d)
    return list(state[0]), list(state[1])


parcels = st.lists(st.floats(5.0, 100.0), min_size=3, max_size=3)
inflows = st.lists(st.floats(0.0, 60.0), min_size=3, max_size=3)


@settings(max_examples=15)
@given(parcels, inflows, st.floats(0.0, 60.0), st.floats(0.1, 0.9))
def test_blending_is_what_step_by_step_integration_gives(
    mix: list[float], arriving: list[float], leaving: float, part: float
) -> None:
    net = sum(arriving) - leaving
    days = min(3.0, part * sum(mix) / -net) if net < 0 else 3.0  # never below a tenth of the level
    farm = Farm(capacity=1e9, routes=3)
    farm.fill(*mix)
    farm.flow(arriving, leaving)
    stock = farm.until(days)
    kept, gone = integrated(mix, arriving, leaving, days)
    assert stock.mix == pytest.approx(kept, rel=1e-7, abs=1e-7)
    assert stock.gone == pytest.approx(gone, rel=1e-7, abs=1e-7)


@given(parcels, inflows, st.floats(0.0, 200.0), st.lists(st.floats(1e-6, 5.0), min_size=1, max_size=6))
def test_blending_loses_nothing_and_adds_up_to_the_level(
    mix: list[float], arriving: list[float], leaving: float, steps: list[float]
) -> None:
    farm = Farm(capacity=1e9, routes=3)
    farm.fill(*mix)
    days = 0.0
    farm.flow(arriving, leaving)
    for step in steps:
        if farm.stock.level <= leaving * step:
            leaving = 0.0
            farm.flow(arriving, leaving)
        days += step
        farm.until(days)
    stock = farm.stock
    assert sum(stock.mix) == pytest.approx(stock.level, rel=1e-9)
    for place in range(3):
        came = mix[place] + arriving[place] * days
        assert stock.mix[place] + stock.gone[place] == pytest.approx(came, rel=1e-9)
        assert min(stock.mix[place], stock.gone[place]) >= -1e-9


def test_a_through_flow_at_constant_level_washes_old_cargo_out_exponentially() -> None:
    """100 t of A, 50 t/day of B through it: after t days A's share is exp(-t/2)."""
    farm = Farm(routes=2)
    farm.fill(80.0, 0.0)
    farm.flow([0.0, 40.0], 40.0)
    stock = farm.until(3.0)
    assert stock.mix == pytest.approx([80.0 * exp(-1.5), 80.0 * (1 - exp(-1.5))], rel=1e-12)


@pytest.mark.parametrize("net", [1e-12, 1e-9, 1e-7, 1e-5, -1e-5, -1e-7, -1e-9, -1e-12])
def test_a_level_that_hardly_moves_blends_like_one_that_stands(net: float) -> None:
    farm = Farm(capacity=1e6, routes=2)
    farm.fill(80.0, 0.0)
    farm.flow([0.0, 40.0 + net], 40.0)
    assert farm.until(3.0).mix[0] == pytest.approx(80.0 * exp(-1.5), rel=1e-6)


def test_a_tank_that_is_not_stirred_keeps_the_mix_it_had_while_it_empties() -> None:
    farm = Farm(routes=2)
    farm.fill(60.0, 20.0)
    farm.flow([0.0, 0.0], 40.0)
    stock = farm.until(1.5)
    assert stock.mix == pytest.approx([15.0, 5.0])
    assert stock.gone == pytest.approx([45.0, 15.0])


def test_a_ship_loads_the_mix_of_the_tank() -> None:
    farm, aboard = Farm(routes=2), [0.0, 0.0]
    farm.fill(60.0, 20.0)
    farm.stock.start(Transfer(True, 40.0, 80.0, aboard, lambda: None))
    farm.until(1.0)
    assert aboard == pytest.approx([30.0, 10.0])


def test_ship_and_pipe_that_draw_at_once_share_each_route_by_their_rates() -> None:
    farm, aboard = Farm(routes=2), [0.0, 0.0]
    farm.fill(60.0, 20.0)
    farm.flow([4.0, 8.0], 10.0)
    farm.stock.start(Transfer(True, 30.0, 30.0, aboard, lambda: None))
    stock = farm.until(1.0)
    assert aboard == pytest.approx([0.75 * gone for gone in stock.gone], rel=1e-9)
    assert sum(stock.gone) == pytest.approx(40.0)


def test_a_ship_discharges_the_mix_that_it_carries() -> None:
    farm, aboard = Farm(routes=2), [30.0, 10.0]
    farm.stock.start(Transfer(False, 40.0, 80.0, aboard, lambda: None))
    stock = farm.until(0.25)
    assert aboard == pytest.approx([15.0, 5.0])
    assert stock.mix == pytest.approx([15.0, 5.0])
    farm.until(1.0)
    assert aboard == pytest.approx([0.0, 0.0], abs=1e-6)
    assert stock.mix == pytest.approx([30.0, 10.0])


def test_the_level_is_recorded_at_every_corner() -> None:
    farm = Farm()
    farm.flow([10.0])
    farm.until(2.0)
    farm.flow([10.0], 30.0)
    farm.until(2.5)
    farm.flow([0.0], 0.0)
    corners = farm.journal.points["level", "farm"]
    assert corners.times == [0.0, 2.0, 2.5]
    assert corners.values == pytest.approx([0.0, 20.0, 10.0])
