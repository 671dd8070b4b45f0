"""Cargo that passed over lines, and the trains that waited for a path onto them."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.errors import fail, nearest
from sim.measures.freight.selectors import counted_in_boxes, within
from sim.measures.freight.trip_table import LineDirection
from sim.measures.measure import ElementKind, Measure
from sim.measures.record import Record
from sim.measures.series import Flags, occupancy, step_range

KILOTONNE = 1e3


def directions_meant(record: Record, element: str) -> Flags:
    """Return a flag for each direction of the trip table: whether it belongs to an element.

    The element is a line both ways, one way over it (`line>place`), or all lines with a tag (`tag:x`).
    Raises `InputError` when the run has no such line.
    """
    network, directions = record.network, record.trip_table.directions
    body, _, place = element.rpartition(">") if ">" in element else (element, "", "")
    if element in network.lines:
        body, place = element, ""
    tag = body.removeprefix("tag:") if body.startswith("tag:") else None
    lines = [id for id, line in network.lines.items() if (tag in line.tags if tag else id == body)]
    if not lines:
        advice = nearest(body, network.lines) or "a line, tag:x, or line>place"
        raise fail("no line of this run matches", key="element", value=element, advice=advice)
    if place and not any(place in (network.lines[id].origin, network.lines[id].destination) for id in lines):
        ends = {end for id in lines for end in (network.lines[id].origin, network.lines[id].destination)}
        raise fail("the line does not lead there", key="element", value=element, advice=nearest(place, ends))
    return np.array([line in lines and place in ("", end) for line, end in directions], dtype=bool)


def _passed(record: Record, element: str, a: float, b: float) -> Flags:
    """Return a flag for each crossing: whether it reached the end of an element's line in a window."""
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
    """Return the number of trains that wait for a path onto an element's lines, as a step series."""
    table = record.trip_table
    crossings = table.crossings
    by_land = np.array([leg.mode == "land" for leg in table.legs], dtype=bool)
    rows = directions_meant(record, element)[crossings.direction] & by_land[table.trips.leg[crossings.trip]]
    rows &= crossings.departed > crossings.ready
    return occupancy(crossings.ready[rows], crossings.departed[rows], record.days)


def _longest_queue(record: Record, element: str, a: float, b: float) -> float:
    return step_range(line_queue(record, element), a, b)[1]


def travelled(record: Record, cargo_unit: str = "") -> list[str]:
    """Return the lines under legs of some cargo, both ways, by tag, and each way."""
    network = record.network
    legs = [leg for leg in record.freight.legs if cargo_unit in ("", network.cargoes[leg.cargo].unit)]
    lines = dict.fromkeys(line for leg in legs for line in leg.lines)
    tags = dict.fromkeys(f"tag:{tag}" for line in lines for tag in network.lines[line].tags)
    return [*lines, *tags, *directions(record, cargo_unit)]


def directions(record: Record, cargo_unit: str = "") -> list[str]:
    """Return each direction of a line that a corridor takes, as `line>place`."""
    network, used = record.network, dict[str, None]()
    for numbers in record.freight.corridors.values():
        for number in numbers:
            leg = record.freight.legs[number]
            if cargo_unit in ("", network.cargoes[leg.cargo].unit):
                used.update(dict.fromkeys(f"{line}>{place}" for line, place in way_ends(record, number)))
    return list(used)


def way_ends(record: Record, leg: int) -> list[LineDirection]:
    """Return the lines of a leg and the places that they lead to."""
    table = record.trip_table
    return [table.directions[direction] for direction in table.directions_of_leg[leg]]


def _box_lines(record: Record) -> list[str]:
    return travelled(record, "TEU")


def _limited(record: Record) -> list[str]:
    """Return the directions whose trains may have to wait: those with limited paths or room."""
    lines = record.network.lines
    return [
        direction
        for direction in directions(record)
        for line in [lines[direction.rpartition(">")[0]]]
        if line.mode in ("rail", "border") and (line.paths is not None or line.room is not None)
    ]


LINE = ElementKind(name="a line, one way over it, or a tag", check=directions_meant)
LINES = (
    Measure(
        name="passed",
        title="Containers over a line",
        unit="TEU",
        better="more",
        definition="Containers that reached the end of the line in the window, both ways.",
        kind=LINE,
        formula=_boxes,
        elements=_box_lines,
    ),
    Measure(
        name="passed tonnes",
        title="Dry cargo over a line",
        unit="kt",
        better="more",
        definition="All dry cargo that reached the end of the line in the window, both ways, by weight.",
        kind=LINE,
        formula=_tonnes,
        elements=travelled,
    ),
    Measure(
        name="longest queue",
        title="Longest queue of trains",
        unit="trains",
        better="less",
        definition="Largest number of trains that waited at once for a path onto the line, or for room on "
        "it.",
        kind=LINE,
        formula=_longest_queue,
        elements=_limited,
    ),
)
