"""Targets of a stress test: single elements, entire ports, and the elements that patterns match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import combinations

from sim.errors import fail, option
from sim.network.elements import Berth
from sim.network.freight.elements import Quay
from sim.network.network import Network
from sim.scenario.selection import select

KINDS = {
    "links": "link",
    "lines": "line",
    "berths": "berth",
    "quays": "quay",
    "fleets": "fleet",
    "services": "service",
}
TOGETHER = " + "


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Elements that are closed together; `parts` are the names of the two targets of a pair."""

    name: str
    kind: str
    title: str
    elements: tuple[str, ...]
    parts: tuple[str, ...] = ()


def targets(network: Network, patterns: Sequence[str] = ()) -> tuple[Target, ...]:
    """Return the targets: by default each link, line, berth, quay, fleet and service, and each port.

    A pattern with `*` selects each of these with a matching id; an id, a place, `tag:cpc`, `country:RU`
    or `corridor:north` is closed as one. Of targets with the same elements only the first is returned.
    Raises `InputError` when a pattern matches nothing.
    """
    by_name = {target.name: target for target in (*_elements(network), *_ports(network))}
    selected: list[Target] = [] if patterns else list(by_name.values())
    for pattern in patterns:
        with option("--elements", pattern):
            selected += _matching(network, by_name, pattern)
    distinct: dict[frozenset[str], Target] = {}
    for target in selected:
        distinct.setdefault(frozenset(target.elements), target)
    return tuple(distinct.values())


def pairs(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Return each pair of targets, except those of which one contains the other."""
    return tuple(
        Target(
            name=f"{first.name}{TOGETHER}{other.name}",
            kind="pair",
            title=f"{first.title}{TOGETHER}{other.title}",
            elements=tuple(dict.fromkeys((*first.elements, *other.elements))),
            parts=(first.name, other.name),
        )
        for first, other in combinations(targets, 2)
        if not (set(first.elements) <= set(other.elements) or set(other.elements) <= set(first.elements))
    )


def _elements(network: Network) -> Iterator[Target]:
    for table, kind in KINDS.items():
        for id, element in getattr(network, table).items():
            if getattr(element, "in_service", True):
                yield Target(name=id, kind=kind, title=element.name, elements=(id,))


def _ports(network: Network) -> Iterator[Target]:
    berths: list[Berth | Quay] = [*network.berths.values(), *network.quays.values()]
    ports = {berth.place for berth in berths if berth.in_service}
    for id, place in network.places.items():
        if id in ports:
            yield Target(name=id, kind="place", title=place.name, elements=select(network, id))


def _matching(network: Network, by_name: Mapping[str, Target], pattern: str) -> list[Target]:
    if pattern in by_name:
        return [by_name[pattern]]
    if any(mark in pattern for mark in "*?[") and ":" not in pattern:
        matching = [target for name, target in by_name.items() if fnmatchcase(name, pattern)]
        if not matching:
            select(network, pattern)  # raises the more precise error of a faulty pattern
            raise fail("matches no target of a stress test")
        return matching
    place = network.places.get(pattern)
    kind, title = ("place", place.name) if place else ("several", pattern)
    return [Target(name=pattern, kind=kind, title=title, elements=select(network, pattern))]
