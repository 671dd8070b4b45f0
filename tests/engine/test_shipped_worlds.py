"""Every scenario and policy that is shipped loads, prepares and runs, with nothing lost."""

from __future__ import annotations

import pytest

from sim.engine import World, prepare
from sim.scenario import load
from sim.scenario.shipped import shipped


def test_scenarios_and_policies_are_shipped() -> None:
    assert {"baseline-2022", "mooring-shutdown-2022", "year-2022"} <= shipped("scenarios").keys()
    assert shipped("policies")


@pytest.mark.parametrize("name", shipped("scenarios"))
def test_a_shipped_scenario_runs_and_its_books_balance(name: str) -> None:
    scenario = load(name)
    outcome = World(prepare(scenario), scenario.seed).run()
    assert outcome.balance.holds
    assert outcome.balance.sold > 0.0
    assert outcome.stalled == ()


@pytest.mark.parametrize("policy", shipped("policies"))
def test_a_shipped_policy_runs_on_the_mooring_shutdown_and_changes_it(policy: str) -> None:
    plain, changed = load("mooring-shutdown-2022"), load("mooring-shutdown-2022", [policy])
    outcome = World(prepare(changed), changed.seed).run()
    assert outcome.balance.holds
    assert outcome.stalled == ()
    assert outcome.balance.sold != World(prepare(plain), plain.seed).run().balance.sold


def test_books_balance_at_all_times_through_the_mooring_shutdown() -> None:
    scenario = load("mooring-shutdown-2022")
    checked = 0

    def watch(world: World) -> None:
        nonlocal checked
        if world.journal.happenings and world.journal.happenings[-1].time == world.env.now:
            assert world.ledger.balance().holds
            checked += 1

    World(prepare(scenario), scenario.seed).run(watch)
    assert checked > 100
