"""Use of quays, and the cargo handled over them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engine.journal import PortCall
from sim.errors import fail, nearest
from sim.measures.freight.selectors import counted_in_boxes
from sim.measures.measure import ElementKind, Measure
from sim.measures.record import Record
from sim.network.freight.elements import Quay

KILOTONNE = 1e3


def quays_meant(record: Record, element: str) -> list[Quay]:
    """Return the quays in service of an element: a quay, or all at some places (`aktau+kuryk`).

    Raises `InputError` when the run has no such quay, or none at one of the places.
    """
    network = record.network
    if element in network.quays:
        return [quay for quay in (network.quays[element],) if quay.in_service]
    with_quays = dict.fromkeys(quay.place for quay in network.quays.values())
    places = element.split("+")
    for place in places:
        if place not in with_quays:
            advice = nearest(place, [*network.quays, *with_quays]) or "a quay, or places with + between them"
            raise fail("no quay of this run matches", key="element", value=element, advice=advice)
    return [quay for quay in network.quays.values() if quay.place in places and quay.in_service]


def _calls(record: Record, element: str) -> Iterator[tuple[PortCall, Quay]]:
    quays = {quay.id: quay for quay in quays_meant(record, element)}
    return ((call, quays[call.quay]) for call in record.journal.port_calls if call.quay in quays)


def _use(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the share of a window in which the quays in service worked cargo.

    The work of a call counts as spread evenly over its stay.
    """
    worked = 0.0
    for call, _ in _calls(record, element):
        stay = call.left - call.berthed
        if stay > 0.0:
            worked += call.worked * max(0.0, min(call.left, b) - max(call.berthed, a)) / stay
    count = len(quays_meant(record, element))
    return 100.0 * worked / (count * (b - a)) if count else None


def _occupied(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the share of a window in which ships lay at the quays in service, worked or not."""
    stays = sum(max(0.0, min(call.left, b) - max(call.berthed, a)) for call, _ in _calls(record, element))
    count = len(quays_meant(record, element))
    return 100.0 * stays / (count * (b - a)) if count else None


def _handled(record: Record, element: str, a: float, b: float) -> float:
    cargoes = record.network.cargoes
    tonnes = sum(
        (call.discharged + call.loaded) * cargoes[quay.cargo].tonnes
        for call, quay in _calls(record, element)
        if a <= call.left < b
    )
    return tonnes / KILOTONNE


def _handled_boxes(record: Record, element: str, a: float, b: float) -> float:
    return sum(
        call.discharged + call.loaded
        for call, quay in _calls(record, element)
        if a <= call.left < b and counted_in_boxes(record.network, quay.cargo)
    )


def _wait(record: Record, element: str, a: float, b: float) -> float | None:
    waits = [call.berthed - call.arrived for call, _ in _calls(record, element) if a <= call.left < b]
    return 24.0 * float(np.mean(waits)) if waits else None


def _elements(record: Record) -> list[str]:
    """Return each place with quays in service, and each such quay."""
    quays = [quay for quay in record.network.quays.values() if quay.in_service]
    return [*dict.fromkeys(quay.place for quay in quays), *(quay.id for quay in quays)]


def _box_elements(record: Record) -> list[str]:
    quays = [quay for quay in record.network.quays.values() if quay.in_service]
    boxes = [quay for quay in quays if counted_in_boxes(record.network, quay.cargo)]
    return [*dict.fromkeys(quay.place for quay in boxes), *(quay.id for quay in boxes)]


QUAY = ElementKind(name="a quay, a place, or places", check=quays_meant)
QUAYS = (
    Measure(
        name="quay use",
        title="Quays working cargo",
        unit="%",
        better="neither",
        definition="Days in which cargo was worked, divided by the days of the quays in service. The work "
        "of a call counts as spread evenly over it.",
        kind=QUAY,
        formula=_use,
        elements=_elements,
    ),
    Measure(
        name="quay occupied",
        title="Quays with a ship alongside",
        unit="%",
        better="neither",
        definition="Days with a ship alongside, worked or not, divided by the days of the quays in service.",
        kind=QUAY,
        formula=_occupied,
        elements=_elements,
    ),
    Measure(
        name="handled",
        title="Dry cargo over quays",
        unit="kt",
        better="more",
        definition="Cargo discharged and loaded by ships that left in the window, by weight.",
        kind=QUAY,
        formula=_handled,
        elements=_elements,
    ),
    Measure(
        name="containers handled",
        title="Containers over quays",
        unit="TEU",
        better="more",
        definition="Containers discharged and loaded by ships that left in the window.",
        kind=QUAY,
        formula=_handled_boxes,
        elements=_box_elements,
    ),
    Measure(
        name="quay wait",
        title="Mean wait for a quay",
        unit="h",
        better="less",
        definition="From arrival in the roads to making fast, of stays that ended in the window.",
        kind=QUAY,
        formula=_wait,
        elements=_elements,
    ),
)
