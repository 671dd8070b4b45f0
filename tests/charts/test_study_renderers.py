"""Charts of studies are drawn alike by both renderers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_up_studies import CAPACITY, DAYS, RESERVE, comparison, sensitivity, stress, sweep
from test_renderers_agree import assert_agree

from sim.charts.chart import Chart
from sim.charts.studies.registry import (
    comparison_charts,
    ensemble_charts,
    sensitivity_charts,
    stress_charts,
    sweep_charts,
)
from sim.studies.compare import compare_ensembles

VARIANTS = compare_ensembles(
    [
        replace(one, daily=one.daily * np.linspace(0.5, 1.5, 20, dtype=np.float32))
        for one in comparison(none=[1000.0, 1100.0, 900.0], spare=[1500.0, 1605.0, 1395.0]).ensembles
    ]
)
LOSSES = {
    "pipe": {7.0: [1.0, 1.1, 0.9], 30.0: [5.0, 5.2, 4.8]},
    "berth": {7.0: [0.0, 0.0, 0.0], 30.0: [2.0, 2.1, 1.9]},
}
NUMBERS = ((CAPACITY, (400.0, 1000.0, 1600.0)), (DAYS, (0.0, 30.0, 60.0)), (RESERVE, (0.0, 2.0)))
POINTS = [(400.0, 0.0, 1.0), (700.0, 55.0, 0.0), (1000.0, 20.0, 2.0), (1500.0, 60.0, 1.5)]
GROUPS = [
    *ensemble_charts(VARIANTS.base),
    *comparison_charts(VARIANTS),
    *stress_charts(stress(LOSSES, pairs={"pipe + berth": [9.0, 9.2, 8.8]})),
    *sensitivity_charts(sensitivity({"pipe": ([-1.0, -1.01, -0.99], [0.5, 0.51, 0.49])})),
    *(
        group
        for count in (1, 2, 3)
        for group in sweep_charts(
            sweep(*NUMBERS[:count], mean=lambda *point: sum(point), unchanged=[800.0, 20.0, 2.0][:count])
        )
    ),
    *sweep_charts(
        sweep(
            *NUMBERS,
            mean=lambda *point: sum(point),
            unchanged=[800.0, 20.0, 2.0],
            points=POINTS,
            is_grid=False,
        )
    ),
]


@pytest.mark.parametrize(
    "chart", [chart for group in GROUPS for chart in group.charts], ids=lambda chart: f"{chart.name}"
)
def test_every_chart_of_a_study_is_drawn_alike(chart: Chart) -> None:
    assert_agree(chart)
