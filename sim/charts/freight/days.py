"""Mean days of a cargo on each leg of its main corridor, and on the whole way by each corridor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.chart import Bars, Chart, Dots, Mark, NumberAxis, Panel, Row, Text
from sim.charts.freight.groups import main_choices, main_corridor
from sim.charts.over_time import context_of
from sim.charts.style import FILLS, INK, Fill
from sim.charts.wording import number, percent
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.days import days_by_leg
from sim.measures.freight.selectors import ALL
from sim.measures.record import Record
from sim.network.elements import Cargo

BEYOND_DOT = 0.012  # of the longest bar
WORDS = {
    "path": "waiting for a path",
    "yard": "in yards",
    "ship": "at quays",
    "weather": "in storms",
    "held": "held before a full yard",
}
LOOKS = {
    "moving": ("moving, borders included", FILLS[0]),
    "path": ("waiting for a path, or room ahead", FILLS[1]),
    "yard": ("in a yard, for a train or ship", FILLS[3]),
    "ship": ("loading, waiting for a quay, unloading", FILLS[4]),
    "weather": ("storm", FILLS[5]),
    "held": ("held, the yard ahead being full", Fill(INK)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A leg or a whole corridor: its name and mean days by activity; none if nothing came through it."""

    name: str
    days: Mapping[str, float]
    heading: bool = False

    @property
    def total(self) -> float:
        return sum(self.days.values())


def days(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of days by activity, on the legs of the main corridor and by whole corridors."""
    ways = ways_of(record, cargo)
    baseline = {way.name: way.total for way in ways_of(reference, cargo) if way.days} if reference else {}
    main = main_corridor(record, cargo.id)
    panel = Panel(
        rows=tuple(Row(name=way.name, heading=way.heading) for way in ways),
        marks=(*_bars(ways), *_texts(ways, baseline), *_reference(ways, baseline)),
        empty="" if any(way.days for way in ways) else "Nothing came through",
        height=21.0 * max(len(ways), 2),
    )
    legs = f"; legs of {main.name}" if main else ""
    return Chart(
        name="days",
        finding=finding(record, cargo),
        subject=f"{cargo.name}: mean days by activity{legs}",
        context=context_of(record, reference if baseline else None),
        x=NumberAxis(label="Mean days", unit="days", low=0.0),
        panels=(panel,),
        note="Legs: all cargo on them, whichever corridor it followed. Whole corridors: only what went by "
        "each, so that the legs need not add up to it.",
    )


def ways_of(record: Record, cargo: Cargo) -> list[Way]:
    """Return the legs of the main corridor and, below, the whole corridors that its cargo may choose."""
    main = main_corridor(record, cargo.id)
    if main is None:
        return []
    routes, places = record.freight, record.network.places
    by_leg = {each.leg: each.days for each in days_by_leg(record, ALL)}
    ways = [Way(name=f"Legs of the {main.group} corridor", days={}, heading=True)]
    for index in routes.corridors[main.id]:
        leg = routes.legs[index]
        name = f"{places[leg.start].name} → {places[leg.end].name}"
        ways.append(Way(name=name, days=by_leg.get(leg, {})))
    ways.append(Way(name="Whole corridors", days={}, heading=True))
    for corridor in main_choices(record, cargo.id):
        by_it = {each.leg: each.days for each in days_by_leg(record, corridor.id)}
        legs = [by_it.get(routes.legs[index], {}) for index in routes.corridors[corridor.id]]
        ways.append(Way(name=corridor.name, days=_summed(legs)))
    return ways


def finding(record: Record, cargo: Cargo) -> str:
    """Return the days on the whole main corridor and the activity, other than moving, that takes most."""
    main = main_corridor(record, cargo.id)
    way = next((way for way in ways_of(record, cargo) if main and way.name == main.name and way.days), None)
    if way is None:
        return "Nothing came all the way through the main corridor"
    waits = {kind: spent for kind, spent in way.days.items() if kind != "moving"}
    longest = max(waits, key=lambda kind: waits[kind], default="")
    took = f"{way.name}: {number(way.total)} days"
    if not longest or not waits[longest]:
        return f"{took}, all of them moving"
    return f"{took}, {percent(waits[longest], way.total)} of them {WORDS[longest]}"


def _summed(legs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {kind: sum(leg[kind] for leg in legs) for kind in ACTIVITIES} if legs and all(legs) else {}


def _bars(ways: Sequence[Way]) -> list[Mark]:
    bars: list[Mark] = []
    for kind in ACTIVITIES:
        name, fill = LOOKS[kind]
        lengths = np.array([way.days.get(kind, np.nan) for way in ways], dtype=float)
        if np.any(np.nan_to_num(lengths) > 0.0):
            bars.append(Bars(name=name, lengths=lengths, fill=fill, stack="days"))
    return bars


def _texts(ways: Sequence[Way], baseline: Mapping[str, float]) -> list[Mark]:
    """Return the totals, written beyond the bar and the dot of the reference run."""
    room = BEYOND_DOT * max((way.total for way in ways), default=0.0)
    return [
        Text(
            x=max(way.total, baseline.get(way.name, -room) + room),
            y=float(row),
            text=f"{way.total:.1f}" if way.days else "nothing came through",
            behind_bar=True,
        )
        for row, way in enumerate(ways)
        if not way.heading
    ]


def _reference(ways: Sequence[Way], baseline: Mapping[str, float]) -> list[Mark]:
    rows = [row for row, way in enumerate(ways) if way.name in baseline]
    if not rows:
        return []
    totals = np.array([baseline[ways[row].name] for row in rows])
    y = np.array(rows, dtype=float)
    hollow = [True] * len(rows)
    return [Dots(name="Total in the reference run", x=totals, y=y, colour=INK, marker="D", hollow=hollow)]
