"""Service to shippers of dry cargo: sent in time, sent late, diverted to the ocean, not sent."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.engine.journal import LostCargo
from sim.measures.freight.selectors import (
    ALL,
    SENDER,
    box_loads,
    counted_in_boxes,
    groups,
    select,
    total_headline,
    within,
)
from sim.measures.freight.trip_table import TripTable
from sim.measures.measure import Formula, Headline, Measure
from sim.measures.record import Record
from sim.measures.series import Flags

KILOTONNE = 1e3
IN_TIME = 7.0  # days within which a lot should have left its origin
REBOOKED = ("rebooked",)
NOT_SENT = ("dropped", "refused")


def losses(record: Record, element: str, kinds: Iterable[str], a: float, b: float) -> list[LostCargo]:
    """Return the losses of some kinds in a window; `element` is a demand or cargo, or the group given up."""
    selection, kinds = select(record, element), set(kinds)
    all_corridors = selection.corridors == frozenset(record.network.corridors)
    return [
        lost
        for lost in record.journal.lost
        if lost.kind in kinds
        and a <= lost.time < b
        and lost.demand in selection.demands
        and (all_corridors or lost.corridor in selection.corridors)
    ]


def _lost(kinds: tuple[str, ...], in_boxes: bool) -> Formula:
    def total(record: Record, element: str, a: float, b: float) -> float:
        network, amount = record.network, 0.0
        for lost in losses(record, element, kinds, a, b):
            cargo = network.cargoes[network.demands[lost.demand].cargo]
            if not in_boxes:
                amount += lost.amount * cargo.tonnes / KILOTONNE
            elif cargo.unit == "TEU":
                amount += lost.amount
        return amount

    return total


def _in_time(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the share, by weight, of cargo created in the window that left within a week.

    Cargo created in the last week of the run is left out. Cargo that was dropped or refused did not leave
    in time, nor did cargo diverted to the ocean, which counts for the corridor given up.
    """
    table, network = record.trip_table, record.network
    loads, last = table.loads, min(b, record.days - IN_TIME)
    rows = select(record, element).of(table) & loads.first & within(loads.created, a, last)
    rows &= _as_booked(table) | (loads.loaded == loads.ready)
    in_time = rows & (loads.departed - loads.created <= IN_TIME)
    never = sum(
        lost.amount * network.cargoes[network.demands[lost.demand].cargo].tonnes
        for lost in losses(record, element, (*REBOOKED, *NOT_SENT), 0.0, record.days)
        if a <= lost.ready < last
    )
    total = float(loads.tonnes[rows].sum()) + never
    return 100.0 * float(loads.tonnes[in_time].sum()) / total if total > 0.0 else None


def _as_booked(table: TripTable) -> Flags:
    """Return a flag for each load: whether it did not go by ocean."""
    return np.array([leg.mode != "ocean" for leg in table.legs], dtype=bool)[table.loads.leg]


def _late(record: Record, element: str, a: float, b: float) -> Flags:
    """Return a flag for each load: whether it left its origin in a window, late, by the corridor booked."""
    table = record.trip_table
    loads = table.loads
    late = loads.first & within(loads.departed, a, b) & (loads.departed - loads.created > IN_TIME)
    return late & _as_booked(table) & select(record, element).of(table)


def _delayed(record: Record, element: str, a: float, b: float) -> float:
    return float(record.trip_table.loads.tonnes[_late(record, element, a, b)].sum()) / KILOTONNE


def _delayed_boxes(record: Record, element: str, a: float, b: float) -> float:
    table = record.trip_table
    rows = _late(record, element, a, b) & box_loads(record.network, table)
    return float(table.loads.amount[rows].sum())


def _senders(record: Record) -> list[str]:
    """Return all dry cargo (*), each demand, and each group; none without freight."""
    network = record.network
    return [ALL, *network.demands, *groups(network)] if network.demands else []


def _box_senders(record: Record) -> list[str]:
    network = record.network
    boxes = [id for id, demand in network.demands.items() if counted_in_boxes(network, demand.cargo)]
    corridors = {choice for id in boxes for choice in record.freight.choices[id]}
    with_boxes = (corridor.group for corridor in network.corridors.values() if corridor.id in corridors)
    return [ALL, *boxes, *dict.fromkeys(with_boxes)] if boxes else []


SERVICE_LEVEL = (
    Measure(
        name="sent on time",
        title=f"Left its origin within {IN_TIME:.0f} days",
        unit="%",
        better="more",
        definition="Share, by weight, of the cargo created in the window that left its origin within "
        f"{IN_TIME:.0f} days. Cargo of the run's last week is left out; cargo diverted to the ocean, "
        "dropped or refused did not leave in time.",
        kind=SENDER,
        formula=_in_time,
        elements=_senders,
        headline=Headline(place=35, elements=total_headline, decimals=1),
    ),
    Measure(
        name="delayed",
        title=f"Left its origin after more than {IN_TIME:.0f} days",
        unit="kt",
        better="less",
        definition="Cargo that left late, but by the corridor booked.",
        kind=SENDER,
        formula=_delayed,
        elements=_senders,
    ),
    Measure(
        name="containers delayed",
        title=f"Containers that left their origin after more than {IN_TIME:.0f} days",
        unit="TEU",
        better="less",
        definition="Containers that left late, but by the corridor booked.",
        kind=SENDER,
        formula=_delayed_boxes,
        elements=_box_senders,
    ),
    Measure(
        name="to the ocean",
        title="Diverted to the ocean",
        unit="kt",
        better="less",
        definition="Cargo that waited longer than its patience and went by ocean. A group is the one "
        "given up.",
        kind=SENDER,
        formula=_lost(REBOOKED, in_boxes=False),
        elements=_senders,
    ),
    Measure(
        name="containers to the ocean",
        title="Containers diverted to the ocean",
        unit="TEU",
        better="less",
        definition="Containers that waited longer than their patience and went by ocean.",
        kind=SENDER,
        formula=_lost(REBOOKED, in_boxes=True),
        elements=_box_senders,
        headline=Headline(place=36, elements=total_headline, decimals=0),
    ),
    Measure(
        name="not sent",
        title="Dry cargo not sent",
        unit="kt",
        better="less",
        definition="Cargo dropped after waiting longer than its patience where no ocean corridor exists, and "
        "cargo whose shippers refuse every corridor.",
        kind=SENDER,
        formula=_lost(NOT_SENT, in_boxes=False),
        elements=_senders,
        headline=Headline(place=37, elements=total_headline, decimals=1),
    ),
    Measure(
        name="containers not sent",
        title="Containers not sent",
        unit="TEU",
        better="less",
        definition="Containers dropped after waiting in vain, or whose shippers refuse every corridor.",
        kind=SENDER,
        formula=_lost(NOT_SENT, in_boxes=True),
        elements=_box_senders,
    ),
)
