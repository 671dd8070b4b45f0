"""Arrivals by group of corridors of a run less those of a reference run, one row for each cargo and group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Chart, Panel
from sim.charts.freight.corridors import arrival_rates
from sim.charts.freight.groups import dry_cargoes
from sim.charts.freight.windows import window_for
from sim.charts.over_time import averaging, sampling_of, signed_layers, time_chart
from sim.charts.wording import amount, capitalised, is_negligible, listed, number, percent, scale_of
from sim.measures.freight.arrivals import arrivals_by_group
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import Events
from sim.network.elements import Cargo

NONE = Events(np.zeros(0), np.zeros(0))
MAX_NAMED = 2  # rows in the title


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Difference:
    """Arrivals of a cargo by a group of corridors, less those of the reference run.

    `rates` are smoothed (kt or TEU per day), `net` and `reference` are amounts on the days that both runs
    cover (kt or TEU).
    """

    cargo: Cargo
    group: str
    width: float
    rates: Numbers
    net: float
    reference: float

    @property
    def unit(self) -> str:
        return scale_of(self.cargo)[1]


def corridors_difference(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of the signed difference of arrivals by cargo and group."""
    reference = reference or record
    x = sampling_of(record).edges
    rows = list(differences(record, reference))
    widths = sorted({row.width for row in rows})
    mean = averaging(record, widths[0] if len(widths) == 1 else None)
    return time_chart(
        record,
        "freight",
        name="corridors-difference",
        finding=finding(rows),
        subject=f"Arrivals less those of the reference run, by corridor, each on its own scale, {mean}",
        panels=[_panel(row, x) for row in rows] or [Panel(marks=(), empty="Nothing arrived in either run")],
        reference=reference,
        note=_exceptions(rows, widths[0]) if len(widths) > 1 else "",
    )


def differences(record: Record, reference: Record) -> Iterator[Difference]:
    """Yield the difference of each cargo and group by which anything arrived in either run."""
    for cargo in dry_cargoes(record):
        mine = arrivals_by_group(record, cargo.id)
        width = window_for(record, mine.values())
        rates = arrival_rates(record, cargo, record, width)
        baseline = arrival_rates(reference, cargo, record, width)
        for group in mine:
            ours, others = _on_common_days(record, reference, cargo, group)
            if ours or others:
                yield Difference(
                    cargo=cargo,
                    group=group,
                    width=width,
                    rates=rates[group] - baseline.get(group, 0.0),
                    net=ours - others,
                    reference=others,
                )


def finding(rows: Sequence[Difference]) -> str:
    """Return the largest gains and losses of the first cargo that has any."""
    for cargo in dict.fromkeys(row.cargo.id for row in rows):
        changed = [row for row in rows if row.cargo.id == cargo and not is_negligible(row.net, row.reference)]
        if changed:
            largest = sorted(changed, key=lambda row: -abs(row.net))[:MAX_NAMED]
            words = listed([f"{_signed(row)} by {row.group}" for row in largest])
            return f"{words} against the reference run"
    return "Arrivals by each corridor were those of the reference run"


def _panel(row: Difference, x: Numbers) -> Panel:
    name = f"{capitalised(row.group)}, {row.cargo.name.lower()}: {_signed(row)}"
    if row.reference and not is_negligible(row.net, row.reference):
        name += f" ({'+' if row.net > 0.0 else '−'}{percent(abs(row.net), row.reference)})"
    return Panel(
        name=name,
        unit=f"{row.unit}/day",
        marks=signed_layers(x, row.rates),
        height=72.0,
        signed=True,
        empty="No difference",
    )


def _signed(row: Difference) -> str:
    if is_negligible(row.net, row.reference):
        return "as in the reference run"
    return f"{'+' if row.net > 0.0 else '−'}{amount(abs(row.net), row.unit)}"


def _exceptions(rows: Sequence[Difference], baseline: float) -> str:
    wider = {row.cargo.name: row.width for row in rows if row.width > baseline}
    return " ".join(f"{name}: {number(width)}-day mean." for name, width in wider.items())


def _on_common_days(record: Record, reference: Record, cargo: Cargo, group: str) -> tuple[float, float]:
    """Return what arrived by a group in each run on the days that both cover, in kt or TEU."""
    shift = float((reference.start - record.start).days)
    first, last = max(0.0, shift), min(record.days, shift + reference.days)
    amounts = []
    for run, start in ((record, 0.0), (reference, shift)):
        events = arrivals_by_group(run, cargo.id).get(group, NONE)
        days = events.times + start
        amounts.append(float(np.sum(events.amounts[(days >= first) & (days <= last)])) / scale_of(cargo)[0])
    return amounts[0], amounts[1]
