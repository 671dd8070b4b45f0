"""Arrivals of a cargo by group of corridors over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from sim.charts.chart import Chart, Mark, Panel
from sim.charts.freight.groups import by_size, group_fills, ocean_groups
from sim.charts.freight.windows import window_for
from sim.charts.over_time import averaging, layers, reference_line, sampling_of, time_chart, total
from sim.charts.wording import amount, capitalised, percent, scale_of
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo

T = TypeVar("T")
MAX_NAMED = 3  # groups in the title
SLIVER = 0.15  # of the peak of the stack: a smaller group gets a row of its own as well


def corridors(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of a cargo's arrivals: groups stacked, and the small ones again in their own row."""
    unit, width = scale_of(cargo)[1], window_for(record, arrivals_by_group(record, cargo.id).values())
    x = sampling_of(record).edges
    mine = arrival_rates(record, cargo, record, width)
    baseline = arrival_rates(reference, cargo, record, width) if reference else {}
    looks = group_fills(record.network)
    ordered = by_size(mine, last=ocean_groups(record.network))
    stack: list[Mark] = [*layers(x, _named(ordered), _named(looks))]
    if baseline:
        stack.append(reference_line(x, total(baseline, x), "Reference run, all corridors"))
    peak = float(np.max(total(mine, x)))
    small = [group for group, values in ordered.items() if 0.0 < float(np.max(values)) <= SLIVER * peak]
    name = "Arrivals" if len(mine) > 1 else f"Arrivals by the {next(iter(mine), '')} corridor"
    height = 180.0 if small else 250.0
    panels = [
        Panel(name=name, unit=f"{unit}/day", marks=tuple(stack), empty="Nothing arrived", height=height)
    ]
    for group in small:
        marks: list[Mark] = [*layers(x, _named({group: ordered[group]}), _named(looks))]
        if group in baseline:
            marks.append(reference_line(x, baseline[group]))
        name = f"{capitalised(group)} alone, on a scale of its own"
        panels.append(Panel(name=name, unit=f"{unit}/day", marks=tuple(marks), height=90.0))
    return time_chart(
        record,
        "freight",
        name="corridors",
        finding=finding(record, cargo),
        subject=f"{cargo.name}: arrivals by corridor, {unit}/day, {averaging(record, width)}",
        panels=panels,
        reference=reference,
    )


def arrival_rates(record: Record, cargo: Cargo, chart: Record, width: float) -> dict[str, Numbers]:
    """Return arrivals of a cargo by group at each midnight of a chart's run, in kt or TEU per day."""
    smooth = sampling_of(record, chart, width).smooth
    divisor = scale_of(cargo)[0]
    return {
        group: smooth.of_events(events) / divisor
        for group, events in arrivals_by_group(record, cargo.id).items()
    }


def finding(record: Record, cargo: Cargo) -> str:
    """Return what arrived in all and the shares of the largest groups."""
    divisor, unit = scale_of(cargo)
    amounts = {
        group: float(np.sum(events.amounts)) / divisor
        for group, events in arrivals_by_group(record, cargo.id).items()
    }
    arrived = sum(amounts.values())
    if not arrived:
        return f"No {cargo.name.lower()} arrived"
    size = f"{amount(arrived, unit)} of {cargo.name.lower()}"
    used = sorted((group for group in amounts if amounts[group]), key=lambda group: -amounts[group])
    if len(used) == 1:
        return f"{size} arrived, all by {used[0]}"
    shares = [f"{percent(amounts[group], arrived)} by {group}" for group in used[:MAX_NAMED]]
    return f"{size} arrived: {', '.join(shares)}"


def _named(by_group: Mapping[str, T]) -> dict[str, T]:
    return {capitalised(group): value for group, value in by_group.items()}
