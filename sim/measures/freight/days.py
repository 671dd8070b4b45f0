"""Days that cargo spends on each leg, moving and in each kind of waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.errors import fail, nearest
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.selectors import select, within
from sim.measures.measure import ElementKind, Measure
from sim.measures.record import Record
from sim.measures.series import Flags
from sim.network.freight.legs import FreightLeg

OF_MODE = {"land": ("yard", "path", "held"), "sea": ("yard", "ship", "weather", "held"), "ocean": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegDays:
    """Mean days that cargo spent on one leg, by activity, and the amount of that cargo."""

    leg: FreightLeg
    amount: float
    days: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.days.values())


def days_by_leg(record: Record, element: str, a: float = 0.0, b: float | None = None) -> list[LegDays]:
    """Return the legs of a corridor, group, demand or demand>group in order, each with its mean days.

    Means are over the cargo that reached the end of the leg in the window, weighted by amount; legs
    without any are left out.
    """
    selection = select(record, element)
    selected = selection.of(record.trip_table)
    corridors = (numbers for id, numbers in record.freight.corridors.items() if id in selection.corridors)
    by_leg = (_leg_days(record, number, selected, a, b) for number in dict.fromkeys(sum(corridors, ())))
    return [leg for leg in by_leg if leg.amount > 0.0]


def _leg_days(record: Record, number: int, selected: Flags, a: float, b: float | None) -> LegDays:
    loads = record.trip_table.loads
    inside = within(loads.delivered, a, record.days if b is None else b)
    rows = np.flatnonzero(selected & (loads.leg == number) & inside)
    weights = loads.amount[rows]
    amount = float(weights.sum())
    days = {
        activity: float(column[rows] @ weights) / amount if amount else 0.0
        for activity, column in record.time_by_activity.items()
    }
    return LegDays(leg=record.freight.legs[number], amount=amount, days=days)


def _parse(record: Record, element: str) -> tuple[tuple[str, ...], int]:
    """Return the activities and the leg of `activity@leg`, or of `leg` for all waiting."""
    activity, _, rest = element.partition("@")
    waiting = tuple(each for each in ACTIVITIES if each != "moving")
    activities, id = ((activity,), rest) if activity in ACTIVITIES else (waiting, element)
    ids = [leg.id for leg in record.freight.legs]
    if id not in ids:
        advice = nearest(id, ids) or f"a leg, or one of {', '.join(ACTIVITIES)} @ a leg"
        raise fail("no such leg in this run", key="element", value=element, advice=advice)
    return activities, ids.index(id)


def _waiting(record: Record, element: str, a: float, b: float) -> float | None:
    activities, number = _parse(record, element)
    every = np.ones(len(record.trip_table.loads.leg), dtype=bool)
    leg = _leg_days(record, number, every, a, b)
    return sum(leg.days[activity] for activity in activities) if leg.amount else None


def _elements(record: Record) -> list[str]:
    """Return the legs of corridors, and each kind of waiting that can occur on them."""
    used = dict.fromkeys(number for numbers in record.freight.corridors.values() for number in numbers)
    legs = [record.freight.legs[number] for number in used]
    return [
        element
        for leg in legs
        if OF_MODE[leg.mode]
        for element in (leg.id, *(f"{activity}@{leg.id}" for activity in OF_MODE[leg.mode]))
        if leg.yards[1] or not element.startswith("held@")
    ]


DAYS = (
    Measure(
        name="waiting days",
        title="Mean days waiting on a leg",
        unit="days",
        better="less",
        definition="Mean days, by amount, that cargo which reached the end of a leg in the window had "
        "waited on it: for a path or room ahead, in a yard, aboard and alongside, in storms, held by a "
        "full yard.",
        kind=ElementKind(name="a leg, or one activity on it", check=_parse),
        formula=_waiting,
        elements=_elements,
    ),
)
