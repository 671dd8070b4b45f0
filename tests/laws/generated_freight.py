"""Small freight worlds for hypothesis to draw: ways over land, over a strait, and by the ocean."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builders import (
    boycott,
    changed,
    closure,
    corridor,
    demand,
    network,
    ocean,
    place,
    quay,
    rail,
    region,
    scenario,
    sea_line,
    service,
    stormy,
    yard,
)
from hypothesis import strategies as st

from sim.network import Network
from sim.network.network import Element
from sim.scenario import Scenario
from sim.scenario.schema import Recovery

DAYS = 40
PORTS = ("lagoon", "cape")
LONG = 1000.0  # days: beyond every run


@dataclass(frozen=True)
class Sizes:
    """The figures that a freight world is built from, of cargo "containers" but for `wagons`."""

    rate: float
    back: float  # what is sent the other way
    lot: float
    load: float  # of a train
    longest_wait: float
    paths: float | None
    room: int | None
    days: float  # of each line by land
    spread: float
    capacity: float  # of each yard
    handling: float
    ships: int
    ship_load: float
    sailing: float
    layover: float
    lifting: float
    approach: float
    quays: int
    patience: float
    sensitivity: float
    second: int  # ships of a second, smaller size
    sets: int | None  # of wagons on the last line, None: trains as many as are needed
    by_ocean: bool
    northern: bool  # a way round by land
    coastal: bool  # a way by land from the first port on
    wagons: bool  # another cargo on the northern way
    storms: float  # a month


# by what is wider, another world of that kind
WIDER = {
    "ships": lambda size: replace(size, ships=size.ships + 1),
    "second": lambda size: replace(size, second=size.second + 1),
    "quays": lambda size: replace(size, quays=size.quays + 1),
    "capacity": lambda size: replace(size, capacity=size.capacity * 2),
    "lifting": lambda size: replace(size, lifting=size.lifting * 2),
    "paths": lambda size: replace(size, paths=None if size.paths is None else size.paths * 2),
    "room": lambda size: replace(size, room=None if size.room is None else size.room * 2),
}


@st.composite
def sizes(draw: st.DrawFn) -> Sizes:
    """Sizes that could carry about as much as is sent, or too little."""
    load = draw(st.sampled_from([5.0, 8.0, 12.0]))
    ship_load = draw(st.sampled_from([10.0, 16.0, 25.0]))
    lot = draw(st.sampled_from([2.0, 5.0, 9.0]))
    rate = draw(st.sampled_from([4.0, 10.0, 18.0]))
    return Sizes(
        rate=rate,
        back=draw(st.sampled_from([0.0, 3.0, rate])),
        lot=lot,
        load=load,
        longest_wait=draw(st.sampled_from([0.5, 2.0, 6.0])),
        paths=draw(st.sampled_from([None, 1.0, 2.0, 4.0])),
        room=draw(st.sampled_from([None, 2, 5])),
        days=draw(st.sampled_from([0.3, 1.0, 2.5])),
        spread=draw(st.sampled_from([0.0, 0.2, 0.8])),
        capacity=max(load, ship_load, lot) * draw(st.sampled_from([1.0, 1.6, 5.0])),
        handling=draw(st.sampled_from([0.0, 0.4])),
        ships=draw(st.integers(1, 3)),
        ship_load=ship_load,
        sailing=draw(st.sampled_from([0.5, 1.5])),
        layover=draw(st.sampled_from([0.0, 0.5])),
        lifting=draw(st.sampled_from([15.0, 60.0])),
        approach=draw(st.sampled_from([0.0, 0.1])),
        quays=draw(st.integers(1, 2)),
        patience=draw(st.sampled_from([4.0, 15.0, LONG])),
        sensitivity=draw(st.sampled_from([50.0, 400.0])),
        second=draw(st.sampled_from([0, 0, 1])),
        sets=draw(st.sampled_from([None, None, 2, 5])),
        by_ocean=draw(st.booleans()),
        northern=draw(st.booleans()),
        coastal=draw(st.booleans()),
        wagons=draw(st.booleans()),
        storms=draw(st.sampled_from([0.0, 4.0, 12.0])),
    )


def freight_parts(size: Sizes) -> list[Element]:
    """Demand "goods" from "east" to "west" (and "returns"), and the corridors that `size` has.

    "middle": rail "plain", ships "boat" over the "strait" from "lagoon" to "cape", rail "hill".
    "coastal": "plain", then rail "coast" from the lagoon on. "northern": lines "taiga" and "gate".
    """
    parts: list[Element] = [
        region("east"),
        region("west"),
        *(place(id, "port") for id in PORTS),
        place("border"),
        _rail("plain", "east", "lagoon", size),
        _rail("hill", "west", "cape", size),
        sea_line("strait", "lagoon", "cape", size.sailing, spread=min(size.spread, 0.3)),
        *(yard(f"{id}.yard", id, size.capacity, handling=size.handling) for id in PORTS),
        *(
            quay(f"{id}.quay{n}", id, "strait", size.lifting, approach=size.approach, cast_off=size.approach)
            for id in PORTS
            for n in range(size.quays)
        ),
        service("plain.train", "plain", size.load, size.longest_wait),
        service("hill.train", "hill", size.load, size.longest_wait, size.sets, layover=size.layover),
        service("boat", "strait", size.ship_load, size.longest_wait, size.ships, layover=size.layover),
    ]
    ways = {"middle": "plain strait hill"}
    if size.second:
        parts.append(service("barge", "strait", size.ship_load / 2, size.longest_wait, size.second))
    if size.coastal:
        parts += [_rail("coast", "lagoon", "west", size), service("coast.train", "coast", size.load, 1.0)]
        ways["coastal"] = "plain coast"
    if size.northern:
        parts += [
            _rail("taiga", "east", "border", size),
            _rail("gate", "border", "west", size),
            service("northern.train", "taiga gate", size.load, size.longest_wait),
        ]
        ways["northern"] = "taiga gate"
    if size.by_ocean:
        parts.append(ocean("sea", "east", "west", 12.0, spread=min(size.spread, 0.3)))
        ways["by-ocean"] = "sea"
    for name, (a, b), rate in (
        ("goods", ("east", "west"), size.rate),
        ("returns", ("west", "east"), size.back),
    ):
        if rate > 0.0:
            parts += _trade(name, a, b, rate, ways, size)
    if size.northern and size.wagons:
        parts += [
            service("wagon.train", "taiga gate", size.load * 10, 2.0, cargo="wagons"),
            demand("ore", "east", "west", size.rate * 10, size.lot * 10, cargo="wagons"),
            corridor("ore-way", "east", "west", "taiga gate", cargo="wagons", group="northern"),
        ]
    if size.storms:
        parts += [part for id in PORTS for part in stormy(id, size.storms, 0.5)]
    return parts


def _rail(id: str, a: str, b: str, size: Sizes) -> Element:
    return rail(id, a, b, size.days, size.paths, room=size.room, spread=size.spread)


def _trade(name: str, a: str, b: str, rate: float, ways: dict[str, str], size: Sizes) -> list[Element]:
    onward = a == "east"
    made: list[Element] = [
        demand(
            name,
            a,
            b,
            rate,
            size.lot,
            value_of_time=10.0,
            sensitivity=size.sensitivity,
            patience=size.patience,
        )
    ]
    for id, lines in ways.items():
        along = lines if onward else " ".join(lines.split()[::-1])
        made.append(corridor(id if onward else f"{id}-back", a, b, along, 100.0, group=id))
    return made


def made_of(size: Sizes) -> Network:
    return network(freight_parts(size))


def closable(made: Network) -> list[str]:
    return [*made.lines, *made.yards, *made.quays, *made.services, *made.demands]


@st.composite
def closures_of(draw: st.DrawFn, made: Network, most: int = 3) -> list[object]:
    """Closures of anything, overlapping or not, of which some recover step by step."""
    found = []
    for number in range(draw(st.integers(0, most))):
        since = draw(st.integers(0, DAYS - 2)) + draw(st.sampled_from([0.0, 0.37]))
        elements = draw(st.lists(st.sampled_from(closable(made)), min_size=1, max_size=3, unique=True))
        found.append(
            closure(
                " ".join(elements),
                since,
                since + draw(st.sampled_from([0.5, 3.0, 9.0, 60.0])),
                draw(st.sampled_from([0.0, 0.0, 0.05, 0.5])),
                recovery=draw(st.sampled_from([Recovery(), Recovery(shape="linear", days=4)])),
                label=str(number),
                announced=draw(st.sampled_from([None, since + 1.0, DAYS + 5.0])),
                planned=draw(st.booleans()),
            )
        )
    return found


@st.composite
def freight_worlds(draw: st.DrawFn) -> Scenario:
    """A whole scenario: network, storms, closures, boycotts and dated changes."""
    made = made_of(draw(sizes()))
    closures = draw(closures_of(made))
    bases = {line.id: line.paths for line in made.lines.values() if line.paths is not None}
    bases |= {yard.id: yard.capacity for yard in made.yards.values()}
    bases |= {quay.id: quay.rate for quay in made.quays.values()}
    bases |= {demand.id: demand.rate for demand in made.demands.values()}
    dated = [
        changed(float(draw(st.integers(0, DAYS - 1))), id, bases[id] * draw(st.sampled_from([0.5, 1.5])))
        for id in draw(st.lists(st.sampled_from([*bases]), max_size=2, unique=True))
    ]
    boycotts = [
        boycott(
            draw(st.sampled_from([*made.lines, *made.services])),
            "goods",
            share=draw(st.sampled_from([0.3, 1.0])),
            premium=draw(st.sampled_from([0.0, 80.0])),
            since=float(draw(st.integers(0, DAYS - 1))),
        )
        for _ in range(draw(st.integers(0, 1)))
    ]
    return scenario(made, DAYS, *closures, dated=dated, boycotts=boycotts, seed=draw(st.integers(0, 99)))
