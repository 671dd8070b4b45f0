"""Sources of the figures of a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sim.network.forms import units_of
from sim.network.network import Network

ASSUMED = "assumed"


def citations(text: str) -> dict[str, str]:
    """Return the source ids of a `source` cell by field; the row's default has the empty name.

    `argus-2022; tariff=assumed` cites one source for the row and marks its tariff as assumed.
    """
    cited: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, source = part.rpartition("=")
        cited[name.strip()] = source.strip()
    return cited


def sourced_numbers(network: Network) -> Iterator[tuple[str, str, float, str]]:
    """Yield every number of the network: element id, field, value in the field's unit, and source id."""
    for _, table in network.kinds():
        for element in table.values():
            cited = citations(element.source)
            for spec in fields(element):
                value = getattr(element, spec.name)
                if spec.name in units_of(type(element)) and value is not None and value != spec.default:
                    yield element.id, spec.name, value, cited.get(spec.name, cited.get("", ASSUMED))
