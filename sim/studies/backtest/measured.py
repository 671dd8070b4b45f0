"""Check that a run has the element of a measure."""

from __future__ import annotations

from itertools import product

from sim.errors import fail, nearest
from sim.measures import DRY, MEASURES, OIL, Record

ANY = "*"
OF_OIL = frozenset(measure.name for measure in OIL)
OF_FREIGHT = frozenset(measure.name for measure in DRY)


def check_element(record: Record, measure: str, element: str) -> None:
    """Raise `InputError` with the nearest names when a run has no such element to measure.

    A measure takes more elements than a summary lists: any shipper to any market, any element of a kind,
    patterns of demands. `record` may be one without events.
    """
    listed = list(MEASURES[measure].elements(record))
    if element in listed:
        return
    if not listed:
        carried = ", ".join(record.network.cargoes)
        raise fail("the scenario has nothing of which this is measured", value=element, advice=carried)
    if measure in OF_OIL:
        _check_oil(record, listed, element)
    elif measure in OF_FREIGHT:
        try:
            MEASURES[measure](record, element)
        except KeyError:
            raise _unknown(element, listed) from None


def _check_oil(record: Record, listed: list[str], element: str) -> None:
    network = record.network
    if any(">" in name for name in listed):
        countries = dict.fromkeys(shipper.country for shipper in network.shippers.values())
        markets = dict.fromkeys(contract.market for contract in network.contracts.values())
        flows = product([ANY, *countries, *network.shippers], [ANY, *markets])
        names = [f"{origin}>{market}" for origin, market in flows]
    else:
        kinds = [table for _, table in network.kinds() if any(name in table for name in listed)]
        names = [*listed, *(id for table in kinds for id in table)]
    if element not in names:
        raise _unknown(element, names)


def _unknown(element: str, names: list[str]) -> Exception:
    few = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    return fail(
        "this is not measured of it", value=element, advice=nearest(element, names) or f"known: {few}"
    )
