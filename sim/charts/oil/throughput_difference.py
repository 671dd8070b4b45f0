"""Exports of a run less those of a reference run, over time."""

from __future__ import annotations

import numpy as np

from sim.charts.chart import Chart, Line, Panel
from sim.charts.oil.liquids import naming, on_common_days, rates
from sim.charts.over_time import averaging, reference_line, sampling_of, signed_layers, time_chart, total
from sim.charts.style import MORE, Stroke
from sim.charts.wording import amount, day_and_month, is_negligible, more_or_less, number, percent, scale_of
from sim.measures.oil.flows import exports_by_route
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo

NO_DIFFERENCE = 0.02  # of the reference run's exports: the largest daily difference, all days long


def throughput_difference(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of both runs' exports by all routes and, below it, of the signed difference."""
    reference = reference or record
    x, unit = sampling_of(record).edges, scale_of(cargo)[1]
    mine, theirs = (
        total(rates(exports_by_route, run, cargo, sampling_of(run, record).smooth.of_steps), x)
        for run in (record, reference)
    )
    both = Panel(
        name="Exports",
        unit=f"{unit}/day",
        marks=(
            Line(name="This run", x=x, values=mine, stroke=Stroke(MORE), width=2.0),
            reference_line(x, theirs),
        ),
        height=150.0,
    )
    difference = Panel(
        name="Difference",
        unit=f"{unit}/day",
        marks=signed_layers(x, mine - theirs),
        height=120.0,
        signed=True,
        above="more than the reference run",
        below="less",
        empty="No difference",
    )
    return time_chart(
        record,
        "oil",
        name="throughput-difference",
        finding=naming(record, cargo, finding(record, cargo, reference, mine - theirs)),
        subject=f"{cargo.name}: exports against the reference run, {unit}/day, {averaging(record)}",
        panels=[both, difference],
        reference=reference,
    )


def finding(record: Record, cargo: Cargo, reference: Record, difference: Numbers) -> str:
    """Return the total difference and the worst (or best) day of its smoothed course."""
    mine, theirs = on_common_days(exports_by_route, record, reference, cargo)
    unit, net = scale_of(cargo)[1], mine - theirs
    most = float(np.nanmax(np.abs(difference)))
    if is_negligible(net, theirs) and most * record.days <= NO_DIFFERENCE * theirs:
        return f"Exports were those of the reference run: {amount(mine, unit)}"
    day = int(np.nanargmin(difference) if net < 0.0 else np.nanargmax(difference))
    peak = f"{number(abs(float(difference[day])))} {unit}/day on {day_and_month(record.start, day)}"
    size = more_or_less(net, unit, f" ({percent(abs(net), theirs)})")
    return f"Exports: {size} than the reference run, with the largest gap of {peak}"
