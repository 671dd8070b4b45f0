"""What no plan could have exceeded in a scenario: its run cut where anything closes, opens or changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from sim.engine.weather import storms
from sim.network import Network
from sim.network.bound import Bound, bound
from sim.network.elements import Weather
from sim.network.expanded import Layer
from sim.scenario import Disturbance, Scenario

Spell = tuple[float, float, tuple[str, ...]]  # a storm's begin and end, and what it shuts


def layers_of(scenario: Scenario, replication: int | None = None, closed: bool = True) -> list[Layer]:
    """The layers of a run: with the storms of a replication, or in fair weather; `closed`: with its closures."""
    closures = scenario.disturbances if closed else ()
    spells = [] if replication is None else spells_of(scenario, replication)
    days = {0.0, scenario.days}
    days |= {day for item in closures for day, _ in item.steps}
    days |= {change.day for change in scenario.dated}
    days |= {day for begin, end, _ in spells for day in (begin, end)}
    edges = sorted(day for day in days if 0.0 <= day <= scenario.days)
    return [
        Layer(end - begin, standing(scenario, begin), shares_on(closures, begin, spells))
        for begin, end in pairwise(edges)
    ]
