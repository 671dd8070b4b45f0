"""Upper bounds of exports, in small scenarios and in every shipped scenario."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import (
    by_rail_and_ship,
    changed,
    closure,
    scenario,
    stormy,
    terminal,
)

from sim.measures import MEASURES
from sim.measures.freight.delivered import delivered as when_delivered
from sim.network.freight.bottleneck import bearing
from sim.scenario import load
from sim.scenario.shipped import shipped
from sim.studies.bound import limits, quickest_crossings, under_way
from sim.studies.layers import layers_of
from sim.studies.runs import run

PARTS: dict[str, float] = {"rate": 100.0, "pumping": 1000.0}


def test_layers_are_cut_where_anything_closes_opens_or_changes() -> None:
    made = terminal(**PARTS)
    closures = closure("pipe", 5.0, 9.0, 0.5), closure("pipe spm1", 7.0, 40.0)
    asked = scenario(made, 30, *closures, dated=[changed(20.0, "pipe", 50.0)])
    found = layers_of(asked)
    assert [(layer.begin, layer.days) for layer in found] == [(0, 5), (5, 2), (7, 2), (9, 11), (20, 10)]
    assert [layer.share("pipe") for layer in found] == [1.0, 0.5, 0.0, 0.0, 0.0]
    assert [layer.share("spm1") for layer in found] == [1.0, 1.0, 0.0, 0.0, 0.0]
    assert [layer.network.links["pipe"].capacity for layer in found] == [1000.0] * 4 + [50.0]
    assert [(layer.begin, layer.days) for layer in layers_of(asked, closed=False)] == [(0, 20), (20, 10)]


def test_storms_of_a_replication_shut_what_is_exposed_to_them() -> None:
    asked = scenario(terminal(**PARTS, extra=stormy("port", 8.0, 1.0)), 30)
    assert len(layers_of(asked)) == 1
    found = layers_of(asked, 0)
    assert {layer.share("spm1") for layer in found} == {0.0, 1.0}
    assert all(layer.share("pipe") == 1.0 for layer in found)
    assert [layer.begin for layer in found] != [layer.begin for layer in layers_of(asked, 1)]
    again = layers_of(replace(asked, seed=asked.seed + 1), 0)
    assert [layer.begin for layer in found] != [layer.begin for layer in again]


def test_loss_is_unavoidable_as_far_as_no_plan_could_have_made_it_up() -> None:
    found = limits(scenario(terminal(**PARTS), 30, closure("pipe", 10.0, 20.0)))
    assert found.exported is not None
    assert found.exported.most == pytest.approx(20 * 100, abs=0.1)
    assert found.exported.undisturbed == pytest.approx(30 * 100, abs=0.1)
    assert found.exported.unavoidable == pytest.approx(10 * 100, abs=0.2)
    assert found.curtailed == pytest.approx(10 * 100, abs=0.1)
    assert not found.delivered


def test_nothing_is_lost_by_a_storm_that_the_tanks_can_bear() -> None:
    asked = scenario(terminal(**PARTS, farm=1e6, extra=stormy("port", 4.0, 0.5)), 60)
    fair, rough = limits(asked), limits(asked, 0)
    assert fair.exported is not None and rough.exported is not None
    assert rough.exported.undisturbed == fair.exported.undisturbed == fair.exported.most
    assert rough.exported.most == pytest.approx(fair.exported.most, abs=0.1)
    assert limits(asked, 0, seed=99).exported == limits(replace(asked, seed=99), 0).exported


def test_dry_cargo_is_bounded_by_what_is_sent_and_what_its_corridors_carry() -> None:
    made = by_rail_and_ship(rate=5.0, ships=2, ship_load=20.0)
    found = limits(scenario(made, 50, closure("plain", 10.0, 60.0)))
    assert found.exported is None
    ((key, limit),) = found.delivered.items()
    assert key == ("middle", "containers", "east")
    assert limit.undisturbed == pytest.approx(50 * 5 + 1)
    assert limit.most == pytest.approx(10 * 5 + 1)
    assert limit.unavoidable == pytest.approx(40 * 5)


def test_crossings_are_as_quick_as_the_quickest_that_there_can_be_time_for() -> None:
    made = by_rail_and_ship()
    unsteady = replace(made, lines={id: replace(line, spread=0.3) for id, line in made.lines.items()})
    steady = quickest_crossings(scenario(made, 30), 0)
    assert steady("strait", True) == steady("plain", False) == 1.0
    found = quickest_crossings(scenario(unsteady, 30), 0)
    assert 0.1 < found("strait", True) < 1.0
    assert found("strait", True) != found("strait", False)
    assert found("plain", True) == 0.0
    boats = [trip for trip in run(scenario(unsteady, 30)).journal.trips if trip.service == "boat"]
    taken = [trip.times[2] - trip.times[1] for trip in boats if len(trip.times) > 2]
    assert min(taken) >= min(found("strait", True), found("strait", False)) - 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped("scenarios"))
def test_no_shipped_scenario_exceeds_its_bound(name: str) -> None:
    asked = load(name)
    record, found = run(asked), limits(asked, 0)
    if found.exported is not None:
        exported, curtailed = (
            MEASURES[key](record, of) for key, of in (("exported", "*>*"), ("curtailed", "*"))
        )
        assert exported is not None and curtailed is not None
        assert exported * 1e6 <= found.exported.most + 1.0
        assert curtailed * 1e6 >= found.curtailed - 1.0
    table, before = record.trip_table, under_way(record)
    loads = table.loads
    done = when_delivered(loads) < record.days
    for key, limit in found.delivered.items():
        mine = [
            number
            for number, id in enumerate(table.corridors)
            if (corridor := record.network.corridors[id])
            and key == (corridor.group, corridor.cargo, bearing(record.network, corridor))
        ]
        amount = sum(loads.amount[done & (loads.corridor == number)].sum() for number in mine)
        assert amount <= limit.most + before.get(key, 0.0) + 1.0
