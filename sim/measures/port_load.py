"""Capacity utilisation of a port: the tonnes it handled against the tonnes it could handle, all cargo."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures.measure import ElementKind, Measure, not_of_kind
from sim.measures.record import Record
from sim.network.elements import Berth
from sim.network.freight.bottleneck import quay_capability
from sim.network.freight.elements import Quay
from sim.network.oil.capacity import berth_capability, fleets_of, mean_load


def _load(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the tonnes over quays and oil berths in service of some places, in % of their capability.

    A quay could handle full ships in and out continuously (`quay_capability` each way), a berth full
    tankers one after the other (`berth_capability`).
    """
    places = element.split("+")
    network = record.network
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
    """Return the tonnes per day that a quay could handle, both ways together."""
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
    """Yield the tonnes out of and into ships in a window, each stay's spread evenly over it."""
    for call in record.journal.port_calls:
        stay = call.left - call.berthed
        if call.quay in quays and stay > 0.0:
            within = max(0.0, min(call.left, b) - max(call.berthed, a)) / stay
            tonnes = record.network.cargoes[quays[call.quay].cargo].tonnes
            yield within * (call.discharged + call.loaded) * tonnes


def _places(record: Record) -> list[str]:
    """Return the places with quays in service."""
    return [*dict.fromkeys(quay.place for quay in record.network.quays.values() if quay.in_service)]


def _check_places(record: Record, element: str) -> None:
    network = record.network
    ports = {
        *(quay.place for quay in network.quays.values()),
        *(berth.place for berth in network.berths.values()),
    }
    for place in element.split("+"):
        if place not in ports:
            raise not_of_kind(PORT.name, place, ports)


PORT = ElementKind(
    name="a place with quays or berths, or places with `+`: `aktau+kuryk`", check=_check_places
)
PORT_LOAD = (
    Measure(
        name="port load",
        title="Capacity utilisation of a port",
        unit="%",
        better="neither",
        definition="Tonnes over quays and oil berths in service, divided by the tonnes that these could "
        "handle in that time with ships always there: the figure that ports publish.",
        kind=PORT,
        formula=_load,
        elements=_places,
    ),
)
