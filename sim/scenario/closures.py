"""From closures as written to the steps that capacities take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import ceil

from sim.errors import Faults
from sim.network.network import Network
from sim.scenario.cargo import Carried
from sim.scenario.citing import check_source
from sim.scenario.horizon import Horizon, day_of
from sim.scenario.merging import Said
from sim.scenario.origin import Origin
from sim.scenario.remaining import unfit
from sim.scenario.schema import Closure, Disturbance
from sim.scenario.selection import select
from sim.scenario.values import Moment


def disturbances(
    network: Network, closures: Iterable[Said[Closure]], carried: Carried, horizon: Horizon, faults: Faults
) -> tuple[Disturbance, ...]:
    """All closures of a run in order of their start, the same one said twice counted once.

    One that was in the run of the file that says it, but is not in this run, which is shorter or moves
    fewer cargoes, is left out.
    """
    found: dict[Disturbance, None] = {}
    for said in closures:
        closure, origin = said.item, said.origin
        before = len(faults)
        meant = _elements(network, closure, origin, faults)
        value = " ".join(closure.element)
        elements = carried.keep(meant, said.cargo, value, "element", origin, faults)
        reasoning = {"note": closure.note, "cause": closure.cause}
        check_source(network, closure.source, reasoning, origin, faults)
        own = Horizon(said.start or horizon.start, said.end or horizon.end)
        _check_dates(closure, origin, own, faults)
        _check_recovery(closure, origin, faults)
        if len(faults) == before and elements and not _outside(closure, horizon):
            found[disturbance(closure, elements, horizon.start)] = None
    return tuple(sorted(found, key=lambda item: (item.start, item.label, item.elements)))


def _elements(network: Network, closure: Closure, origin: Origin, faults: Faults) -> tuple[str, ...]:
    ids: dict[str, None] = {}
    for pattern in closure.element:
        with faults.collecting(), origin.telling():
            ids.update(dict.fromkeys(select(network, pattern)))
        message, advice = unfit(network, pattern, closure.remaining)
        if message:
            faults.add(message, value=closure.remaining, advice=advice, **origin.at("remaining"))
    return tuple(ids)


def _outside(closure: Closure, horizon: Horizon) -> bool:
    recovery = closure.recovery
    back = day_of(closure.until, horizon.start) + max([recovery.days, *(day for day, _ in recovery.steps)])
    return day_of(closure.since, horizon.start) >= horizon.days or back <= 0


def _check_dates(closure: Closure, origin: Origin, horizon: Horizon, faults: Faults) -> None:
    def tell(key: str, moment: Moment, message: str, advice: str = "") -> None:
        faults.add(message, value=moment.isoformat(), advice=advice, **origin.at(key))

    since, until = day_of(closure.since, horizon.start), day_of(closure.until, horizon.start)
    announced = closure.announced_until
    begins = f"it begins on {closure.since.isoformat()}"
    if until <= since:
        tell("until", closure.until, "the closure ends before it begins", begins)
    elif _outside(closure, horizon):
        key, moment = ("until", closure.until) if until <= 0 else ("from", closure.since)
        tell(key, moment, "the closure lies outside the run", f"the run is {horizon}")
    if announced is not None and day_of(announced, horizon.start) < since:
        tell("announced_until", announced, "was announced to end before it begins", begins)


def _check_recovery(closure: Closure, origin: Origin, faults: Faults) -> None:
    steps = closure.recovery.steps
    if steps and steps[0][1] < closure.remaining:
        message = f"the first step leaves less than the closure did, which is {closure.remaining:g}"
        faults.add(message, value=steps[0][1], **origin.at("recovery"))


def disturbance(closure: Closure, elements: tuple[str, ...], start: date) -> Disturbance:
    """The steps of a closure: down at its start, and back as its recovery says."""
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
    """(day, share) from the end of a closure until all is back.

    A line becomes a step for each day, and one for the part of a day at its end, with the line's
    mean over it, so that what passes is the same.
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
