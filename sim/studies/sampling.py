"""Sample of one run for a study: the values of its measures, and daily arrivals.

The record is dropped at once, so that a thousand runs take no more memory than ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine import Plan, World
from sim.measures import Record, record_of
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.oil.flows import exports_by_route
from sim.measures.series import Numbers, daily_edges
from sim.measures.smoothing import daily_means_of
from sim.studies.request import Flow, MeasureRequest

Daily = NDArray[np.float32]
MAX_CACHED = 10_000  # answers of the dispatch that are cached between runs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Values of one replication: one for each measure (nan: none), and daily arrivals of each flow.

    `daily` has a row for each flow and a column for each day, in the flow's unit a day.
    """

    replication: int
    values: Numbers
    daily: Daily
    stalled: tuple[str, ...] = ()


def sample(
    plan: Plan, replication: int, requests: Sequence[MeasureRequest], flows: Sequence[Flow] = ()
) -> Sample:
    """Run one replication of a plan on the seed of its scenario, and return the values requested."""
    scenario = plan.scenario
    outcome = World(plan, scenario.seed, replication).run()
    if len(plan.oil.answers) > MAX_CACHED:
        plan.oil.answers.clear()
    record = record_of(scenario, outcome, replication)
    values = [request.of(record) for request in requests]
    return Sample(
        replication=replication,
        values=np.array([np.nan if value is None else value for value in values], dtype=float),
        daily=np.array([_daily(record, flow) for flow in flows], dtype=np.float32),
        stalled=record.stalled,
    )


def _daily(record: Record, flow: Flow) -> Numbers:
    """Return the daily arrivals (or output) of a flow, in its unit a day."""
    mean = daily_means_of(record)
    if flow.kind == "output":
        return mean(record.journal.step_series("produced", flow.way))
    if flow.kind == "exports":
        return exports_by_route(record, flow.cargo, mean)[flow.way]
    arrivals, edges = arrivals_by_group(record, flow.cargo)[flow.way], daily_edges(record.days)
    inside = arrivals.times < record.days
    totals, _ = np.histogram(arrivals.times[inside], edges, weights=arrivals.amounts[inside])
    per_day: Numbers = totals / np.diff(edges)
    return per_day
