"""Small worlds whose volumes and moments are worked out by hand."""

from __future__ import annotations

import pytest
from builders import (
    at,
    changed,
    closure,
    contract,
    field,
    market,
    network,
    pipe,
    place,
    run,
    scenario,
    tanks,
    terminal,
    total,
)

from sim.network import Network
from sim.scenario.schema import Recovery


def line(
    capacity: float = 100.0, rate: float = 100.0, storage: float = 1e6, evacuation: float = 1.0
) -> Network:
    """One field, one pipe, one market."""
    return network(
        field("well", rate, storage, evacuation=evacuation),
        market("world"),
        pipe("pipe", "well-field", "world", capacity),
        contract("well", "world"),
    )


def test_with_nothing_in_the_way_all_that_is_produced_is_delivered() -> None:
    outcome = run(scenario(line(), 30))
    assert outcome.balance.sold == pytest.approx(3000.0)
    assert outcome.balance.curtailed == 0.0
    assert outcome.balance.holds


@pytest.mark.parametrize(
    ("recovery", "remaining", "volume"),
    [
        # days 0-10 whole, 10-20 shut, then days 20-24 at 1/8, 3/8, 5/8, 7/8, and whole until 30
        (Recovery(shape="linear", days=4), 0.0, 1000 + 0 + 200 + 600),
        # from a fifth: mean share of the recovery 0.6
        (Recovery(shape="linear", days=4), 0.2, 1000 + 200 + 240 + 600),
        # a line of two and a half days carries half of 250 t
        (Recovery(shape="linear", days=2.5), 0.0, 1000 + 0 + 125 + 750),
        (Recovery(), 0.3, 1000 + 300 + 1000),
        # nothing for a day after the end, then half for three days, then all
        (Recovery(shape="steps", steps=((1, 0.5), (4, 1.0))), 0.0, 1000 + 0 + 0 + 150 + 600),
    ],
)
def test_a_closure_and_its_recovery_let_the_hand_computed_volume_through(
    recovery: Recovery, remaining: float, volume: float
) -> None:
    outcome = run(scenario(line(), 30, closure("pipe", 10, 20, remaining, recovery=recovery)))
    assert outcome.balance.sold == pytest.approx(volume)
    assert outcome.balance.in_stock == pytest.approx(3000.0 - volume)


def test_of_two_overlapping_closures_the_more_restrictive_holds_while_both_do() -> None:
    """Half from 5 to 15, a tenth from 10 to 20: 500 + 250 + 50 + 50 + 1000."""
    outcome = run(scenario(line(), 30, closure("pipe", 5, 15, 0.5), closure("pipe", 10, 20, 0.1)))
    assert outcome.balance.sold == pytest.approx(500 + 250 + 50 + 50 + 1000)


def test_a_dated_change_holds_from_its_day_and_under_closures() -> None:
    """100 until 10, 60 until 20 with half of it shut from 15: 1000 + 300 + 150, and 100 again from 20."""
    dated = [changed(10, "pipe", 60.0), changed(20, "pipe", 100.0)]
    outcome = run(scenario(line(), 30, closure("pipe", 15, 20, 0.5), dated=dated))
    assert outcome.balance.sold == pytest.approx(1000 + 300 + 150 + 1000)


def test_a_backlog_leaves_as_fast_as_evacuation_allows() -> None:
    """500 t pile up in 5 days; at 120 a day against 100 produced they are gone after 25."""
    outcome = run(scenario(line(500.0, evacuation=1.2), 60, closure("pipe", 10, 15)))
    flow = outcome.journal.steps["flow", "pipe"]
    assert flow.times == pytest.approx([0, 10, 15, 40])
    assert flow.values == pytest.approx([100, 0, 120, 100])


def test_a_field_whose_tanks_are_full_shuts_in_and_comes_back_at_its_own_ramp() -> None:
    """No tanks, 5 days from shut in to full: each half day 10 more than the 2 that it keeps ready.

    Shut from day 10 to 12; from then on it makes 12, 22 … 92 a day, half a day each, until day 16.5.
    """
    made = network(
        field("well", 100.0, restart=5.0),
        market("world"),
        pipe("pipe", "well-field", "world", 100.0),
        contract("well", "world"),
    )
    outcome = run(scenario(made, 30, closure("pipe", 10, 12)))
    produced = outcome.journal.steps["produced", "well"]
    assert produced.times == pytest.approx([0, 10, *(12 + half / 2 for half in range(10))])
    assert produced.values == pytest.approx([100, 0, *(12 + 10 * half for half in range(9)), 100])
    assert outcome.balance.curtailed == pytest.approx(200 + 0.5 * sum(88 - 10 * half for half in range(9)))


def test_a_fields_own_outage_lowers_its_potential_and_comes_back_as_it_says() -> None:
    """Half from 10 to 20, then a line of 4 days at 75 % on average; nothing is curtailed."""
    outcome = run(
        scenario(line(), 30, closure("well", 10, 20, 0.5, recovery=Recovery(shape="linear", days=4)))
    )
    potential, produced = (outcome.journal.steps[name, "well"] for name in ("potential", "produced"))
    assert total(potential, 30) == pytest.approx(1000 + 500 + 300 + 600)
    assert produced.values == potential.values
    assert produced.times == pytest.approx([0, 10, 20, 21, 22, 23, 24])
    assert outcome.balance.curtailed == 0.0


def test_wells_that_were_shut_in_come_back_at_their_ramp_though_an_outage_came_and_went_meanwhile() -> None:
    """As without the outage from 11 to 11.5: 2 a day when the pipe opens on day 12, full after 5 days."""
    made = network(
        field("well", 100.0, restart=5.0),
        market("world"),
        pipe("pipe", "well-field", "world", 100.0),
        contract("well", "world"),
    )
    shut, outage = closure("pipe", 10, 12), closure("well", 11.2, 11.7)
    produced = run(scenario(made, 30, shut, outage)).journal.steps["produced", "well"]
    assert at(produced, 12.4) < 15.0
    assert at(produced, 15.0) < 75.0


def test_shippers_are_prorated_where_they_meet() -> None:
    """100 and 50 nominated for a trunk of 90: 60 and 30. Nothing stored."""
    made = network(
        field("large", 100.0),
        field("small", 50.0),
        place("junction"),
        market("world"),
        pipe("from-large", "large-field", "junction", 500.0),
        pipe("from-small", "small-field", "junction", 500.0),
        pipe("trunk", "junction", "world", 90.0),
        contract("large", "world"),
        contract("small", "world"),
    )
    outcome = run(scenario(made, 1))
    assert outcome.journal.steps["produced", "large"].values[0] == pytest.approx(60.0)
    assert outcome.journal.steps["produced", "small"].values[0] == pytest.approx(30.0)


def test_a_contracts_normal_limit_holds_where_the_links_would_take_more() -> None:
    made = network(
        field("well", 100.0, 1e6),
        market("near", 10.0),
        market("far", 1.0),
        pipe("to-near", "well-field", "near", 500.0),
        pipe("to-far", "well-field", "far", 500.0),
        contract("well", "near", normal=30.0),
        contract("well", "far"),
    )
    outcome = run(scenario(made, 10))
    assert outcome.journal.points["sold", "well>near"].values[-1] == pytest.approx(300.0)
    assert outcome.journal.points["sold", "well>far"].values[-1] == pytest.approx(700.0)


def test_a_full_tank_farm_throttles_the_pipe_that_feeds_it_to_what_the_next_can_carry() -> None:
    """100 in, 60 out: 400 t are full after 10 days; from then on 60, and the field's tanks fill."""
    made = network(
        field("well", 100.0, 1e6),
        place("farm-place"),
        market("world"),
        pipe("first", "well-field", "farm-place", 100.0),
        pipe("second", "farm-place", "world", 60.0),
        tanks("farm", "farm-place", "second", 400.0),
        contract("well", "world"),
    )
    outcome = run(scenario(made, 30))
    flow = outcome.journal.steps["flow", "first"]
    assert flow.times == pytest.approx([0.0, 10.0])
    assert flow.values == pytest.approx([100.0, 60.0])
    assert outcome.balance.sold == pytest.approx(1800.0)


def test_a_terminal_whose_moorings_are_shut_fills_to_the_hand_computed_minute() -> None:
    outcome = run(scenario(terminal(rate=100.0, farm=250.0, storage=1e6), 10, closure("spm1", 0, 10)))
    flow = outcome.journal.steps["flow", "pipe"]
    assert flow.times == pytest.approx([0.0, 2.5], abs=1e-9)
    assert flow.values == [100.0, 0.0]
    assert outcome.balance.sold == 0.0


def test_a_terminal_whose_moorings_are_shut_throttles_at_its_mark() -> None:
    """At 90 % of 250 t after 2.25 days nothing can leave, so nothing more is taken in."""
    made = terminal(rate=100.0, farm=250.0, storage=1e6, throttle_at=0.9, release_at=0.5)
    outcome = run(scenario(made, 10, closure("spm1", 0, 10)))
    flow = outcome.journal.steps["flow", "pipe"]
    assert flow.times == pytest.approx([0.0, 2.25], abs=1e-9)
    assert flow.values == [100.0, 0.0]
    assert outcome.journal.points["level", "farm"].values[-1] == pytest.approx(225.0)


def test_a_throttled_terminal_takes_what_its_open_berths_can_load() -> None:
    """Two moorings of 100 t in 0.5 + 0.1 + 0.4 days are good for 100 a day each; with one shut, for 100.

    150 a day come in: 50 more than can leave, until the mark; from then on 100.
    """
    made = terminal(
        rate=150.0,
        farm=400.0,
        storage=1e6,
        throttle_at=0.9,
        release_at=0.5,
        moorings=2,
        approach=0.5,
        cast_off=0.4,
        reserve=1.0,
    )
    outcome = run(scenario(made, 60, closure("spm1", 0, 60)))
    limit = outcome.journal.steps["limit", "farm"]
    assert limit.values[0] == pytest.approx(100.0)
    assert at(outcome.journal.steps["flow", "pipe"], limit.times[0]) == pytest.approx(100.0)


def test_tanks_blend_and_each_shipper_sells_its_share_of_what_is_sold() -> None:
    """Two fields of 60 and 30 into one farm: two thirds and one third of all that is sold, from the start."""
    made = network(
        field("large", 60.0),
        field("small", 30.0),
        place("farm-place"),
        market("world"),
        pipe("from-large", "large-field", "farm-place", 500.0),
        pipe("from-small", "small-field", "farm-place", 500.0),
        pipe("on", "farm-place", "world", 80.0),
        tanks("farm", "farm-place", "on", 1e6),
        contract("large", "world"),
        contract("small", "world"),
    )
    points = run(scenario(made, 50)).journal.points
    large, small = (points["sold", f"{name}>world"].values for name in ("large", "small"))
    assert large[-1] + small[-1] == pytest.approx(80.0 * 50)
    assert large == pytest.approx([2 * sold for sold in small])
