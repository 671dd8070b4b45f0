"""Charts of stress tests: what is named, what is ranked, and what is said where nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_studies import CURTAILED, WAIT, stress

from sim.charts.chart import Bars, Dots, Line, Text
from sim.charts.studies.registry import stress_charts
from sim.charts.studies.stress import stress_curves, stress_ranking, target_names

LOSSES = {
    "pipe": {7.0: [1.0, 1.1, 0.9], 30.0: [5.0, 5.2, 4.8]},
    "berth": {7.0: [0.0, 0.0, 0.0], 30.0: [2.0, 2.1, 1.9]},
    "noise": {7.0: [0.0, 0.0, 0.0], 30.0: [0.3, -0.3, 0.1]},
    "idle": {7.0: [0.0, 0.0, 0.0], 30.0: [0.0, 0.0, 0.0]},
}
NOTHING = {"pipe": {7.0: [0.0, 0.0], 30.0: [0.0, 0.0]}, "berth": {7.0: [0.0, 0.0], 30.0: [0.0, 0.0]}}


def test_the_title_names_what_costs_most_and_how_much() -> None:
    finding = "Losing PIPE for 30 days costs most: 5.0 ± 0.5 Mt (increase in curtailed, all)"
    assert stress_ranking(stress(LOSSES)).finding == finding
    assert stress_curves(stress(LOSSES)).finding == finding


def test_curves_are_named_at_their_ends_where_the_loss_is_clear_and_the_others_counted() -> None:
    chart = stress_curves(stress(LOSSES))
    lines = [mark for mark in chart.panels[0].marks if isinstance(mark, Line)]
    assert [line.name for line in lines] == ["", "", "PIPE", "BERTH"]
    assert [line.label_at_end for line in lines] == [False, False, True, True]
    assert lines[2].x.tolist() == [0.0, 7.0, 30.0]
    assert lines[2].values == pytest.approx([0.0, 1.0, 5.0])
    assert chart.note.startswith("In grey: 2 others")


def test_the_ranking_has_intervals_marks_of_shorter_lengths_and_the_recovery() -> None:
    panel = stress_ranking(stress(LOSSES)).panels[0]
    assert [row.name for row in panel.rows] == ["PIPE", "BERTH", "NOISE"]
    bars, dots, *texts = panel.marks
    assert isinstance(bars, Bars)
    assert isinstance(dots, Dots)
    assert bars.lengths == pytest.approx([5.0, 2.0, 0.1 / 3.0])
    assert bars.errors is not None
    assert (bars.errors > 0.0).all()
    assert (dots.name, dots.x.tolist(), dots.y.tolist()) == ("7 days", pytest.approx([1.0]), [0.0])
    assert isinstance(texts[0], Text)
    assert texts[0].text == "5.0 ± 0.5 Mt; back after 12 days"


def test_a_pair_shows_what_it_adds_to_the_worse_of_the_two() -> None:
    results = stress(LOSSES, pairs={"pipe + berth": [9.0, 9.2, 8.8]})
    (_, _, pairs) = stress_charts(results)
    panel = pairs.charts[0].panels[0]
    alone, beyond = (mark for mark in panel.marks if isinstance(mark, Bars))
    assert pairs.charts[0].name == "ranking-pairs"
    assert alone.lengths == pytest.approx([5.0])
    assert beyond.lengths == pytest.approx([4.0])
    assert pairs.charts[0].finding.startswith("Losing PIPE + BERTH for 30 days costs most: 9.0 ± 0.5")


def test_where_nothing_is_lost_a_sentence_says_so_and_no_axis_is_empty() -> None:
    sentence = "Curtailed, all: nothing lost when any of 2 targets is shut for 7 and 30 days"
    for chart in (stress_curves(stress(NOTHING)), stress_ranking(stress(NOTHING))):
        assert chart.finding == sentence
        assert chart.panels[0].empty.startswith("nothing is lost")
        assert not chart.panels[0].marks


def test_losses_that_may_be_chance_are_not_called_losses() -> None:
    noise = {"pipe": {30.0: [0.3, -0.3, 0.1]}}
    finding = "Increase in curtailed, all: no closure of 30 days costs more than chance (3 replications)"
    assert stress_ranking(stress(noise)).finding == finding


def test_a_single_replication_has_names_but_no_intervals() -> None:
    results = stress({"pipe": {7.0: [1.0], 30.0: [5.0]}})
    chart = stress_curves(results)
    (line,) = chart.panels[0].marks
    assert isinstance(line, Line)
    assert (line.name, line.errors) == ("PIPE", None)
    assert "1 replication, no intervals" in chart.subject
    assert isinstance(bars := stress_ranking(results).panels[0].marks[0], Bars)
    assert bars.errors is None


def test_each_measure_of_loss_has_its_charts_the_foremost_without_a_suffix() -> None:
    ranking, curves = stress_charts(stress(LOSSES, measures=(CURTAILED, WAIT)))
    assert [chart.name for chart in ranking.charts] == ["ranking", "ranking-mean-wait-sea"]
    assert [chart.name for chart in curves.charts] == ["loss", "loss-mean-wait-sea"]


def test_an_id_stands_only_behind_a_name_that_two_targets_share() -> None:
    same = stress(LOSSES, title=lambda name: "Mooring" if name in ("pipe", "berth") else name.upper())
    names = target_names(same)
    assert names == {"pipe": "Mooring (pipe)", "berth": "Mooring (berth)", "noise": "NOISE", "idle": "IDLE"}


def test_no_value_is_no_loss() -> None:
    results = stress({"pipe": {30.0: [np.nan, np.nan]}, "berth": {30.0: [1.0, 1.2]}})
    assert [row.name for row in stress_ranking(results).panels[0].rows] == ["BERTH"]
