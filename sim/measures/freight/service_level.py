"""What shippers were served and what not: sent in time, sent late, gone by the ocean instead, not sent."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.engine.journal import LostCargo
from sim.measures.freight.selectors import ALL, box_loads, counted_in_boxes, groups, select, within
from sim.measures.freight.trip_table import Flags, TripTable
from sim.measures.measure import Formula, Measure
from sim.measures.record import Record

KILOTONNE = 1e3
IN_TIME = 7.0  # days within which a lot should have left its origin
REBOOKED = ("rebooked",)
NOT_SENT = ("dropped", "refused")
SENDERS = "a demand, a cargo, a group"


def losses(record: Record, element: str, kinds: Iterable[str], a: float, b: float) -> list[LostCargo]:
    """What was lost in these ways in a window; `element` names a demand or cargo, or the group given up."""
    means, kinds = select(record, element), set(kinds)
    all_ways = means.corridors == frozenset(record.network.corridors)
    return [
        lost
        for lost in record.journal.lost
        if lost.kind in kinds
        and a <= lost.time < b
        and lost.demand in means.demands
        and (all_ways or lost.corridor in means.corridors)
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
    """Of what was born early enough in the window to tell, the part that left within a week, by weight.

    What was dropped or refused did not leave in time, nor did what was rebooked, which counts for the
    corridor given up.
    """
    table, network = record.trip_table, record.network
    loads, last = table.loads, min(b, record.days - IN_TIME)
    rows = select(record, element).of(table) & loads.first & within(loads.created, a, last)
    rows &= _own_way(table) | (loads.loaded == loads.ready)
    left = rows & (loads.departed - loads.created <= IN_TIME)
    never = sum(
        lost.amount * network.cargoes[network.demands[lost.demand].cargo].tonnes
        for lost in losses(record, element, (*REBOOKED, *NOT_SENT), 0.0, record.days)
        if a <= lost.ready < last
    )
    whole = float(loads.tonnes[rows].sum()) + never
    return 100.0 * float(loads.tonnes[left].sum()) / whole if whole > 0.0 else None


def _own_way(table: TripTable) -> Flags:
    """The loads that did not go by the ocean."""
    return np.array([leg.mode != "ocean" for leg in table.legs], dtype=bool)[table.loads.leg]


def _late(record: Record, element: str, a: float, b: float) -> Flags:
    """The loads that left their origin in a window, late, but the way that they had booked."""
    table = record.trip_table
    loads = table.loads
    late = loads.first & within(loads.departed, a, b) & (loads.departed - loads.created > IN_TIME)
    return late & _own_way(table) & select(record, element).of(table)


def _delayed(record: Record, element: str, a: float, b: float) -> float:
    return float(record.trip_table.loads.tonnes[_late(record, element, a, b)].sum()) / KILOTONNE


def _delayed_boxes(record: Record, element: str, a: float, b: float) -> float:
    table = record.trip_table
    rows = _late(record, element, a, b) & box_loads(record.network, table)
    return float(table.loads.amount[rows].sum())


def _senders(record: Record) -> list[str]:
    """All, each demand, and each group; none without freight."""
    network = record.network
    return [ALL, *network.demands, *groups(network)] if network.demands else []


def _box_senders(record: Record) -> list[str]:
    network = record.network
    boxes = [id for id, demand in network.demands.items() if counted_in_boxes(network, demand.cargo)]
    ways = {choice for id in boxes for choice in record.freight.choices[id]}
    by_boxes = dict.fromkeys(one.group for one in network.corridors.values() if one.id in ways)
    return [ALL, *boxes, *by_boxes] if boxes else []


def _pair(name: str, title: str, what: str, tonnes: Formula, boxes: Formula) -> tuple[Measure, Measure]:
    """A measure of all dry cargo by weight, and the same of containers in TEU."""
    return (
        Measure(
            name=name,
            title=title,
            unit="kt",
            better="less",
            what=what,
            by=SENDERS,
            of=tonnes,
            elements=_senders,
        ),
        Measure(
            name=f"containers {name}",
            title=f"Containers: {title[0].lower()}{title[1:]}",
            unit="TEU",
            better="less",
            what="The same of containers, in TEU.",
            by=SENDERS,
            of=boxes,
            elements=_box_senders,
        ),
    )


SERVICE_LEVEL = (
    Measure(
        name="sent on time",
        title=f"Left its origin within {IN_TIME:.0f} days",
        unit="%",
        better="more",
        what="Of what was born early enough to tell, the part by weight that left its origin within "
        f"{IN_TIME:.0f} days; what gave up, was dropped or refused did not.",
        by=SENDERS,
        of=_in_time,
        elements=_senders,
    ),
    *_pair(
        *("delayed", f"Left its origin after more than {IN_TIME:.0f} days"),
        "What left late, but the way that it was booked.",
        *(_delayed, _delayed_boxes),
    ),
    *_pair(
        *("to the ocean", "Gave up waiting, by ocean instead"),
        "What waited for longer than its patience and went by the ocean. A group is the one given up.",
        *(_lost(REBOOKED, False), _lost(REBOOKED, True)),
    ),
    *_pair(
        *("not sent", "Not sent at all"),
        "What was dropped after waiting in vain where no ocean leads, and what found no corridor that its "
        "shippers would use.",
        *(_lost(NOT_SENT, False), _lost(NOT_SENT, True)),
    ),
)
