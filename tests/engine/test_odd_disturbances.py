"""Odd disturbances of the real network that once hung, crashed or went wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import closure, run

from sim.engine import Outcome
from sim.measures import MEASURES, record_of
from sim.scenario import DatedChange, Disturbance, Scenario, load


@pytest.fixture(scope="module")
def base() -> Scenario:
    scenario = load("baseline-2022")
    return replace(scenario, end=scenario.start.replace(month=9))


def upset(base: Scenario, *more: Disturbance) -> Outcome:
    together = sorted((*base.disturbances, *more), key=lambda item: item.start)
    return run(replace(base, disturbances=tuple(together)))


def exported(base: Scenario, outcome: Outcome, flow: str, a: float, b: float) -> float:
    value = MEASURES["exported"](record_of(base, outcome), flow, a, b)
    assert value is not None
    return value


def test_every_element_can_be_shut_alone(base: Scenario) -> None:
    network, two_months = base.network, replace(base, end=base.start.replace(month=3))
    for id in [*network.links, *network.berths, *network.fleets, *network.shippers]:
        assert upset(two_months, closure(id, 20, 40)).balance.holds, id


def test_a_berth_that_shuts_as_it_opens_does_not_take_a_ship_twice(base: Scenario) -> None:
    berths = [f"novorossiysk.spm{number}" for number in (1, 2, 3)]
    shut = (
        closure(berths[0], 120, 130),
        closure(berths[0], 130, 140),
        closure(" ".join(berths[1:]), 121, 130),
    )
    assert upset(base, *shut).balance.holds


def test_two_closures_end_to_end_are_one(base: Scenario) -> None:
    """But for the telling; nobody knows that the second comes, so both are announced alike."""
    berths = "novorossiysk.spm1 novorossiysk.spm2 novorossiysk.spm3"
    one = upset(base, closure(berths, 120, 140, announced=140))
    two = upset(base, closure(berths, 120, 130, announced=140), closure(berths, 130, 140, announced=140))
    assert not [h for h in two.journal.events if h.kind == "opens" and h.time == 130.0]
    assert one.journal.steps["flow", "cpc.sea"].values == two.journal.steps["flow", "cpc.sea"].values


def test_half_the_worlds_ships_carry_about_half(base: Scenario) -> None:
    outcome = upset(base, closure("aframax suezmax", 90, 150, 0.5))
    usual = exported(base, upset(base), "*>mediterranean", 100, 150)
    assert exported(base, outcome, "*>mediterranean", 100, 150) == pytest.approx(0.5 * usual, rel=0.15)


def test_vessels_do_not_load_for_a_port_that_is_shut(base: Scenario) -> None:
    outcome = upset(base, closure("makhachkala.berth1", 90, 180))
    loaded = [call.lane for call in outcome.journal.calls if call.work == "load" and 100 < call.berthed < 175]
    assert "aktau-makhachkala" not in loaded
    assert "aktau-baku" in loaded


def test_the_programme_heeds_a_rate_that_changes_for_good() -> None:
    """A quarter of the rate, said from the second day on, holds intake to what it does when always so."""
    settings = [f"novorossiysk.spm{number}.rate=3000 t/h" for number in (1, 2, 3)]
    always = load("baseline-2022", settings=settings)
    base = load("baseline-2022")
    berths = ("novorossiysk.spm1", "novorossiysk.spm2", "novorossiysk.spm3")
    dated = (*base.dated, *(DatedChange(day=1.0, element=id, field="rate", value=72e3) for id in berths))
    changed = replace(base, dated=tuple(sorted(dated, key=lambda change: change.day)))
    limits = [
        {limit for limit in run(scenario).journal.steps["limit", "novorossiysk.tanks"].values if limit < 1e9}
        for scenario in (always, changed)
    ]
    assert max(limits[0]) == pytest.approx(max(limits[1]))


def test_storms_of_one_month_change_no_other_month(base: Scenario) -> None:
    doubled = load("baseline-2022", settings=["novorossiysk.weather-01.storms=3"])

    def later(scenario: Scenario) -> list[float]:
        happened = run(scenario).journal.events
        return [h.time for h in happened if h.kind == "storm" and h.element == "novorossiysk" and h.time > 40]

    assert later(doubled) == later(load("baseline-2022"))


def test_ships_that_wait_at_a_closed_lane_are_reported(base: Scenario) -> None:
    (line,) = upset(base, closure("cpc.sea", 120, 300)).stalled
    assert "cpc.sea" in line
    assert "the lane is shut" in line
