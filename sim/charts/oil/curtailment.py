"""Output that fields shut in because it could not leave, by shipper, over time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.charts.chart import Chart, Line, Mark, Panel
from sim.charts.oil.liquids import amounts, daily_total, naming, on_common_days, rates
from sim.charts.over_time import REFERENCE, fold_small, layers, reference_line, sampling_of, time_chart, total
from sim.charts.style import MORE, Stroke
from sim.charts.wording import amount, full_date, is_negligible, more_or_less, percent, scale_of
from sim.measures.oil.flows import curtailed_by_shipper
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo

MARGIN = 7.0  # days before and after the stretch in which something was curtailed
MAX_CROPPED = 0.6  # of the run: a longer stretch is not cut out
MIN_RATE = 1e-6  # of the unit per day


def curtailment(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of a cargo's curtailment by shipper, over the stretch in which there was any."""
    sampling, unit = sampling_of(record), scale_of(cargo)[1]
    by_shipper, note = fold_small(
        rates(curtailed_by_shipper, record, cargo, sampling.daily), "Other shippers"
    )
    mine = total(by_shipper, sampling.edges[:-1])
    theirs = daily_total(curtailed_by_shipper, reference, cargo, record) if reference else 0.0 * mine
    first, last = stretch(mine + np.nan_to_num(theirs), record.days)
    days = slice(int(first), int(np.ceil(last)))
    x = sampling.edges[days.start : days.stop + 1] - first
    marks: list[Mark] = [*layers(x, {name: each[days] for name, each in by_shipper.items()}, steps=True)]
    if np.nansum(theirs) > 0.0:
        marks.append(reference_line(x, theirs[days], "Reference run, all shippers", steps=True))
    if last - first < record.days:
        begin, end = full_date(record.start, first), full_date(record.start, last - 1.0)
        note = f"Only {begin} to {end} is drawn: nothing was curtailed before or after. {note}"
    panel = Panel(
        name="Curtailed",
        unit=f"{unit}/day",
        marks=tuple(marks),
        empty="Nothing was curtailed",
        height=160.0 if reference else None,
    )
    sums = {"This run": mine[days], "Reference run": theirs[days]}
    return time_chart(
        record,
        "oil",
        name="curtailment",
        finding=naming(record, cargo, finding(record, cargo, reference)),
        subject=f"{cargo.name}: output shut in, by shipper, {unit}/day, mean of each day",
        panels=[panel, _sums(x, sums, unit)] if reference else [panel],
        reference=reference,
        note=note.strip(),
        window=(first, last),
    )


def stretch(rates: Numbers, days: float) -> tuple[float, float]:
    """Return the days between which a chart is drawn: where daily rates are above zero, with a margin.

    The whole run, if they never are or are so for most of it.
    """
    busy = np.flatnonzero(rates > MIN_RATE)
    if not len(busy):
        return 0.0, days
    first, last = max(float(busy[0]) - MARGIN, 0.0), min(float(busy[-1]) + 1.0 + MARGIN, days)
    return (first, last) if last - first <= MAX_CROPPED * days else (0.0, days)


def finding(record: Record, cargo: Cargo, reference: Record | None) -> str:
    """Return what was curtailed in all, and by whom most or how it compares with the reference run.

    The comparison is of the days that both runs cover.
    """
    unit = scale_of(cargo)[1]
    by_shipper = amounts(curtailed_by_shipper, record, cargo)
    lost = sum(by_shipper.values())
    if lost <= MIN_RATE:
        return "Nothing was curtailed"
    words = f"Fields shut in {amount(lost, unit)}"
    if reference is None:
        largest = max(by_shipper, key=lambda name: by_shipper[name])
        return f"{words}, {percent(by_shipper[largest], lost)} of it at {largest}"
    mine, theirs = on_common_days(curtailed_by_shipper, record, reference, cargo)
    if is_negligible(mine - theirs, lost):
        return f"{words}, as in the reference run"
    if not theirs:
        return f"{words}; the reference run, nothing"
    return f"{words}, {more_or_less(mine - theirs, unit)} than the reference run"


def _sums(x: Numbers, rates: Mapping[str, Numbers], unit: str) -> Panel:
    """Return the panel of what was shut in since the start, of a run and of its reference run."""
    strokes = {"This run": Stroke(MORE), "Reference run": REFERENCE}
    marks = tuple(
        Line(
            name=f"{name}, since the start",
            x=x,
            values=np.append(0.0, np.cumsum(np.nan_to_num(each) * np.diff(x))),
            stroke=strokes[name],
            width=2.0,
        )
        for name, each in rates.items()
    )
    return Panel(name="Shut in since the start", unit=unit, marks=marks, height=100.0)
