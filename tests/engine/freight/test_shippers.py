"""Shippers: bookings by corridor, expectations, boycotts, and patience."""

from __future__ import annotations

from math import exp

import pytest
from builders import (
    boycott,
    closure,
    corridor,
    demand,
    network,
    ocean,
    place,
    rail,
    region,
    scenario,
    service,
    yard,
)
from freight.worlds import NEVER, Run, by_rail

from sim.engine.freight.generalised_cost import OVERDUE
from sim.engine.freight.shippers import REVIEW
from sim.engine.journal import CorridorChoice
from sim.network import Network

COSTS = {"north": 900.0, "middle": 1000.0, "by-sea": 500.0}
DAYS = {"north": 5.0, "middle": 4.0, "by-sea": 12.0}


def three_ways(
    *,
    rate: float = 30.0,
    lot: float = 1.0,
    value: float = 40.0,
    sensitivity: float = 150.0,
    paths: float | None = None,
    with_ocean: bool = True,
    **more: float,
) -> Network:
    """By rail in the "north" (5 days) and the "middle" (1.5 + 2.5 days), and "by-sea" (12 days)."""
    by_sea = [ocean("ocean", "east", "west", 12.0), corridor("by-sea", "east", "west", "ocean", 500.0)]
    return network(
        [region("east"), region("west"), place("half-way")],
        rail("taiga", "east", "west", 5.0, paths),
        rail("plain", "east", "half-way", 1.5),
        rail("hill", "half-way", "west", 2.5),
        service("train", "taiga plain hill", lot, NEVER),
        demand("goods", "east", "west", rate, lot, value_of_time=value, sensitivity=sensitivity, **more),
        corridor("north", "east", "west", "taiga", 800.0, premium=100.0),
        corridor("middle", "east", "west", "plain hill", 1000.0),
        by_sea if with_ocean else [],
    )


def booked(seen: Run, day: float) -> dict[str, CorridorChoice]:
    """Return the last bookings before a day, by corridor."""
    return {choice.corridor: choice for choice in seen.journal.choices if choice.time <= day}


def by_logit(costs: dict[str, float], sensitivity: float = 150.0) -> dict[str, float]:
    weights = {id: exp(-cost / sensitivity) for id, cost in costs.items()}
    return {id: weight / sum(weights.values()) for id, weight in weights.items()}


@pytest.mark.parametrize(("value", "sensitivity"), [(0.0, 150.0), (40.0, 150.0), (90.0, 400.0)])
def test_shares_are_the_logit_of_rate_premium_and_days_when_nothing_is_in_the_way(
    value: float, sensitivity: float
) -> None:
    seen = Run(scenario(three_ways(value=value, sensitivity=sensitivity), 100))
    expected = by_logit({id: COSTS[id] + value * DAYS[id] for id in COSTS}, sensitivity)
    times = {choice.time for choice in seen.journal.choices}
    assert times == {REVIEW * week for week in range(15)}
    for choice in seen.journal.choices:
        assert choice.days == pytest.approx(DAYS[choice.corridor], abs=1e-9)
        assert choice.share == pytest.approx(expected[choice.corridor], rel=1e-9)


def test_what_is_sent_is_the_rate_times_the_share_within_a_lot() -> None:
    seen = Run(scenario(three_ways(), 100))
    expected = by_logit({id: COSTS[id] + 40.0 * DAYS[id] for id in COSTS})
    for id, share in expected.items():
        sent = sum(c.amount for c in seen.journal.consignments if c.corridor == id and c.created >= 0.0)
        assert sent == pytest.approx(30.0 * 100 * share, abs=1.0)
        births = [c.created for c in seen.journal.consignments if c.corridor == id and c.created >= 0.0]
        assert births == pytest.approx([births[0] + n / (30.0 * share) for n in range(len(births))])


def test_run_opens_with_what_is_under_way_and_the_first_deliveries_come_at_once() -> None:
    """30 a day for the days that each corridor takes; deliveries equal the cargo sent from the start."""
    seen = Run(scenario(three_ways(), 60))
    expected = by_logit({id: COSTS[id] + 40.0 * DAYS[id] for id in COSTS})
    for id, share in expected.items():
        opening = [c for c in seen.journal.consignments if c.corridor == id and c.created < 0.0]
        assert sum(c.amount for c in opening) == pytest.approx(30.0 * share * DAYS[id], abs=1.0)
        assert min(c.created for c in opening) > -DAYS[id]
    arrived = seen.delivered("west")
    for day in (1, 3, 10, 30, 60):
        assert sum(amount for moment, amount in arrived if moment <= day) == pytest.approx(30.0 * day, abs=4)
    (books,) = seen.outcome.freight_balance.lines
    assert books.opening == pytest.approx(30.0 * sum(expected[id] * DAYS[id] for id in DAYS), abs=3.0)


def test_run_opens_without_a_jam_where_lots_are_parts_of_trains() -> None:
    """Ten lots to a train, one train a day, two paths: what was sent before day 0 needs no more of them."""
    made = by_rail(4.0, 4.0, rate=10.0, lot=1.0, load=10.0, paths=[None, 2.0], rooms=[None, 9])
    seen = Run(scenario(made, 60))
    assert sum(amount for day, amount in seen.delivered("west") if day <= 20.0) >= 180.0
    for trip in seen.trips("east", "west", moments=4):
        assert trip.times[3] - trip.times[2] < 0.51


def test_lots_that_wait_when_the_run_opens_leave_in_the_order_in_which_they_came() -> None:
    made = by_rail(1.0, rate=10.0, lot=1.0, load=10.0)
    for seen in (Run(scenario(made, 20)), Run(scenario(made, 20, closure("line1", 0, 10)))):
        ready = [load.ready for trip in seen.trips("east", "west", moments=2) for load in trip.loads]
        assert min(ready) < 0.0
        assert ready == sorted(ready)


def test_lots_that_wait_when_the_run_opens_lose_patience_too() -> None:
    made = by_rail(1.0, rate=10.0, lot=1.0, load=10.0, patience=5.0)
    seen = Run(scenario(made, 30, closure("train", 0.01, 30)))
    waiting = [c for c in seen.journal.consignments if -0.45 < c.created < 0.0]
    assert len(waiting) == 4
    for lost in seen.journal.lost:
        assert lost.time == pytest.approx(lost.ready + 5.0)
    assert {c.created for c in waiting} <= {lost.ready for lost in seen.journal.lost}
    assert min(load.ready for _, load in seen.journal.waiting) >= 25.0


def test_expected_days_rise_while_trains_wait_for_paths_and_shippers_turn_away() -> None:
    """The north has a fifth of the paths that it would need: its days rise, and its share falls."""
    seen = Run(scenario(three_ways(paths=3.0, patience=NEVER), 200))
    first, last = booked(seen, 0.0), booked(seen, 200.0)
    assert last["north"].days > first["north"].days + 3.0
    assert last["north"].share < first["north"].share / 2
    assert last["middle"].share > first["middle"].share
    # no more is booked in the long run than can be carried, and what is booked swings about that
    booked_a_day = sum(booked(seen, day)["north"].share for day in range(100, 200)) * 30.0 / 100
    assert 0.5 * 3.0 < booked_a_day < 1.05 * 3.0
    for choice in last.values():
        costs = {id: COSTS[id] + 40.0 * other.days for id, other in last.items()}
        assert choice.share == pytest.approx(by_logit(costs)[choice.corridor])


def test_known_closure_adds_the_days_until_it_ends() -> None:
    """Shut from day 10 to 40: at the reviews between, what is left of it, and five days to run."""
    seen = Run(scenario(three_ways(rate=0.3), 300, closure("taiga", 10, 40)))
    for day in (14.0, 21.0, 28.0, 35.0):
        assert booked(seen, day)["north"].days == pytest.approx(40.0 - day + 5.0, abs=1e-6)
    assert booked(seen, 7.0)["north"].days == pytest.approx(5.0)
    assert booked(seen, 300.0)["north"].days == pytest.approx(5.0, abs=1.0)


def test_planned_closure_changes_no_bookings_before_it_begins() -> None:
    seen = Run(scenario(three_ways(rate=0.3), 60, closure("taiga", 10, 40, planned=True)))
    assert booked(seen, 7.0)["north"].days == pytest.approx(5.0)


def test_announced_end_is_believed_and_once_it_has_passed_a_month_is_expected() -> None:
    seen = Run(scenario(three_ways(rate=0.3), 60, closure("taiga", 10, 50, announced=20)))
    assert booked(seen, 14.0)["north"].days == pytest.approx(6.0 + 5.0, abs=1e-6)
    assert booked(seen, 28.0)["north"].days >= OVERDUE + 5.0


def test_line_that_is_partly_open_is_not_shut() -> None:
    seen = Run(scenario(three_ways(rate=0.3), 60, closure("taiga", 10, 40, remaining=0.5)))
    assert booked(seen, 14.0)["north"].days == pytest.approx(5.0)


@pytest.mark.parametrize(("with_ocean", "kind"), [(True, "rebooked"), (False, "dropped")])
def test_lot_that_has_not_left_in_time_goes_by_the_ocean_or_not_at_all(with_ocean: bool, kind: str) -> None:
    """Services stop on day 10. Cargo booked by rail from then on is given up 9 days after its creation."""
    made = three_ways(with_ocean=with_ocean, patience=9.0)
    seen = Run(scenario(made, 60, closure("train", 10, 60)))
    lost = [item for item in seen.journal.lost if item.kind != "refused"]
    assert {item.kind for item in lost} == {kind}
    assert {item.corridor for item in lost} == {"north", "middle"}
    for item in lost:
        assert item.time == pytest.approx(item.ready + 9.0)
        assert item.amount == 1.0
    given_up = [c for c in seen.journal.consignments if c.corridor != "by-sea" and 10.0 < c.created < 51.0]
    assert [c.amount for c in given_up] == [0.0] * len(given_up)
    assert len([item for item in lost if item.ready > 10.0]) == len(given_up)
    (books,) = seen.outcome.freight_balance.lines
    if with_ocean:
        instead = [c for c in seen.journal.consignments if c.corridor == "by-sea"]
        again = [c for c in instead if any(c.created == item.ready for item in lost)]
        assert len(again) == len(lost)
        late = [trip for trip in seen.trips("east", "west") if len(trip.times) == 4 and trip.service == ""]
        for trip in late:
            (created,) = seen.created(trip)
            assert trip.loads[0].ready == created
            assert trip.times[0] == created or trip.times[0] == pytest.approx(created + 9.0)
        assert books.dropped == 0.0
    else:
        assert books.dropped == pytest.approx(sum(item.amount for item in lost))


def test_lot_that_has_begun_to_leave_is_not_given_up() -> None:
    """Held on its way by a shut line, it is not called back however long that takes."""
    made = by_rail(1.0, 1.0, rate=1.0, patience=3.0)
    seen = Run(scenario(made, 60, closure("line2", 10, 50)))
    assert seen.journal.lost == []
    assert seen.outcome.freight_balance.lines[0].dropped == 0.0


def test_patience_ends_at_the_origin_only() -> None:
    """Cargo that waits in a yard on its way waits until it is loaded."""
    made = network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", 1.0),
        rail("outward", "hub", "west", 1.0),
        yard("hub.yard", "hub", 100.0),
        service("in", "inward", 1.0),
        service("out", "outward", 1.0),
        demand("goods", "east", "west", 1.0, patience=2.0),
        corridor("way", "east", "west", "inward outward"),
    )
    seen = Run(scenario(made, 40, closure("out", 10, 30)))
    assert seen.journal.lost == []


def test_nobody_is_rebooked_onto_an_ocean_that_is_shut() -> None:
    made = three_ways(patience=5.0)
    seen = Run(scenario(made, 60, closure("train ocean", 10, 60)))
    assert {item.kind for item in seen.journal.lost} == {"dropped"}


def test_demand_that_stops_sends_nothing_and_half_of_it_sends_half() -> None:
    for remaining in (0.0, 0.5):
        seen = Run(scenario(three_ways(), 60, closure("goods", 10, 20, remaining=remaining)))
        created = [c.created for c in seen.journal.consignments if 10.0 <= c.created < 20.0]
        assert len(created) == pytest.approx(30.0 * 10 * remaining, abs=3)
        again = [c.created for c in seen.journal.consignments if 20.0 <= c.created < 30.0]
        assert len(again) == pytest.approx(300, abs=3)


# -- boycotts ---------------------------------------------------------------------------------


def test_boycotters_choose_among_what_they_accept_while_the_boycott_lasts() -> None:
    """From day 14 to 35 a quarter refuse the taiga; the others choose as ever."""
    refusal = boycott("taiga", "goods", share=0.25, since=14.0, until=35.0)
    seen = Run(scenario(three_ways(), 60, boycotts=[refusal]))
    usual = by_logit({id: COSTS[id] + 40.0 * DAYS[id] for id in COSTS})
    rest = by_logit({id: COSTS[id] + 40.0 * DAYS[id] for id in COSTS if id != "north"})
    for choice in seen.journal.choices:
        share = usual[choice.corridor]
        if 14.0 <= choice.time < 35.0:
            share = 0.75 * share + 0.25 * rest.get(choice.corridor, 0.0)
        assert choice.share == pytest.approx(share)
    assert seen.journal.lost == []


def test_premium_is_seen_by_all_on_every_corridor_that_uses_the_element() -> None:
    seen = Run(scenario(three_ways(), 60, boycotts=[boycott("hill", "goods", premium=120.0)]))
    expected = by_logit({id: COSTS[id] + 40.0 * DAYS[id] + 120.0 * (id == "middle") for id in COSTS})
    assert {id: choice.share for id, choice in booked(seen, 0.0).items()} == pytest.approx(expected)


def test_of_two_boycotts_the_greater_share_and_both_premiums_count() -> None:
    refusals = [
        boycott("taiga", "goods", share=0.2, premium=30.0, label="one"),
        boycott("taiga train", "goods", share=0.6, premium=50.0, label="two"),
    ]
    seen = Run(scenario(three_ways(), 30, boycotts=refusals))
    costs = {id: COSTS[id] + 40.0 * DAYS[id] for id in COSTS}
    costs["north"] += 80.0
    costs["middle"] += 50.0
    expected = {id: 0.4 * share for id, share in by_logit(costs).items()}
    expected["by-sea"] += 0.6
    assert {id: choice.share for id, choice in booked(seen, 0.0).items()} == pytest.approx(expected)


def test_boycott_of_other_shippers_changes_nothing() -> None:
    seen = Run(scenario(three_ways(), 30, boycotts=[boycott("taiga", "others", share=0.5)]))
    usual = Run(scenario(three_ways(), 30))
    assert seen.journal.choices == usual.journal.choices


def test_those_who_accept_no_corridor_are_counted_as_refused() -> None:
    """Without an ocean, 0.3 refuse all trains: a day's worth is 9 of 30, from day 14 to day 35."""
    refusal = boycott("train", "goods", share=0.3, since=14.0, until=35.0)
    seen = Run(scenario(three_ways(with_ocean=False), 60, boycotts=[refusal]))
    refused = [item for item in seen.journal.lost if item.kind == "refused"]
    assert len(refused) == len(seen.journal.lost)
    assert sum(item.amount for item in refused) == pytest.approx(9.0 * 21)
    assert all(item.corridor == "" for item in refused)
    assert sum(choice.share for choice in booked(seen, 20.0).values()) == pytest.approx(0.7)
    sent = [c for c in seen.journal.consignments if 14.0 <= c.created < 35.0]
    assert len(sent) == pytest.approx(21.0 * 21, abs=2)


def test_refusals_up_to_the_end_of_the_run_are_counted() -> None:
    seen = Run(scenario(three_ways(with_ocean=False), 38, boycotts=[boycott("train", "goods", share=0.3)]))
    assert sum(item.amount for item in seen.journal.lost) == pytest.approx(9.0 * 38)


def test_boycott_is_felt_when_space_is_next_booked() -> None:
    """From day 10 until 26, and so for bookings from day 14 until 28."""
    refusal = boycott("train", "goods", share=0.3, since=10.0, until=26.0)
    seen = Run(scenario(three_ways(with_ocean=False), 60, boycotts=[refusal]))
    assert sum(item.amount for item in seen.journal.lost) == pytest.approx(9.0 * 14)
    accepted: dict[float, float] = {}
    for choice in seen.journal.choices:
        accepted[choice.time] = accepted.get(choice.time, 0.0) + choice.share
    assert [day for day, share in accepted.items() if share < 0.9] == [14.0, 21.0]


def test_boycott_of_everything_sends_nothing() -> None:
    seen = Run(scenario(three_ways(), 60, boycotts=[boycott("train ocean", "goods", share=1.0)]))
    assert seen.journal.consignments == []
    assert sum(item.amount for item in seen.journal.lost) == pytest.approx(30.0 * 60)


def test_yard_that_is_known_to_be_shut_holds_up_the_corridor_that_comes_to_it() -> None:
    made = network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", 1.0),
        rail("outward", "hub", "west", 1.0),
        yard("hub.yard", "hub", 100.0),
        service("train", "inward outward", 1.0),
        demand("goods", "east", "west", 0.2),
        corridor("way", "east", "west", "inward outward"),
    )
    seen = Run(scenario(made, 60, closure("hub.yard", 10, 40)))
    assert booked(seen, 7.0)["way"].days == pytest.approx(2.0, abs=1e-6)
    assert booked(seen, 14.0)["way"].days == pytest.approx(40.0 - 14.0 + 1.0 + 1.0, abs=1e-6)
