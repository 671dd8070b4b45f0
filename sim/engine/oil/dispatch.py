"""Nomination rounds in netback order, with prorationing: the rate of every source on every path.

In each round every source nominates what it has left on its best path that still has room. Where
nominations exceed what is left of a capacity, all of them are cut by the same factor, the most over-nominated
place first. Rounds go on until nothing moves, so nothing that could still flow is left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EPSILON = 1e-7


@dataclass(frozen=True, slots=True)
class FlowPath:
    """One path of one source: the capacities it uses, and its own limit, as indices of capacities.

    `limit` is a capacity of the source's own (a contract): it bounds what the source nominates, where shared
    capacities only bound what it gets.
    """

    source: int
    uses: tuple[int, ...]
    limit: int | None = None


def dispatch(
    offers: Sequence[float], paths: Sequence[FlowPath], capacities: Sequence[float]
) -> tuple[float, ...]:
    """Return the rate on every path.

    offers: rate that each source could send, unit/day.
    paths: each source's paths in its order of preference (netback), best first.
    capacities: of links, stocks and contracts, unit/day; may be infinite.

    No capacity is exceeded, no source sends more than it offers, and at the end no source has cargo left and
    a path with room (the flow is maximal, though not always maximum: a shipper does not give up its best
    path so that another may use it).
    """
    left = list(offers)
    room = list(capacities)
    exhausted = {place for place, free in enumerate(room) if free <= EPSILON}
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
    """Return each source's nomination of this round, by path; exhausted choices are dropped."""
    nominations: dict[int, float] = {}
    for source, remainder in enumerate(left):
        if remainder <= EPSILON:
            continue
        options = choices[source]
        while options:
            path = paths[options[0]]
            own = remainder if path.limit is None else min(remainder, room[path.limit])
            if own > EPSILON and exhausted.isdisjoint(path.uses):
                nominations[options[0]] = own
                break
            options.pop(0)
    return nominations


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
        tightest = min(over, key=lambda place: room[place] / over[place])
        factor = room[tightest] / over[tightest]
        for number, rate in nominations.items():
            uses = paths[number].uses
            if tightest in uses:
                nominations[number] = rate * factor
                for place in uses:
                    loads[place] -= rate * (1.0 - factor)
