"""Laws of fleets on shared lanes: no vessel idles beside a cargo, and everything is carried in the end."""

from __future__ import annotations

import os

from builders import berth, closure, contract, field, fleet, lane, market, network, pipe, place, run, scenario
from builders import tanks as tank_farm
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import World
from sim.engine.oil.blend import CLOSE
from sim.network.network import Element
from sim.scenario import Disturbance, Scenario

DAYS = 60
HARD = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1
LANES = ("north", "south")


@st.composite
def fleets_on_two_lanes(draw: st.DrawFn) -> Scenario:
    """A field, a port and a market for each lane; a fleet that sails both, and one of the north alone."""
    parts: list[Element] = []
    for name in LANES:
        rate = draw(st.floats(1.0, 30.0))
        parts += [
            *field(f"{name}-well", rate, storage=1e3),
            place(f"{name}-port", "port"),
            pipe(f"{name}-pipe", f"{name}-well-field", f"{name}-port", 40.0),
            tank_farm(f"{name}-tanks", f"{name}-port", name, draw(st.floats(25.0, 90.0))),
            lane(name, f"{name}-port", f"{name}-end", draw(st.floats(20.0, 400.0))),
            market(f"{name}-end"),
            berth(f"{name}-berth", f"{name}-port", name, draw(st.floats(20.0, 90.0)), approach=0.1),
            berth(f"{name}-landing", f"{name}-end", name, 60.0, work="discharge"),
            contract(f"{name}-well", f"{name}-end"),
        ]
    parts.append(
        fleet("both", " ".join(LANES), 8.0, draw(st.integers(1, 3)), 200.0, draw(st.sampled_from([0.0, 1.0])))
    )
    parts.append(fleet("large", "north", draw(st.sampled_from([8.0, 20.0])), draw(st.integers(1, 2)), 200.0))
    shut: list[Disturbance] = []
    for _ in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["north", "south", "north-landing", "north-berth", "both", "large"]))
        since, days = draw(st.floats(1.0, 50.0)), draw(st.floats(0.5, 20.0))
        remaining = draw(st.sampled_from([0.0, 0.5])) if what in ("both", "large") else 0.0
        shut.append(closure(what, since, since + days, remaining))
    return scenario(network(parts), DAYS, *shut)


@settings(max_examples=60 * HARD)
@given(fleets_on_two_lanes())
def test_no_vessel_idles_at_the_end_of_an_instant_while_a_lane_of_its_own_has_its_cargo(
    asked: Scenario,
) -> None:
    idle = 0

    def check(world: World) -> None:
        nonlocal idle
        if world.env.peek() <= world.env.now + 1e-9:
            return  # more happens in this instant, or next to it
        for vessel in world.oil.vessels:
            if vessel.lane is not None or vessel.laid_up:
                continue
            for each in vessel._lanes:
                stock = each.origin
                level = stock.level + (stock.inflow - stock.outflow) * (world.env.now - stock.since)
                idle += 1
                assert not each.open or level - each.claimed < vessel.fleet.load - CLOSE / 2

    outcome = run(asked, watch=check)
    assert idle > 0
    assert outcome.balance.holds
