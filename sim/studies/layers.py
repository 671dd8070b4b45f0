"""Layers of a run: periods between which anything closes, opens or changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from sim.engine.weather import storms
from sim.network import Network
from sim.network.bottleneck import Share
from sim.network.capacity_profile import Layer
from sim.network.elements import Berth, Weather
from sim.network.freight.elements import Quay
from sim.scenario import DatedChange, Disturbance, Scenario
from sim.scenario.element_changes import LIVE


class Spell(NamedTuple):
    """A storm of a run: its begin and end in days, and the berths and quays that it closes."""

    begin: float
    end: float
    exposed: tuple[str, ...]


def layers_of(scenario: Scenario, replication: int | None = None, *, closed: bool = True) -> list[Layer]:
    """Return the layers of a run in the storms of a replication or, without one, in fair weather.

    Unless `closed`, closures are ignored; dated changes always apply.
    """
    closures = scenario.disturbances if closed else ()
    spells = [] if replication is None else list(_spells(scenario, replication))
    cuts = {0.0, scenario.days, *(change.day for change in scenario.dated)}
    cuts.update(day for item in closures for day, _ in item.steps)
    cuts.update(day for spell in spells for day in (spell.begin, spell.end))
    layers: list[Layer] = []
    network, changes = scenario.network, sorted(scenario.dated, key=lambda change: change.day, reverse=True)
    for begin, end in pairwise(sorted(day for day in cuts if 0.0 <= day <= scenario.days)):
        while changes and changes[-1].day <= begin:
            network = _changed(network, changes.pop())
        layers.append(Layer(begin, end - begin, network, _shares(closures, spells, begin)))
    return layers


def _spells(scenario: Scenario, replication: int) -> Iterator[Spell]:
    network = scenario.network
    months: dict[str, list[Weather]] = {}
    for row in network.weather.values():
        months.setdefault(row.place, []).append(row)
    for place, rows in months.items():
        berths: list[Berth | Quay] = [*network.berths.values(), *network.quays.values()]
        exposed = tuple(berth.id for berth in berths if berth.place == place and berth.weather_limited)
        for begin, end in storms(rows, scenario.start, scenario.days, scenario.seed, replication):
            yield Spell(begin, end, exposed)


def _changed(network: Network, change: DatedChange) -> Network:
    """Return the network after a dated change."""
    name, table = next((name, table) for name, table in network.kinds() if change.element in table)
    values: dict[str, Any] = {LIVE[name][0]: change.value}
    changed: dict[str, Any] = {name: {**table, change.element: replace(table[change.element], **values)}}
    return replace(network, **changed)


def _shares(closures: Sequence[Disturbance], spells: Sequence[Spell], day: float) -> Share:
    """Return the open share of each element on a day: the smallest that any closure or storm leaves."""
    shares: dict[str, float] = {}
    for item in closures:
        begun = [share for since, share in item.steps if since <= day]
        if begun:
            for id in item.elements:
                shares[id] = min(shares.get(id, 1.0), begun[-1])
    for spell in spells:
        if spell.begin <= day < spell.end:
            shares.update(dict.fromkeys(spell.exposed, 0.0))
    return lambda id: shares.get(id, 1.0)
