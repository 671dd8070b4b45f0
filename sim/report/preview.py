"""What a scenario holds before it is run: its closures, and the most that could flow meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sim.network.forms import own_unit
from sim.network.freight.bottleneck import GroupLimit, group_limits
from sim.network.freight.legs import find_legs
from sim.network.oil.bottleneck import Bottleneck, bottleneck
from sim.network.refusal_scope import corridor_elements
from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.scenario import Boycott, DatedChange, Scenario
from sim.studies.layers import layers_of

LEAST = 0.02  # of the flow: what lets less through is not named


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days on which the same things are shut, and what could flow at most.

    While something recovers, `most` is that of its first day and `later` that of its last.
    """

    begin: date
    end: date
    shut: tuple[str, ...]
    most: Bottleneck
    later: Bottleneck


def periods(scenario: Scenario) -> list[Period]:
    """The run cut where closures begin and end, each with its maximum flow and what limits it."""
    found: list[Period] = []
    for layer in layers_of(scenario):
        labels = dict.fromkeys(
            item.label
            for item in scenario.disturbances
            if item.start <= layer.begin < item.end and item.remaining < 1
        )
        most = bottleneck(layer.network, layer.share)
        first, last = (
            scenario.start + timedelta(days=day) for day in (layer.begin, layer.begin + layer.days)
        )
        if found and found[-1].shut == tuple(labels):
            found[-1] = replace(found[-1], end=last, later=most)
        else:
            found.append(Period(first, last, tuple(labels), most, most))
    return found


def limits(scenario: Scenario, most: Bottleneck) -> str:
    """What holds a flow to its maximum, in words: the largest first, with what each lets through."""
    if all(id in scenario.network.shippers for id, _ in most.elements):
        return "what the fields give"
    named = [f"{id} {capacity / 1e3:.0f}" for id, capacity in most.elements if capacity >= LEAST * most.flow]
    rest = len(most.elements) - len(named)
    return ", ".join(named) + (f" and {rest} small ones" if rest else "")


def freight_limits(scenario: Scenario) -> Iterator[tuple[date, GroupLimit]]:
    """What each corridor group could carry: from the first day on, and whenever it could carry otherwise."""
    routes = find_legs(scenario.network)
    last: dict[tuple[str, str, str], Bottleneck] = {}
    for layer in layers_of(scenario):
        for limit in group_limits(layer.network, routes, layer.share):
            key = limit.group, limit.cargo, limit.bearing
            if last.get(key) != limit.most:
                last[key] = limit.most
                yield scenario.start + timedelta(days=layer.begin), limit


def becomes(scenario: Scenario, change: DatedChange) -> str:
    """What a change during the run comes to, in words: `rate becomes 216,000 t/day`."""
    network = scenario.network
    unit = own_unit(network.element(change.element), change.field, network.cargoes)
    value = f"{change.value:,.0f}" if change.value >= 100 else f"{change.value:g}"
    return f"{change.field} becomes {value} {unit}"


def idle_boycotts(scenario: Scenario) -> list[Boycott]:
    """Boycotts that another one makes idle: at least as many of the same shippers refuse the same and more.

    Whoever refuses one corridor refuses all that more people refuse, so shares do not add up.
    """
    passed = corridor_elements(scenario.network)

    def hit(boycott: Boycott) -> set[str]:
        return {id for id, used in passed.items() if used & {*boycott.elements}}

    def covers(other: Boycott, boycott: Boycott) -> bool:
        stronger = (other.share, -scenario.boycotts.index(other)) > (
            boycott.share, -scenario.boycotts.index(boycott),
        )  # fmt: skip
        lasts = other.start <= boycott.start and boycott.end <= other.end
        return stronger and lasts and {*boycott.demands} <= {*other.demands} and hit(boycott) <= hit(other)

    return [
        boycott
        for boycott in scenario.boycotts
        if boycott.premium == 0.0 and any(covers(other, boycott) for other in scenario.boycotts)
    ]


def sourcing(scenario: Scenario) -> tuple[int, int]:
    """How many numbers the network rests on, and how many of them are assumed."""
    numbers = list(sourced_numbers(scenario.network))
    return len(numbers), sum(source == ASSUMED for *_, source in numbers)
