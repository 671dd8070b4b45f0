"""How busy quays were, and what went over them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engine.journal import PortCall
from sim.errors import fail, nearest
from sim.measures.freight.selectors import counted_in_boxes
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.network.freight.elements import Quay

KILOTONNE = 1e3


def quays_meant(record: Record, element: str) -> list[Quay]:
    """The quays in service that an element means: one by its id, or all at some places (`aktau+kuryk`)."""
    network = record.network
    places = element.split("+")
    found = [quay for quay in network.quays.values() if element == quay.id or quay.place in places]
    if not found:
        known = [*network.quays, *dict.fromkeys(quay.place for quay in network.quays.values())]
        advice = nearest(element, known) or "a quay, or places with + between them"
        raise fail("no quay of this run is meant", key="element", value=element, advice=advice)
    return [quay for quay in found if quay.in_service]


def _calls(record: Record, element: str) -> Iterator[tuple[PortCall, Quay]]:
    meant = {quay.id: quay for quay in quays_meant(record, element)}
    return ((call, meant[call.quay]) for call in record.journal.port_calls if call.quay in meant)


def _use(record: Record, element: str, a: float, b: float) -> float | None:
    """The share of a window in which cargo was worked at the quays in service.

    The work of a call is taken as spread evenly over its stay.
    """
    worked = 0.0
    for call, _ in _calls(record, element):
        stay = call.left - call.berthed
        if stay > 0.0:
            worked += call.worked * max(0.0, min(call.left, b) - max(call.berthed, a)) / stay
    count = len(quays_meant(record, element))
    return 100.0 * worked / (count * (b - a)) if count else None


def _occupied(record: Record, element: str, a: float, b: float) -> float | None:
    """The share of a window in which ships lay at the quays in service, worked or not."""
    lain = sum(max(0.0, min(call.left, b) - max(call.berthed, a)) for call, _ in _calls(record, element))
    count = len(quays_meant(record, element))
    return 100.0 * lain / (count * (b - a)) if count else None


def _handled(record: Record, element: str, a: float, b: float) -> float:
    cargoes = record.network.cargoes
    return (
        sum(
            (call.discharged + call.loaded) * cargoes[quay.cargo].tonnes
            for call, quay in _calls(record, element)
            if a <= call.left < b
        )
        / KILOTONNE
    )


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
    """Each place with quays in service, and each such quay."""
    quays = [quay for quay in record.network.quays.values() if quay.in_service]
    return [*dict.fromkeys(quay.place for quay in quays), *(quay.id for quay in quays)]


def _box_elements(record: Record) -> list[str]:
    quays = [quay for quay in record.network.quays.values() if quay.in_service]
    boxes = [quay for quay in quays if counted_in_boxes(record.network, quay.cargo)]
    return [*dict.fromkeys(quay.place for quay in boxes), *(quay.id for quay in boxes)]


OF_QUAYS = "a quay, a place, or places"
QUAYS = (
    Measure(
        name="quay use",
        title="Quays with cargo being worked",
        unit="%",
        better="neither",
        what="Days in which cargo moved, against days of the quays in service. The work of a call counts "
        "as spread evenly over it.",
        by=OF_QUAYS,
        of=_use,
        elements=_elements,
    ),
    Measure(
        name="quay occupied",
        title="Quays with a ship alongside",
        unit="%",
        better="neither",
        what="Days in which a ship lay there, worked or not, against days of the quays in service.",
        by=OF_QUAYS,
        of=_occupied,
        elements=_elements,
    ),
    Measure(
        name="handled",
        title="Dry cargo over quays",
        unit="kt",
        better="more",
        what="What ships that left in the window had unloaded and loaded, by weight.",
        by=OF_QUAYS,
        of=_handled,
        elements=_elements,
    ),
    Measure(
        name="containers handled",
        title="Containers over quays",
        unit="TEU",
        better="more",
        what="The same of containers, in TEU.",
        by=OF_QUAYS,
        of=_handled_boxes,
        elements=_box_elements,
    ),
    Measure(
        name="quay wait",
        title="Mean wait for a quay",
        unit="h",
        better="less",
        what="From coming to the roads to making fast, of stays that ended in the window.",
        by=OF_QUAYS,
        of=_wait,
        elements=_elements,
    ),
)
