"""Exports of a run less those of a reference run, over time."""

from __future__ import annotations

import numpy as np

from sim.charts.chart import Chart, Line, Panel
from sim.charts.oil.liquids import exports, on_common_days
from sim.charts.over_time import averaging, reference_line, sampling_of, signed_layers, time_chart, total
from sim.charts.style import MORE, Stroke
from sim.charts.wording import amount, day_and_month, is_negligible, number, percent, scale_of
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo


def throughput_difference(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of both runs' exports by all routes and, below it, of the signed difference."""
    reference = reference or record
    sampling, unit = sampling_of(record), scale_of(cargo)[1]
    mine = total(exports(record, cargo, sampling), sampling.edges)
    theirs = total(exports(reference, cargo, sampling_of(reference, record)), sampling.edges)
    both = Panel(
        name="Exports",
        unit=f"{unit}/day",
        marks=(
            Line(name="This run", x=sampling.edges, values=mine, stroke=Stroke(MORE), width=2.0),
            reference_line(sampling.edges, theirs),
        ),
        height=150.0,
    )
    difference = Panel(
        name="Difference",
        unit=f"{unit}/day",
        marks=signed_layers(sampling.edges, mine - theirs),
        height=120.0,
        signed=True,
        above="more than the reference run",
        below="less",
        empty="" if np.nanmax(np.abs(mine - theirs)) > 0.0 else "No difference",
    )
    return time_chart(
        record,
        "oil",
        name="throughput-difference",
        finding=finding(record, cargo, reference, mine - theirs),
        subject=f"{cargo.name}: exports against the reference run, {unit}/day, {averaging(record)}",
        panels=[both, difference],
        reference=reference,
    )


def finding(record: Record, cargo: Cargo, reference: Record, difference: Numbers) -> str:
    """Return the total difference and the worst (or best) day of its smoothed course."""
    mine, theirs = on_common_days(record, reference, cargo)
    unit, net = scale_of(cargo)[1], mine - theirs
    if is_negligible(net, theirs) and np.nanmax(np.abs(difference)) * record.days <= 0.02 * theirs:
        return f"Exports were those of the reference run: {amount(mine, unit)}"
    worst = int(np.nanargmin(difference) if net < 0.0 else np.nanargmax(difference))
    size = f"{amount(abs(net), unit)} ({percent(abs(net), theirs)})"
    peak = f"{number(abs(float(difference[worst])))} {unit}/day on {day_and_month(record.start, worst)}"
    return f"Exported in all: {size} {'less' if net < 0.0 else 'more'} than the reference run, at most {peak}"
