"""What a port handled of what it could."""

from __future__ import annotations

import pytest
from builders import by_rail_and_ship, scenario

from sim.engine import World, prepare
from sim.errors import InputError
from sim.measures import MEASURES, Record, record_of


@pytest.fixture(scope="module")
def record() -> Record:
    asked = scenario(by_rail_and_ship(), 200.0)
    return record_of(asked, World(prepare(asked), 1).run())


def test_port_load_is_what_was_handled_over_what_the_quays_could_have_handled(record: Record) -> None:
    from sim.network.freight_bottleneck import quay_capability

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


def test_a_place_without_quays_is_a_fault(record: Record) -> None:
    with pytest.raises(InputError):
        MEASURES["port load"](record, "nowhere")
