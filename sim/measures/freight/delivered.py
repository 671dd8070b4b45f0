"""What boxes and wagons were sent and delivered, by whom and which way, and at what cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.freight.selectors import (
    ALL,
    WAYS,
    box_flows,
    box_loads,
    flows,
    groups,
    pairs,
    select,
    within,
)
from sim.measures.freight.trip_table import Flags, Loads
from sim.measures.measure import Formula, Measure
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.elements import Cargo

KILOTONNE = 1e3
FEU = 2.0  # TEU

Moment = Callable[[Loads], Numbers]


def delivered(loads: Loads) -> Numbers:
    """When each load reached the end of its corridor; never, if it was only on the way there."""
    return np.where(loads.last, loads.delivered, np.inf)


def set_out(loads: Loads) -> Numbers:
    """When each load left its origin; never, if it is one of a later leg."""
    return np.where(loads.first, loads.departed, np.inf)


def moved(record: Record, element: str, moment: Moment, a: float, b: float) -> Flags:
    """The loads of an element for which a moment came within a window."""
    table = record.trip_table
    return select(record, element).of(table) & within(moment(table.loads), a, b)


def kilotonnes(moment: Moment) -> Formula:
    """All dry cargo of an element for which a moment came within the window, by weight."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        rows = moved(record, element, moment, a, b)
        return float(record.trip_table.loads.tonnes[rows].sum()) / KILOTONNE

    return total


def boxes(moment: Moment) -> Formula:
    """The TEU of an element for which a moment came within the window."""

    def total(record: Record, element: str, a: float, b: float) -> float:
        table = record.trip_table
        rows = moved(record, element, moment, a, b) & box_loads(record.network, table)
        return float(table.loads.amount[rows].sum())

    return total


def _share(record: Record, element: str, a: float, b: float) -> float | None:
    """Of all that its senders had delivered, the part that went this way, by weight."""
    loads, means = record.trip_table.loads, select(record, element)
    arrived = within(delivered(loads), a, b)
    rows = means.of(record.trip_table) & arrived
    senders = np.array([id in means.demands for id in record.trip_table.demands], dtype=bool)
    whole = float(loads.tonnes[senders[loads.demand] & arrived].sum())
    return 100.0 * float(loads.tonnes[rows].sum()) / whole if whole > 0.0 else None


def _cost(record: Record, element: str, a: float, b: float) -> float | None:
    """The mean rate of the corridors by which boxes were delivered, weighed by boxes."""
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


def _ways(record: Record) -> list[str]:
    """All, and each group that containers go by."""
    by_boxes = set(box_flows(record))
    return [flow for flow in (ALL, *groups(record.network)) if flow in by_boxes]


def cargo_amount(cargo: Cargo, amount: float) -> str:
    """An amount as people say it: TEU, or kt."""
    return f"{amount:,.0f} TEU" if cargo.unit == "TEU" else f"{amount / KILOTONNE:,.1f} kt"


FREIGHT = (
    Measure(
        name="containers",
        title="Containers delivered",
        unit="TEU",
        better="neither",
        what="What reached the end of its corridor in the window.",
        by=WAYS,
        of=boxes(delivered),
        elements=box_flows,
    ),
    Measure(
        name="freight",
        title="Dry cargo delivered",
        unit="kt",
        better="neither",
        what="The same by weight, containers and all other cargo that travels.",
        by=WAYS,
        of=kilotonnes(delivered),
        elements=flows,
    ),
    Measure(
        name="containers sent",
        title="Containers that left their origin",
        unit="TEU",
        better="neither",
        what="What left its origin in the window, by train, ship or ocean.",
        by=WAYS,
        of=boxes(set_out),
        elements=box_flows,
    ),
    Measure(
        name="sent",
        title="Dry cargo that left its origin",
        unit="kt",
        better="neither",
        what="The same by weight.",
        by=WAYS,
        of=kilotonnes(set_out),
        elements=flows,
    ),
    Measure(
        name="corridor share",
        title="Share of what was delivered",
        unit="%",
        better="neither",
        what="Of what its senders had delivered, the part that went this way, by weight.",
        by=WAYS,
        of=_share,
        elements=_shares,
    ),
    Measure(
        name="transport cost",
        title="Transport cost of containers delivered",
        unit="USD/FEU",
        better="less",
        what="The mean rate of the corridors by which containers were delivered, by number. What shippers "
        "put on top for risk (`premium`) is not part of it.",
        by=WAYS,
        of=_cost,
        elements=_ways,
    ),
)
