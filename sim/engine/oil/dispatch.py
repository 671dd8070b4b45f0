"""Who sends how much where: nomination rounds in netback order, with prorationing.

In each round every source nominates what it has left on its best way that still has room. Where
nominations exceed what is left of a capacity, all who nominated there are cut by the same factor,
the most over-nominated place first. Rounds go on until nothing moves, so nothing that could still
flow is left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EPSILON = 1e-7


@dataclass(frozen=True, slots=True)
class FlowPath:
    """One way of one source: the capacities it uses, and its own limit, as indices of capacities.

    `limit` is a capacity of the source's own (a contract): it bounds what the source nominates,
    where shared capacities only bound what it gets.
    """

    source: int
    uses: tuple[int, ...]
    limit: int | None = None


def dispatch(
    offers: Sequence[float], paths: Sequence[FlowPath], capacities: Sequence[float]
) -> tuple[float, ...]:
    """The rate on every way.

    offers: per source, what it could send, unit/day.
    ways: each source's ways in its order of preference (netback), best first.
    capacities: of links, stocks and contracts, unit/day; may be infinite.

    No way's capacities are exceeded, no source sends more than it offers, and at the end no source
    has cargo left and a way with room (the flow is maximal, though not always maximum: a shipper
    does not give up its best way so that another may use it).
    """
    left = list(offers)
    room = list(capacities)
    exhausted = {place for place, some in enumerate(room) if some <= EPSILON}
    rates = [0.0] * len(paths)
    choices: list[list[int]] = [[] for _ in offers]
    for number, path in enumerate(paths):
        choices[path.source].append(number)
    while nominations := _nominate(left, room, exhausted, paths, choices):
        _prorate(nominations, room, paths)
        for number, rate in nominations.items():
            rates[number] += rate
            path = paths[number]
            left[path.source] -= rate
            for place in path.uses:
                room[place] -= rate
                if room[place] <= EPSILON:
                    exhausted.add(place)
            if path.limit is not None:
                room[path.limit] -= rate
    return tuple(rates)


def _nominate(
    left: list[float],
    room: list[float],
    exhausted: set[int],
    paths: Sequence[FlowPath],
    choices: list[list[int]],
) -> dict[int, float]:
    """Per way, what its source asks of it in this round."""
    asked: dict[int, float] = {}
    for source, remainder in enumerate(left):
        if remainder <= EPSILON:
            continue
        options = choices[source]
        while options:
            path = paths[options[0]]
            own = remainder if path.limit is None else min(remainder, room[path.limit])
            if own > EPSILON and exhausted.isdisjoint(path.uses):
                asked[options[0]] = own
                break
            options.pop(0)
    return asked


def _prorate(nominations: dict[int, float], room: list[float], paths: Sequence[FlowPath]) -> None:
    """Cut nominations to what is left, the most over-nominated capacity first."""
    loads: dict[int, float] = {}
    for number, rate in nominations.items():
        for place in paths[number].uses:
            loads[place] = loads.get(place, 0.0) + rate
    while True:
        over = {place: load for place, load in loads.items() if load > room[place] + EPSILON}
        if not over:
            return
        worst = min(over, key=lambda place: room[place] / over[place])
        factor = room[worst] / over[worst]
        for number, rate in nominations.items():
            uses = paths[number].uses
            if worst in uses:
                nominations[number] = rate * factor
                for place in uses:
                    loads[place] -= rate * (1.0 - factor)
