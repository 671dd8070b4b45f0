"""Charts of sweeps: the line, the heat maps and the clouds, and where a measure breaks even."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_studies import CAPACITY, DAYS, RESERVE, sweep

from sim.charts.chart import Chart, Contour, Dots, Heat, Limit, Line, Mark, Paths
from sim.charts.studies.registry import sweep_charts
from sim.charts.studies.sweep import sweep_chart
from sim.charts.studies.wording import decimals_for, round_ticks, tick_labels, value_at
from sim.studies.sweep.level_lines import level_lines
from sim.studies.sweep.results import Sweep

LENGTHS = (0.0, 20.0, 40.0, 60.0)


def by_days(*points: tuple[float, ...], unchanged: float = 30.0) -> Sweep:
    """Curtailment of 1 Mt, and 0.1 Mt more for each day that the mooring is shut."""
    return sweep(
        (DAYS, LENGTHS), mean=lambda days: 1.0 + 0.1 * days, unchanged=[unchanged], points=points or None
    )


def by_capacity_and_days(count: int = 4) -> Sweep:
    capacities, lengths = np.linspace(400.0, 1600.0, count), np.linspace(0.0, 60.0, count)
    return sweep(
        (CAPACITY, capacities.tolist()),
        (DAYS, lengths.tolist()),
        mean=lambda capacity, days: 4.0 + 0.1 * days - capacity / 400.0,
        unchanged=[800.0, 20.0],
    )


def marks(chart: Chart, kind: type[Mark], panel: int = 0) -> list[Mark]:  # type: ignore[valid-type]
    return [mark for mark in chart.panels[panel].marks if isinstance(mark, kind)]


def test_a_line_states_in_its_title_where_the_level_is_reached() -> None:
    chart = sweep_chart(by_days(), level=2.0)
    assert chart.finding.startswith("Curtailed, all: equal to 2 Mt if the closure SPM-1 lasts ")
    assert " days (95\u00a0%: " in chart.finding
    (point,) = marks(chart, Dots)
    assert isinstance(point, Dots)
    assert point.x[0] == pytest.approx(10.0)
    assert point.y[0] == 2.0


def test_a_line_without_a_break_even_states_how_the_measure_changes() -> None:
    assert sweep_chart(by_days(), level=99.0).finding == (
        "Curtailed, all: rises from 1.00 ± 0.25 to 7.0 ± 1.7 Mt as the length of the SPM-1 closure "
        "goes from 0 to 60 days; nowhere 99 Mt"
    )


def test_a_line_shows_differences_from_the_unchanged_scenario_pair_by_pair() -> None:
    upper, lower = sweep_chart(by_days()).panels
    (line,) = [mark for mark in lower.marks if isinstance(mark, Line) and mark.name]
    assert line.values == pytest.approx([-3.0, -1.0, 1.0, 3.0])
    assert line.errors is not None
    assert line.errors[1] == pytest.approx(line.errors[2])
    limits = {mark.name for mark in upper.marks if isinstance(mark, Limit)}
    assert limits == {"unchanged scenario, 4.0 ± 1.0 Mt", "unchanged: 30 days"}


def test_few_replications_are_drawn_one_by_one_and_not_as_a_band() -> None:
    (paths,) = marks(sweep_chart(by_days()), Paths)
    assert isinstance(paths, Paths)
    assert len(paths.paths) == 3


def test_a_line_follows_the_values_in_order() -> None:
    chart = sweep_chart(by_days((40.0,), (0.0,), (60.0,), (20.0,)))
    (line,) = marks(chart, Line)
    assert isinstance(line, Line)
    assert line.x.tolist() == list(LENGTHS)
    assert line.values == pytest.approx([1.0, 3.0, 5.0, 7.0])


def test_a_map_has_its_values_the_unchanged_scenario_and_a_line_where_it_breaks_even() -> None:
    chart = sweep_chart(by_capacity_and_days())
    heat, contour, mark = chart.panels[0].marks
    assert isinstance(heat, Heat)
    assert isinstance(contour, Contour)
    assert isinstance(mark, Dots)
    assert heat.values[1, 0] == pytest.approx(4.0 + 0.1 * 20.0 - 1.0)
    assert (heat.low, heat.high) == (pytest.approx(0.0), pytest.approx(9.0))
    for x, y in zip(*contour.lines[0], strict=True):
        assert 4.0 + 0.1 * y - x / 400.0 == pytest.approx(4.0)
    assert (mark.x[0], mark.y[0], mark.name) == (800.0, 20.0, "unchanged scenario: 800 kt, 20 days")


def test_a_map_without_a_break_even_has_no_line() -> None:
    assert not marks(sweep_chart(by_capacity_and_days(), level=99.0), Contour)


def test_three_numbers_make_a_map_for_each_value_of_the_third_in_one_scale_of_colours() -> None:
    results = sweep(
        (CAPACITY, (400.0, 1600.0)),
        (DAYS, (0.0, 30.0)),
        (RESERVE, (0.0, 2.0, 4.0, 6.0)),
        mean=lambda capacity, days, reserve: 1.0 + reserve,
        unchanged=[800.0, 10.0, 2.0],
    )
    chart = sweep_chart(results)
    assert [panel.name for panel in chart.panels] == [f"Reserve {days} days" for days in (0, 2, 4, 6)]
    heats = [panel.marks[0] for panel in chart.panels]
    assert {(heat.low, heat.high) for heat in heats if isinstance(heat, Heat)} == {(1.0, 7.0)}
    assert [bool(marks(chart, Dots, panel)) for panel in range(4)] == [False, True, False, False]


def test_points_of_a_hypercube_are_drawn_where_they_are() -> None:
    points = [(400.0, 0.0), (700.0, 55.0), (1000.0, 20.0), (1500.0, 60.0), (1600.0, 5.0)]
    results = sweep(
        (CAPACITY, (400.0, 1600.0)),
        (DAYS, (0.0, 60.0)),
        points=points,
        is_grid=False,
        mean=lambda capacity, days: 1.0 + days,
        unchanged=[800.0, 20.0],
    )
    heat, contour = sweep_chart(results).panels[0].marks[:2]
    assert isinstance(heat, Heat)
    assert isinstance(contour, Contour)
    assert not heat.is_grid
    assert list(zip(heat.x, heat.y, strict=True)) == points
    assert np.concatenate([y for _, y in contour.lines]) == pytest.approx(20.0, abs=0.5)


def test_a_hypercube_of_three_numbers_has_a_cloud_for_each() -> None:
    points = [(400.0, 0.0, 1.0), (700.0, 55.0, 0.0), (1000.0, 20.0, 2.0)]
    results = sweep(
        (CAPACITY, (400.0, 1600.0)),
        (DAYS, (0.0, 60.0)),
        (RESERVE, (0.0, 2.0)),
        points=points,
        is_grid=False,
        mean=lambda capacity, days, reserve: days + 1.0,
        unchanged=[800.0, 20.0, None],
    )
    chart = sweep_chart(results)
    assert [panel.x.label for panel in chart.panels if panel.x] == [
        one.title for one in (CAPACITY, DAYS, RESERVE)
    ]
    clouds = [panel.marks[0] for panel in chart.panels]
    assert [cloud.x.tolist() for cloud in clouds if isinstance(cloud, Dots)] == np.array(points).T.tolist()


@pytest.mark.parametrize("numbers", [1, 2, 3])
def test_where_there_is_no_value_a_chart_says_so(numbers: int) -> None:
    varied = [(CAPACITY, (400.0, 1600.0)), (DAYS, (0.0, 30.0)), (RESERVE, (0.0, 2.0))][:numbers]
    results = sweep(*varied, mean=lambda *point: np.nan, unchanged=[None] * numbers)
    chart = sweep_chart(results)
    assert chart.panels[0].empty == "no value anywhere"
    assert not chart.panels[0].marks


def test_a_single_measure_is_called_sweep_and_nothing_else_is_drawn() -> None:
    (group,) = sweep_charts(by_days())
    assert [chart.name for chart in group.saved] == ["sweep"]


def test_a_level_outside_the_values_has_no_lines() -> None:
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    values = np.array([0.0, 1.0, 1.0, 2.0])
    assert level_lines(corners, values, 3.0, True) == ()
    assert level_lines(corners[:3], values[:3], 0.5, True) == ()


def test_values_are_written_with_the_digits_that_their_spread_deserves() -> None:
    spans = ([0.0, 3.6], [0.0, 360.0], [2.0, 2.0], [1.0, 1.02])
    assert [decimals_for(np.array(span)) for span in spans] == [2, 0, 2, 4]


def test_ticks_are_the_values_tried_where_these_are_short_and_round_ones_elsewhere() -> None:
    assert tick_labels([0.0, 15.0, 30.0]) == {0.0: "0", 15.0: "15", 30.0: "30"}
    assert list(tick_labels([2.5, 8.333, 14.17, 20.0]).values()) == ["5", "10", "15", "20"]
    assert tick_labels([0.0, 4e6])[2e6] == "2,000,000"
    assert round_ticks(48_000.0, 96_000.0) == [50_000.0, 60_000.0, 70_000.0, 80_000.0, 90_000.0]


def test_values_have_their_unit_in_the_right_number() -> None:
    texts = [value_at(value, "day") for value in (0.5, 1.0, 11.46, 1234.0)]
    assert texts == ["0.5 days", "1 day", "11.5 days", "1,234 days"]


def test_no_tick_is_a_negative_zero() -> None:
    assert [str(tick) for tick in round_ticks(0.0, 30.0)] == ["0.0", "10.0", "20.0", "30.0"]
