"""Upper bounds in words before a run, in its table and in its summary."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import START, by_rail_and_ship, changed, closure, network, scenario, terminal

from sim.report.bound import bound_rows, bound_summary, in_words
from sim.report.preview import freight_limits, periods
from sim.scenario import Disturbance, Scenario
from sim.studies.bound import limits, under_way
from sim.studies.runs import run


def oil(*closures: Disturbance) -> Scenario:
    made = terminal(rate=50_000.0, pipe_capacity=1e6, farm=1e5, pumping=1e6, load=1e5)
    return scenario(made, 30, *closures)


def boxes() -> Scenario:
    return scenario(by_rail_and_ship(rate=5.0), 60, closure("plain", 10.0, 40.0))


def both() -> Scenario:
    tables = [table for made in (oil().network, boxes().network) for _, table in made.kinds()]
    parts = [element for table in tables for element in table.values()]
    return scenario(network(parts), 60, closure("plain pipe", 10.0, 40.0))


def test_unavoidable_loss_is_stated_before_a_run() -> None:
    asked = oil(closure("pipe", 10.0, 20.0))
    assert list(in_words(asked, limits(asked))) == [
        "Exports cannot exceed 1.00 Mt in this run (1.50 Mt without closures): a loss of 0.50 Mt is "
        "unavoidable, and at least 0.50 Mt of output is curtailed."
    ]


def test_no_loss_is_stated_where_none_is_unavoidable() -> None:
    asked = oil()
    assert list(in_words(asked, limits(asked))) == [
        "Exports cannot exceed 1.50 Mt in this run, with or without its closures."
    ]


def test_groups_of_corridors_are_named_where_they_lose() -> None:
    asked = boxes()
    (line,) = in_words(asked, limits(scenario(asked.network, 60, closure("plain", 10.0, 60.0))))
    assert line == (
        "At most 51 TEU of the containers sent in this run can be delivered by middle, eastbound "
        "(301 without closures)."
    )
    assert not list(in_words(asked, limits(scenario(asked.network, 60))))


def test_the_table_has_bounds_for_runs_of_any_cargo() -> None:
    asked = [oil(closure("pipe", 10.0, 20.0)), boxes(), both()]
    records, found = [run(one) for one in asked], [limits(one, 0) for one in asked]
    rows = {row.title: row for row in bound_rows(found, records)}
    assert rows["  Exported, at most"].values[:2] == (pytest.approx(1.0, abs=1e-3), None)
    loss = rows["  Unavoidable loss of exports"]
    assert (loss.unit, loss.values[0]) == ("Mt", pytest.approx(0.5, abs=1e-3))
    ground = rows["  Curtailed output, at least"].values
    assert ground == (pytest.approx(0.5, abs=1e-3), None, pytest.approx(1.5, abs=0.2))
    delivered = rows["  Delivered, at most: containers, middle"]
    before = under_way(records[1])["middle", "containers", "east"]
    assert before > 0.0
    assert delivered.unit == "TEU"
    assert delivered.values[0] is None
    assert delivered.values[1] == pytest.approx(before + 60 * 5 + 1, abs=0.1)


def test_the_summary_has_bounds_and_cargo_under_way() -> None:
    asked = both()
    record, found = run(asked), limits(asked, 0)
    summary = json.loads(json.dumps(bound_summary(found, record)))
    assert summary["exported"].keys() == {
        "unit",
        "max",
        "max_without_closures",
        "unavoidable_loss",
        "min_curtailed",
    }
    (delivered,) = summary["delivered"]
    assert (delivered["group"], delivered["cargo"], delivered["direction"], delivered["unit"]) == (
        "middle",
        "containers",
        "east",
        "TEU",
    )
    assert delivered["under_way_at_start"] > 0.0
    assert bound_summary(limits(oil(), 0), run(oil())).keys() == {"exported"}


def test_preview_is_cut_where_a_capacity_changes_for_good() -> None:
    asked = replace(oil(closure("pipe", 10.0, 12.0)), dated=(changed(20.0, "pipe", 10_000.0),))
    first, shut, after = periods(asked)
    assert (first.most.flow, shut.most.flow) == (50_000, 0)
    assert (after.most.flow, after.later.flow) == (50_000, 10_000)
    assert after.end == START + timedelta(days=30)
    narrower = replace(boxes(), disturbances=(), dated=(changed(20.0, "lagoon.quay1", 1.0),))
    before, later = freight_limits(narrower)
    assert later[0] == START + timedelta(days=20)
    assert later[1].most.flow < before[1].most.flow
