"""Reported figures made up in code, and what a back-test would have found of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import builders as b

from sim.scenario import Scenario
from sim.studies.backtest.reported import Reported, ReportedRow, undisturbed
from sim.studies.backtest.results import Finding
from sim.studies.estimates import Estimate
from sim.studies.request import MeasureRequest
from sim.studies.spread import Spread


def figure(
    measure: str = "exported",
    element: str = "*>world",
    *,
    scenario: Scenario | None = None,
    id: str = "made-up",
    value: float = 10.0,
    tolerance: float = 1.0,
    since: int = 0,
    until: int = 30,
    role: Any = "held-out",
    source: str = "assumed",
    note: str = "",
) -> Reported:
    """A figure of a scenario's first 30 days, or others."""
    scenario = scenario or b.scenario(b.terminal(), 30)
    row = ReportedRow(
        id=id,
        scenario=scenario.name,
        measure=measure,
        element=element,
        since=scenario.start + timedelta(since),
        until=scenario.start + timedelta(until),
        value=f"{value:g}",
        unit="",
        tolerance=f"{tolerance:g}",
        source=source,
        role=role,
        note=note,
    )
    request = MeasureRequest(measure=measure, element=element, since=float(since), until=float(until))
    return Reported(
        row=row,
        scenario=scenario,
        undisturbed=undisturbed(scenario),
        request=request,
        value=value,
        tolerance=tolerance,
    )


def finding(
    simulated: float | None,
    unchanged: float | None = None,
    in_proportion: float | None = None,
    spread: tuple[float, float] = (0.0, 0.0),
    **given: Any,
) -> Finding:
    """A figure beside a mean of 50 runs with a half-width of 0.5."""
    return Finding(
        reported=figure(**given),
        simulated=None if simulated is None else Estimate(simulated, 0.5, 50),
        missed=50 if simulated is None else 0,
        spread=Spread(*spread, 0.95),
        unchanged=unchanged,
        in_proportion=in_proportion,
    )
