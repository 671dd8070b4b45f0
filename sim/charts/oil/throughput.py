"""Exports by route over time, with the total of a reference run."""

from __future__ import annotations

from sim.charts.chart import Chart, Mark, NumberAxis, Panel, Scale
from sim.charts.oil.liquids import amounts, naming, on_common_days, rates
from sim.charts.over_time import averaging, fold_small, layers, reference_line, sampling_of, time_chart, total
from sim.charts.wording import amount, is_negligible, more_or_less, number, percent, scale_of
from sim.measures.oil.flows import curtailed_by_shipper, exports_by_route
from sim.measures.record import Record
from sim.network.elements import Cargo


def throughput(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of a cargo's exports, stacked by route."""
    sampling, unit = sampling_of(record), scale_of(cargo)[1]
    x = sampling.edges
    by_route, note = fold_small(
        rates(exports_by_route, record, cargo, sampling.smooth.of_steps), "Other routes"
    )
    marks: list[Mark] = [*layers(x, by_route)]
    if reference:
        mean = sampling_of(reference, record).smooth.of_steps
        theirs = total(rates(exports_by_route, reference, cargo, mean), x)
        marks.append(reference_line(x, theirs, "Reference run, all routes"))
    panel = Panel(
        name="Exports",
        unit=f"{unit}/day",
        marks=tuple(marks),
        y=NumberAxis(second=_barrels(cargo)),
        empty="Nothing was exported",
    )
    return time_chart(
        record,
        "oil",
        name="throughput",
        finding=naming(record, cargo, finding(record, cargo, reference)),
        subject=f"{cargo.name}: exports by route, {unit}/day, {averaging(record)}",
        panels=[panel],
        reference=reference,
        note=note,
    )


def finding(record: Record, cargo: Cargo, reference: Record | None) -> str:
    """Return how exports compare with the reference run, or else their mean and largest route."""
    if reference:
        return _comparison(record, cargo, reference)
    by_route = amounts(exports_by_route, record, cargo)
    exported = sum(by_route.values())
    if not exported:
        return "Nothing was exported"
    largest = max(by_route, key=lambda route: by_route[route])
    rate = f"Exports averaged {number(exported / record.days)} {scale_of(cargo)[1]}/day"
    return f"{rate}, {percent(by_route[largest], exported)} by {largest}"


def _comparison(record: Record, cargo: Cargo, reference: Record) -> str:
    unit = scale_of(cargo)[1]
    mine, theirs = on_common_days(exports_by_route, record, reference, cargo)
    if is_negligible(mine - theirs, theirs):
        return f"Exports were those of the reference run: {amount(mine, unit)}"
    size = amount(abs(mine - theirs), unit)
    if mine < theirs:
        words = f"Exports fell {size} short of the reference run"
    else:
        words = f"Exports exceeded the reference run by {size}"
    lost, lost_anyway = on_common_days(curtailed_by_shipper, record, reference, cargo)
    if is_negligible(lost - lost_anyway, max(lost, lost_anyway)):
        return words
    return f"{words}; {more_or_less(lost - lost_anyway, unit)} was shut in"


def _barrels(cargo: Cargo) -> Scale | None:
    if cargo.unit != "t" or cargo.barrels_per_tonne is None:
        return None
    per_tonne = cargo.barrels_per_tonne
    return Scale(title=f"Mb/d, at {per_tonne:g} bbl/t", factor=per_tonne / 1e3)
