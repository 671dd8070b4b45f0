"""Which numbers move the answer, on a terminal whose answer can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import builders as b
import numpy as np
import pytest
from stormy_terminal import CURTAILED, Counting, stormy

from sim.errors import InputError
from sim.report.studies.sensitivity_report import share_sentence
from sim.scenario import Scenario
from sim.scenario.numbers import number_of
from sim.studies.sensitivity import screening_methods
from sim.studies.sensitivity.numbers import Ranged, ranged_numbers
from sim.studies.sensitivity.plan import plan_sensitivity, sensitivity
from sim.studies.sensitivity.screening import plan_screening, screen
from sim.studies.sensitivity.screening_ranges import compatible_ranges
from sim.studies.sensitivity.swing import _mean_square
from sim.studies.sweep.plan import sweep

DAYS = 100


def tight(**sources: str) -> Scenario:
    """A field of 100 t a day behind a pipe of 80: 20 t a day are lost, and there is no luck.

    `sources` are those of the well and of the pipe, which are assumed otherwise.
    """
    made = b.network(
        b.field("well", 100.0, restart=0.001),
        b.market("world"),
        b.pipe("pipe", "well-field", "world", 80.0),
        b.contract("well", "world"),
    )
    given: dict[str, Any] = {id: {"source": source} for id, source in sources.items()}
    return b.scenario(b.with_changes(made, **given), DAYS)


def found(scenario: Scenario, **given: Any) -> dict[str, Ranged]:
    ranged, _ = ranged_numbers(scenario, 0.2, **given)
    return {one.number.name: one for one in ranged}


def test_each_number_of_the_network_is_moved_by_a_share_of_itself() -> None:
    numbers = found(tight())
    assert {"well.rate", "well.restart", "pipe.capacity", "pipe.length"} <= numbers.keys()
    assert (numbers["pipe.capacity"].value, numbers["pipe.capacity"].low) == (80.0, 0.8)
    assert all(one.is_assumed for one in numbers.values())


def test_numbers_go_no_farther_than_the_network_works() -> None:
    scenario = b.scenario(b.terminal(throttle_at=0.9, release_at=0.75, initial=0.9), DAYS)
    numbers = found(scenario)
    assert (numbers["farm.throttle_at"].low, numbers["farm.throttle_at"].high) == (
        0.9,
        pytest.approx(1 / 0.9),
    )
    assert (numbers["farm.release_at"].low, numbers["farm.release_at"].high) == (0.8, 1.1)
    assert numbers["farm.initial"].high == pytest.approx(1 / 0.9)


def test_what_cannot_be_off_alone_is_reported_with_why() -> None:
    two = b.terminal(extra=[b.called("other", "sea", 100.0, mix=0.0)])
    scenario = b.scenario(b.with_changes(two, tanker={"mix": 0.4}, other={"mix": 0.6}), DAYS)
    _, fixed = ranged_numbers(scenario, 0.2)
    why = {one.name: one.reason for one in fixed}
    assert "the mix of ships" in why["tanker.mix"]
    assert "is zero" in why["spm1.approach"]


def test_closures_and_boycotts_are_numbers_too() -> None:
    half = b.closure("pipe", 10, 20, 0.5, label="works")
    assert {"closure:works.days", "closure:works.remaining"} <= found(
        replace(tight(), disturbances=(half,))
    ).keys()
    boycott = b.boycott("strait", "goods", share=0.4, label="fear")
    numbers = found(b.scenario(b.by_rail_and_ship(), 30, boycotts=[boycott]))
    assert "boycott:fear.share" in numbers
    assert "boycott:fear.premium" not in numbers


def test_numbers_are_chosen_by_pattern_and_by_source() -> None:
    scenario = tight(pipe="atlas")
    assert found(scenario, patterns=["pipe.*"]).keys() == {"pipe.capacity", "pipe.length"}
    assert not any(name.startswith("pipe") for name in found(scenario, only_assumed=True))
    with pytest.raises(InputError, match="--numbers"):
        found(scenario, patterns=["pype.*"])


def test_the_tornado_is_what_reckoning_says() -> None:
    """The rate goes from 80 to 120 and the capacity from 64 to 96, over 100 days."""
    study = sensitivity(tight(), ["curtailed *"], replications=3)
    by_name = {one.name: one for one in study.swings}
    rate, pipe = by_name["well.rate"], by_name["pipe.capacity"]
    assert [end.mean for end in rate.ends(CURTAILED)] == pytest.approx([-2000e-6, 2000e-6])  # type: ignore[union-attr]
    assert [end.mean for end in pipe.ends(CURTAILED)] == pytest.approx([1600e-6, -1600e-6])  # type: ignore[union-attr]
    assert [one.name for one in study.ranked()] == ["well.rate", "pipe.capacity"]
    assert rate.size(CURTAILED) == pytest.approx(4000e-6)
    assert not by_name["pipe.length"].has_effect


@pytest.mark.parametrize(
    ("sources", "share"),
    [
        ({"pipe": "atlas"}, 20**2 / (20**2 + 16**2)),
        ({"well": "atlas"}, 16**2 / (20**2 + 16**2)),
        ({"well": "atlas; rate=assumed", "pipe": "atlas"}, 20**2 / (20**2 + 16**2)),
        ({}, None),
    ],
)
def test_the_share_that_rests_on_assumed_numbers_is_that_of_the_squares(
    sources: dict[str, str], share: float | None
) -> None:
    study = sensitivity(tight(**sources), ["curtailed *"], replications=2)
    assert study.assumed_share() == (None if share is None else pytest.approx(share))


def test_one_replication_cannot_tell_what_share_rests_on_assumed_numbers() -> None:
    assert sensitivity(tight(pipe="atlas"), ["curtailed *"], replications=1).assumed_share() is None


def test_squares_are_free_of_random_draws() -> None:
    luck = np.random.default_rng(1)
    assert _mean_square(np.array([3.0, 3.0])) == 9.0
    assert _mean_square(np.array([2.0, np.nan, 4.0])) == 8.0
    assert _mean_square(np.array([5.0])) == 0.0
    squares = [_mean_square(luck.normal(2.0, 5.0, 3)) for _ in range(20_000)]
    assert np.mean(squares) == pytest.approx(4.0, abs=0.3)


def test_only_those_that_matter_are_run_in_full() -> None:
    hands = Counting()
    planned = plan_sensitivity(tight(), ["curtailed *"], top=1)
    told: list[int] = []
    study = planned.run(6, workers=hands, progress=lambda label, count: told.append(count))
    by_name = {one.name: one.replications for one in study.swings}
    assert (by_name["well.rate"], by_name["pipe.capacity"], by_name["pipe.length"]) == (6, 2, 1)
    assert len(hands.asked) == sum(told) <= planned.count_runs(6)
    assert [one.name for one in study.ranked()] == ["well.rate"]


def test_sourced_numbers_that_do_more_than_the_foremost_assumed_ones_are_run_in_full_too() -> None:
    study = sensitivity(tight(well="atlas"), ["curtailed *"], replications=4, top=1)
    assert {one.name for one in study.swings if one.replications == 4} == {"well.rate", "pipe.capacity"}
    study = sensitivity(tight(pipe="atlas"), ["curtailed *"], replications=4, top=1)
    assert {one.name for one in study.swings if one.replications == 4} == {"well.rate"}


def test_a_share_says_of_which_numbers_it_is() -> None:
    whole = sensitivity(tight(pipe="atlas"), ["curtailed *"], replications=2)
    assert "the closures and the boycotts" in whole.share_definition
    assert share_sentence(whole, CURTAILED).endswith("about 61% is due to assumed numbers")
    part = sensitivity(tight(well="atlas"), ["curtailed *"], numbers=["well.*"], replications=2)
    assert "selected" in part.share_definition
    assert ", of those selected" in share_sentence(part, CURTAILED)
    once = sensitivity(tight(pipe="atlas"), ["curtailed *"], replications=1)
    assert "a single replication" in share_sentence(once, CURTAILED)
    assert "only assumed" in share_sentence(sensitivity(tight(), ["curtailed *"], replications=2), CURTAILED)


def test_all_that_do_anything_are_run_in_full_where_it_is_asked() -> None:
    study = sensitivity(tight(), ["curtailed *"], replications=4, top=0)
    assert {one.name for one in study.swings if one.replications == 4} == {"well.rate", "pipe.capacity"}


def test_random_draws_is_the_same_at_both_ends() -> None:
    study = sensitivity(stormy(), ["curtailed *"], numbers=["farm.capacity"], replications=5)
    (farm,) = study.swings
    alone = sweep(stormy(), "farm.capacity=240,360t", measures=["curtailed *"], replications=5)
    ends = [one.column(CURTAILED) - alone.base.column(CURTAILED) for one in alone.ensembles]
    assert farm.low[CURTAILED] == pytest.approx(ends[0])
    assert farm.high[CURTAILED] == pytest.approx(ends[1])


def test_a_number_is_off_by_more_than_nothing() -> None:
    for by in (0.0, 1.0, -0.2):
        with pytest.raises(InputError, match="--by"):
            plan_sensitivity(tight(), ["curtailed *"], by=by)


def test_a_sensitivity_study_is_a_table() -> None:
    pytest.importorskip("pandas")
    frame = sensitivity(tight(pipe="atlas"), ["curtailed *", "exported *>*"], replications=2).frame()
    row = frame[(frame.number == "pipe.capacity") & (frame.measure == "curtailed")].iloc[0]
    assert (row["low"], row["high"], row["number_unit"], bool(row["assumed"])) == (64.0, 96.0, "t/day", False)
    assert (row["rank"], row["swing"]) == (2, pytest.approx(3200e-6))


def test_ranges_that_do_not_go_together_are_made_narrower() -> None:
    scenario = b.scenario(b.terminal(throttle_at=0.9, release_at=0.8), DAYS)
    numbers = found(scenario, patterns=["farm.*_at"])
    throttle, release = compatible_ranges(scenario, [numbers["farm.throttle_at"], numbers["farm.release_at"]])
    assert throttle.value * throttle.low > release.value * release.high
    assert throttle.high == numbers["farm.throttle_at"].high


def test_morris_finds_a_straight_line() -> None:
    """With the pipe always too small, the loss is 100 days of rate less capacity: effects of 40 and 32 t."""
    pytest.importorskip("SALib")
    scenario = tight()
    scenario = replace(scenario, network=b.with_changes(scenario.network, well={"rate": 130.0}))
    study = sensitivity(scenario, ["curtailed *"], replications=1)
    (screening,) = screen(study, scenario, morris=4, replications=1)
    rate, pipe = screening.ranked()
    assert [one.ranged.number.name for one in (rate, pipe)] == ["well.rate", "pipe.capacity"]
    assert [one.weight for one in (rate, pipe)] == pytest.approx([5200e-6, 3200e-6])
    assert isinstance(pipe, screening_methods.Effect)
    assert (pipe.mean, pipe.spread) == (pytest.approx(-3200e-6), pytest.approx(0.0, abs=1e-12))
    assert screening.points == 4 * 3


def test_sobol_shares_out_the_variance() -> None:
    """Of a straight line over two ranges the parts are as the squares of what each does."""
    pytest.importorskip("SALib")
    scenario = tight()
    scenario = replace(scenario, network=b.with_changes(scenario.network, well={"rate": 130.0}))
    numbers = found(scenario, patterns=["well.rate", "pipe.capacity"])
    planned = plan_screening(scenario, CURTAILED, list(numbers.values()), "sobol", 64)
    screening = planned.run(1)
    parts = {one.ranged.number.name: one.weight for one in screening.effects}
    assert parts["well.rate"] == pytest.approx(52**2 / (52**2 + 32**2), abs=0.1)
    assert parts["pipe.capacity"] == pytest.approx(32**2 / (52**2 + 32**2), abs=0.1)
    assert screening.points == 64 * 4


def test_nothing_has_a_part_in_what_never_changes() -> None:
    pytest.importorskip("SALib")
    scenario = tight()
    numbers = found(scenario, patterns=["pipe.length", "well.restart"])
    planned = plan_screening(scenario, CURTAILED, list(numbers.values()), "sobol", 2)
    assert [one.weight for one in planned.run(1).effects] == [0.0, 0.0]


def test_the_same_seed_gives_the_same_points() -> None:
    pytest.importorskip("SALib")
    numbers = list(found(tight(), patterns=["well.rate", "pipe.capacity"]).values())
    one, again = (plan_screening(tight(), CURTAILED, numbers, "morris", 3).points for _ in range(2))
    assert (one == again).all()


@pytest.mark.parametrize(
    ("morris", "sobol", "told"),
    [
        (1, None, "at least 2"),
        (None, 12, "such as 8 or 16"),
        (None, 0, "at least 2"),
        (10**6, None, "more than 20,000 points"),
        (None, 2**11, "more than 20,000 points"),
    ],
)
def test_counts_that_do_not_suit_a_method_are_refused(
    morris: int | None, sobol: int | None, told: str
) -> None:
    pytest.importorskip("SALib")
    with pytest.raises(InputError, match=told):
        screening_methods.requested_methods(morris, sobol, 8)


def test_where_salib_is_not_there_it_is_reported_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening_methods, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"chokepoint\[screening\]"):
        screening_methods.requested_methods(4, None, 8)


def test_one_number_is_too_few_to_screen() -> None:
    numbers = [found(tight())["well.rate"]]
    with pytest.raises(InputError, match="at least two numbers"):
        plan_screening(tight(), CURTAILED, numbers, "morris", 4)


def test_a_number_of_several_closures_that_differ_has_no_value() -> None:
    closures = (b.closure("pipe", 10, 20, label="works"), b.closure("pipe", 40, 45, label="works"))
    scenario = replace(tight(), disturbances=closures)
    assert number_of(scenario, "closure:works.days").value(scenario) is None
    assert np.isnan(found(scenario)["closure:works.days"].value)
