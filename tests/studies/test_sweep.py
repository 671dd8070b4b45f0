"""Numbers varied together, and where that breaks even."""

from __future__ import annotations

import builders as b
import numpy as np
import pytest
from stormy_terminal import CURTAILED, EXPORTED, Counting, stormy

from sim.errors import InputError
from sim.scenario import Scenario
from sim.studies.differences import difference
from sim.studies.estimates import estimate
from sim.studies.sweep.break_even import break_evens, crossings
from sim.studies.sweep.plan import plan_sweep, sweep
from sim.studies.sweep.results import Sweep

FARM = "farm.capacity=100..300t:3"


def shut(days: float = 10) -> Scenario:
    """A terminal without luck: 100 t a day, a pipe shut for some days, and no tanks at the field."""
    return b.scenario(b.terminal(restart=0.001), 60, b.closure("pipe", 10, 10 + days, label="the pipe"))


def test_a_closed_pipe_costs_its_flow_for_each_day() -> None:
    found = sweep(shut(), "closure:the pipe.days=0,5,10,20", measures=["curtailed *"], replications=2)
    lost = [one.estimate(CURTAILED).mean for one in found.ensembles]  # type: ignore[union-attr]
    assert lost == pytest.approx([0.0, 500e-6, 1000e-6, 2000e-6])
    assert found.base_point == (10.0,)
    assert [apart.identical for apart in found.differences(CURTAILED)] == [False, False, True, False]


def test_a_break_even_is_where_the_loss_is_at_its_level() -> None:
    found = sweep(shut(), "closure:the pipe.days=1..21:5", measures=["curtailed *"], replications=1)
    ((one,),) = found.break_evens(CURTAILED, level=800e-6).values()
    assert one.at == pytest.approx(8.0)


def test_where_it_is_unchanged_of_course_is_not_reported() -> None:
    found = sweep(shut(), "closure:the pipe.days=5,10,15", measures=["curtailed *"], replications=1)
    assert found.break_evens(CURTAILED) == {(): []}


def test_unchanged_is_one_of_the_points_between_which_a_break_even_is_sought() -> None:
    found = sweep(stormy(), ["farm.capacity=200,400t", "well.rate=80,90t/day"], replications=4)
    assert found.base_point == (300.0, 90.0)
    assert found.break_evens(CURTAILED)[90.0,] == []


def test_a_break_even_of_one_number_is_reported_for_a_hypercube_too() -> None:
    found = sweep(
        shut(), "closure:the pipe.days=1..21", measures=["curtailed *"], latin_hypercube=7, replications=1
    )
    ((one,),) = found.break_evens(CURTAILED, level=800e-6).values()
    assert one.at == pytest.approx(8.0, abs=0.5)


def test_nineteen_in_twenty_bands_hold_the_true_break_even() -> None:
    """Of a line that is -1 at 0 and 1 at 10, with luck that the points of a replication share in part."""
    luck, points = np.random.default_rng(7), np.linspace(0.0, 10.0, 5)
    held = 0
    for _ in range(1000):
        seen = points / 5.0 - 1.0 + 0.5 * luck.normal(size=(8, 1)) + 0.5 * luck.normal(size=(8, 5))
        told = [estimate(column) for column in seen.T]
        line = [(x, one.mean, one.half_width or 0.0) for x, one in zip(points, told, strict=True)]
        bands = break_evens(line)
        held += any((one.low or 0.0) <= 5.0 <= (10.0 if one.high is None else one.high) for one in bands)
    assert 925 <= held <= 975


def test_a_grid_has_every_combination_and_shares_its_random_draws_with_the_scenario_unchanged() -> None:
    found = sweep(stormy(), [FARM, "well.rate=80,90t/day"], replications=3)
    assert found.points == ((100, 80), (100, 90), (200, 80), (200, 90), (300, 80), (300, 90))
    assert len(found.ensembles) == 6
    assert found.base_point == (300.0, 90.0)
    same = difference(found.base, found.ensembles[-1], CURTAILED)
    assert same.identical
    lost = {
        point: one.estimate(CURTAILED).mean  # type: ignore[union-attr]
        for point, one in zip(found.points, found.ensembles, strict=True)
    }
    assert lost[100, 90] > lost[200, 90] > lost[300, 90]


def test_break_evens_of_a_grid_lie_along_its_first_number() -> None:
    varied = ["closure:the pipe.days=2..20:4", "well.rate=50,100t/day"]
    found = sweep(shut(), varied, measures=["curtailed *"], replications=1)
    assert [
        (others, one.at) for others, some in found.break_evens(CURTAILED, 600e-6).items() for one in some
    ] == [((50.0,), pytest.approx(12.0)), ((100.0,), pytest.approx(6.0))]


def test_a_latin_hypercube_has_one_point_in_each_stretch_and_is_the_same_each_time() -> None:
    varied = ["farm.capacity=100..300t", "closure:the pipe.days=0..20"]
    one, again = (plan_sweep(shut(), varied, latin_hypercube=10) for _ in range(2))
    assert one.points == again.points
    assert one.points != plan_sweep(shut(), varied, latin_hypercube=10, seed=5).points
    farm, days = np.array(one.points).T
    assert sorted(np.floor((farm - 100) / 20)) == list(range(10))
    assert sorted(np.floor(days / 2)) == list(range(10))
    assert not one.is_grid


def test_points_are_all_checked_before_anything_is_run() -> None:
    with pytest.raises(InputError, match="lies above throttle_at"):
        plan_sweep(shut(), "farm.throttle_at=50..150%:3")
    for vary, told in (([], "one to 3 numbers"), ([FARM] * 2, "varied twice"), ([FARM] * 4, "one to 3")):
        with pytest.raises(InputError, match=told):
            plan_sweep(shut(), vary)
    for count in (1, 10**9):
        with pytest.raises(InputError, match="points can be tried"):
            plan_sweep(shut(), FARM, latin_hypercube=count)
    with pytest.raises(InputError, match="up to 20,000 points"):
        plan_sweep(shut(), ["farm.capacity=100..300t:1000", "well.rate=80..90t/day:1000"])
    with pytest.raises(InputError, match=r"cannot be negative .here: 'farm.capacity=-100 t'"):
        plan_sweep(shut(), "farm.capacity=-100,100t")


def test_the_number_of_workers_changes_nothing() -> None:
    def rows(found: Sweep) -> list[dict[str, object]]:
        return list(found.rows())

    assert rows(sweep(stormy(), FARM, replications=3)) == rows(
        sweep(stormy(), FARM, replications=3, workers=2)
    )


def test_points_that_are_the_same_are_run_once() -> None:
    hands = Counting()
    sweep(shut(), "closure:the pipe.days=5,10", replications=2, workers=hands)
    assert len(hands.asked) == 4  # of the three, that of 10 days is the scenario as it is


def test_a_sweep_is_a_table() -> None:
    pytest.importorskip("pandas")
    found = sweep(shut(), FARM, measures=["curtailed *", "exported *>*"], replications=2)
    frame = found.frame()
    assert len(frame) == 3 * 2
    assert list(frame["farm.capacity (t)"]) == [100, 200, 300] * 2
    assert list(frame.element) == ["*"] * 3 + ["*>*"] * 3
    assert found.requests == (CURTAILED, EXPORTED)


@pytest.mark.parametrize(
    ("heights", "found"),
    [
        ([-1, 1, 3], [0.5]),
        ([2, 0, 2], [1]),
        ([-1, 0, 0, 1], [1, 2]),
        ([0, 0, 0], []),
        ([1, 2, 3], []),
        ([1, -1, 1], [0.5, 1.5]),
        ([0, 1, 2], [0]),
    ],
)
def test_crossings_by_hand(heights: list[float], found: list[float]) -> None:
    assert crossings(list(range(len(heights))), heights) == found


def test_a_break_even_may_lie_where_the_ends_of_the_interval_cross() -> None:
    (one,) = break_evens([(0, -10, 2), (10, 10, 2), (20, 30, 2)])
    assert (one.at, one.low, one.high) == (5.0, 4.0, 6.0)
    (wide,) = break_evens([(0, -10, 20), (10, 10, 20)])
    assert (wide.at, wide.low, wide.high) == (5.0, None, None)
