"""Every scenario and policy that is shipped loads, prepares and runs, with nothing lost."""

from __future__ import annotations

import pytest

from sim.engine import Outcome, World, prepare
from sim.scenario import load
from sim.scenario.shipped import shipped


def stuck(outcome: Outcome) -> list[str]:
    """Return the ships that wait for ever; trains before the sidings of Kuryk are the jam of 2022."""
    return [line for line in outcome.stalled if "trains" not in line]


def test_scenarios_and_policies_are_shipped() -> None:
    assert {"baseline-2022", "mooring-shutdown-2022", "year-2022"} <= shipped("scenarios").keys()
    assert shipped("policies")


FREIGHT_POLICIES = (
    "aktau-container-hub",
    "dostyk-second-track",
    "more-feeders",
    "one-stop-border",
    "second-kuryk-ferry-pair",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped("scenarios"))
def test_a_shipped_scenario_runs_and_its_books_balance(name: str) -> None:
    scenario = load(name)
    outcome = World(prepare(scenario), scenario.seed).run()
    assert outcome.balance.holds and outcome.freight_balance.holds
    assert (outcome.balance.sold > 0.0) == ("crude" in scenario.cargo)
    assert {line.cargo for line in outcome.freight_balance.lines if line.delivered > 0.0} == {
        *scenario.cargo
    } - {"crude"}
    assert not stuck(outcome)


@pytest.mark.slow
@pytest.mark.parametrize("policy", shipped("policies"))
def test_a_shipped_policy_runs_on_a_scenario_that_it_is_for_and_changes_it(policy: str) -> None:
    base = "northern-boycott-2022" if policy in FREIGHT_POLICIES else "mooring-shutdown-2022"
    plain, changed = load(base), load(base, [policy])
    outcome, before = (World(prepare(it), it.seed).run() for it in (changed, plain))
    assert outcome.balance.holds and outcome.freight_balance.holds
    assert not stuck(outcome)
    assert (outcome.balance, outcome.freight_balance) != (before.balance, before.freight_balance)


def test_books_balance_at_all_times_through_the_mooring_shutdown() -> None:
    scenario = load("mooring-shutdown-2022")
    checked = 0

    def watch(world: World) -> None:
        nonlocal checked
        if world.journal.events and world.journal.events[-1].time == world.env.now:
            assert world.oil.ledger.balance().holds
            checked += 1

    World(prepare(scenario), scenario.seed).run(watch)
    assert checked > 100
