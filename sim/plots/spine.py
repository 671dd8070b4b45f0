"""Consignments as lines along one corridor: where each was when, in km from its eastern end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.measures.series import Numbers
from sim.network.freight.elements import Corridor
from sim.network.freight.legs import FreightLeg, places_along, stops_of
from sim.network.network import Network
from sim.plots.freight import groups_of_loads, loads_of, westward

if TYPE_CHECKING:
    from sim.measures.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Spine:
    """The places along a corridor in km from its eastern end, where cargo is set down, and its lines."""

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


def courses(record: Record, corridor: Corridor, spine: Spine, most: int) -> list[Course]:
    """The courses of up to `most` consignments each way, evenly picked by their births.

    They follow any corridor of the same cargo and group, and are shown where it shares the spine's lines;
    a split one is followed by its last part.
    """
    legs = record.freight.legs
    on_spine = np.array([bool(set(leg.lines) & spine.lines) for leg in legs], dtype=bool)
    loads = record.trip_table.loads
    akin = loads_of(record, corridor.cargo) & (groups_of_loads(record) == corridor.group)
    rows = np.flatnonzero(akin & on_spine[loads.leg])
    rows = rows[np.lexsort((loads.ready[rows], loads.consignment[rows]))]
    west = np.array([westward(record.network, leg.start, leg.end) for leg in legs], dtype=bool)
    found = []
    for way in (True, False):
        mine = rows[west[loads.leg[rows]] == way]
        for number in _evenly(loads.consignment[mine], loads.created[mine], most):
            parts = mine[loads.consignment[mine] == number]
            found.append(_course(record, spine, parts, int(number), way))
    return found


def _evenly(consignments: NDArray[np.int64], born: Numbers, most: int) -> NDArray[np.int64]:
    """Up to `most` of them, at even distances in the order of their births."""
    numbers, where = np.unique(consignments, return_index=True)
    numbers = numbers[np.argsort(born[where], kind="stable")]
    if len(numbers) <= most:
        return numbers
    picked: NDArray[np.int64] = numbers[np.linspace(0, len(numbers) - 1, most).round().astype(np.int64)]
    return picked


def _course(record: Record, spine: Spine, parts: NDArray[np.int64], consignment: int, west: bool) -> Course:
    loads, legs = record.trip_table.loads, record.freight.legs
    last_part = {int(loads.leg[row]): int(row) for row in parts}  # the rows are in order of coming
    points: list[tuple[float, float]] = []
    before = ""
    for number, row in last_part.items():
        leg = legs[number]
        if points and leg.start != before:
            points.append((np.nan, np.nan))
        points += _on_leg(record, spine, leg, row)
        before = leg.end
    days, kilometres = np.asarray(points, dtype=float).T
    return Course(consignment=consignment, westward=west, days=days, kilometres=kilometres)


def _on_leg(record: Record, spine: Spine, leg: FreightLeg, row: int) -> list[tuple[float, float]]:
    """Days and km on one leg, up to the end of the run; nan where it leads off the spine.

    What is out on a line at the end of the run has moved as it usually does.
    """
    loads, until = record.trip_table.loads, record.days
    trip = int(loads.trip[row])
    times = record.journal.trips[trip].times if trip >= 0 else ()
    at = [spine.places.get(place, np.nan) for place in _passed(record.network, leg)]
    turns = [(float(loads.ready[row]), 0), *((time, n // 2) for n, time in enumerate(times))]
    points = [(turns[0][0], at[0])]
    for (_, before), (time, place) in pairwise(turns):
        if place > before and leg.lines[before] not in spine.lines:
            points.append((np.nan, np.nan))
        points.append((time, at[place]))
    if len(times) == 2 * len(at):
        return points
    if times and len(times) % 2 == 0:
        number = turns[-1][1]
        line = record.network.lines[leg.lines[number]]
        share = min((until - times[-1]) / max(line.days, 1e-9), 0.97) if line.id in spine.lines else np.nan
        return [*points, (until, at[number] + share * (at[number + 1] - at[number]))]
    return [*points, (until, points[-1][1])]


def _passed(network: Network, leg: FreightLeg) -> list[str]:
    ends = zip((network.lines[id] for id in leg.lines), leg.forward, strict=True)
    return [leg.start, *(line.destination if forward else line.origin for line, forward in ends)]


def apart(some: list[Course], width: float, most: int = 18) -> list[Course]:
    """The courses with their level stretches beside each other where they wait together, `width` km apart.

    They lie on the side that they come from; beyond `most` at one place they lie on top of each other.
    """
    taken: dict[tuple[float, bool], list[float]] = {}
    shifts = [np.zeros(len(course.days)) for course in some]
    level = [(course.days[a], n, a, b) for n, course in enumerate(some) for a, b in _level(course)]
    for since, n, a, b in sorted(level):
        course = some[n]
        ends = taken.setdefault((float(course.kilometres[a]), course.westward), [])
        slot = next((place for place, end in enumerate(ends) if end <= since), len(ends))
        if slot == len(ends):
            ends.append(0.0)
        ends[slot] = float(course.days[b])
        shifts[n][a : b + 1] = slot % most * (-width if course.westward else width)
    return [
        replace(course, kilometres=course.kilometres + shift)
        for course, shift in zip(some, shifts, strict=True)
    ]


def _level(course: Course) -> list[tuple[int, int]]:
    """The first and last point of each stretch in which a course does not move."""
    still = np.append(np.diff(course.kilometres) == 0.0, False)
    firsts = np.flatnonzero(still & ~np.append(False, still[:-1]))
    lasts = np.flatnonzero(~still & np.append(False, still[:-1]))
    return [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True) if course.days[b] > course.days[a]]
