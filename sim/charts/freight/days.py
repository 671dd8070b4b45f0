"""Mean days of a cargo on each leg of its main corridor, and on the whole way by each corridor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.charts.bar_rows import BarRow, bar_panel
from sim.charts.chart import Chart, NumberAxis
from sim.charts.freight.groups import main_choices, main_corridor
from sim.charts.over_time import context_of
from sim.charts.style import FILLS, INK, Fill
from sim.charts.wording import number, percent
from sim.measures.freight.activities import ACTIVITIES
from sim.measures.freight.days import days_by_leg
from sim.measures.freight.selectors import ALL
from sim.measures.record import Record
from sim.network.elements import Cargo

NOTHING = "Nothing came through"
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


def days(record: Record, cargo: Cargo, reference: Record | None = None) -> Chart:
    """Return the chart of days by activity, on the legs of the main corridor and by whole corridors."""
    baseline = {row.name: row.total for row in rows_of(reference, cargo) if row.parts} if reference else {}
    rows = [replace(row, reference=baseline.get(row.name)) for row in rows_of(record, cargo)]
    main = main_corridor(record, cargo.id)
    legs = f"; legs of {main.name}" if main else ""
    return Chart(
        name="days",
        finding=finding(record, cargo),
        subject=f"{cargo.name}: mean days by activity{legs}",
        context=context_of(record, reference if baseline else None),
        x=NumberAxis(label="Mean days", unit="days", low=0.0),
        panels=(bar_panel(rows, dict(LOOKS.values()), "Total in the reference run", NOTHING),),
        note="Legs: all cargo on them, whichever corridor it followed. Whole corridors: only what went by "
        "each, so that the legs need not add up to it.",
    )


def rows_of(record: Record, cargo: Cargo) -> list[BarRow]:
    """Return the legs of the main corridor and, below, the whole corridors that its cargo may choose."""
    main = main_corridor(record, cargo.id)
    if main is None:
        return []
    routes, places = record.freight, record.network.places
    by_leg = {each.leg: each.days for each in days_by_leg(record, ALL)}
    rows = [BarRow(name=f"Legs of the {main.group} corridor", heading=True)]
    for index in routes.corridors[main.id]:
        leg = routes.legs[index]
        rows.append(_row(f"{places[leg.start].name} → {places[leg.end].name}", [by_leg.get(leg, {})]))
    rows.append(BarRow(name="Whole corridors", heading=True))
    for corridor in main_choices(record, cargo.id):
        by_it = {each.leg: each.days for each in days_by_leg(record, corridor.id)}
        legs = [by_it.get(routes.legs[index], {}) for index in routes.corridors[corridor.id]]
        rows.append(_row(corridor.name, legs))
    return rows


def finding(record: Record, cargo: Cargo) -> str:
    """Return the days on the whole main corridor and the activity, other than moving, that takes most."""
    main = main_corridor(record, cargo.id)
    row = next((row for row in rows_of(record, cargo) if main and row.name == main.name and row.parts), None)
    if row is None:
        return "Nothing came all the way through the main corridor"
    longest = max(WORDS, key=lambda kind: row.parts[LOOKS[kind][0]])
    waited = row.parts[LOOKS[longest][0]]
    took = f"{row.name}: {number(row.total)} days"
    if not waited:
        return f"{took}, all of them moving"
    return f"{took}, {percent(waited, row.total)} of them {WORDS[longest]}"


def _row(name: str, legs: Sequence[Mapping[str, float]]) -> BarRow:
    """Return the row of some legs together; without bars if nothing came through one of them."""
    if not legs or not all(legs):
        return BarRow(name=name, text="nothing came through")
    parts = {LOOKS[kind][0]: sum(leg[kind] for leg in legs) for kind in ACTIVITIES}
    return BarRow(name=name, parts=parts, text=f"{sum(parts.values()):.1f}")
