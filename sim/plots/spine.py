"""Consignments as lines along one corridor: where each was when, in km from its eastern end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.measures.series import Numbers
from sim.network.freight import Corridor
from sim.network.legs import FreightLeg, places_along, stops_of
from sim.network.network import Network
from sim.plots.freight import loads_of, westward

if TYPE_CHECKING:
    from sim.measures.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Spine:
    """The places along a corridor in km from its eastern end, those where cargo is set down, and its lines."""

    places: Mapping[str, float]
    stops: frozenset[str]
    lines: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """One consignment's way along the spine: days and km, turn by turn; nan parts stretches off the spine."""

    consignment: int
    westward: bool
    days: Numbers
    kilometres: Numbers


def spine_of(network: Network, corridor: Corridor) -> Spine:
    """The spine that a corridor makes."""
    passed = places_along(corridor, network.lines)
    reached = np.concatenate(([0.0], np.cumsum([network.lines[id].length for id in corridor.lines])))
    if not westward(network, corridor.origin, corridor.destination):
        reached = reached[-1] - reached
    return Spine(
        places=dict(zip(passed, reached.tolist(), strict=True)),
        stops=frozenset(passed[n] for n in stops_of(network, corridor)),
        lines=frozenset(corridor.lines),
    )


def courses(record: Record, cargo: str, spine: Spine, most: int) -> list[Course]:
    """The courses of up to `most` consignments each way, as many on each day as were under way, evenly picked.

    Only those that were born or moved on the spine's lines during the run; a split one is followed
    by its last part.
    """
    legs = record.freight.legs
    on_spine = np.array([set(leg.lines) <= spine.lines for leg in legs], dtype=bool)
    loads = record.passages.loads
    rows = np.flatnonzero(loads_of(record, cargo) & on_spine[loads.leg])
    rows = rows[np.lexsort((loads.came[rows], loads.consignment[rows]))]
    west = np.array([_downwards(spine, leg) for leg in legs], dtype=bool)
    found = []
    for way in (True, False):
        mine = rows[west[loads.leg[rows]] == way]
        for number in _evenly(loads.consignment[mine], loads.born[mine], most):
            parts = mine[loads.consignment[mine] == number]
            found.append(_course(record, spine, parts, int(number), way))
    return found


def _downwards(spine: Spine, leg: FreightLeg) -> bool:
    return spine.places.get(leg.end, 0.0) > spine.places.get(leg.start, 0.0)


def _evenly(consignments: NDArray[np.int64], born: Numbers, most: int) -> NDArray[np.int64]:
    """Up to `most` of them, at even distances in the order of their births."""
    numbers, where = np.unique(consignments, return_index=True)
    numbers = numbers[np.argsort(born[where], kind="stable")]
    if len(numbers) <= most:
        return numbers
    picked: NDArray[np.int64] = numbers[np.linspace(0, len(numbers) - 1, most).round().astype(np.int64)]
    return picked


def _course(
    record: Record, spine: Spine, parts: NDArray[np.int64], consignment: int, west: bool
) -> Course:
    loads, legs = record.passages.loads, record.freight.legs
    last_part = {int(loads.leg[row]): int(row) for row in parts}  # the rows are in order of coming
    points: list[tuple[float, float]] = []
    before = ""
    for number, row in last_part.items():
        leg = legs[number]
        if before and leg.start != before:
            points.append((np.nan, np.nan))
        points += _on_leg(record, spine, leg, row)
        before = leg.end
    days, kilometres = np.asarray(points, dtype=float).T
    return Course(consignment=consignment, westward=west, days=days, kilometres=kilometres)


def _on_leg(record: Record, spine: Spine, leg: FreightLeg, row: int) -> list[tuple[float, float]]:
    """Days and km on one leg, up to the end of the run; what is between two places then moves as usual."""
    loads, network, until = record.passages.loads, record.network, record.days
    trip = int(loads.trip[row])
    times = record.journal.trips[trip].times if trip >= 0 else ()
    passed = [leg.start]
    for id, forward in zip(leg.lines, leg.forward, strict=True):
        passed.append(network.lines[id].destination if forward else network.lines[id].origin)
    points = [(float(loads.came[row]), spine.places[leg.start])]
    moments = [places for place in passed for places in (place, place)]
    points += [(time, spine.places[place]) for time, place in zip(times, moments, strict=False)]
    if len(times) == len(moments):
        return points
    here = points[-1][1]
    if times and len(times) % 2 == 0:  # out on a line whose end it has not reached
        since, line = times[-1], network.lines[leg.lines[len(times) // 2 - 1]]
        ahead = spine.places[passed[len(times) // 2]]
        share = min((until - since) / line.days, 0.97) if line.days > 0 else 0.97
        return [*points, (until, here + share * (ahead - here))]
    return [*points, (until, here)]


def gaps(places: Mapping[str, float]) -> dict[str, float]:
    """The distance from each place to the nearest other, in km."""
    at = sorted(places.items(), key=lambda item: item[1])
    apart = {id: float("inf") for id in places}
    for (one, here), (other, there) in pairwise(at):
        apart[one] = min(apart[one], there - here)
        apart[other] = min(apart[other], there - here)
    return apart
