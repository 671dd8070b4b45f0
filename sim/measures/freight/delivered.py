"""Dry cargo sent and delivered by demand and corridor, and its transport cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.freight.selectors import (
    ALL,
    FLOW,
    all_groups_headline,
    box_flows,
    box_loads,
    flows,
    groups,
    pairs,
    select,
    total_headline,
    within,
)
from sim.measures.freight.trip_table import Loads
from sim.measures.measure import Formula, Headline, Measure
from sim.measures.record import Record
from sim.measures.series import Flags, Numbers
from sim.network.elements import Cargo

KILOTONNE = 1e3
FEU = 2.0  # TEU

Moment = Callable[[Loads], Numbers]


def delivered(loads: Loads) -> Numbers:
    """Return the time at which each load reached the end of its corridor; infinite on earlier legs."""
    return np.where(loads.last, loads.delivered, np.inf)


def departed(loads: Loads) -> Numbers:
    """Return the time at which each load left its origin; infinite on later legs."""
    return np.where(loads.first, loads.departed, np.inf)


def moved(record: Record, element: str, moment: Moment, a: float, b: float) -> Flags:
    """Return a flag for each load: whether it is of an element and its moment came in a window."""
    table = record.trip_table
    return select(record, element).of(table) & within(moment(table.loads), a, b)


def kilotonnes(moment: Moment) -> Formula:
    """Return the formula for the dry cargo of an element whose moment came in the window, by weight."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        rows = moved(record, element, moment, a, b)
        return float(record.trip_table.loads.tonnes[rows].sum()) / KILOTONNE

    return total


def boxes(moment: Moment) -> Formula:
    """Return the formula for the TEU of an element whose moment came in the window."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        table = record.trip_table
        rows = moved(record, element, moment, a, b) & box_loads(record.network, table)
        return float(table.loads.amount[rows].sum())

    return total


def _share(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the share of its senders' deliveries that went by the corridors of an element, by weight."""
    loads, selection = record.trip_table.loads, select(record, element)
    arrived = within(delivered(loads), a, b)
    rows = selection.of(record.trip_table) & arrived
    senders = np.array([id in selection.demands for id in record.trip_table.demands], dtype=bool)
    total = float(loads.tonnes[senders[loads.demand] & arrived].sum())
    return 100.0 * float(loads.tonnes[rows].sum()) / total if total > 0.0 else None


def _cost(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the mean rate of the corridors by which containers were delivered, weighted by containers."""
    table = record.trip_table
    loads = table.loads
    rows = moved(record, element, delivered, a, b) & box_loads(record.network, table)
    amount = loads.amount[rows]
    if not len(amount):
        return None
    rates = np.array([record.network.corridors[id].rate for id in table.corridors])
    return FEU * float(np.average(rates[loads.corridor[rows]], weights=amount))


def _shares(record: Record) -> list[str]:
    return [*(f"{ALL}>{group}" for group in groups(record.network)), *pairs(record)]


def _box_groups(record: Record) -> list[str]:
    """Return all corridors together (*), and each group that carries containers."""
    by_boxes = set(box_flows(record))
    return [flow for flow in (ALL, *groups(record.network)) if flow in by_boxes]


def cargo_amount(cargo: Cargo, amount: float) -> str:
    """Return an amount in words: TEU, or kt."""
    return f"{amount:,.0f} TEU" if cargo.unit == "TEU" else f"{amount / KILOTONNE:,.1f} kt"


FREIGHT = (
    Measure(
        name="containers",
        title="Containers delivered",
        unit="TEU",
        better="neither",
        definition="Containers that reached the end of their corridor in the window.",
        kind=FLOW,
        formula=boxes(delivered),
        elements=box_flows,
        headline=Headline(place=31, elements=all_groups_headline, decimals=0),
    ),
    Measure(
        name="freight",
        title="Dry cargo delivered, containers included",
        unit="kt",
        better="neither",
        definition="Containers and all other dry cargo that reached the end of its corridor, by weight.",
        kind=FLOW,
        formula=kilotonnes(delivered),
        elements=flows,
        headline=Headline(place=32, elements=all_groups_headline, decimals=1),
    ),
    Measure(
        name="containers sent",
        title="Containers that left their origin",
        unit="TEU",
        better="neither",
        definition="Containers that left their origin in the window, by train, ship or ocean.",
        kind=FLOW,
        formula=boxes(departed),
        elements=box_flows,
    ),
    Measure(
        name="sent",
        title="Dry cargo that left its origin",
        unit="kt",
        better="neither",
        definition="Containers and all other dry cargo that left its origin, by weight.",
        kind=FLOW,
        formula=kilotonnes(departed),
        elements=flows,
    ),
    Measure(
        name="corridor share",
        title="Share of deliveries",
        unit="%",
        better="neither",
        definition="Share of the senders' deliveries that went by these corridors, by weight.",
        kind=FLOW,
        formula=_share,
        elements=_shares,
    ),
    Measure(
        name="transport cost",
        title="Transport cost of containers",
        unit="USD/FEU",
        better="less",
        definition="Mean rate of the corridors by which containers were delivered, weighted by "
        "containers. The risk `premium` that shippers add is not included.",
        kind=FLOW,
        formula=_cost,
        elements=_box_groups,
        headline=Headline(place=38, elements=total_headline, decimals=0),
    ),
)
