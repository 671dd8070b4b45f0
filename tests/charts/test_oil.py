"""Charts of oil: values, names and findings are those of the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
import pytest
from made_up_records import SHUT, UPKEEP, USUAL, journal, network, record
from marks import layers, lines, names, of_kind, top_at, value_at

from sim.charts.chart import Chart, Limit, TimeAxis, Zone
from sim.charts.oil.curtailment import MARGIN, curtailment, stretch
from sim.charts.oil.liquids import liquids
from sim.charts.oil.queue import queue
from sim.charts.oil.tank_farms import tank_farms
from sim.charts.oil.tank_level import called_farm, tank_level, throttled_spans
from sim.charts.oil.throughput import throughput
from sim.charts.oil.throughput_difference import throughput_difference
from sim.engine.journal import Journal
from sim.measures import MEASURES, Record
from sim.measures.oil.flows import total_exports
from sim.measures.series import step_means
from sim.measures.smoothing import smoothing_of
from sim.network.elements import Cargo


def crude(run: Record) -> Cargo:
    return run.network.cargoes["crude"]


def first_day(chart: Chart, run: Record) -> int:
    """Return the day of a run on which the axis of a chart starts."""
    assert isinstance(chart.x, TimeAxis)
    return (chart.x.start - run.start).days


def totals(run: Record) -> np.ndarray:
    return total_exports(run, "crude", smoothing_of(run).of_steps) / 1e3


def test_throughput_stacks_every_route_up_to_the_total() -> None:
    run = record()
    (panel,) = throughput(run, crude(run)).panels
    for day in (40, 95, 300):
        assert top_at(panel, float(day)) == pytest.approx(totals(run)[day])
    assert panel.unit == "kt/day"


def test_thin_routes_are_folded_and_named_in_the_note() -> None:
    run = record()
    for market in ("china", "blacksea"):
        series = run.journal.steps["exported", market]
        series.values = [value / 100 for value in series.values]
    chart = throughput(run, crude(run))
    assert "Other routes" in names(chart)
    assert {"China", "Makhachkala and Batumi"}.isdisjoint(names(chart))
    assert chart.note == "Other routes: China, Makhachkala and Batumi."
    assert top_at(chart.panels[0], 40.0) == pytest.approx(totals(run)[40])


def test_throughput_has_a_second_scale_in_barrels() -> None:
    run = record()
    second = throughput(run, crude(run)).panels[0].y.second
    assert second is not None
    assert second.title == "Mb/d, at 7.92 bbl/t"
    assert second.factor == pytest.approx(7.92e-3)


def test_the_total_of_a_reference_run_is_a_dashed_line_on_the_dates_that_both_have() -> None:
    run, baseline = record(), record(days=200.0, spans=(), start=date(2022, 2, 1))
    line = lines(throughput(run, crude(run), baseline).panels[0])["Reference run, all routes"]
    assert line.stroke.dash == "dash"
    assert np.isnan(line.values[[30, 232]]).all()
    assert line.values[31 + 100] == pytest.approx(totals(baseline)[100])


def test_the_finding_on_exports_is_how_far_they_fell_short() -> None:
    run, baseline = record(), record(spans=(), journal=journal(365.0))
    days = np.arange(366.0)
    short = sum(
        float(np.sum(step_means(run.journal.steps["exported", market], 365.0, days))) * sign
        for run, sign in ((baseline, 1.0), (run, -1.0))
        for market in USUAL
    )
    finding = throughput(run, crude(run), baseline).finding
    assert finding.startswith(f"Exports fell {short / 1e6:.2f} Mt short of the reference run; ")
    assert finding.endswith(" Mt more was shut in")
    surplus = throughput(baseline, crude(baseline), run).finding
    assert surplus.startswith(f"Exports exceeded the reference run by {short / 1e6:.2f} Mt; ")
    assert surplus.endswith(" Mt less was shut in")
    assert throughput(run, crude(run), run).finding.startswith("Exports were those of the reference run")


def test_without_a_reference_the_finding_is_the_mean_and_the_largest_route() -> None:
    run = record(spans=(), journal=journal(365.0))
    means = {
        market: step_means(run.journal.steps["exported", market], 365.0, [0.0, 365.0])[0] / 1e3
        for market in USUAL
    }
    rate, share = sum(means.values()), 100.0 * means["med"] / sum(means.values())
    assert throughput(run, crude(run)).finding == (
        f"Exports averaged {rate:.0f} kt/day, {share:.0f} % by CPC"
    )


def test_the_difference_has_a_sign_and_sums_to_that_of_the_exports() -> None:
    run, baseline = record(), record(spans=(), journal=journal(365.0))
    chart = throughput_difference(run, crude(run), baseline)
    both, difference = chart.panels
    assert set(lines(both)) == {"This run", "Reference run"}
    assert difference.signed
    less, more = layers(difference)["Less"], layers(difference).get("More")
    assert (less.values <= 0.0).all()
    assert less.fill != (more.fill if more else None)
    assert top_at(difference, 95.0) == pytest.approx(totals(run)[95] - totals(baseline)[95])
    assert "less than the reference run" in chart.finding


def test_two_equal_runs_have_no_difference() -> None:
    run = record()
    chart = throughput_difference(run, crude(run), run)
    assert chart.panels[1].empty == "No difference"
    assert chart.finding.startswith("Exports were those of the reference run")


def test_short_runs_are_drawn_by_the_day() -> None:
    run = record(days=40.0, spans=(), start=date(2022, 3, 21))
    chart = throughput(run, crude(run))
    assert "daily mean" in chart.subject
    assert top_at(chart.panels[0], 20.0) == pytest.approx(totals(run)[20])


def test_a_window_that_is_cut_at_a_closure_is_stated() -> None:
    run, calm = record(), record(spans=(UPKEEP,))
    assert "7-day mean, one-sided at the edges of closures" in throughput(run, crude(run)).subject
    assert throughput(calm, crude(calm)).subject.endswith("7-day mean")


def test_curtailment_stacks_shippers_up_to_the_daily_total() -> None:
    run = record()
    chart = curtailment(run, crude(run))
    total = np.sum(
        [
            step_means(series, 365.0, np.arange(366.0))
            for (quantity, _), series in run.journal.steps.items()
            if quantity == "curtailed"
        ],
        axis=0,
    )
    first = first_day(chart, run)
    for day in (100, 105, 110):
        assert top_at(chart.panels[0], day - first) == pytest.approx(total[day] / 1e3)
    assert list(layers(chart.panels[0])) == ["Tengiz (TCO)", "Kashagan (NCOC)", "Karachaganak (KPO)"]
    assert chart.finding.startswith(
        f"Fields shut in {np.sum(total) / 1e6:.2f} Mt, 59 % of it at Tengiz (TCO)"
    )


def test_curtailment_shows_the_stretch_in_which_there_was_any() -> None:
    rates = np.zeros(365)
    rates[100:120] = 5.0
    assert stretch(rates, 365.0) == (100.0 - MARGIN, 120.0 + MARGIN)
    rates[0] = rates[300] = 1.0
    assert stretch(rates, 365.0) == (0.0, 365.0)
    assert stretch(np.zeros(365), 365.0) == (0.0, 365.0)


def test_a_chart_of_a_stretch_says_so_and_has_the_closures_of_its_days() -> None:
    run = record()
    chart = curtailment(run, crude(run))
    assert chart.note.startswith("Only ")
    first = first_day(chart, run)
    (shut,) = [closure for closure in chart.closures if closure.name == SHUT.label]
    assert shut.intervals == ((max(SHUT.start - first, 0.0), SHUT.end - first),)


def test_curtailment_against_a_reference_run_is_in_the_finding() -> None:
    run, calm = record(), record(spans=(), journal=journal(365.0))
    assert curtailment(run, crude(run), calm).finding.endswith("; the reference run, nothing")
    assert curtailment(run, crude(run), run).finding.endswith(", as in the reference run")


def test_comparisons_are_of_the_days_that_both_runs_cover() -> None:
    run, short = record(), record(days=100.0)
    finding = curtailment(run, crude(run), short).finding
    assert finding.endswith(", as in the reference run")
    assert "reference" not in tank_level(run, short).finding


def test_a_run_in_which_nothing_happened_says_so() -> None:
    still = record(journal=Journal(until=365.0))
    chart = throughput(still, crude(still))
    assert chart.finding == chart.panels[0].empty == "Nothing was exported"
    calm = record(journal=journal(365.0))
    chart = curtailment(calm, crude(calm))
    assert chart.finding == chart.panels[0].empty == "Nothing was curtailed"
    assert not chart.panels[0].marks


def test_one_exporting_route_is_a_stack_of_one() -> None:
    run = Journal(until=365.0)
    run.log_step("exported", "china", 0.0, 5e3)
    run = record(journal=run)
    chart = throughput(run, crude(run))
    assert names(chart) == {"China"}
    assert top_at(chart.panels[0], 100.0) == pytest.approx(5.0)
    assert chart.finding == "Exports averaged 5 kt/day, 100 % by China"


def test_each_liquid_has_charts_of_its_own_the_exported_one_first() -> None:
    run = network()
    fuel = replace(run.cargoes["crude"], id="condensate", name="Condensate")
    sold = {**run.contracts, "c": replace(run.contracts["tco>china"], id="c", cargo="condensate")}
    del sold["tco>china"]
    both = replace(run, cargoes={"condensate": fuel, **run.cargoes}, contracts=sold)
    only_crude = Journal(until=365.0)
    only_crude.log_step("exported", "med", 0.0, 5e3)
    run = record(network=both, journal=only_crude)
    assert [cargo.id for cargo in liquids(run)] == ["crude", "condensate"]
    assert throughput(run, fuel).finding == "Condensate: nothing was exported"
    assert curtailment(run, fuel).finding == "Condensate: nothing was curtailed"


def test_tank_level_shows_capacity_throttle_and_when_it_was_throttled() -> None:
    (panel,) = tank_level(record()).panels
    limits = {limit.name: limit.at for limit in of_kind(panel, Limit)}
    assert limits == {
        "Capacity, 1,200 kt": 1200.0,
        "Throttled from 90 %, until down to 75 %": pytest.approx(1080.0),
    }
    (zone,) = of_kind(panel, Zone)
    assert zone.intervals
    assert not of_kind(tank_level(record(spans=())).panels[0], Zone)
    assert panel.y.second is not None
    assert panel.y.second.factor * 1200.0 == pytest.approx(100.0)


def test_the_finding_on_the_tank_level_is_the_measure_of_the_fullest() -> None:
    run = record()
    share = MEASURES["fullest"](run, "cpc.tanks")
    assert f"CPC tank farm was at most {share:.0f} % full on " in tank_level(run).finding
    throttled = throttled_spans(run.journal.steps["limit", "cpc.tanks"], run.days)
    days = sum(end - begin for begin, end in throttled)
    assert tank_level(run).finding.endswith(f"; intake throttled for {days:.3g} days")
    assert tank_level(run, run).finding.endswith(f" days (reference: {days:.3g} days)")
    assert tank_level(record(spans=())).finding.endswith("intake never throttled")


def test_throttled_times_are_those_with_a_finite_limit() -> None:
    run = Journal(until=10.0)
    for time, limit in ((0.0, inf), (2.0, 5.0), (3.0, 4.0), (4.5, inf), (8.0, 1.0)):
        run.log_step("limit", "tanks", time, limit)
    assert list(throttled_spans(run.steps["limit", "tanks"], 10.0)) == [(2.0, 4.5), (8.0, 10.0)]
    assert throttled_spans(None, 10.0) == ()


def test_short_runs_show_every_turn_of_the_level() -> None:
    run = record(days=40.0, spans=())
    level = lines(tank_level(run).panels[0])["Level"]
    points = run.journal.points["level", "cpc.tanks"]
    assert level.values[: len(points.values)] * 1e3 == pytest.approx(points.values)


def test_the_level_drawn_is_of_the_farm_that_ships_are_called_to() -> None:
    farm = called_farm(network())
    assert farm is not None
    assert farm.id == "cpc.tanks"


def test_every_used_tank_farm_has_a_row_in_percent_of_its_capacity() -> None:
    run = record()
    (panel,) = tank_farms(run).panels
    assert panel.name == "CPC tank farm"
    fill = MEASURES["fill"](run, "cpc.tanks", 100.0, 101.0)
    assert top_at(panel, 100.5) == pytest.approx(fill)


def test_queue_stacks_waiting_on_alongside_at_each_moment_of_a_short_run() -> None:
    run = record(days=40.0, spans=())
    (panel,) = queue(run).panels
    assert list(layers(panel)) == ["Alongside", "Waiting in the roads"]
    assert panel.unit == "tankers"
    for day in (3.1, 20.6):
        series = (run.journal.steps[quantity, "cpc-med"] for quantity in ("alongside", "waiting"))
        by_hand = sum(each.values[np.searchsorted(each.times, day, side="right") - 1] for each in series)
        assert top_at(panel, day) == by_hand


def test_the_finding_on_the_queue_is_the_longest_one() -> None:
    run = record()
    longest = max(run.journal.steps["waiting", "cpc-med"].values)
    assert queue(run).finding.startswith(f"Up to {longest:.0f} tankers waited at CPC Marine Terminal, on ")


def test_waiting_in_the_reference_run_is_a_dashed_line() -> None:
    run, baseline = record(), record(spans=(), journal=journal(365.0))
    line = lines(queue(run, baseline).panels[0])["Waiting in the reference run"]
    by_hand = step_means(baseline.journal.steps["waiting", "cpc-med"], 365.0, [50.0, 51.0])
    assert value_at(line, 50.5) == pytest.approx(by_hand[0])
