"""Exports by route over time, with the total of a reference run."""

from __future__ import annotations

from sim.charts.chart import Chart, Mark, NumberAxis, Panel, Scale
from sim.charts.oil.liquids import (
    curtailed_amount,
    exported_amounts,
    exports,
    on_common_days,
)
from sim.charts.over_time import (
    averaging,
    fold_small,
    layers,
    reference_line,
    sampling_of,
    time_chart,
    total,
)
from sim.charts.wording import amount, is_negligible, number, percent, scale_of
from sim.measures.record import Record
from sim.network.elements import Cargo


def throughput(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of a cargo's exports, stacked by route."""
    sampling, unit = sampling_of(record), scale_of(cargo)[1]
    by_route, note = fold_small(exports(record, cargo, sampling), "Other routes")
    marks: list[Mark] = [*layers(sampling.edges, by_route)]
    if reference:
        theirs = exports(reference, cargo, sampling_of(reference, record))
        marks.append(
            reference_line(sampling.edges, total(theirs, sampling.edges), "Reference run, all routes")
        )
    panel = Panel(
        name="Exports",
        unit=f"{unit}/day",
        marks=tuple(marks),
        y=NumberAxis(second=_barrels(cargo)),
        empty="" if marks else "Nothing was exported",
    )
    return time_chart(
        record,
        "oil",
        name="throughput",
        finding=finding(record, cargo, reference),
        subject=f"{cargo.name}: exports by route, {unit}/day, {averaging(record)}",
        panels=[panel],
        reference=reference,
        note=note,
    )


def finding(record: Record, cargo: Cargo, reference: Record | None) -> str:
    """Return how exports compare with the reference run, or else their mean and largest route."""
    sampling, unit = sampling_of(record), scale_of(cargo)[1]
    by_route = exported_amounts(record, cargo, sampling)
    exported = sum(by_route.values())
    if reference:
        mine, theirs = on_common_days(record, reference, cargo)
        if is_negligible(mine - theirs, theirs):
            return f"Exports were those of the reference run: {amount(mine, unit)}"
        size = amount(abs(mine - theirs), unit)
        short, over = (
            f"Exports fell {size} short of the reference run",
            f"Exports exceeded the reference run by {size}",
        )
        words = short if mine < theirs else over
        shut_in = curtailed_amount(record, cargo, sampling)
        return f"{words}; fields shut in {amount(shut_in, unit)}" if shut_in > 0.0 else words
    if not exported:
        return "Nothing was exported"
    largest = max(by_route, key=lambda route: by_route[route])
    rate = f"Exports averaged {number(exported / record.days)} {unit}/day"
    return f"{rate}, {percent(by_route[largest], exported)} by {largest}"


def _barrels(cargo: Cargo) -> Scale | None:
    if cargo.unit != "t" or cargo.barrels_per_tonne is None:
        return None
    per_tonne = cargo.barrels_per_tonne
    return Scale(title=f"Mb/d, at {per_tonne:g} bbl/t", factor=per_tonne / 1e3)
