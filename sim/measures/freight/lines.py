"""What passed over railways, borders and sea lanes, and the trains that waited to set out on them."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.errors import fail, nearest
from sim.measures.freight.selectors import counted_in_boxes, within
from sim.measures.freight.trip_table import Flags, TripTable
from sim.measures.measure import Formula, Measure
from sim.measures.record import Record
from sim.measures.series import occupancy, step_range

KILOTONNE = 1e3


def directions_meant(record: Record, element: str) -> Flags:
    """The ways that an element means: a line both ways, one way (`line>place`), or all of a tag (`tag:x`)."""
    network, ways = record.network, record.trip_table.directions
    body, _, place = element.rpartition(">") if ">" in element else (element, "", "")
    if element in network.lines:
        body, place = element, ""
    tag = body.removeprefix("tag:") if body.startswith("tag:") else None
    lines = [id for id, line in network.lines.items() if (tag in line.tags if tag else id == body)]
    if not lines:
        advice = nearest(body, network.lines) or "a line, tag:x, or line>place"
        raise fail("no line of this run is meant", key="element", value=element, advice=advice)
    return np.array([line in lines and place in ("", end) for line, end in ways], dtype=bool)


def _passed(record: Record, element: str, a: float, b: float) -> Flags:
    """The crossings of an element that reached the end of their line in a window."""
    crossings = record.trip_table.crossings
    return directions_meant(record, element)[crossings.direction] & within(crossings.arrived, a, b)


def _boxes(record: Record, element: str, a: float, b: float) -> float:
    table = record.trip_table
    trip = table.crossings.trip[_passed(record, element, a, b)]
    return float(table.trips.amount[trip][_in_boxes(record)[table.trips.leg[trip]]].sum())


def _tonnes(record: Record, element: str, a: float, b: float) -> float:
    table = record.trip_table
    trip = table.crossings.trip[_passed(record, element, a, b)]
    return float(table.trips.tonnes[trip].sum()) / KILOTONNE


def _in_boxes(record: Record) -> Flags:
    legs = record.trip_table.legs
    return np.array([counted_in_boxes(record.network, leg.cargo) for leg in legs], dtype=bool)


def line_queue(record: Record, element: str) -> Series:
    """How many trains wait for a path onto the lines of an element, as a step series."""
    table = record.trip_table
    crossings = table.crossings
    by_land = np.array([leg.mode == "land" for leg in table.legs], dtype=bool)
    rows = directions_meant(record, element)[crossings.direction] & by_land[table.trips.leg[crossings.trip]]
    rows &= crossings.departed > crossings.ready
    return occupancy(crossings.ready[rows], crossings.departed[rows], record.days)


def _longest(record: Record, element: str, a: float, b: float) -> float:
    return step_range(line_queue(record, element), a, b)[1]


def travelled(record: Record, cargo_unit: str = "") -> list[str]:
    """The lines that legs of some cargo run over, both ways and by tag."""
    network = record.network
    legs = [leg for leg in record.freight.legs if cargo_unit in ("", network.cargoes[leg.cargo].unit)]
    lines = dict.fromkeys(line for leg in legs for line in leg.lines)
    tags = dict.fromkeys(f"tag:{tag}" for line in lines for tag in network.lines[line].tags)
    return [*lines, *tags, *directions(record, cargo_unit)]


def directions(record: Record, cargo_unit: str = "") -> list[str]:
    """Each way over a line that a corridor takes, as `line>place`."""
    network, found = record.network, dict[str, None]()
    for indices in record.freight.corridors.values():
        for number in indices:
            leg = record.freight.legs[number]
            if cargo_unit in ("", network.cargoes[leg.cargo].unit):
                found.update(dict.fromkeys(f"{line}>{place}" for line, place in way_ends(record, number)))
    return list(found)


def way_ends(record: Record, leg: int) -> list[tuple[str, str]]:
    """The lines of a leg and the places that they lead to."""
    table: TripTable = record.trip_table
    return [table.directions[way] for way in table.directions_of_leg[leg]]


def _limited(record: Record) -> list[str]:
    """The ways whose trains may have to wait: those with paths or room that are counted."""
    lines = record.network.lines
    return [
        way
        for way in directions(record)
        for line in [lines[way.rpartition(">")[0]]]
        if line.mode in ("rail", "border") and (line.paths is not None or line.room is not None)
    ]


def _of(formula: Formula, name: str, title: str, unit: str, cargo_unit: str, what: str) -> Measure:
    return Measure(
        name=name,
        title=title,
        unit=unit,
        better="more",
        what=what,
        by="a line, one way over it, or a tag",
        of=formula,
        elements=lambda record: travelled(record, cargo_unit),
    )


LINES = (
    _of(
        *(_boxes, "passed", "Containers over a line", "TEU", "TEU"),
        "What reached the end of the line in the window, both ways.",
    ),
    _of(_tonnes, "passed tonnes", "Dry cargo over a line", "kt", "", "The same by weight, all cargo."),
    Measure(
        name="longest queue",
        title="Most trains waiting for a path, or room ahead",
        unit="trains",
        better="less",
        what="The most trains that stood before the line at once, as no path was free or no room on it.",
        by="a line, one way over it, or a tag",
        of=_longest,
        elements=_limited,
    ),
)
