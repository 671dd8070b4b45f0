"""Sources of closures, boycotts and changes."""

from __future__ import annotations

from collections.abc import Iterable

from sim.errors import Faults, nearest
from sim.network.network import Network
from sim.network.sourcing import ASSUMED
from sim.scenario.changes import Change
from sim.scenario.origin import Origin
from sim.scenario.stated import StatedItem


def check_source(
    network: Network, source: str, reasoning: dict[str, str], origin: Origin, faults: Faults
) -> None:
    """Collect a fault for a source that the network lacks, and for `assumed` without its reasoning.

    `reasoning` has the texts that may give it, by their keys.
    """
    where = origin.at("source")
    if source == ASSUMED:
        if not any(reason.strip() for reason in reasoning.values()):
            keys = " or ".join(reasoning)
            faults.add(f"an assumption needs its reasoning, in {keys}", value=source, **where)
    elif source not in network.sources:
        advice = nearest(source, [*network.sources, ASSUMED]) or "add it to sources.csv, or write assumed"
        faults.add("no source has this id", value=source, advice=advice, **where)


def check_sources(network: Network, changes: Iterable[StatedItem[Change]], faults: Faults) -> None:
    """Collect the faults in the sources of changes."""
    for stated in changes:
        provenance = stated.provenance
        check_source(network, provenance.source, {"reason": provenance.reason}, stated.origin, faults)
