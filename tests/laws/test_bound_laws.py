"""Laws of bounds, which no run exceeds."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

import pytest
from builders import closure, run
from generated import DAYS, worlds
from generated_freight import freight_worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Outcome, World
from sim.engine.oil.dispatch import EPSILON
from sim.network.freight.bottleneck import bearing
from sim.network.freight.bound import freight_bounds
from sim.network.freight.legs import find_legs
from sim.network.oil.bound import bound
from sim.scenario import Scenario
from sim.studies.bound import quickest_crossings
from sim.studies.layers import layers_of

HARD = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
FEW = settings(max_examples=50 * HARD)


@st.composite
def with_shut_lanes(draw: st.DrawFn) -> Scenario:
    """A world in which the sea may be closed as well."""
    asked = draw(worlds())
    lanes = [link.id for link in asked.network.links.values() if link.mode == "sea"]
    shut = []
    for number in range(draw(st.integers(0, 2))):
        since = draw(st.floats(0.0, DAYS - 1.0))
        until = since + draw(st.floats(0.01, 15.0))
        shut.append(closure(draw(st.sampled_from(lanes)), since, until, label=f"sea {number}"))
    disturbances = sorted((*asked.disturbances, *shut), key=lambda item: item.start)
    return replace(asked, disturbances=tuple(disturbances))


@FEW
@given(st.one_of(with_shut_lanes(), freight_worlds()), st.integers(0, 3))
def test_layers_are_what_stands_in_a_run(asked: Scenario, replication: int) -> None:
    found = layers_of(asked, replication)
    assert found[0].begin == 0.0 and all(layer.days > 0.0 for layer in found)
    assert sum(layer.days for layer in found) == pytest.approx(DAYS)
    seen: list[float] = []

    def watch(world: World) -> None:
        now = world.env.now
        layer = found[bisect_right([each.begin for each in found], now) - 1]
        if now in (layer.begin, *seen[-1:]):
            return  # in the instant of a change all of it may still be to come
        seen.append(now)
        for id, gate in world.gates.items():
            assert gate.share == layer.share(id)
        for link in layer.network.links.values():
            assert world.gates[link.id].base == (link.capacity or 0.0)
        for stock in layer.network.stocks.values():
            assert world.gates[stock.id].base == stock.capacity
        for demand in layer.network.demands.values():
            assert world.gates[demand.id].base == demand.rate

    run(asked, replication, watch)
    assert seen


@pytest.mark.slow
@FEW
@given(with_shut_lanes(), st.integers(0, 3))
def test_no_run_exports_more_or_leaves_less_in_the_ground_than_any_plan_could(
    asked: Scenario, replication: int
) -> None:
    balance = run(asked, replication).balance
    most = bound(asked.network, layers_of(asked, replication))
    slack = 2 * EPSILON * DAYS * len(asked.network.links) + 1e-4
    assert balance.sold <= most.exported + slack
    assert balance.produced <= most.produced + slack
    assert balance.curtailed >= most.curtailed - slack


@pytest.mark.slow
@FEW
@given(freight_worlds(), st.integers(0, 3))
def test_no_group_of_corridors_delivers_more_of_what_it_is_sent_than_any_plan_could(
    asked: Scenario, replication: int
) -> None:
    delivered = delivered_of_what_was_sent(asked, run(asked, replication))
    quickest = quickest_crossings(asked, replication)
    for most in freight_bounds(layers_of(asked, replication), find_legs(asked.network), quickest):
        assert delivered[most.group, most.cargo, most.bearing] <= most.delivered + 1e-4


def delivered_of_what_was_sent(asked: Scenario, outcome: Outcome) -> Counter[tuple[str, str, str]]:
    """Return the deliveries by group of corridors, without cargo under way when the run began."""
    network, routes, found = asked.network, find_legs(asked.network), Counter[tuple[str, str, str]]()
    for trip in outcome.journal.trips:
        leg = routes.legs[trip.leg]
        if len(trip.times) < 2 * len(leg.lines) + 2:
            continue
        for load in trip.loads:
            consigned = outcome.journal.consignments[load.consignment]
            corridor = network.corridors[consigned.corridor]
            if consigned.created >= 0.0 and routes.corridors[corridor.id][-1] == trip.leg:
                found[corridor.group, corridor.cargo, bearing(network, corridor)] += load.amount
    return found
