"""Consignments along a corridor: where they were and when, as the journal says."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from made_up_freight import DAYS, STORM, freight_record
from marks import of_kind

from sim.charts.chart import Line, Paths, Zone
from sim.charts.freight.groups import main_corridor
from sim.charts.freight.space_time import MAX_EACH_WAY, slowest_of, space_time
from sim.charts.freight.string_lines import Course, Profile, abreast, courses, profile_of
from sim.measures import Record
from sim.network.freight.elements import Corridor


@cache
def record() -> Record:
    return freight_record()


def corridor() -> Corridor:
    found = main_corridor(record(), "containers")
    assert found is not None
    return found


def profile() -> Profile:
    return profile_of(record().network, corridor())


def test_the_profile_has_the_kilometres_of_its_lines_from_the_east() -> None:
    lines = record().network.lines
    lengths = [lines[id].length for id in corridor().lines]
    assert list(profile().places) == ["china", "altynkol", "aktau", "alat", "kars", "europe"]
    assert list(profile().places.values()) == pytest.approx([0.0, *np.cumsum(lengths)])
    assert profile().stops == {"china", "aktau", "alat", "europe"}


def test_the_profile_of_an_eastward_corridor_begins_at_its_end() -> None:
    there = corridor()
    back = Corridor(
        id="back",
        name="Back",
        group="middle",
        origin="europe",
        destination="china",
        cargo="containers",
        lines=there.lines[::-1],
        rate=1.0,
        source="assumed",
    )
    assert profile_of(record().network, back).places == pytest.approx(dict(profile().places))


def test_a_course_passes_each_place_when_its_trips_did() -> None:
    some = courses(record(), corridor(), profile(), 1000)
    numbers = [course.consignment for course in some]
    assert len(numbers) == len(set(numbers))
    through = [course for course in some if course.kilometres[-1] == max(profile().places.values())]
    all_of_it = next(course for course in through if course.days[0] > 0.0)
    trips = [
        trip
        for trip in record().journal.trips
        if any(load.consignment == all_of_it.consignment for load in trip.loads)
    ]
    first_leg = next(trip for trip in trips if record().freight.legs[trip.leg].start == "china")
    sea = next(trip for trip in trips if record().freight.legs[trip.leg].start == "aktau")
    at_aktau = all_of_it.days[all_of_it.kilometres == profile().places["aktau"]]
    assert at_aktau.min() == first_leg.times[-2]
    assert at_aktau.max() == sea.times[1]
    assert np.all(np.diff(all_of_it.days[~np.isnan(all_of_it.days)]) >= 0.0)
    assert np.all(np.diff(all_of_it.kilometres[~np.isnan(all_of_it.kilometres)]) >= 0.0)


def test_a_course_that_the_end_of_the_run_cuts_off_reaches_up_to_it() -> None:
    ends = [course.days[-1] for course in courses(record(), corridor(), profile(), 1000)]
    assert max(ends) == DAYS
    on_the_way = [
        course for course in courses(record(), corridor(), profile(), 1000) if course.days[-1] == DAYS
    ]
    assert all(course.kilometres[-1] <= max(profile().places.values()) for course in on_the_way)


def test_only_that_many_are_drawn_evenly_picked_from_first_to_last() -> None:
    every = courses(record(), corridor(), profile(), 1000)
    some = courses(record(), corridor(), profile(), 9)
    assert len(some) == 9
    born = [record().journal.consignments[course.consignment].created for course in every]
    picked = [record().journal.consignments[course.consignment].created for course in some]
    assert (min(picked), max(picked)) == (min(born), max(born))


def test_only_corridors_of_the_same_cargo_and_group_are_followed() -> None:
    lots = record().journal.consignments
    for course in courses(record(), corridor(), profile(), 1000):
        assert lots[course.consignment].corridor == "middle.containers"


def test_those_who_wait_together_stand_beside_each_other() -> None:
    def course(number: int, until: float) -> Course:
        days = np.asarray([float(number), until, until + 1.0])
        return Course(
            consignment=number, westward=True, arrived=True, days=days, kilometres=np.asarray([5.0, 5.0, 9.0])
        )

    one, two, three = abreast([course(0, 10.0), course(1, 8.0), course(9, 20.0)], 0.1)
    assert one.kilometres.tolist() == [5.0, 5.0, 9.0]
    assert two.kilometres.tolist() == pytest.approx([4.9, 4.9, 9.0])
    assert three.kilometres.tolist() == pytest.approx([4.9, 4.9, 9.0])


def test_paths_are_drawn_at_their_dates_and_places_are_named_with_their_kilometres() -> None:
    chart = space_time(record())
    (panel,) = chart.panels
    (drawn,) = of_kind(panel, Paths)
    picked = courses(record(), corridor(), profile(), MAX_EACH_WAY)
    assert drawn.name == "Westward"
    assert len(drawn.paths) == len(picked)
    assert drawn.paths[0][0].tolist() == pytest.approx(picked[0].days.tolist(), nan_ok=True)
    labels = list(panel.y.ticks.values())
    assert labels[0] == "China  0"
    assert labels[-1].startswith("Europe  ")
    (storm,) = of_kind(panel, Zone)
    assert storm.intervals == (STORM,)


def test_the_slowest_consignment_is_marked_and_named_in_the_finding() -> None:
    slowest = slowest_of(courses(record(), corridor(), profile(), MAX_EACH_WAY))
    assert slowest is not None
    chart = space_time(record())
    (line,) = of_kind(chart.panels[0], Line)
    assert line.values.tolist() == pytest.approx(slowest.kilometres.tolist(), nan_ok=True)
    assert f"took {slowest.duration:.1f} days here, {slowest.standing:.1f} of them standing" in chart.finding
