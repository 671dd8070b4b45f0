"""Closures of scenario files, resolved to the steps that capacities take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import ceil

from sim.errors import Faults
from sim.network.network import Network
from sim.scenario.cargo import Carried
from sim.scenario.citing import check_source
from sim.scenario.events import Disturbance
from sim.scenario.horizon import Horizon, day_of
from sim.scenario.origin import Origin
from sim.scenario.remaining import validate_remaining
from sim.scenario.schema import Closure
from sim.scenario.selection import select
from sim.scenario.stated import StatedItem
from sim.scenario.values import Moment


def disturbances(
    network: Network,
    closures: Iterable[StatedItem[Closure]],
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
        _check_dates(closure, origin, own, faults)
        _check_recovery(closure, origin, faults)
        if len(faults) == before and elements and not _outside(closure, horizon):
            resolved = disturbance(closure, elements, horizon.start)
            events.setdefault(resolved, replace(resolved, provenance=stated.provenance))
    return tuple(sorted(events.values(), key=lambda item: (item.start, item.label, item.elements)))


def _elements(network: Network, closure: Closure, origin: Origin, faults: Faults) -> tuple[str, ...]:
    ids: dict[str, None] = {}
    for pattern in closure.element:
        with faults.collecting(), origin.locating():
            ids.update(dict.fromkeys(select(network, pattern)))
        message, advice = validate_remaining(network, pattern, closure.remaining)
        if message:
            faults.add(message, value=closure.remaining, advice=advice, **origin.at("remaining"))
    return tuple(ids)


def _outside(closure: Closure, horizon: Horizon) -> bool:
    recovery = closure.recovery
    back = day_of(closure.until, horizon.start) + max([recovery.days, *(day for day, _ in recovery.steps)])
    return day_of(closure.since, horizon.start) >= horizon.days or back <= 0


def _check_dates(closure: Closure, origin: Origin, horizon: Horizon, faults: Faults) -> None:
    def report(key: str, moment: Moment, message: str, advice: str = "") -> None:
        faults.add(message, value=moment.isoformat(), advice=advice, **origin.at(key))

    since, until = day_of(closure.since, horizon.start), day_of(closure.until, horizon.start)
    announced = closure.announced_until
    begins = f"it begins on {closure.since.isoformat()}"
    if until <= since:
        report("until", closure.until, "the closure ends before it begins", begins)
    elif _outside(closure, horizon):
        key, moment = ("until", closure.until) if until <= 0 else ("from", closure.since)
        report(key, moment, "the closure lies outside the run", f"the run is {horizon}")
    if announced is not None and day_of(announced, horizon.start) < since:
        report("announced_until", announced, "was announced to end before it begins", begins)


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
