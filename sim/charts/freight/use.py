"""Use of fleets, quays and whatever else held cargo up, in percent of the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.charts.bar_rows import PERCENT_TICKS, BarRow, bar_panel
from sim.charts.chart import Chart, NumberAxis
from sim.charts.over_time import context_of
from sim.charts.style import FILLS
from sim.charts.wording import count, percent
from sim.measures import MEASURES
from sim.measures.freight.bottlenecks import bottlenecks
from sim.measures.freight.utilisation import Constraint, Kind
from sim.measures.record import Record

MAX_PER_KIND = 10
LOOKS = {
    "used, and cargo waits for it": FILLS[4]._replace(hatch="//"),
    "used": FILLS[0],
    "under way with room left": FILLS[7]._replace(hatch=""),
}
BINDING, USED, ROOM_LEFT = LOOKS
HEADINGS: dict[Kind, str] = {
    "service": "Ships",
    "quay": "Quays",
    "line": "Lines",
    "yard": "Yards, at their fullest",
    "weather": "Storms",
}
ALWAYS_DRAWN = ("service", "quay")


def use(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of use by fleet, quay and binding element, the most used of each kind first."""
    constraints = bottlenecks(record)
    baseline = {(each.kind, each.element): each.use for each in bottlenecks(reference)} if reference else {}
    rows: list[BarRow] = []
    for kind, heading in HEADINGS.items():
        of_kind = [each for each in constraints if each.kind == kind and (kind in ALWAYS_DRAWN or each.binds)]
        if of_kind:
            rows.append(BarRow(name=heading, heading=True))
            rows += [_row(record, each, baseline.get((kind, each.element))) for each in _most_used(of_kind)]
    return Chart(
        name="use",
        finding=finding(record, constraints),
        subject="How hard ships, quays and lines were used, % of the run",
        context=context_of(record, reference),
        x=NumberAxis(label="Use", unit="%", low=0.0, ticks=PERCENT_TICKS),
        panels=(bar_panel(rows, LOOKS, "Use in the reference run", "No ships and no quays"),),
        note=f"{count(sum(each.binds for each in constraints), 'bottleneck')}. Ships: time not spent waiting "
        "for cargo, times how full they sailed in the fuller direction. Quays: time with cargo being worked.",
    )


def finding(record: Record, constraints: Sequence[Constraint]) -> str:
    """Return the element that most cargo waits for, or the most used one if nothing binds."""
    binding = [each for each in constraints if each.binds]
    if binding:
        first = max(binding, key=lambda each: each.part)
        cargo = record.network.cargoes[first.cargo].name.lower()
        words = f"{first.name}: {percent(first.use, 100.0)} used"
        return f"{words}, {percent(first.part, 100.0)} of all waiting of {cargo}"
    ships_and_quays = [each for each in constraints if each.kind in ALWAYS_DRAWN]
    if not ships_and_quays:
        return "No ships and no quays"
    hardest = max(ships_and_quays, key=lambda each: each.use)
    return f"No bottleneck: {hardest.name} was used most, {percent(hardest.use, 100.0)}"


def _most_used(constraints: Iterable[Constraint]) -> list[Constraint]:
    """Return the most used, ten at most, and all that bind."""
    ranked = sorted(constraints, key=lambda each: (-each.use, each.element))
    return [each for rank, each in enumerate(ranked) if rank < MAX_PER_KIND or each.binds]


def _row(record: Record, constraint: Constraint, reference: float | None) -> BarRow:
    parts = {BINDING if constraint.binds else USED: constraint.use}
    text = percent(constraint.use, 100.0)
    if constraint.kind == "service":
        busy = MEASURES["service busy"](record, constraint.element) or 0.0
        parts[ROOM_LEFT] = max(busy - constraint.use, 0.0)
    if constraint.binds:
        cargo = record.network.cargoes[constraint.cargo].name.lower()
        text += f"; {percent(constraint.part, 100.0)} of the waiting of {cargo}"
    return BarRow(name=constraint.name, parts=parts, text=text, reference=reference)
