"""Share of each demand that left in time, late, by ocean or not at all."""

from __future__ import annotations

import numpy as np

from sim.charts.chart import Bars, Chart, Dots, Mark, NumberAxis, Panel, Row, Text
from sim.charts.over_time import context_of
from sim.charts.style import FILLS, INK, Fill
from sim.charts.wording import amount, percent, scale_of
from sim.measures.freight.selectors import within
from sim.measures.freight.service_level import IN_TIME, NOT_SENT, REBOOKED, losses
from sim.measures.record import Record
from sim.network.freight.elements import Demand

OUTCOMES = {
    "in time": (f"left within {IN_TIME:.0f} days", FILLS[0]),
    "late": ("left later", FILLS[1]),
    "ocean": ("by ocean, as booked", FILLS[5]),
    "diverted": ("diverted to the ocean after waiting", FILLS[6]._replace(hatch="\\\\")),
    "waiting": ("still waiting at the end", FILLS[7]),
    "not sent": ("not sent", Fill(INK)),
}
TEXT_AT = 101.5  # beyond the dot of a reference run at 100 %
PERCENT_TICKS = {float(tick): str(tick) for tick in range(0, 101, 20)}


def outcome(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of what became of each demand, in percent of what was ready to go."""
    demands = demands_with_cargo(record)
    amounts = [outcomes(record, demand.id) for demand in demands]
    totals = [sum(each.values()) for each in amounts]
    marks: list[Mark] = []
    for kind, (name, fill) in OUTCOMES.items():
        lengths = [100.0 * each[kind] / total for each, total in zip(amounts, totals, strict=True)]
        if any(lengths):
            marks.append(Bars(name=name, lengths=np.array(lengths), fill=fill, stack="outcome"))
    for row, (demand, total) in enumerate(zip(demands, totals, strict=True)):
        divisor, unit = scale_of(record.network.cargoes[demand.cargo])
        marks.append(Text(x=TEXT_AT, y=float(row), text=amount(total / divisor, unit), behind_bar=True))
    marks += _reference(reference, demands) if reference else []
    panel = Panel(
        rows=tuple(Row(name=demand.name) for demand in demands),
        marks=tuple(marks),
        empty="" if demands else "Nothing was to be sent",
        height=21.0 * max(len(demands), 2),
    )
    return Chart(
        name="outcome",
        finding=finding(record),
        subject=f"What became of each demand ready at least {IN_TIME:.0f} days before the end, and its size",
        context=context_of(record, reference),
        x=NumberAxis(label="Share of what shippers had to send", unit="%", low=0.0, ticks=PERCENT_TICKS),
        panels=(panel,),
    )


def demands_with_cargo(record: Record) -> list[Demand]:
    """Return the demands that had anything to send early enough in the run."""
    demands = record.network.demands.values()
    return [demand for demand in demands if sum(outcomes(record, demand.id).values()) > 0.0]


def outcomes(record: Record, demand: str) -> dict[str, float]:
    """Return what became of what a demand had to send, in its cargo's unit, by kind (see `OUTCOMES`).

    Only what was ready early enough in the run to know whether it left in time.
    """
    table, until = record.trip_table, max(record.days - IN_TIME, 0.0)
    loads = table.loads
    rows = loads.first & within(loads.created, 0.0, until)
    rows &= loads.demand == table.demands.index(demand)
    ocean = np.array([leg.mode == "ocean" for leg in table.legs], dtype=bool)[loads.leg]
    took = loads.departed - loads.created

    def summed(which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
        return float(loads.amount[rows & which].sum())

    def lost(kinds: tuple[str, ...]) -> float:
        events = losses(record, demand, kinds, 0.0, np.inf)
        return sum(event.amount for event in events if 0.0 <= event.ready < until)

    diverted = lost(REBOOKED)
    return {
        "in time": summed(~ocean & (took <= IN_TIME)),
        "late": summed(~ocean & (took > IN_TIME) & np.isfinite(took)),
        "ocean": max(summed(ocean) - diverted, 0.0),
        "diverted": diverted,
        "waiting": summed(~ocean & ~np.isfinite(took)),
        "not sent": lost(NOT_SENT),
    }


def finding(record: Record) -> str:
    """Return, of the cargo with the worst service, which part left in time, was diverted or was not sent."""
    by_cargo: dict[str, dict[str, float]] = {}
    for demand in demands_with_cargo(record):
        summed = by_cargo.setdefault(demand.cargo, dict.fromkeys(OUTCOMES, 0.0))
        for kind, part in outcomes(record, demand.id).items():
            summed[kind] += part
    if not by_cargo:
        return "Nothing was to be sent"
    troubled = {cargo: _troubled(parts) / sum(parts.values()) for cargo, parts in by_cargo.items()}
    worst = max(troubled, key=lambda cargo: troubled[cargo])
    parts, name = by_cargo[worst], record.network.cargoes[worst].name
    total = sum(parts.values())
    if not troubled[worst]:
        return f"All cargo that went by land left within {IN_TIME:.0f} days"
    kinds = [kind for kind in ("late", "diverted", "waiting", "not sent") if parts[kind] > 0.0]
    largest = max(kinds, key=lambda kind: parts[kind])
    in_time = percent(parts["in time"] + parts["ocean"], total)
    return f"{name}: {in_time} left as planned, {percent(parts[largest], total)} {OUTCOMES[largest][0]}"


def _troubled(parts: dict[str, float]) -> float:
    return sum(parts[kind] for kind in ("late", "diverted", "waiting", "not sent"))


def _reference(reference: Record, demands: list[Demand]) -> list[Mark]:
    rows, shares = [], []
    for row, demand in enumerate(demands):
        if demand.id in reference.network.demands:
            amounts = outcomes(reference, demand.id)
            total = sum(amounts.values())
            if total > 0.0:
                rows.append(float(row))
                shares.append(100.0 * amounts["in time"] / total)
    if not rows:
        return []
    name = f"left within {IN_TIME:.0f} days in the reference run"
    hollow = [True] * len(rows)
    return [Dots(name=name, x=np.array(shares), y=np.array(rows), colour=INK, marker="D", hollow=hollow)]
