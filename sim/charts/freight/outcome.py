"""Share of each demand that left in time, late, by ocean or not at all."""

from __future__ import annotations

import numpy as np

from sim.charts.bar_rows import PERCENT_TICKS, BarRow, bar_panel
from sim.charts.chart import Chart, NumberAxis
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


def outcome(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of what became of each demand, in percent of what was ready to go."""
    rows = [_row(record, demand, reference) for demand in demands_with_cargo(record)]
    reference_name = f"left within {IN_TIME:.0f} days in the reference run"
    return Chart(
        name="outcome",
        finding=finding(record),
        subject=f"What became of each demand ready at least {IN_TIME:.0f} days before the end, and its size",
        context=context_of(record, reference),
        x=NumberAxis(label="Share of what shippers had to send", unit="%", low=0.0, ticks=PERCENT_TICKS),
        panels=(bar_panel(rows, dict(OUTCOMES.values()), reference_name, "Nothing was to be sent"),),
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


def _row(record: Record, demand: Demand, reference: Record | None) -> BarRow:
    amounts = outcomes(record, demand.id)
    total = sum(amounts.values())
    divisor, unit = scale_of(record.network.cargoes[demand.cargo])
    in_time = None
    if reference and demand.id in reference.network.demands:
        theirs = outcomes(reference, demand.id)
        in_time = 100.0 * theirs["in time"] / sum(theirs.values()) if any(theirs.values()) else None
    return BarRow(
        name=demand.name,
        parts={OUTCOMES[kind][0]: 100.0 * part / total for kind, part in amounts.items()},
        text=amount(total / divisor, unit),
        reference=in_time,
    )
