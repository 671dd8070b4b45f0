"""Where the days go: on each leg, moving and each kind of waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.errors import fail, nearest
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.selectors import select, within
from sim.measures.freight.trip_table import Flags
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.network.freight.legs import FreightLeg

OF_MODE = {"land": ("yard", "path", "held"), "sea": ("yard", "ship", "weather", "held"), "ocean": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegDays:
    """The mean days that cargo spent on one leg, by kind (`waits.KINDS`), and how much of it that was."""

    leg: FreightLeg
    amount: float
    days: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.days.values())


def days_by_leg(record: Record, element: str, a: float = 0.0, b: float | None = None) -> list[LegDays]:
    """The legs of a corridor, group, demand or demand>group in order, each with where its days go.

    Means over what was set down at the end of the leg in the window, weighed by amount; legs on which
    nothing was are left out.
    """
    means = select(record, element)
    mine = means.of(record.trip_table)
    corridors = (numbers for id, numbers in record.freight.corridors.items() if id in means.corridors)
    found = (_leg_days(record, number, mine, a, b) for number in dict.fromkeys(sum(corridors, ())))
    return [one for one in found if one.amount > 0.0]


def _leg_days(record: Record, number: int, mine: Flags, a: float, b: float | None) -> LegDays:
    loads = record.trip_table.loads
    rows = np.flatnonzero(
        mine & (loads.leg == number) & within(loads.delivered, a, record.days if b is None else b)
    )
    weights = loads.amount[rows]
    amount = float(weights.sum())
    days = {
        kind: float(column[rows] @ weights) / amount if amount else 0.0
        for kind, column in record.time_by_activity.items()
    }
    return LegDays(leg=record.freight.legs[number], amount=amount, days=days)


def _waiting(record: Record, element: str, a: float, b: float) -> float | None:
    """Mean days of one kind (`kind@leg`), or of all waiting (`leg`), of what ended a leg in a window."""
    kind, _, rest = element.partition("@")
    kinds, id = (
        ([kind], rest) if kind in ACTIVITIES else ([one for one in ACTIVITIES if one != "moving"], element)
    )
    ids = [leg.id for leg in record.freight.legs]
    if id not in ids:
        advice = nearest(id, ids) or f"a leg, or one of {', '.join(ACTIVITIES)} @ a leg"
        raise fail("no such leg in this run", key="element", value=element, advice=advice)
    every = np.ones(len(record.trip_table.loads.leg), dtype=bool)
    found = _leg_days(record, ids.index(id), every, a, b)
    return sum(found.days[one] for one in kinds) if found.amount else None


def _elements(record: Record) -> list[str]:
    """The legs of corridors, and each kind of waiting that there can be on them."""
    used = dict.fromkeys(number for numbers in record.freight.corridors.values() for number in numbers)
    legs = [record.freight.legs[number] for number in used]
    return [
        element
        for leg in legs
        if OF_MODE[leg.mode]
        for element in (leg.id, *(f"{kind}@{leg.id}" for kind in OF_MODE[leg.mode]))
        if leg.yards[1] or not element.startswith("held@")
    ]


DAYS = (
    Measure(
        name="waiting days",
        title="Mean days waiting on a leg",
        unit="days",
        better="less",
        what="Mean days, by amount, that what was set down at the end of a leg in the window had waited on "
        "it: for a path or room ahead, in a yard, aboard and alongside, in storms, held by a full yard.",
        by="a leg, or one kind of its days",
        of=_waiting,
        elements=_elements,
    ),
)
