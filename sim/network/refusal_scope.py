"""Elements that a corridor uses, any of which a boycott may refuse."""

from __future__ import annotations

from collections.abc import Mapping

from sim.network.freight.legs import find_legs
from sim.network.network import Network


def corridor_elements(network: Network) -> Mapping[str, frozenset[str]]:
    """Return the ids of lines, services and quays in service that each corridor uses or may use, by its id.

    The corridors must be sound (see `checks`).
    """
    routes = find_legs(network)
    elements: dict[str, frozenset[str]] = {}
    for corridor in network.corridors.values():
        legs = [routes.legs[index] for index in routes.corridors[corridor.id]]
        by_sea = {line for leg in legs if leg.mode == "sea" for line in leg.lines}
        elements[corridor.id] = frozenset(
            [
                *corridor.lines,
                *(service for leg in legs for service in leg.services),
                *(
                    quay.id
                    for quay in network.quays.values()
                    if quay.cargo == corridor.cargo and quay.in_service and by_sea & set(quay.lines)
                ),
            ]
        )
    return elements
