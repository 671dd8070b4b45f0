"""What a stress test closes: elements one by one, ports as a whole, and what patterns mean."""

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
    """Elements that are closed together; `parts` are the names of the two that a pair is made of."""

    name: str
    kind: str
    title: str
    elements: tuple[str, ...]
    parts: tuple[str, ...] = ()


def targets(network: Network, patterns: Sequence[str] = ()) -> tuple[Target, ...]:
    """What to close: by default each way, berth, quay and fleet, and each place where ships are worked.

    A pattern with `*` means each of these whose ids are like it; an id, a place, `tag:cpc`, `country:RU`
    or `corridor:north` is closed as one. Of those with the same elements only the first is kept. Raises
    `InputError` when nothing is meant.
    """
    every = {one.name: one for one in (*_elements(network), *_ports(network))}
    found: list[Target] = [] if patterns else list(every.values())
    for pattern in patterns:
        with option("--elements", pattern):
            found += _meant(network, every, pattern)
    kept: dict[frozenset[str], Target] = {}
    for one in found:
        kept.setdefault(frozenset(one.elements), one)
    return tuple(kept.values())


def pairs(some: Sequence[Target]) -> tuple[Target, ...]:
    """Each two of some targets, but for those of which one is part of the other."""
    return tuple(
        Target(
            name=f"{one.name}{TOGETHER}{other.name}",
            kind="pair",
            title=f"{one.title}{TOGETHER}{other.title}",
            elements=tuple(dict.fromkeys((*one.elements, *other.elements))),
            parts=(one.name, other.name),
        )
        for one, other in combinations(some, 2)
        if not (set(one.elements) <= set(other.elements) or set(other.elements) <= set(one.elements))
    )


def _elements(network: Network) -> Iterator[Target]:
    for table, kind in KINDS.items():
        for id, element in getattr(network, table).items():
            if getattr(element, "in_service", True):
                yield Target(name=id, kind=kind, title=element.name, elements=(id,))


def _ports(network: Network) -> Iterator[Target]:
    berths: list[Berth | Quay] = [*network.berths.values(), *network.quays.values()]
    worked = {one.place for one in berths if one.in_service}
    for id, place in network.places.items():
        if id in worked:
            yield Target(name=id, kind="place", title=place.name, elements=select(network, id))


def _meant(network: Network, every: Mapping[str, Target], pattern: str) -> list[Target]:
    if pattern in every:
        return [every[pattern]]
    if any(mark in pattern for mark in "*?[") and ":" not in pattern:
        some = [one for name, one in every.items() if fnmatchcase(name, pattern)]
        if not some:
            select(network, pattern)  # tells what is wrong, if it is the pattern
            raise fail("is nothing that a stress test closes")
        return some
    place = network.places.get(pattern)
    kind, title = ("place", place.name) if place else ("several", pattern)
    return [Target(name=pattern, kind=kind, title=title, elements=select(network, pattern))]
