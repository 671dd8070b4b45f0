from __future__ import annotations

from sim.measures import MEASURES
from sim.scenario import load
from sim.studies.runs import replications, run


def test_replications_differ_and_each_is_the_same_as_on_its_own() -> None:
    scenario = load("demining-2022")
    together = [record.journal.steps for record in replications(scenario, 3)]
    alone = run(scenario, replication=2).journal.steps
    assert {key: series.values for key, series in together[2].items()} == {
        key: series.values for key, series in alone.items()
    }
    assert together[0]["waiting", "cpc.sea"].times != together[1]["waiting", "cpc.sea"].times


def test_policies_that_add_capacity_do_not_cost_exports() -> None:
    base = run(load("mooring-shutdown-2022"))
    for policy in ("spare-mooring", "bigger-tank-farm", "aktau-expansion", "samara-quota"):
        helped = run(load("mooring-shutdown-2022", [policy]))
        lost = [MEASURES["curtailed"](record, "KZ") for record in (base, helped)]
        assert lost[1] < lost[0], policy  # type: ignore[operator]
