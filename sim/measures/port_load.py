"""How much of what a port could handle it did handle, oil and dry cargo together."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import fail, nearest
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.network.elements import Berth
from sim.network.freight.bottleneck import quay_capability
from sim.network.freight.elements import Quay
from sim.network.oil.capacity import berth_capability, fleets_of, mean_load


def _load(record: Record, element: str, a: float, b: float) -> float | None:
    """Tonnes over the quays and oil berths in service of some places, against what they could have handled.

    A quay could handle a full ship in and out again and again (`quay_capability` each way), a berth full
    tankers one after the other (`berth_capability`).
    """
    places = element.split("+")
    network = record.network
    known = {
        *(quay.place for quay in network.quays.values()),
        *(berth.place for berth in network.berths.values()),
    }
    for place in places:
        if place not in known:
            raise fail("no quay or berth of this run is there", value=place, advice=nearest(place, known))
    quays = {quay.id: quay for quay in network.quays.values() if quay.place in places and quay.in_service}
    berths = {
        berth.id: berth for berth in network.berths.values() if berth.place in places and berth.in_service
    }
    able = sum(_of_quay(record, quay) for quay in quays.values())
    able += sum(_of_berth(record, berth) for berth in berths.values())
    handled = sum(_over_quays(record, quays, a, b))
    handled += sum(call.load for call in record.journal.calls if call.berth in berths and a <= call.left < b)
    return 100.0 * handled / (able * (b - a)) if able else None


def _of_quay(record: Record, quay: Quay) -> float:
    """Tonnes a day that a quay could handle, both ways together."""
    network = record.network
    loads = [
        service.load
        for service in network.services.values()
        if service.cargo == quay.cargo and {*service.lines} & {*quay.lines}
    ]
    tonnes = network.cargoes[quay.cargo].tonnes
    return 2.0 * quay_capability(quay, max(loads)) * tonnes if loads else 0.0


def _of_berth(record: Record, berth: Berth) -> float:
    fleets = {fleet.id: fleet for lane in berth.lanes for fleet in fleets_of(record.network, lane)}
    return berth_capability(berth, mean_load([*fleets.values()]))


def _over_quays(record: Record, quays: dict[str, Quay], a: float, b: float) -> Iterator[float]:
    """Tonnes out of and into ships, each stay's as spread evenly over it."""
    for call in record.journal.port_calls:
        stay = call.left - call.berthed
        if call.quay in quays and stay > 0.0:
            within = max(0.0, min(call.left, b) - max(call.berthed, a)) / stay
            tonnes = record.network.cargoes[quays[call.quay].cargo].tonnes
            yield within * (call.discharged + call.loaded) * tonnes


def _places(record: Record) -> list[str]:
    """Places with quays in service."""
    return [*dict.fromkeys(quay.place for quay in record.network.quays.values() if quay.in_service)]


PORT_LOAD = (
    Measure(
        name="port load",
        title="Handled, of what the port could handle",
        unit="%",
        better="neither",
        what="Tonnes over quays and oil berths in service, against what these could have handled in that "
        "time with ships always there: what ports mean by the use of their capacity.",
        by="a place, or places with `+`: `aktau+kuryk`",
        of=_load,
        elements=_places,
    ),
)
