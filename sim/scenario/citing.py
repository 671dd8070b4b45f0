"""Whether closures and changes cite their sources."""

from __future__ import annotations

from sim.errors import Faults, nearest
from sim.network.network import Network
from sim.network.sourcing import ASSUMED
from sim.scenario.origin import Origin


def check_source(
    network: Network, source: str, reasoning: dict[str, str], origin: Origin, faults: Faults
) -> None:
    """Tell a source that the network does not have, and `assumed` without its reasoning."""
    where = origin.at("source")
    if source == ASSUMED:
        if not any(reason.strip() for reason in reasoning.values()):
            keys = " or ".join(reasoning)
            faults.add(f"what is assumed needs its reasoning, in {keys}", value=source, **where)
    elif source not in network.sources:
        advice = nearest(source, [*network.sources, ASSUMED]) or "add it to sources.csv, or write assumed"
        faults.add("no source has this id", value=source, advice=advice, **where)
