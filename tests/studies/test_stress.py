"""Elements shut one by one and two by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import builders as b
import numpy as np
import pytest
from small import Small
from stormy_terminal import Counting, stormy

from sim.errors import InputError
from sim.measures.oil.recovery import HOLD
from sim.scenario import Scenario
from sim.studies.request import Flow
from sim.studies.stress.network import year_of
from sim.studies.stress.plan import OUTPUT, plan_stress, read_lengths, stress
from sim.studies.stress.recovery import days_to_recover
from sim.studies.stress.targets import pairs, targets


def two_ways(days: int = 150) -> Scenario:
    """A field of 100 t a day with two pipes, each of which could take all of it, and one beyond them."""
    made = b.network(
        b.field("well", 100.0, restart=0.001),
        b.place("fork"),
        b.market("world"),
        b.pipe("left", "well-field", "fork", 100.0),
        b.pipe("right", "well-field", "fork", 100.0, tariff=1.0),
        b.pipe("last", "fork", "world", 100.0),
        b.contract("well", "world"),
    )
    return b.scenario(made, days)


def test_each_way_berth_fleet_and_port_is_a_target() -> None:
    found = {one.name: one for one in targets(stormy().network)}
    assert {name: one.kind for name, one in found.items()} == {
        "pipe": "link",
        "sea": "link",
        "spm1": "berth",
        "tanker": "fleet",
        "port": "place",
    }
    assert found["port"].elements == ("pipe", "spm1")


def test_patterns_choose_single_ones_and_selectors_close_all_at_once(tmp_path: Path) -> None:
    network = Small(tmp_path).network()
    assert [one.name for one in targets(network, ["*.pier"])] == ["lagoon.pier", "cape.pier"]
    (tagged,) = targets(network, ["tag:pier"])
    assert tagged.elements == ("lagoon.pier", "cape.pier")
    assert [one.name for one in targets(network, ["trunk", "country:BB", "trunk"])] == ["trunk", "country:BB"]
    for pattern in ("trunc", "nothing*", "tag:peer"):
        with pytest.raises(InputError):
            targets(network, [pattern])


def test_berths_out_of_service_are_no_targets(tmp_path: Path) -> None:
    names = {one.name for one in targets(Small(tmp_path).network())}
    assert "port.spm1" in names
    assert "port.spm2" not in names


def test_pairs_leave_out_what_is_part_of_the_other() -> None:
    found = pairs(targets(stormy().network, ["pipe", "spm1", "port"]))
    assert [one.name for one in found] == ["pipe + spm1"]
    assert found[0].elements == ("pipe", "spm1")


def test_the_loss_is_what_did_not_flow_and_the_better_backup_costs_nothing() -> None:
    found = stress(two_ways(), lengths=[10, 20], replications=2, with_pairs=True)
    lost = {(one.target.name, one.days): one.loss(OUTPUT).mean for one in found.impacts}  # type: ignore[union-attr]
    assert lost["last", 10] == pytest.approx(1000e-6)
    assert lost["last", 20] == pytest.approx(2000e-6)
    for alone in ("left", "right"):
        assert lost[alone, 20] == 0.0
    assert lost["left + right", 20] == pytest.approx(2000e-6)
    together = found.of("left + right", 20)
    assert together.beyond_worse(OUTPUT).mean == together.beyond_both(OUTPUT).mean == pytest.approx(2000e-6)  # type: ignore[union-attr]
    assert found.of("last + left", 20).beyond_worse(OUTPUT).mean == pytest.approx(0.0)  # type: ignore[union-attr]
    assert found.ranked()[0].target.name == "last"
    assert [one.target.name for one in found.worse_together()] == ["left + right"]


def test_a_field_that_is_shut_is_a_loss_though_nothing_is_curtailed() -> None:
    found = stress(two_ways(), lengths=[10], elements=["well"], replications=1)
    assert found.of("well", 10).loss(OUTPUT).mean == pytest.approx(1000e-6)  # type: ignore[union-attr]


def test_recovery_is_reported_in_days_from_the_closure() -> None:
    found = stress(two_ways(), lengths=[10, 20], replications=2)
    last = found.of("last", 20)
    assert last.fell == 2
    assert last.lasting == 0
    assert 20 <= last.recovery.mean <= 22  # type: ignore[union-attr]
    assert found.of("left", 20).fell == 0
    assert [one.target.name for one in found.slowest()] == ["last"]


def test_what_is_not_back_within_the_run_is_reported_so() -> None:
    found = stress(two_ways(days=90), lengths=[20], replications=1)
    assert found.of("last", 20).lasting == 1
    assert found.of("last", 20).recovery is None
    ((row,),) = [[row for row in found.rows() if row["target"] == "last"]]
    assert row["not_recovered"] == 1


def flow(kind: str) -> Flow:
    return Flow(kind=kind, cargo="crude", name="Crude oil", way="well", unit="t")  # type: ignore[arg-type]


def course(*stretches: tuple[int, float]) -> np.ndarray:
    return np.concatenate([np.full(days, value) for days, value in stretches])[None, :].astype(np.float32)


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (course((100, 10.0)), (False, None)),
        (course((20, 10.0), (10, 0.0), (70, 10.0)), (True, 10.0)),
        (course((20, 10.0), (15, 9.7), (65, 10.0)), (True, 15.0)),
        (course((20, 10.0), (10, 9.9), (70, 10.0)), (False, None)),
        (course((20, 10.0), (5, 0.0), (HOLD - 1, 10.0), (5, 9.0), (100, 10.0))[:, :100], (True, 23.0)),
        (course((60, 10.0), (40, 0.0)), (False, None)),
        (course((20, 10.0), (80, 0.0)), (True, None)),
    ],
    ids=["same", "shut", "less", "a little less", "twice", "long after", "for good"],
)
def test_days_to_recover_by_hand(after: np.ndarray, found: tuple[bool, float | None]) -> None:
    """Against 10 a day; the closure is of days 20 to 30, and output counts as back at 98 %."""
    usual = course((100, 10.0))
    assert days_to_recover((flow("output"),), usual, after, 20.0, 30.0) == found


def test_arrivals_are_judged_by_weeks_and_months() -> None:
    usual = course((200, 10.0))
    after = course((30, 10.0), (30, 0.0), (140, 10.0))
    assert days_to_recover((flow("arrivals"),), usual, after, 20.0, 50.0) == (True, 39.0)
    lumpy = course((28, 10.0), (2, 0.0), (170, 10.0))
    assert days_to_recover((flow("arrivals"),), usual, lumpy, 20.0, 50.0) == (False, None)


def test_of_several_flows_the_last_one_back_counts() -> None:
    usual = np.concatenate([course((100, 10.0))] * 2)
    after = np.concatenate([course((20, 10.0), (n, 0.0), (80 - n, 10.0)) for n in (5, 12)])
    assert days_to_recover((flow("output"),) * 2, usual, after, 20.0, 30.0) == (True, 12.0)


def test_the_undisturbed_runs_are_done_once_and_what_was_reported_beforehand_is_what_is_run() -> None:
    hands = Counting()
    planned = plan_stress(two_ways(), lengths=[10, 20])
    planned.run(3, workers=hands)
    assert len(hands.asked) == planned.count_runs(3) == 3 * (1 + 3 * 2)
    assert replace(planned, with_pairs=True, max_paired=2).count_runs(3) == 3 * (1 + (3 + 1) * 2)


def test_a_closure_is_added_to_those_of_the_scenario(tmp_path: Path) -> None:
    scenario = Small(tmp_path).load()
    planned = plan_stress(scenario, lengths=[7], elements=["trunk"])
    made = planned.variant(planned.targets[0], 7).scenario
    assert [one.label for one in made.disturbances] == ["stress test", "storm"]
    assert made.disturbances[0].steps == ((60.0, 0.0), (67.0, 1.0))


def test_a_network_without_a_scenario_is_run_for_a_year(tmp_path: Path) -> None:
    tables = Small(tmp_path).tables
    planned = plan_stress(tables, since=date(2022, 3, 1), lengths=[7])
    assert (planned.scenario.name, planned.since, planned.scenario.days) == ("net", 60.0, 365.0)
    assert [one.key for one in planned.requests] == [
        ("produced", "*"),
        ("freight", "middle"),
        ("freight", "north"),
        ("freight", "ocean"),
    ]
    with pytest.raises(InputError, match="no dates of its own"):
        plan_stress(tables)


def test_a_network_takes_settings_as_a_scenario_does(tmp_path: Path) -> None:
    tables = Small(tmp_path).tables
    found = year_of(tables, date(2022, 3, 1), settings=["port.tanks.capacity=500 kt"])
    assert found.network.stocks["port.tanks"].capacity == 500e3
    assert found.files == ()


def test_oil_and_boxes_are_ranked_by_the_share_that_each_loses(tmp_path: Path) -> None:
    scenario = Small(tmp_path).load()
    found = stress(scenario, lengths=[60], elements=["trunk", "taiga"], replications=1)
    taiga, trunk = found.of("taiga", 60), found.of("trunk", 60)
    assert [found.worst(one).key for one in (taiga, trunk)] == [
        ("freight", "north"),
        ("produced", "*"),
    ]
    north = found.requests[2]
    assert found.score(taiga) == pytest.approx(taiga.loss(north).mean / found.total(north))  # type: ignore[union-attr, operator]
    assert found.ranked() == sorted([taiga, trunk], key=found.score, reverse=True)


def test_loss_may_be_reported_by_any_measure() -> None:
    found = stress(two_ways(), lengths=[10], measures=["exported *>*"], replications=1)
    assert found.of("last", 10).loss(found.requests[0]).mean > 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"lengths": [0]}, "lasts some days"),
        ({"lengths": [100]}, "do not end within the run"),
        ({"since": date(2021, 1, 1)}, "outside the run"),
        ({"elements": ["lost"], "lengths": [7]}, "last"),
    ],
)
def test_what_cannot_be_shut_is_reported_before_anything_is_run(given: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        plan_stress(two_ways(), **given)  # type: ignore[arg-type]


def test_lengths_are_read_with_commas_and_units() -> None:
    assert read_lengths(["7,30", "2 months"]) == pytest.approx([7, 30, 2 * 365 / 12])
    with pytest.raises(InputError, match="--days"):
        read_lengths(["7,weeks"])


def test_a_stress_test_is_a_table() -> None:
    pytest.importorskip("pandas")
    frame = stress(two_ways(), lengths=[10, 20], replications=2).frame()
    assert len(frame) == 3 * 2
    worst = frame[frame["rank"] == 1]
    assert list(worst.target) == ["last", "last"]
    assert list(worst.loss_share) == pytest.approx([100 * 10 / 150, 100 * 20 / 150], rel=0.02)
