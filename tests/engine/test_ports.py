"""Tanker ports: berthing times worked out by hand; queues against Erlang C and Little's law."""

from __future__ import annotations

from math import factorial

import numpy as np
import pytest
from builders import after, berth

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Journal
from sim.engine.oil.ports import LiveBerth, TankerCall, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.random_streams import random_stream
from sim.measures.traffic import traffic

HUGE = 1e7


class HandBuiltPort:
    """A port with moorings of 10 t/day and more oil than ships can take."""

    def __init__(
        self,
        live_berths: int = 1,
        rate: float = 10.0,
        at_once: int | None = None,
        approach: float = 0.0,
        cast_off: float = 0.0,
        lanes: tuple[str, ...] = (),
    ) -> None:
        self.env, self.journal = Clock(), Journal(until=1e9)
        self.stock = TankFarm(self.env, self.journal, "farm", Gate("farm", 2 * HUGE), (0,), 1.0, 1.0, None)
        self.stock.level, self.stock.mix = HUGE, [HUGE]
        self.live_berths = [
            LiveBerth(
                berth(f"spm{n}", "port", lane, rate, approach=approach, cast_off=cast_off),
                Gate(f"spm{n}", rate),
            )
            for n, lane in enumerate(lanes or ("sea",) * live_berths, 1)
        ]
        open_lanes = {lane: Gate(lane, 1.0) for lane in lanes or ("sea",)}
        self.port = TankerPort(self.env, self.journal, "port", self.live_berths, at_once, open_lanes)
        self.left: list[float] = []

    def call(self, load: float, day: float, lane: str = "sea") -> None:
        after(self.env, day, lambda: self.port.arrive(self._ship(load, lane)))

    def _ship(self, load: float, lane: str) -> TankerCall:
        return TankerCall(
            self.env,
            self.port,
            lane,
            "load",
            load,
            self.stock,
            None,
            lambda ship: self.left.append(ship.load),
        )

    def shut(self, live_berth: int, day: float, until: float, share: float = 0.0) -> None:
        gate = self.live_berths[live_berth - 1].gate
        after(self.env, day, lambda: gate.restrict("closure", share))
        after(self.env, until, lambda: gate.restrict("closure", 1.0))

    def calls(self, until: float = 1000.0) -> list[tuple[float, float, float]]:
        """(load, berthed, left) of each call, in the order of leaving."""
        self.env.run(until)
        return [(call.load, call.berthed, call.left) for call in self.journal.calls]


def test_ships_berth_first_come_first_served_and_pump_one_after_the_other() -> None:
    port = HandBuiltPort(approach=0.5, cast_off=0.25)
    port.call(20.0, 1.0)
    port.call(10.0, 1.5)
    port.call(30.0, 1.6)
    assert port.calls() == [(20.0, 1.0, 3.75), (10.0, 3.75, 5.5), (30.0, 5.5, 9.25)]


def test_a_mooring_that_closes_under_a_tanker_sends_it_back_with_what_is_left_and_it_is_next() -> None:
    """10 of 20 t are aboard on day 1; open again on day 3, it takes the other 10 before the second's 20."""
    port = HandBuiltPort()
    port.call(20.0, 0.0)
    port.call(20.0, 0.5)
    port.shut(1, 1.0, 3.0)
    assert port.calls() == [(20.0, 0.0, 4.0), (20.0, 4.0, 6.0)]
    sent_back = [h for h in port.journal.events if h.kind == "sent back"]
    assert [(h.time, h.element, h.quantity) for h in sent_back] == [(1.0, "spm1", 10.0)]
    assert port.stock.gone[0] == pytest.approx(40.0)


def test_a_tanker_sent_back_moves_over_to_a_free_berth_at_once() -> None:
    port = HandBuiltPort(live_berths=2)
    port.call(20.0, 0.0)
    port.shut(1, 1.0, 50.0)
    assert port.calls() == [(20.0, 0.0, 2.0)]
    assert port.journal.calls[0].berth == "spm2"


def test_a_tanker_that_was_still_approaching_has_all_its_cargo_to_load_later() -> None:
    port = HandBuiltPort(approach=1.0)
    port.call(20.0, 0.0)
    port.shut(1, 0.5, 2.0)
    assert port.calls() == [(20.0, 0.0, 5.0)]


def test_a_tanker_that_casts_off_is_not_called_back() -> None:
    port = HandBuiltPort(cast_off=1.0)
    port.call(20.0, 0.0)
    port.call(20.0, 0.0)
    port.shut(1, 2.5, 6.0)
    assert port.calls() == [(20.0, 0.0, 3.0), (20.0, 6.0, 9.0)]


def test_tankers_sent_back_at_one_moment_keep_the_order_in_which_they_came() -> None:
    """Both moorings close on day 1, one of them opens on day 2: the first to come is the first again."""
    port = HandBuiltPort(live_berths=2)
    port.call(21.0, 0.0)
    port.call(22.0, 0.1)
    port.call(23.0, 0.2)
    port.shut(1, 1.0, 2.0)
    port.shut(2, 1.0, 90.0)
    assert [load for load, _, _ in port.calls()] == [21.0, 22.0, 23.0]


def test_a_partial_closure_scales_pumping() -> None:
    """10 t at 10 a day, then 5 at 5 a day, then the last 5 at 10 a day."""
    port = HandBuiltPort()
    port.call(20.0, 0.0)
    port.shut(1, 1.0, 2.0, share=0.5)
    assert port.calls() == [pytest.approx((20.0, 0.0, 2.5))]


def test_a_partial_closure_during_the_approach_holds_for_the_pumping() -> None:
    port = HandBuiltPort(approach=1.0)
    port.call(20.0, 0.0)
    port.shut(1, 0.5, 50.0, share=0.25)
    assert port.calls() == [pytest.approx((20.0, 0.0, 9.0))]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_berths_work_at_once_than_the_place_allows(at_once: int) -> None:
    port = HandBuiltPort(live_berths=3, at_once=at_once)
    for _ in range(6):
        port.call(10.0, 0.0)
    assert max(left for _, _, left in port.calls()) == pytest.approx(6 / at_once)
    assert max(traffic(port.journal)["alongside", "sea"].values) == at_once


def test_a_berth_that_opens_takes_the_ship_that_waits() -> None:
    port = HandBuiltPort()
    port.shut(1, 0.0, 7.0)
    port.call(10.0, 1.0)
    assert port.calls() == [(10.0, 7.0, 8.0)]


def test_a_ship_does_not_wait_behind_one_of_another_lane_whose_berth_is_shut() -> None:
    port = HandBuiltPort(lanes=("sea", "other"))
    port.shut(2, 0.0, 9.0)
    port.call(10.0, 0.1, "other")
    port.call(20.0, 0.5, "sea")
    assert port.calls() == [(20.0, 0.5, 2.5), (10.0, 9.0, 10.0)]


# -- queues -----------------------------------------------------------------------------------


def erlang_c(servers: int, load: float) -> float:
    """The chance to wait in an M/M/c queue with `load` = arrival rate / service rate."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / factorial(k) for k in range(servers)) + last)


def queue(servers: int, arrivals_per_day: float, ships: int) -> HandBuiltPort:
    """Poisson arrivals, exponential loads of one day's pumping on average."""
    port = HandBuiltPort(live_berths=servers, rate=1.0)
    chance = random_stream(1, 0, f"queue {servers}", "arrivals")
    times = np.cumsum(chance.exponential(1.0 / arrivals_per_day, ships)).tolist()
    loads = chance.exponential(1.0, ships).tolist()
    for day, load in zip(times, loads, strict=True):
        port.call(load, day)
    port.env.run()
    return port


@pytest.mark.parametrize(("servers", "use"), [(1, 0.6), (2, 0.7), (3, 0.8)])
def test_the_mean_wait_of_random_ships_is_that_of_erlang_c(servers: int, use: float) -> None:
    """Within three standard errors of the means of 25 batches of 800 ships, the first 1000 left out."""
    arrivals = use * servers
    port = queue(servers, arrivals, 21_000)
    calls = sorted(port.journal.calls, key=lambda call: call.arrived)
    waits = np.array([call.berthed - call.arrived for call in calls[1000:]])
    means = waits.reshape(25, 800).mean(axis=1)
    error = means.std(ddof=1) / 5
    expected = erlang_c(servers, arrivals) / (servers - arrivals)
    assert error < 0.15 * expected
    assert abs(means.mean() - expected) <= 3 * error
    assert np.mean(waits > 1e-9) == pytest.approx(erlang_c(servers, arrivals), abs=0.05)


@pytest.mark.parametrize("servers", [1, 2, 4])
def test_littles_law_holds_exactly_from_empty_to_empty(servers: int) -> None:
    """The area under the number waiting is the sum of the waits."""
    port = queue(servers, 0.9 * servers, 2_000)
    waiting = traffic(port.journal)["waiting", "sea"]
    assert waiting.values[-1] == 0
    area = np.dot(waiting.values[:-1], np.diff(waiting.times))
    waits = sum(call.berthed - call.arrived for call in port.journal.calls)
    assert waits > 100.0
    assert area == pytest.approx(waits, rel=1e-9)


@pytest.mark.parametrize("servers", [1, 3])
def test_time_alongside_is_time_at_the_berths(servers: int) -> None:
    port = queue(servers, 0.9 * servers, 1_000)
    alongside = traffic(port.journal)["alongside", "sea"]
    area = np.dot(alongside.values[:-1], np.diff(alongside.times))
    assert area == pytest.approx(sum(call.left - call.berthed for call in port.journal.calls), rel=1e-9)
