"""Tonnes that a port handled, against its capability."""

from __future__ import annotations

import pytest
from builders import by_rail_and_ship, corridor, demand, quay, scenario, service, with_changes, yard

from sim.engine import World, prepare
from sim.errors import InputError
from sim.measures import MEASURES, Record, record_of
from sim.network.freight.bottleneck import quay_capability


@pytest.fixture(scope="module")
def record() -> Record:
    described = scenario(by_rail_and_ship(), 200.0)
    return record_of(described, World(prepare(described), 1).run())


def test_port_load_is_the_tonnage_handled_over_the_capability_of_the_quays(record: Record) -> None:
    network = record.network
    place = next(iter(network.quays.values())).place
    quays = [quay for quay in network.quays.values() if quay.place == place]
    load = max(service.load for service in network.services.values() if {*service.lines} & {*quays[0].lines})
    able = sum(2 * quay_capability(quay, load) * network.cargoes[quay.cargo].tonnes for quay in quays)
    calls = [call for call in record.journal.port_calls if call.quay in {quay.id for quay in quays}]
    tonnes = sum((c.discharged + c.loaded) * network.cargoes[quays[0].cargo].tonnes for c in calls)
    assert tonnes > 0.0
    found = MEASURES["port load"](record, place)
    assert found == pytest.approx(100.0 * tonnes / (able * record.days))


def test_a_place_without_quays_is_an_error(record: Record) -> None:
    with pytest.raises(InputError):
        MEASURES["port load"](record, "nowhere")


def test_the_capability_of_a_quay_is_for_ships_of_its_own_cargo() -> None:
    """Ferries with wagons sail the same lane from quays of their own; their load is in tonnes."""
    beside = [
        *(quay(f"{id}.ferries", id, "strait", 10_000.0, cargo="wagons") for id in ("lagoon", "cape")),
        *(yard(f"{id}.sidings", id, 9000.0, cargo="wagons") for id in ("lagoon", "cape")),
        service("ferry", "strait", 3000.0, vehicles=1, cargo="wagons"),
        service("wagon.train", "plain", 3000.0, cargo="wagons"),
        service("wagon.train2", "hill", 3000.0, cargo="wagons"),
        demand("ore", "east", "west", 0.001, cargo="wagons"),
        corridor("ore-way", "east", "west", "plain strait hill", cargo="wagons"),
    ]
    made = with_changes(by_rail_and_ship(extra=beside), **{"lagoon.quay1": {"approach": 0.5}})
    described = scenario(made, 200)
    shared = record_of(described, World(prepare(described), 1).run())
    quays = made.quays["lagoon.quay1"], made.quays["lagoon.ferries"]
    loads = made.services["boat"].load, 3000.0
    able = sum(
        2 * quay_capability(one, load) * made.cargoes[one.cargo].tonnes
        for one, load in zip(quays, loads, strict=True)
    )
    tonnes = sum(
        (call.discharged + call.loaded) * made.cargoes[made.quays[call.quay].cargo].tonnes
        for call in shared.journal.port_calls
        if made.quays[call.quay].place == "lagoon"
    )
    assert MEASURES["port load"](shared, "lagoon") == pytest.approx(100.0 * tonnes / (able * shared.days))
