"""Charts of ensembles and comparisons: means, bands, paired differences, whiskers and dots."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_studies import CURTAILED, WAIT, comparison, ensemble

from sim.charts.chart import Band, Dots, Line, Paths, Text
from sim.charts.studies.over_time import main_flows
from sim.charts.studies.registry import comparison_charts, ensemble_charts
from sim.charts.studies.spread import spread, spread_charts, stacked
from sim.charts.studies.whiskers import MAX_ROWS, MeasureRow, select_rows, whiskers
from sim.charts.studies.wording import small_difference
from sim.studies.compare import Comparison
from sim.studies.differences import Difference
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest

BASE = [1000.0, 1100.0, 900.0]
MORE = [1500.0, 1605.0, 1395.0]
EVEN = [1004.0, 1095.0, 902.0]


def two() -> Comparison:
    return comparison(none=BASE, spare=MORE)


def test_a_comparison_shows_means_above_and_paired_differences_below() -> None:
    chart = comparison_charts(two())[0].charts[0]
    upper, lower = chart.panels
    means = {mark.name: mark.values for mark in upper.marks if isinstance(mark, Line)}
    apart = {mark.name: mark.values for mark in lower.marks if isinstance(mark, Line)}
    assert means["no policy"] == pytest.approx(np.full(21, 1.0))
    assert apart["spare"] == pytest.approx(means["spare"] - means["no policy"])
    assert not apart["no policy"].any()
    assert (upper.name, upper.unit, lower.name) == (
        "Crude oil exported by Sea",
        "kt/day",
        "Difference from no policy",
    )
    assert lower.signed


def test_the_title_states_the_paired_difference_in_all() -> None:
    chart = comparison_charts(two())[0].charts[0]
    assert chart.finding == ("spare: 10.00 ± 0.25 kt more crude oil exported by Sea than with no policy")


def test_differences_that_may_be_chance_are_not_stated() -> None:
    chart = comparison_charts(comparison(none=BASE, even=EVEN))[0].charts[0]
    assert chart.finding.endswith("no difference from no policy beyond chance (3 replications)")
    single = comparison_charts(comparison(none=[1.0], more=[2.0]))[0].charts[0]
    assert single.finding.endswith("a difference of one replication may be chance")


def test_more_than_two_variants_are_lines_without_bands() -> None:
    daily = [1000.0 + 10.0 * n for n in range(12)]
    more = [each + 500.0 for each in daily]
    results = comparison(none=daily, a=more, b=daily, c=more)
    upper, lower = comparison_charts(results)[0].charts[0].panels
    assert not [mark for mark in upper.marks if isinstance(mark, Band)]
    assert len([mark for mark in lower.marks if isinstance(mark, Band)]) == 2


def test_few_replications_of_one_scenario_are_drawn_one_by_one_and_not_as_a_band() -> None:
    chart = ensemble_charts(two().base)[0].charts[0]
    paths, mean = chart.panels[0].marks
    assert isinstance(paths, Paths)
    assert isinstance(mean, Line)
    assert len(paths.paths) == 3
    assert mean.values[5] == pytest.approx(1.0)
    assert chart.finding == "Crude oil exported by Sea: 20 ± 5 kt in all, over 3 replications"


def test_nine_in_ten_are_shown_of_at_least_ten_replications() -> None:
    daily = [1000.0 + 10.0 * n for n in range(12)]
    band, mean = (
        ensemble_charts(ensemble("many", {CURTAILED: daily}, daily=daily))[0].charts[0].panels[0].marks
    )
    assert isinstance(band, Band)
    assert band.name == "nine in ten replications"
    assert isinstance(mean, Line)


def test_liquids_are_shown_by_all_routes_together() -> None:
    results = two()
    assert main_flows(results.ensembles) == [list(results.base.flows)]


def test_whiskers_leave_out_what_is_identical_and_count_it() -> None:
    chart = whiskers(two())
    assert [row.name for row in chart.panels[0].rows] == ["Curtailed, all"]
    assert chart.note == "Of the measures not shown, 1 is identical."
    (dots,) = (mark for mark in chart.panels[0].marks if isinstance(mark, Dots))
    assert dots.x_errors is not None
    assert abs(dots.x[0]) + dots.x_errors[0] == pytest.approx(1.0)
    assert dots.hollow == (False,)
    assert [mark.text for mark in chart.panels[0].marks if isinstance(mark, Text)] == ["−50.0 ± 1.2 kt"]
    assert chart.finding == "Of 2 measures, spare changes 1: 1 for the better, 0 for the worse"


def test_whiskers_of_chance_say_so_and_are_hollow() -> None:
    chart = whiskers(comparison(none=BASE, even=EVEN))
    assert chart.finding == "No measure differs from no policy beyond chance (3 replications)"
    (dots,) = (mark for mark in chart.panels[0].marks if isinstance(mark, Dots))
    assert dots.hollow == (True,)


def test_whiskers_of_equal_variants_say_that_nothing_differs() -> None:
    chart = whiskers(comparison(none=BASE, same=BASE))
    assert chart.finding == "Nothing differs from no policy"
    assert chart.panels[0].empty == "nothing differs"


def test_whiskers_fit_a_slide() -> None:
    made = MeasureRow(measure=CURTAILED, differences=(two().differences[0],))
    assert len(select_rows([made] * 40)) == MAX_ROWS


@pytest.mark.parametrize(
    ("mean", "half_width", "text"),
    [
        (-0.0082, 0.000042, "−8.20 ± 0.04 kt"),
        (1.1119, 0.0512, "+1.11 ± 0.05 Mt"),
        (-20.96, 0.55, "−21.0 ± 0.6 Mt"),
        (3.0, 0.0, "+3.00 Mt"),
        (820.0, 0.0042, "+820 Mt"),
    ],
)
def test_differences_are_written_with_three_digits_at_most(mean: float, half_width: float, text: str) -> None:
    assert small_difference(difference(CURTAILED, mean, half_width)) == text


def test_differences_of_shares_are_in_percentage_points_and_of_dates_in_days() -> None:
    share = MeasureRequest(measure="share", element="KZ>sea", title="Share")
    stopped = MeasureRequest(measure="loading stopped", element="sea", title="Loading stopped")
    assert small_difference(difference(share, 2.0, 0.5)) == "+2.0 ± 0.5 pp"
    assert small_difference(difference(stopped, 2.0, 0.5)) == "+2.0 ± 0.5 days"


def difference(measure: MeasureRequest, mean: float, half_width: float) -> Difference:
    return Difference(
        variant="other",
        base="none",
        request=measure,
        before=None,
        after=None,
        difference=Estimate(mean, half_width, 5),
        identical=False,
        missed=(0, 0),
    )


def test_runs_are_stacked_dots_with_the_mean_and_its_interval_above() -> None:
    results = ensemble("runs", {CURTAILED: [1.0, 1.01, 3.0, np.nan], WAIT: [2.0] * 4})
    chart = spread(results, CURTAILED)
    runs, mean = chart.panels[0].marks
    assert isinstance(runs, Dots)
    assert isinstance(mean, Dots)
    assert (runs.x.tolist(), runs.y.tolist()) == ([1.0, 1.01, 3.0], [0.5, 1.5, 0.5])
    assert mean.x[0] == pytest.approx(1.67)
    assert chart.note == "1 of 4 runs have no value."
    (group,) = spread_charts(results)
    assert [each.name for each in group.charts] == ["spread"]
    assert stacked(np.array([2.0, 2.0])).tolist() == [0.5, 1.5]
