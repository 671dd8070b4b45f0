"""Laws of bounds: nothing that happens in a run exceeds them."""

from __future__ import annotations

import os
from dataclasses import replace

from builders import closure, run
from generated import DAYS, worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.dispatch import EPSILON
from sim.network.bound import bound
from sim.scenario import Scenario
from sim.studies.layers import layers_of

HARD = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 1


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


@settings(max_examples=50 * HARD)
@given(with_shut_lanes(), st.integers(0, 3))
def test_no_run_exports_more_or_leaves_less_in_the_ground_than_any_plan_could(
    asked: Scenario, replication: int
) -> None:
    balance = run(asked, replication).balance
    most = bound(layers_of(asked, replication))
    slack = 2 * EPSILON * DAYS * len(asked.network.links) + 1e-4
    assert balance.sold <= most.exported + slack
    assert balance.produced <= most.produced + slack
    assert balance.curtailed >= most.curtailed - slack
