"""The rows of the short table on boxes and wagons."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures import MEASURES, Record, Strain, bottlenecks
from sim.measures.choosing import ALL, groups
from sim.report.row import Row, measured

MOST_NAMED = 4


def freight_rows(first: Record, records: list[Record]) -> Iterator[Row]:
    """By group what was delivered and how long it took; who did not get a place; ports, ships, what binds."""
    yield from _delivered(first, records)
    yield from _transit(first, records)
    yield measured(records, "sent on time", ALL, "Left its origin within a week", 1)
    yield measured(records, "containers to the ocean", ALL, "Containers by ocean after waiting in vain", 0)
    yield measured(records, "not sent", ALL, "Dry cargo not sent", 1)
    yield measured(records, "transport cost", ALL, "Transport cost of containers", 0)
    yield from _ports(first, records)
    yield from _yards(first, records)
    yield from binding_rows(records)
    books = [record.freight_balance for record in records]
    errors = tuple(None if one is None else one.worst for one in books)
    yield Row("Books of dry cargo, largest error", "t, TEU", errors, 6)


def _delivered(first: Record, records: list[Record]) -> Iterator[Row]:
    for measure, title, decimals in (
        ("containers", "Containers delivered", 0),
        ("freight", "Dry cargo delivered, containers included", 1),
    ):
        elements = MEASURES[measure].elements(first)
        some = [group for group in groups(first.network) if group in elements]
        if some:
            yield Row(title, "", ())
            for group in some:
                yield measured(records, measure, group, f"  {group}", decimals)
            yield measured(records, measure, ALL, "  all", decimals)


def _transit(first: Record, records: list[Record]) -> Iterator[Row]:
    """Each cargo by each group: the median, and the slowest tenth."""
    network = first.network
    kinds = dict.fromkeys((one.group, one.cargo) for one in network.corridors.values())
    yield Row("Transit: median, and what the slowest tenth exceeds", "", ())
    for group, cargo in kinds:
        name = f"  {group}, {network.cargoes[cargo].name.lower()}"
        yield measured(records, "transit days", f"{cargo}>{group}", f"{name}, median", 1)
        yield measured(records, "long transit", f"{cargo}>{group}", f"{name}, slowest tenth", 1)


def _ports(first: Record, records: list[Record]) -> Iterator[Row]:
    network = first.network
    places = [element for element in MEASURES["quay use"].elements(first) if element in network.places]
    if places:
        yield Row("Quays with cargo being worked", "", ())
        for place in places:
            yield measured(records, "quay use", place, f"  {network.places[place].name}", 0)
    finite = list(MEASURES["service busy"].elements(first))
    if finite:
        yield Row("Ships: days not waiting for cargo, and load carried against load offered", "", ())
        for id in finite:
            name = network.services[id].name
            yield measured(records, "service busy", id, f"  {name}, busy", 0)
            yield measured(records, "service use", id, f"  {name}, full", 0)


def _yards(first: Record, records: list[Record]) -> Iterator[Row]:
    """The yards that turned trains or ships away, in any of the runs."""
    rows = [
        measured(records, "held", yard, f"  {first.network.yards[yard].name}", 0)
        for yard in MEASURES["held"].elements(first)
    ]
    shown = [row for row in rows if any(row.values)]
    if shown:
        yield Row("Train-days and ship-days held by a full yard", "", ())
        yield from shown


def binding_rows(records: list[Record]) -> Iterator[Row]:
    """What binds in any of the runs: its part of all waiting, and how hard it was used."""
    found = [{strain.element: strain for strain in bottlenecks(record)} for record in records]
    worst: dict[str, Strain] = {}
    for strains in found:
        for id, strain in strains.items():
            if strain.binds and (id not in worst or worst[id].part < strain.part):
                worst[id] = strain
    named = sorted(worst.values(), key=lambda strain: -strain.part)[:MOST_NAMED]
    yield Row(
        "What binds: part of the waiting of its cargo, and how hard it was used"
        if named
        else "Nothing binds",
        "",
        (),
    )
    for strain in named:
        here = [strains.get(strain.element) for strains in found]
        parts = tuple(one.part if one else None for one in here)
        uses = tuple(one.use if one else None for one in here)
        yield Row(f"  {strain.name}, waiting for it", "%", parts, 0)
        yield Row(f"  {strain.name}, used", "%", uses, 0)
