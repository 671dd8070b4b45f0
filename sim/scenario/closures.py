"""Closures of scenario files, resolved to the steps that capacities take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import ceil

from sim.errors import Faults, fail
from sim.network.network import Network
from sim.scenario.cargo import Carried
from sim.scenario.events import Disturbance, in_order
from sim.scenario.provenance import Origin, Statement, check_source
from sim.scenario.schema import Closure
from sim.scenario.selection import select
from sim.scenario.situation import Horizon, check_dates, day_of, is_outside


def disturbances(
    network: Network,
    closures: Iterable[Statement[Closure]],
    carried: Carried,
    horizon: Horizon,
    faults: Faults,
) -> tuple[Disturbance, ...]:
    """Return the closures of a run in order of their start; one stated twice counts once.

    A closure that lies in the run of the file that states it, but outside this run, which is shorter or
    moves fewer cargoes, is left out.
    """
    events: dict[Disturbance, Disturbance] = {}
    for stated in closures:
        closure, origin = stated.item, stated.origin
        before = len(faults)
        chosen = _elements(network, closure, origin, faults)
        value = " ".join(closure.element)
        elements = carried.present(chosen, stated.cargo, value, "element", origin, faults)
        reasoning = {"note": closure.note, "cause": closure.cause}
        check_source(network, closure.source, reasoning, origin, faults)
        own = Horizon(stated.start or horizon.start, stated.end or horizon.end)
        with faults.collecting(), origin.locating():
            check_dates(disturbance(closure, elements, own.start), own)
        _check_recovery(closure, origin, faults)
        resolved = disturbance(closure, elements, horizon.start)
        if len(faults) == before and elements and not is_outside(resolved, horizon):
            events.setdefault(resolved, replace(resolved, provenance=stated.provenance))
    return in_order(events.values())


def _elements(network: Network, closure: Closure, origin: Origin, faults: Faults) -> tuple[str, ...]:
    ids: dict[str, None] = {}
    for pattern in closure.element:
        with faults.collecting(), origin.locating():
            ids.update(dict.fromkeys(select(network, pattern)))
            check_remaining(network, pattern, closure.remaining)
    return tuple(ids)


def _check_recovery(closure: Closure, origin: Origin, faults: Faults) -> None:
    steps = closure.recovery.steps
    if steps and steps[0][1] < closure.remaining:
        message = f"the first step leaves less than the closure did, which is {closure.remaining:g}"
        faults.add(message, value=steps[0][1], **origin.at("recovery"))


def disturbance(closure: Closure, elements: tuple[str, ...], start: date) -> Disturbance:
    """Return a closure with its steps: down at its start, and back up by its recovery."""
    until = day_of(closure.until, start)
    announced = closure.announced_until or closure.until
    steps = [(day_of(closure.since, start), closure.remaining), *recovery_steps(closure, until)]
    return Disturbance(
        label=closure.label or closure.cause or ", ".join(closure.element),
        elements=elements,
        steps=tuple(steps),
        announced=day_of(announced, start),
        planned=closure.planned,
        cause=closure.cause,
        source=closure.source,
    )


def recovery_steps(closure: Closure, until: float) -> list[tuple[float, float]]:
    """Return the steps of a recovery as pairs of day and share.

    A line becomes a step for each day, and one for the part of a day at its end, at the line's mean
    over it, so that the same amount passes.
    """
    recovery, low = closure.recovery, closure.remaining
    if recovery.shape == "linear":
        edges = [*map(float, range(ceil(recovery.days))), recovery.days]
        means = [(begin + end) / 2 / recovery.days for begin, end in pairwise(edges)]
        line = zip(edges, [*(low + (1 - low) * mean for mean in means), 1.0], strict=True)
        return [(until + edge, share) for edge, share in line]
    if recovery.shape == "steps":
        back = [(until + days, max(low, share)) for days, share in recovery.steps]
        return back if back[0][0] == until else [(until, low), *back]
    return [(until, 1.0)]


def check_remaining(network: Network, id: str, remaining: float, lead: str = "") -> None:
    """Raise an `InputError` if a closure cannot leave this share of an element open.

    Its message begins with `lead`, where the element or the closure would not be clear without.
    """
    lead = f"{lead}: " if lead else ""
    if 0.0 < remaining < 1.0:
        message, advice = _partial_fault(network, id)
        if message:
            raise fail(f"{lead}{message}", key="remaining", value=remaining, advice=advice)
    load = _largest_load(network, id)
    if id in network.stocks and network.stocks[id].capacity * remaining < load:
        message = f"leaves less room than a ship's load, which is {load:g}, so no ship could ever be served"
        raise fail(f"{lead}{message}", key="remaining", value=remaining, advice="close its berths")


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
