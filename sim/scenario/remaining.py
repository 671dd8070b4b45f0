"""Checks of the share of an element that a closure leaves open."""

from __future__ import annotations

from sim.network.network import Network


def validate_remaining(network: Network, id: str, remaining: float) -> tuple[str, str]:
    """Return the fault of leaving a share of an element open, and advice; both empty if there is none."""
    if 0.0 < remaining < 1.0:
        message, advice = _partial_fault(network, id)
        if message:
            return message, advice
    load = _largest_load(network, id)
    if id in network.stocks and network.stocks[id].capacity * remaining < load:
        message = f"leaves less room than a ship's load, which is {load:g}, so no ship could ever be served"
        return message, "close its berths"
    return "", ""


def _partial_fault(network: Network, id: str) -> tuple[str, str]:
    """The fault of a partial closure of an element that is either shut or open, and advice."""
    link, line = network.links.get(id), network.lines.get(id)
    if link is not None and link.mode == "sea":
        return "a sea lane is shut or open, not partly", "0 or 1 here; to limit it, cut its berths or fleets"
    if line is not None and line.mode == "sea":
        return "a sea line is shut or open, not partly", "0 or 1 here; to limit it, cut its quays or services"
    if line is not None and line.mode == "ocean":
        return "the ocean is shut or open, not partly", "0 or 1 here"
    if line is not None and line.paths is None:
        return "a line without paths is shut or open, not partly", "0 or 1 here, or give it paths"
    return "", ""


def _largest_load(network: Network, stock: str) -> float:
    """The largest load of the finite fleets that a stock fills or is filled by."""
    if stock not in network.stocks:
        return 0.0
    described = network.stocks[stock]
    lanes = {
        link.id
        for link in network.links.values()
        if link.mode == "sea" and (link.id == described.feeds or link.destination == described.place)
    }
    fleets = (fleet for fleet in network.fleets.values() if fleet.vessels and lanes & set(fleet.lanes))
    return max((fleet.load for fleet in fleets), default=0.0)
