"""Freight ports: cargo operations that pause, slow down or end for good, and the assignment of free quays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import after, quay

from sim.engine.clock import Clock
from sim.engine.freight.ports import CargoOperation, FreightPort, LiveQuay
from sim.engine.gates import STORM, Gate


class Port:
    """A port with quays "q1"… of 100 a day, and a log of events."""

    def __init__(self, count: int, *lines: str) -> None:
        self.env = Clock()
        self.berths = [
            LiveQuay(
                quay(f"q{n + 1}", "port", lines[n] if lines else "strait", 100.0), Gate(f"q{n + 1}", 100.0)
            )
            for n in range(count)
        ]
        self.port = FreightPort(self.env, "port", self.berths)
        self.log: list[tuple[str, float]] = []

    def restrict(self, day: float, number: int, share: float, key: str = "court") -> None:
        self._at(day, lambda: self.berths[number].gate.restrict(key, share))

    def operation(self, amount: float, number: int = 0) -> CargoOperation:
        work = CargoOperation(self.env, self.berths[number], amount)
        work.over.callbacks.append(lambda _: self.log.append(("over", self.env.now)))  # type: ignore[union-attr]
        return work

    def ship(self, name: str, day: float, line: str = "strait", stay: float = 1.0) -> None:
        """Request a quay on a day, stay there for `stay` days, and leave."""

        def assigned(event: object) -> None:
            berth = event.value  # type: ignore[attr-defined]
            self.log.append((f"{name} at {berth.quay.id}", self.env.now))
            after(self.env, stay, lambda: self.port.release(berth))

        def come() -> None:
            self.port.request(line, "containers").callbacks.append(assigned)  # type: ignore[union-attr]

        self._at(day, come)

    def _at(self, day: float, action: Callable[[], None]) -> None:
        self.env.call_at(day, action)


def test_work_goes_on_at_the_rate_that_the_quay_has_and_pauses_in_storms() -> None:
    """100 TEU: 50 until day 0.5, none until 1.5, 25 until 2 at half the rate, 25 until 2.25."""
    port = Port(1)
    port.restrict(0.5, 0, 0.0, STORM)
    port.restrict(1.5, 0, 1.0, STORM)
    port.restrict(1.5, 0, 0.5, "repairs")
    port.restrict(2.0, 0, 1.0, "repairs")
    work = port.operation(100.0)
    port.env.run_to(5.0)
    assert port.log == [("over", pytest.approx(2.25))]
    assert (work.left, work.days) == (0.0, pytest.approx(1.25))


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (0.25, 75.0),
        (0.5, 50.0),
        (1.0, 0.0),  # the very moment at which all is moved
    ],
)
def test_work_ends_when_its_quay_closes_for_good_and_reports_what_is_left(day: float, left: float) -> None:
    port = Port(1)
    port.restrict(day, 0, 0.0)
    work = port.operation(100.0)
    port.env.run_to(5.0)
    assert port.log == [("over", day)]
    assert (work.left, work.days) == (left, day)
    assert port.berths[0].operation is None


def test_work_that_is_done_the_moment_a_storm_begins_does_not_wait_for_its_end() -> None:
    port = Port(1)
    port.restrict(1.0, 0, 0.0, STORM)
    port.restrict(3.0, 0, 1.0, STORM)
    port.operation(100.0)
    port.env.run_to(5.0)
    assert port.log == [("over", 1.0)]


def test_quay_that_closes_for_good_in_a_storm_ends_the_work_there() -> None:
    port = Port(1)
    port.restrict(0.25, 0, 0.0, STORM)
    port.restrict(0.75, 0, 0.0)
    work = port.operation(100.0)
    port.env.run_to(5.0)
    assert port.log == [("over", 0.75)]
    assert (work.left, work.days) == (75.0, 0.25)


def test_ships_get_quays_first_come_first_served() -> None:
    port = Port(2)
    for number in range(4):
        port.ship(f"ship{number}", 0.1 * number)
    port.env.run_to(5.0)
    assert [name for name, _ in port.log] == ["ship0 at q1", "ship1 at q2", "ship2 at q1", "ship3 at q2"]
    assert [day for _, day in port.log] == pytest.approx([0.0, 0.1, 1.0, 1.1])


def test_ship_that_no_free_quay_serves_lets_the_next_pass() -> None:
    port = Port(2, "strait", "sound")
    port.ship("first", 0.0, "strait")
    port.ship("second", 0.1, "strait")
    port.ship("third", 0.2, "sound")
    port.env.run_to(5.0)
    assert port.log == [("first at q1", 0.0), ("third at q2", 0.2), ("second at q1", 1.0)]


def test_closed_quay_is_assigned_once_it_opens() -> None:
    port = Port(1)
    port.restrict(0.0, 0, 0.0, STORM)
    port.restrict(2.5, 0, 1.0, STORM)
    port.ship("ship", 1.0)
    port.env.run_to(5.0)
    assert port.log == [("ship at q1", 2.5)]


def test_quay_is_requested_while_a_ship_that_it_would_serve_is_in_the_roads() -> None:
    port = Port(2, "strait", "sound")
    requested: list[tuple[bool, bool]] = []
    port.ship("first", 0.0, "strait")
    port.ship("second", 0.5, "strait")
    for day in (0.25, 0.75, 1.5):
        port.env.call_at(day, lambda: requested.append((*map(port.port.requested, port.berths),)))  # type: ignore[arg-type]
    port.env.run_to(5.0)
    assert requested == [(False, False), (True, False), (False, False)]


def test_other_ships_are_called_when_one_has_to_wait_for_a_quay() -> None:
    port = Port(1)
    for berth in port.port.live_quays:
        berth.on_request = lambda: port.log.append(("requested", port.env.now))
    port.ship("first", 0.0)
    port.ship("second", 0.5)
    port.env.run_to(5.0)
    assert port.log == [("first at q1", 0.0), ("requested", 0.5), ("second at q1", 1.0)]
