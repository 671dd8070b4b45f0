"""Consignments as lines along one corridor: distance from its eastern end against time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.charts.freight.groups import is_westward
from sim.measures.freight.arrivals import groups_of_loads, loads_of_cargo
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network.freight.elements import Corridor
from sim.network.freight.legs import FreightLeg, places_along, stops_of
from sim.network.network import Network

MAX_ABREAST = 18
MAX_SHARE = 0.97  # of a line: as far as one that is still on it at the end of the run is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A corridor as an axis: its places in km from the eastern end, its stops and its lines."""

    places: Mapping[str, float]
    stops: frozenset[str]
    lines: frozenset[str]

    @property
    def length(self) -> float:
        return max(self.places.values())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """Days and km of one consignment, turn by turn; nan separates stretches off the profile."""

    consignment: int
    westward: bool
    arrived: bool
    days: Numbers
    kilometres: Numbers

    @property
    def duration(self) -> float:
        """Days from the first point to the last."""
        return float(np.nanmax(self.days) - np.nanmin(self.days))

    @property
    def standing(self) -> float:
        """Days in which it did not move."""
        return float(np.sum(np.diff(self.days)[np.diff(self.kilometres) == 0.0]))


def profile_of(network: Network, corridor: Corridor) -> Profile:
    """Return the profile of a corridor."""
    passed = places_along(corridor, network.lines)
    reached = np.concatenate(([0.0], np.cumsum([network.lines[id].length for id in corridor.lines])))
    if not is_westward(network, corridor.origin, corridor.destination):
        reached = reached[-1] - reached
    return Profile(
        places=dict(zip(passed, reached.tolist(), strict=True)),
        stops=frozenset(passed[n] for n in stops_of(network, corridor)),
        lines=frozenset(corridor.lines),
    )


def courses(record: Record, corridor: Corridor, profile: Profile, max_each_way: int) -> list[Course]:
    """Return the courses of consignments each way, picked evenly by their dates of origin.

    They follow any corridor of the same cargo and group, and are drawn where it shares the profile's
    lines; a consignment that was split is followed by its last part.
    """
    legs = record.freight.legs
    on_profile = np.array([bool(set(leg.lines) & profile.lines) for leg in legs], dtype=bool)
    loads = record.trip_table.loads
    akin = loads_of_cargo(record, corridor.cargo) & (groups_of_loads(record) == corridor.group)
    rows = np.flatnonzero(akin & on_profile[loads.leg])
    rows = rows[np.lexsort((loads.ready[rows], loads.consignment[rows]))]
    west = np.array([is_westward(record.network, leg.start, leg.end) for leg in legs], dtype=bool)
    picked = []
    for way in (True, False):
        of_way = rows[west[loads.leg[rows]] == way]
        for number in _evenly(loads.consignment[of_way], loads.created[of_way], max_each_way):
            parts = of_way[loads.consignment[of_way] == number]
            picked.append(_course(record, profile, parts, int(number), way))
    return picked


def abreast(drawn: Sequence[Course], spacing: float) -> list[Course]:
    """Return courses with their level stretches side by side where they wait together (`spacing` in km).

    They lie on the side that they come from; beyond `MAX_ABREAST` at one place they lie on each other.
    """
    ends_at: dict[tuple[float, bool], list[float]] = {}
    shifts = [np.zeros(len(course.days)) for course in drawn]
    level = [(course.days[a], n, a, b) for n, course in enumerate(drawn) for a, b in _level(course)]
    for since, n, a, b in sorted(level):
        course = drawn[n]
        ends = ends_at.setdefault((float(course.kilometres[a]), course.westward), [])
        slot = next((place for place, end in enumerate(ends) if end <= since), len(ends))
        if slot == len(ends):
            ends.append(0.0)
        ends[slot] = float(course.days[b])
        shifts[n][a : b + 1] = slot % MAX_ABREAST * (-spacing if course.westward else spacing)
    return [
        replace(course, kilometres=course.kilometres + shift)
        for course, shift in zip(drawn, shifts, strict=True)
    ]


def _evenly(consignments: NDArray[np.int64], created: Numbers, most: int) -> NDArray[np.int64]:
    """Return up to `most` consignments at even distances in the order of their origin."""
    numbers, where = np.unique(consignments, return_index=True)
    numbers = numbers[np.argsort(created[where], kind="stable")]
    if len(numbers) <= most:
        return numbers
    picked: NDArray[np.int64] = numbers[np.linspace(0, len(numbers) - 1, most).round().astype(np.int64)]
    return picked


def _course(
    record: Record, profile: Profile, parts: NDArray[np.int64], consignment: int, west: bool
) -> Course:
    loads, legs = record.trip_table.loads, record.freight.legs
    last_part = {int(loads.leg[row]): int(row) for row in parts}  # the rows are in order of coming
    points: list[tuple[float, float]] = []
    before = ""
    for number, row in last_part.items():
        leg = legs[number]
        if points and leg.start != before:
            points.append((np.nan, np.nan))
        points += _on_leg(record, profile, leg, row)
        before = leg.end
    days, kilometres = np.asarray(points, dtype=float).T
    arrived = bool(np.any(loads.last[parts] & (loads.delivered[parts] <= record.days)))
    return Course(consignment=consignment, westward=west, arrived=arrived, days=days, kilometres=kilometres)


def _on_leg(record: Record, profile: Profile, leg: FreightLeg, row: int) -> list[tuple[float, float]]:
    """Return days and km on one leg, up to the end of the run; nan where it leads off the profile.

    A trip that is out on a line at the end of the run is drawn as if it had moved at the usual speed.
    """
    loads, until = record.trip_table.loads, record.days
    trip = int(loads.trip[row])
    times = record.journal.trips[trip].times if trip >= 0 else ()
    at = [profile.places.get(place, np.nan) for place in _passed(record.network, leg)]
    turns = [(float(loads.ready[row]), 0), *((time, n // 2) for n, time in enumerate(times))]
    points = [(turns[0][0], at[0])]
    for (_, before), (time, place) in pairwise(turns):
        if place > before and leg.lines[before] not in profile.lines:
            points.append((np.nan, np.nan))
        points.append((time, at[place]))
    if len(times) == 2 * len(at):
        return points
    if times and len(times) % 2 == 0:
        number = turns[-1][1]
        line = record.network.lines[leg.lines[number]]
        elapsed = (until - times[-1]) / max(line.days, 1e-9)
        share = min(elapsed, MAX_SHARE) if line.id in profile.lines else np.nan
        return [*points, (until, at[number] + share * (at[number + 1] - at[number]))]
    return [*points, (until, points[-1][1])]


def _passed(network: Network, leg: FreightLeg) -> list[str]:
    ends = zip((network.lines[id] for id in leg.lines), leg.forward, strict=True)
    return [leg.start, *(line.destination if forward else line.origin for line, forward in ends)]


def _level(course: Course) -> list[tuple[int, int]]:
    """Return the first and last point of each stretch in which a course does not move."""
    still = np.append(np.diff(course.kilometres) == 0.0, False)
    firsts = np.flatnonzero(still & ~np.append(False, still[:-1]))
    lasts = np.flatnonzero(~still & np.append(False, still[:-1]))
    return [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True) if course.days[b] > course.days[a]]
