"""Bottlenecks are the elements that cargo waited for and that had little capacity left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from freight_by_hand import ByHand, with_fields
from made_up_corridors import freight_network
from made_up_freight import freight_record

from sim.measures import Constraint, Record, bottlenecks

YARD, WAY_ON = "aktau.containers", "aktau>alat:containers"


def found(record: Record, *window: float) -> dict[str, Constraint]:
    return {constraint.element: constraint for constraint in bottlenecks(record, *window)}


def jam(ships_busy: bool, room: int | None = None) -> Record:
    """A train stands from day 10 to 20 before a full yard; another waits from day 12 for a path to it."""
    network = with_fields(freight_network(), "lines", "altynkol-aktau", room=room)
    by_hand = ByHand(days=20.0, network=with_fields(network, "services", "feeders", vehicles=1))
    leg, sea = by_hand.leg("china", "aktau"), by_hand.leg("aktau", "alat")
    a, b, c = (by_hand.lot(100.0, 0.0) for _ in range(3))
    by_hand.trip(leg, "trains.containers", [(a, 100.0, 0.0)], 0.0, 0.0, 0.5, 0.5, 10.0)
    by_hand.trip(leg, "trains.containers", [(b, 100.0, 12.0)], 12.0, 12.0, 12.0)
    by_hand.journal.log_event(10.0, "held", YARD, 1500.0, WAY_ON)
    if ships_busy:
        by_hand.trip(sea, "feeders", [(c, 200.0, 0.0)], 0.0, 0.5, 20.0)
    return by_hand.record()


def test_a_full_yard_is_attributed_to_the_busy_ships_that_should_empty_it() -> None:
    constraints = found(jam(ships_busy=True))
    assert constraints["feeders"].waiting == pytest.approx(10.0 * 100.0 * 12.0 / 1e3)
    assert constraints["feeders"].use == pytest.approx(100.0)
    assert constraints["feeders"].binds
    assert constraints[YARD].waiting == 0.0


def test_a_full_yard_is_attributed_to_itself_when_its_ships_lie_idle() -> None:
    constraints = found(jam(ships_busy=False))
    assert constraints["feeders"].waiting == 0.0
    assert constraints[YARD].waiting == pytest.approx(10.0 * 100.0 * 12.0 / 1e3)


def test_waiting_for_a_path_is_attributed_to_the_line_unless_held_trains_take_its_room() -> None:
    way = "altynkol-aktau>aktau"
    assert found(jam(ships_busy=True))[way].waiting == pytest.approx(8.0 * 100.0 * 12.0 / 1e3)
    backed_up = found(jam(ships_busy=True, room=1))
    assert way not in backed_up
    assert backed_up["feeders"].waiting == pytest.approx(18.0 * 100.0 * 12.0 / 1e3)


def test_parts_are_of_the_cargo_that_waited_most_and_add_up() -> None:
    record = freight_record()
    constraints = bottlenecks(record)
    for cargo in ("containers", "wagons"):
        assert sum(one.part for one in constraints if one.cargo == cargo and one.waiting) <= 100.0 + 1e-9
    assert constraints == sorted(constraints, key=lambda one: -one.part)


def test_ships_bind_and_quays_do_not_where_ships_are_few() -> None:
    record = freight_record()
    constraints = found(record, 120.0, 180.0)
    assert constraints["ferries"].binds
    assert all(one.use < 50.0 and not one.binds for one in constraints.values() if one.kind == "quay")


def test_the_use_of_a_line_follows_its_paths() -> None:
    """Nine paths a day for ten days, half of them shut after five, and then three a day by a change."""
    by_hand = ByHand(days=10.0)
    for day in range(10):
        n = by_hand.lot(100.0, 0.0)
        by_hand.trip(
            by_hand.leg("china", "aktau"), "trains.containers", [(n, 100.0, day)], day, day, day + 0.5
        )
    by_hand.journal.log_step("share", "china-altynkol", 5.0, 0.5)
    by_hand.journal.log_event(8.0, "changes", "china-altynkol", 3.0)
    used = found(by_hand.record())["china-altynkol>altynkol"].use
    assert used == pytest.approx(100.0 * 10 / (5 * 9 + 3 * 4.5 + 2 * 1.5))


def test_waiting_in_storms_is_attributed_to_weather() -> None:
    record = freight_record()
    assert found(record, 85.0, 97.0)["aktau"].kind == "weather"
    assert "aktau" not in found(record, 0.0, 85.0)


def test_a_network_without_freight_has_no_bottleneck() -> None:
    tables = ("corridors", "demands", "lines", "services", "quays", "yards")
    empty = replace(freight_network(), **{table: {} for table in tables})
    assert bottlenecks(ByHand(network=empty).record()) == []
