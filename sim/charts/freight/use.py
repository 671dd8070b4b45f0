"""Use of fleets, quays and whatever else held cargo up, in percent of the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sim.charts.chart import Bars, Chart, Dots, Mark, NumberAxis, Panel, Row, Text
from sim.charts.over_time import context_of
from sim.charts.style import FILLS, INK
from sim.charts.wording import count, percent
from sim.measures.freight.bottlenecks import bottlenecks
from sim.measures.freight.services import SERVICES
from sim.measures.freight.utilisation import Constraint, Kind
from sim.measures.record import Record

MAX_PER_KIND = 10
LOOKS = {
    "used, and cargo waits for it": FILLS[4]._replace(hatch="//"),
    "used": FILLS[0],
    "under way with room left": FILLS[7]._replace(hatch=""),
}
BINDING, USED, ROOM_LEFT = LOOKS
HEADINGS = {
    "service": "Ships",
    "quay": "Quays",
    "line": "Lines",
    "yard": "Yards, at their fullest",
    "weather": "Storms",
}
ALWAYS_SHOWN = ("service", "quay")
PERCENT_TICKS = {float(tick): str(tick) for tick in range(0, 101, 20)}


def use(record: Record, reference: Record | None = None) -> Chart:
    """Return the chart of use by fleet, quay and binding element, the most used of each kind first."""
    constraints = bottlenecks(record)
    rows: list[Row] = []
    drawn: list[Constraint | None] = []
    for kind, heading in HEADINGS.items():
        of_kind = [each for each in constraints if each.kind == kind and (kind in ALWAYS_SHOWN or each.binds)]
        if of_kind:
            most_used = _most_used(of_kind)
            rows += [Row(name=heading, heading=True), *(Row(name=each.name) for each in most_used)]
            drawn += [None, *most_used]
    baseline = {(each.kind, each.element): each.use for each in bottlenecks(reference)} if reference else {}
    panel = Panel(
        rows=tuple(rows),
        marks=(*_bars(record, drawn), *_texts(record, drawn), *_reference(drawn, baseline)),
        empty="" if rows else "No ships and no quays",
        height=21.0 * max(len(rows), 2),
    )
    return Chart(
        name="use",
        finding=finding(record, constraints),
        subject="How hard ships, quays and lines were used, % of the run",
        context=context_of(record, reference),
        x=NumberAxis(label="Use", unit="%", low=0.0, ticks=PERCENT_TICKS),
        panels=(panel,),
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
    rates_total = [each for each in constraints if each.kind in ALWAYS_SHOWN]
    if not rates_total:
        return "No ships and no quays"
    hardest = max(rates_total, key=lambda each: each.use)
    return f"No bottleneck: {hardest.name} was used most, {percent(hardest.use, 100.0)}"


def _most_used(constraints: Iterable[Constraint]) -> list[Constraint]:
    """Return the most used, ten at most, and all that bind."""
    ranked = sorted(constraints, key=lambda each: (-each.use, each.element))
    return [each for rank, each in enumerate(ranked) if rank < MAX_PER_KIND or each.binds]


def _bars(record: Record, drawn: Sequence[Constraint | None]) -> list[Mark]:
    (busy,) = (measure for measure in SERVICES if measure.name == "service busy")
    lengths = {name: np.full(len(drawn), np.nan) for name in LOOKS}
    for row, constraint in enumerate(drawn):
        if constraint is not None:
            lengths[BINDING if constraint.binds else USED][row] = constraint.use
            if constraint.kind == "service":
                room = (busy(record, constraint.element) or 0.0) - constraint.use
                lengths[ROOM_LEFT][row] = max(room, 0.0)
    return [
        Bars(name=name, lengths=each, fill=LOOKS[name], stack="use")
        for name, each in lengths.items()
        if np.any(np.nan_to_num(each) > 0.0)
    ]


def _texts(record: Record, drawn: Sequence[Constraint | None]) -> list[Mark]:
    (busy,) = (measure for measure in SERVICES if measure.name == "service busy")
    texts: list[Mark] = []
    for row, constraint in enumerate(drawn):
        if constraint is not None:
            end = max(
                constraint.use,
                (busy(record, constraint.element) or 0.0) if constraint.kind == "service" else 0.0,
            )
            text = percent(constraint.use, 100.0)
            if constraint.binds:
                cargo = record.network.cargoes[constraint.cargo].name.lower()
                text += f"; {percent(constraint.part, 100.0)} of the waiting of {cargo}"
            texts.append(Text(x=end, y=float(row), text=text, behind_bar=True))
    return texts


def _reference(drawn: Sequence[Constraint | None], baseline: dict[tuple[Kind, str], float]) -> list[Mark]:
    points = [
        (baseline[each.kind, each.element], float(row))
        for row, each in enumerate(drawn)
        if each is not None and (each.kind, each.element) in baseline
    ]
    if not points:
        return []
    x, y = (np.array(column) for column in zip(*points, strict=True))
    hollow = [True] * len(points)
    return [Dots(name="Use in the reference run", x=x, y=y, colour=INK, marker="D", hollow=hollow)]
