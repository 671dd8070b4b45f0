"""What a scenario holds before it is run: its closures, and the most that could flow meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from sim.network.bottleneck import Bottleneck, bottleneck
from sim.network.freight_bottleneck import GroupLimit, group_limits
from sim.network.legs import find_legs
from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.scenario import Scenario

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
    days = {0.0, scenario.days}
    days |= {day for item in scenario.disturbances for day, _ in item.steps if 0 < day < scenario.days}
    edges = sorted(days)
    found: list[Period] = []
    for begin, end in pairwise(edges):
        share = shares_on(scenario, begin)
        labels = dict.fromkeys(
            item.label
            for item in scenario.disturbances
            if item.start <= begin < item.end and item.remaining < 1
        )
        most = bottleneck(scenario.network, share)
        first, last = (scenario.start + timedelta(days=day) for day in (begin, end))
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
    """What each corridor group could carry: from the first day, and from when on it could carry otherwise."""
    routes = find_legs(scenario.network)
    days = {0.0, *(day for item in scenario.disturbances for day, _ in item.steps if 0 < day < scenario.days)}
    last: dict[tuple[str, str, str], Bottleneck] = {}
    for day in sorted(days):
        for limit in group_limits(scenario.network, routes, shares_on(scenario, day)):
            key = limit.group, limit.cargo, limit.bearing
            if last.get(key) != limit.most:
                last[key] = limit.most
                yield scenario.start + timedelta(days=day), limit


def shares_on(scenario: Scenario, day: float) -> Callable[[str], float]:
    """What closures leave of each element on a day."""
    shares: dict[str, float] = {}
    for item in scenario.disturbances:
        standing = [share for since, share in item.steps if since <= day]
        if standing:
            for id in item.elements:
                shares[id] = min(shares.get(id, 1.0), standing[-1])
    return lambda id: shares.get(id, 1.0)


def sourcing(scenario: Scenario) -> tuple[int, int]:
    """How many numbers the network rests on, and how many of them are assumed."""
    numbers = list(sourced_numbers(scenario.network))
    return len(numbers), sum(source == ASSUMED for *_, source in numbers)
