"""Preview of a scenario: its closures, and the maximum flow while they last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sim.network.bottleneck import Bottleneck
from sim.network.forms import own_unit
from sim.network.freight.bottleneck import GroupLimit, group_limits
from sim.network.freight.legs import corridor_elements, find_legs
from sim.network.oil.bottleneck import bottleneck
from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.scenario import Boycott, DatedChange, Scenario
from sim.studies.layers import layers_of

MIN_SHARE = 0.02  # of the flow; elements that let less through are counted, not named


@dataclass(frozen=True, slots=True)
class Period:
    """Days with the same closures, and the maximum flow.

    While an element recovers, `most` holds on the first day and `later` on the last.
    """

    begin: date
    end: date
    shut: tuple[str, ...]
    most: Bottleneck
    later: Bottleneck


def periods(scenario: Scenario) -> list[Period]:
    """Return the periods between starts and ends of closures, each with its maximum flow and bottleneck."""
    result: list[Period] = []
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
        if result and result[-1].shut == tuple(labels):
            result[-1] = replace(result[-1], end=last, later=most)
        else:
            result.append(Period(first, last, tuple(labels), most, most))
    return result


def limits(scenario: Scenario, most: Bottleneck) -> str:
    """Return the elements that limit a flow, the largest first, each with its capacity (kt/day)."""
    if all(id in scenario.network.shippers for id, _ in most.elements):
        return "field output"
    named = [
        f"{id} {capacity / 1e3:.0f}" for id, capacity in most.elements if capacity >= MIN_SHARE * most.flow
    ]
    rest = len(most.elements) - len(named)
    return ", ".join(named) + (f" and {rest} small elements" if rest else "")


def freight_limits(scenario: Scenario) -> Iterator[tuple[date, GroupLimit]]:
    """Yield the capacity of each corridor group: from the first day on, and whenever it changes."""
    routes = find_legs(scenario.network)
    last: dict[tuple[str, str, str], Bottleneck] = {}
    for layer in layers_of(scenario):
        for limit in group_limits(layer.network, routes, layer.share):
            key = limit.group, limit.cargo, limit.bearing
            if last.get(key) != limit.most:
                last[key] = limit.most
                yield scenario.start + timedelta(days=layer.begin), limit


def becomes(scenario: Scenario, change: DatedChange) -> str:
    """Return a dated change in words: `rate becomes 216,000 t/day`."""
    network = scenario.network
    unit = own_unit(network.element(change.element), change.field, network.cargoes)
    value = f"{change.value:,.0f}" if change.value >= 100 else f"{change.value:g}"
    return f"{change.field} becomes {value} {unit}"


def idle_boycotts(scenario: Scenario) -> list[Boycott]:
    """Return the boycotts without effect, as at least as many of the same shippers refuse all that they do.

    Refusals are nested: a shipper who refuses one corridor also refuses every more widely refused one, so
    shares do not add up.
    """
    passed = corridor_elements(scenario.network)

    def hit(boycott: Boycott) -> set[str]:
        return {id for id, used in passed.items() if used & {*boycott.elements}}

    def covers(other: Boycott, boycott: Boycott) -> bool:
        rank, other_rank = ((each.share, -scenario.boycotts.index(each)) for each in (boycott, other))
        lasts = other.start <= boycott.start and boycott.end <= other.end
        return (
            other_rank > rank
            and lasts
            and {*boycott.demands} <= {*other.demands}
            and hit(boycott) <= hit(other)
        )

    return [
        boycott
        for boycott in scenario.boycotts
        if boycott.premium == 0.0 and any(covers(other, boycott) for other in scenario.boycotts)
    ]


def sourcing(scenario: Scenario) -> tuple[int, int]:
    """Return the count of numbers in the network, and of those that are assumed."""
    numbers = list(sourced_numbers(scenario.network))
    return len(numbers), sum(source == ASSUMED for *_, source in numbers)
