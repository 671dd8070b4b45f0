"""Tornado and screening: bars, ranges, and noise that is called noise."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_studies import CURTAILED, MadeUpNumber, sensitivity

from sim.charts.chart import Bars, Text
from sim.charts.studies.sensitivity import screening, tornado
from sim.studies.sensitivity.numbers import Ranged
from sim.studies.sensitivity.screening import Screening
from sim.studies.sensitivity.screening_methods import Effect, VarianceShare

CLEAR = ([-1.0, -1.01, -0.99], [0.5, 0.51, 0.49])
NOISE = ([-6.0, 8.0, 4.0], [0.4, -0.3, 0.2])


def ranged(name: str) -> Ranged:
    number = MadeUpNumber(name=name, title=f"{name.title()}, rate", unit="kt")
    return Ranged(number=number, source="assumed", value=1.0, low=0.8, high=1.2)  # type: ignore[arg-type]


def test_a_tornado_has_a_bar_for_either_end_and_names_the_foremost_number() -> None:
    chart = tornado(sensitivity({"pipe": CLEAR}))
    smaller, larger = (mark for mark in chart.panels[0].marks if isinstance(mark, Bars))
    assert (smaller.place, larger.place) == ("upper", "lower")
    assert smaller.lengths == pytest.approx([-1.0])
    assert larger.lengths == pytest.approx([0.5])
    assert [row.name for row in chart.panels[0].rows] == ["Pipe, rate"]
    assert [mark.text for mark in chart.panels[0].marks if isinstance(mark, Text)] == ["80 to 120 kt"]
    assert chart.finding.startswith("Rate of Pipe moves Curtailed, all most: −1.00")


def test_effects_that_may_be_chance_are_grey_and_never_named_as_the_foremost() -> None:
    chart = tornado(sensitivity({"noise": NOISE, "pipe": CLEAR}))
    layers = {mark.name: mark for mark in chart.panels[0].marks if isinstance(mark, Bars)}
    assert set(layers) == {"number smaller", "number larger", "may be chance"}
    assert np.isnan(layers["number smaller"].lengths[0])
    assert np.isnan(layers["may be chance"].lengths[1])
    assert chart.finding.startswith("Rate of Pipe moves")


def test_a_tornado_of_noise_says_that_it_is_noise() -> None:
    finding = "No number moves Curtailed, all beyond chance (3 replications)"
    assert tornado(sensitivity({"noise": NOISE})).finding == finding


def test_numbers_that_move_nothing_leave_a_sentence() -> None:
    chart = tornado(sensitivity({"idle": ([0.0, 0.0], [0.0, 0.0])}))
    assert chart.panels[0].empty == "no number makes any difference"
    assert chart.finding == "No number moves Curtailed, all"


def test_a_screening_by_sobol_shares_out_the_variance() -> None:
    parts = (
        VarianceShare(ranged=ranged("pipe"), alone=0.3, alone_half_width=0.1, total=0.5, half_width=0.1),
        VarianceShare(ranged=ranged("well"), alone=0.2, alone_half_width=0.05, total=0.2, half_width=0.05),
    )
    results = Screening(
        method="sobol", request=CURTAILED, points=64, replications=1, mean=2.0, deviation=0.5, effects=parts
    )
    chart = screening(results, "A year")
    alone, together = (mark for mark in chart.panels[0].marks if isinstance(mark, Bars))
    assert alone.lengths == pytest.approx([0.3, 0.2])
    assert together.lengths == pytest.approx([0.2, 0.0])
    assert [mark.text for mark in chart.panels[0].marks if isinstance(mark, Text)] == [
        "0.50 ± 0.10",
        "0.20 ± 0.05",
    ]
    assert (
        chart.finding
        == "Rate of Pipe explains most of the variance of Curtailed, all: total index 0.50 ± 0.10"
    )
    assert "1 replication at each" in chart.subject


def test_a_screening_by_morris_states_the_size_of_the_effect_or_that_it_is_chance() -> None:
    def finding(half_width: float) -> str:
        effect = Effect(ranged=ranged("pipe"), mean=0.9, size=0.9, half_width=half_width, spread=0.1)
        results = Screening(
            method="morris",
            request=CURTAILED,
            points=8,
            replications=2,
            mean=2.0,
            deviation=0.5,
            effects=(effect,),
        )
        return screening(results).finding

    assert finding(0.2) == "Rate of Pipe moves Curtailed, all most: 0.90 ± 0.20 Mt across its range"
    assert finding(1.2) == "No number moves Curtailed, all beyond chance (8 points)"
