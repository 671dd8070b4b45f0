"""Boycotts of scenario files, resolved to elements, demands, shares and premiums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from sim.errors import Faults, fail, option
from sim.network.network import Network
from sim.scenario.cargo import Carried
from sim.scenario.events import Boycott, in_order
from sim.scenario.provenance import Origin, Statement, check_source
from sim.scenario.schema import Refusal
from sim.scenario.selection import demands_of, select
from sim.scenario.situation import Horizon, check_dates, day_of, is_outside
from sim.scenario.values import check_premium
from sim.units import parse

CorridorElements = Mapping[str, frozenset[str]]  # the elements that each corridor uses, by its id


def boycotts(
    network: Network,
    used_by: CorridorElements,
    refusals: Sequence[Statement[Refusal]],
    carried: Carried,
    horizon: Horizon,
    faults: Faults,
) -> tuple[Boycott, ...]:
    """Return the boycotts of a run in order of their start; one stated twice counts once.

    A boycott that lies in the run of the file that states it, but outside this run, is left out.
    """
    events: dict[Boycott, Boycott] = {}
    for stated in refusals:
        refusal, origin = stated.item, stated.origin
        before = len(faults)
        reasoning = {"note": refusal.note, "cause": refusal.cause}
        check_source(network, refusal.source, reasoning, origin, faults)
        own = Horizon(stated.start or horizon.start, stated.end or horizon.end)
        with faults.collecting(), origin.locating():
            check_dates(_boycott(refusal, own.start), own)
        elements = _elements(network, used_by, refusal, origin, faults)
        demands = _demands(network, used_by, refusal, elements, origin, faults) if elements else ()
        premium = _premium(network, refusal, demands, origin, faults) if demands else 0.0
        value = " ".join(refusal.element)
        elements = carried.present(elements, stated.cargo, value, "element", origin, faults)
        if elements:
            value = " ".join(refusal.demand)
            demands = carried.present(demands, stated.cargo, value, "demand", origin, faults)
        boycott = replace(
            _boycott(refusal, horizon.start),
            elements=elements,
            demands=demands,
            premium=premium,
            provenance=stated.provenance,
        )
        if len(faults) == before and elements and demands and not is_outside(boycott, horizon):
            events.setdefault(boycott, boycott)
    return in_order(events.values())


def _boycott(refusal: Refusal, start: date) -> Boycott:
    """The boycott of a run from `start` on, its elements and demands not resolved yet."""
    return Boycott(
        label=refusal.label or refusal.cause or ", ".join(refusal.element),
        elements=(),
        demands=(),
        share=refusal.share,
        premium=0.0,
        start=day_of(refusal.since, start),
        end=inf if refusal.until is None else day_of(refusal.until, start),
        cause=refusal.cause,
        source=refusal.source,
    )


def _elements(
    network: Network, used_by: CorridorElements, refusal: Refusal, origin: Origin, faults: Faults
) -> tuple[str, ...]:
    """The elements named that a corridor uses: of a country, for instance, its lines and quays."""
    used = frozenset[str]().union(*used_by.values())
    ids: dict[str, None] = {}
    for pattern in refusal.element:
        with faults.collecting(), origin.locating():
            ids_used = [id for id in select(network, pattern) if id in used]
            if not ids_used:
                advice = "name lines, quays or services on some corridor"
                message = "no corridor uses any of these"
                raise fail(message, key="element", value=pattern, advice=advice)
            ids.update(dict.fromkeys(ids_used))
    return tuple(ids)


def _demands(
    network: Network,
    used_by: CorridorElements,
    refusal: Refusal,
    elements: Sequence[str],
    origin: Origin,
    faults: Faults,
) -> tuple[str, ...]:
    """The demands named that have a corridor through the boycotted elements."""
    touched = {
        (corridor.origin, corridor.destination, corridor.cargo)
        for corridor in network.corridors.values()
        if used_by[corridor.id] & {*elements}
    }
    touching = [
        demand.id
        for demand in network.demands.values()
        if (demand.origin, demand.destination, demand.cargo) in touched
    ]
    if not refusal.demand:
        if not touching:
            message = "nobody sends anything by a corridor that uses this"
            faults.add(message, value=" ".join(refusal.element), **origin.at("element"))
        return tuple(touching)
    ids: dict[str, None] = {}
    for pattern in refusal.demand:
        with faults.collecting(), origin.locating():
            affected = [id for id in demands_of(network, pattern) if id in touching]
            if not affected:
                message = "none of its corridors uses a boycotted element"
                advice = f"these do: {', '.join(touching)}" if touching else ""
                raise fail(message, key="demand", value=pattern, advice=advice)
            ids.update(dict.fromkeys(affected))
    return tuple(ids)


def _premium(
    network: Network, refusal: Refusal, demands: Sequence[str], origin: Origin, faults: Faults
) -> float:
    """The premium in USD per unit of the demands' cargo, which must be one unit."""
    if refusal.premium is None:
        return 0.0
    units = list(dict.fromkeys(network.cargoes[network.demands[id].cargo].unit for id in demands))
    premium = 0.0
    with faults.collecting(), origin.locating(), option("premium", refusal.premium):
        if len(units) > 1:
            message = f"a premium is per unit of cargo, and its demands send {' and '.join(units)}"
            advice = "name the demands that it is for, and write a second boycott for the others"
            raise fail(message, advice=advice)
        premium = check_premium(parse(str(refusal.premium), f"USD/{units[0]}", unit_needed=True))
    return premium
