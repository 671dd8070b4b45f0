"""A claim of growth is held against each series that there are figures for."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from made_up_figures import figure

from sim.studies.backtest.claims import THREE_TIMES, Claim, Overlap, Series
from sim.studies.backtest.study import backtest, read_reported


def series(after: str, before: str) -> Series:
    return Series(title=f"{after} by {before}", after=after, before=before)


def test_a_series_grows_by_its_figures_a_day_and_by_runs_on_the_same_days() -> None:
    """30 in 10 days after 60 in 60: three times as much a day. Runs: a field of 300 after one of 100."""
    wide, narrow = (b.scenario(b.terminal(rate=rate, farm=1e6), 60) for rate in (300.0, 100.0))
    figures = [
        figure("produced", "well", scenario=wide, id="after", value=30.0, since=5, until=15),
        figure("produced", "well", scenario=narrow, id="before", value=60.0, until=60),
    ]
    claim = Claim(times=3.0, series=(series("after", "before"),))
    (held,) = backtest(figures, 2, claims=[claim]).claims
    (grown,) = held.growth
    assert grown.reported == pytest.approx(3.0)
    assert grown.simulated is not None
    assert grown.simulated.mean == pytest.approx(3.0)
    assert grown.spread is not None
    assert grown.spread.has(3.0)


@pytest.mark.parametrize(
    ("ratio", "says"), [(2.5, "yes"), (3.4, "yes"), (2.4, "no, less"), (1.2, "no, less"), (3.6, "no, more")]
)
def test_a_claim_is_of_whole_times(ratio: float, says: str) -> None:
    assert Claim(times=3.0, series=()).verdict(ratio) == says


def test_what_a_part_leaves_of_the_whole() -> None:
    scenario = b.scenario(b.terminal(rate=100.0), 30)
    part = figure("produced", "well", scenario=scenario, id="part", value=80.0, until=10)
    whole = figure("produced", "well", scenario=scenario, id="whole", value=100.0, until=30)
    claim = Claim(times=3.0, series=(), overlaps=(Overlap(part="part", total="whole"),))
    (held,) = backtest([part, whole], 2, claims=[claim]).claims
    (rest,) = held.rests
    assert (rest.within, rest.rest) == (8.0, 1.0)
    assert rest.simulated_rest == pytest.approx(rest.simulated_within, rel=0.01)


def test_series_without_figures_are_left_out() -> None:
    of = figure(id="after")
    claim = Claim(
        times=3.0, series=(series("after", "nothing"),), overlaps=(Overlap(part="after", total="x"),)
    )
    (held,) = backtest([of], 2, claims=[claim]).claims
    assert held.growth == held.rests == ()


def test_the_shipped_figures_have_the_series_of_the_claim() -> None:
    figures = {one.id: one for one in read_reported()}
    needed = {one.after for one in THREE_TIMES.series} | {"middle-boxes-2021", "middle-2021"}
    needed |= {id for one in THREE_TIMES.overlaps for id in (one.part, one.total)}
    assert needed <= {*figures}


def test_containers_did_not_triple_in_the_record_and_tonnes_did_more_than_that() -> None:
    """10,000 TEU and 733 kt in 120 days of 2022, 25,200 TEU and 586 kt in 365 of 2021."""
    made = {one.id: one for one in read_reported()}
    ratios = {}
    for one in THREE_TIMES.series[:2]:
        after, before = made[one.after], made[one.before]
        ratios[after.unit] = after.value / after.days / (before.value / before.days)
    assert ratios == pytest.approx({"TEU": 1.207, "kt": 3.805}, abs=0.001)
    assert THREE_TIMES.verdict(ratios["TEU"]) == "no, less"
    assert THREE_TIMES.verdict(ratios["kt"]) == "no, more"
    assert replace(THREE_TIMES, times=1.0).verdict(ratios["TEU"]) == "yes"
