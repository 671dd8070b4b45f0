"""Networks and scenarios built in code, without files: only what a test is about has to be said.

Quantities are in the engine's own units: t or TEU, t/day or TEU/day, days, km.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from freight_builders import MADE_UP
from freight_builders import border as border
from freight_builders import boycott as boycott
from freight_builders import corridor as corridor
from freight_builders import demand as demand
from freight_builders import line as line
from freight_builders import ocean as ocean
from freight_builders import quay as quay
from freight_builders import rail as rail
from freight_builders import sea_line as sea_line
from freight_builders import service as service
from freight_builders import yard as yard

from sim.engine import Outcome, Series, World, prepare
from sim.engine.clock import Clock
from sim.network import Network
from sim.network.checks import check
from sim.network.elements import Berth, Cargo, Contract, Fleet, Link, Place, Shipper, Stock, Weather
from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard
from sim.network.network import Element
from sim.scenario import Boycott, DatedChange, Disturbance, Scenario
from sim.scenario.closures import disturbance
from sim.scenario.schema import Closure, Recovery

START = date(2022, 1, 1)
CRUDE = Cargo(id="crude", name="Crude oil", unit="t", barrels_per_tonne=7.9, source="assumed")
CONTAINERS = Cargo(id="containers", name="Containers", unit="TEU", tonnes=12.0, source="assumed")
WAGONS = Cargo(id="wagons", name="Cargo in wagons", unit="t", source="assumed")
CARGOES = {cargo.id: cargo for cargo in (CRUDE, CONTAINERS, WAGONS)}
TABLES = {
    Place: "places",
    Link: "links",
    Stock: "stocks",
    Berth: "berths",
    Fleet: "fleets",
    Shipper: "shippers",
    Contract: "contracts",
    Weather: "weather",
    Line: "lines",
    Yard: "yards",
    Quay: "quays",
    Service: "services",
    Demand: "demands",
    Corridor: "corridors",
}


def place(id: str, kind: Any = "station", **more: Any) -> Place:
    return Place(id=id, name=id, kind=kind, country="XX", latitude=0.0, longitude=0.0, **MADE_UP, **more)


def market(id: str, price: float = 0.0) -> Place:
    return place(id, "market", route=id, price=price)


def pipe(id: str, origin: str, destination: str, capacity: float, **more: Any) -> Link:
    given: dict[str, Any] = {"cargo": "crude", "country": "XX", "length": 100.0, **MADE_UP, **more}
    return Link(
        id=id, name=id, mode="pipeline", origin=origin, destination=destination, capacity=capacity, **given
    )


def lane(id: str, origin: str, destination: str, length: float = 100.0, **more: Any) -> Link:
    given: dict[str, Any] = {"cargo": "crude", "country": "XX", **MADE_UP, **more}
    return Link(id=id, name=id, mode="sea", origin=origin, destination=destination, length=length, **given)


def tanks(id: str, at: str, feeds: str, capacity: float, **more: Any) -> Stock:
    return Stock(id=id, name=id, place=at, feeds=feeds, cargo="crude", capacity=capacity, **MADE_UP, **more)


def berth(id: str, at: str, lanes: str, rate: float, **more: Any) -> Berth:
    given: dict[str, Any] = {"work": "load", "approach": 0.0, "cast_off": 0.0, **MADE_UP, **more}
    return Berth(id=id, name=id, place=at, lanes=tuple(lanes.split()), cargo="crude", rate=rate, **given)


def called(id: str, lanes: str, load: float, lead: float = 1.0, **more: Any) -> Fleet:
    """Ships of the world market, which a loading programme calls."""
    return Fleet(
        id=id, name=id, lanes=tuple(lanes.split()), cargo="crude", load=load, lead=lead, **MADE_UP, **more
    )


def fleet(id: str, lanes: str, load: float, vessels: int, speed: float, layover: float = 0.0) -> Fleet:
    """A finite fleet that goes back and forth."""
    return Fleet(
        id=id,
        name=id,
        lanes=tuple(lanes.split()),
        cargo="crude",
        load=load,
        vessels=vessels,
        speed=speed,
        layover=layover,
        **MADE_UP,
    )


def field(
    id: str, rate: float, storage: float = 0.0, restart: float = 1.0, evacuation: float = 1.0, at: str = ""
) -> list[Element]:
    """A shipper with its tanks, and its field at a place of its own unless `at` another."""
    where = at or f"{id}-field"
    shipper = Shipper(
        id=id,
        name=id,
        place=where,
        country="XX",
        cargo="crude",
        rate=rate,
        restart=restart,
        evacuation=evacuation,
        **MADE_UP,
    )
    own: list[Element] = [] if at else [place(where, "field")]
    return [*own, shipper, tanks(f"{id}.storage", where, id, storage)]


def contract(shipper: str, market: str, **more: Any) -> Contract:
    return Contract(
        id=f"{shipper}:{market}", shipper=shipper, market=market, cargo="crude", **MADE_UP, **more
    )


def stormy(at: str, storms: float, duration: float, months: Iterable[int] = range(1, 13)) -> list[Weather]:
    """`storms` a month of mean length `duration` at a place, in these months."""
    return [
        Weather(
            id=f"{at}.weather-{month}", place=at, month=month, storms=storms, duration=duration, **MADE_UP
        )
        for month in months
    ]


def region(id: str) -> Place:
    """A place that sends and takes whatever comes."""
    return place(id, "region")


def network(*parts: Element | Sequence[Element], sound: bool = True) -> Network:
    """The network of these elements, checked as if it had been read from tables unless it may be unsound."""
    tables: dict[str, dict[str, Element]] = {name: {} for name in TABLES.values()}
    for part in parts:
        for element in part if isinstance(part, Sequence) else [part]:
            tables[TABLES[type(element)]][element.id] = element
    given: dict[str, Any] = dict(tables)
    made = Network(folder="", sources={}, cargoes=CARGOES, history={}, **given)
    if sound:
        check(made)
    return made


def with_changes(made: Network, **fields_by_id: dict[str, Any]) -> Network:
    """The same network with some fields of some elements given other values."""
    tables: dict[str, Any] = {name: dict(table) for name, table in made.kinds()}
    for id, given in fields_by_id.items():
        for table in tables.values():
            if id in table:
                table[id] = replace(table[id], **given)
    return replace(made, **tables)


def by_rail_and_ship(
    *,
    rate: float = 10.0,
    lot: float = 1.0,
    load: float = 10.0,
    longest_wait: float = 1.0,
    paths: float | None = None,
    room: int | None = None,
    days: float = 1.0,
    yards: float = 1000.0,
    ships: int = 2,
    ship_load: float = 20.0,
    sailing: float = 1.0,
    layover: float = 0.0,
    lifting: float = 100.0,
    quays: int = 1,
    extra: Sequence[Element] = (),
    **demand_fields: Any,
) -> Network:
    """Demand "goods" from "east" to "west" by rail "plain", ships "boat" on "strait", and rail "hill".

    Corridor "middle" passes "lagoon" and "cape", each with "lagoon.yard" and quays "lagoon.quay1"…
    """
    ports = ("lagoon", "cape")
    return network(
        [region("east"), region("west"), *(place(port, "port") for port in ports)],
        rail("plain", "east", "lagoon", days, paths, room=room),
        sea_line("strait", "lagoon", "cape", sailing),
        rail("hill", "cape", "west", days, paths, room=room),
        [yard(f"{port}.yard", port, yards) for port in ports],
        [quay(f"{port}.quay{n}", port, "strait", lifting) for port in ports for n in range(1, quays + 1)],
        service("plain.train", "plain", load, longest_wait),
        service("hill.train", "hill", load, longest_wait),
        service("boat", "strait", ship_load, longest_wait, ships, layover=layover),
        demand("goods", "east", "west", rate, lot, **demand_fields),
        corridor("middle", "east", "west", "plain strait hill"),
        extra,
    )


def terminal(
    *,
    rate: float = 100.0,
    pipe_capacity: float = 1000.0,
    farm: float = 1000.0,
    moorings: int = 1,
    pumping: float = 1000.0,
    load: float = 100.0,
    lead: float = 1.0,
    storage: float = 0.0,
    at_once: int | None = None,
    approach: float = 0.0,
    cast_off: float = 0.0,
    restart: float = 1.0,
    evacuation: float = 1.0,
    jitter: float = 0.0,
    extra: Sequence[Element] = (),
    **farm_fields: Any,
) -> Network:
    """Field "well", its pipe "pipe", a tank farm "farm" at "port", moorings "spm1"…, market "world"."""
    return network(
        field("well", rate, storage, restart, evacuation),
        place("port", "terminal", berths_at_once=at_once),
        market("world"),
        pipe("pipe", "well-field", "port", pipe_capacity),
        tanks("farm", "port", "sea", farm, **farm_fields),
        lane("sea", "port", "world"),
        [
            berth(f"spm{number}", "port", "sea", pumping, approach=approach, cast_off=cast_off)
            for number in range(1, moorings + 1)
        ],
        called("tanker", "sea", load, lead, jitter=jitter),
        contract("well", "world"),
        extra,
    )


def closure(
    elements: str,
    since: float,
    until: float,
    remaining: float = 0.0,
    *,
    recovery: Recovery | None = None,
    announced: float | None = None,
    planned: bool = False,
    label: str = "",
) -> Disturbance:
    """A closure of elements (ids, by spaces) from one day of the run until another."""
    ids = tuple(elements.split())
    written = Closure.model_validate(
        {
            "element": ids,
            "from": moment(since),
            "until": moment(until),
            "remaining": remaining,
            "recovery": recovery or Recovery(),
            "planned": planned,
            "label": label,
            "source": "assumed",
            "announced_until": None if announced is None else moment(announced),
        }
    )
    return disturbance(written, ids, START)


def moment(day: float) -> datetime:
    return datetime.combine(START, time()) + timedelta(days=day)


def changed(day: float, element: str, value: float) -> DatedChange:
    """A dated change of an element's capacity or rate."""
    return DatedChange(day=day, element=element, field="", value=value)


def scenario(
    made: Network,
    days: int,
    *closures: Disturbance,
    dated: Sequence[DatedChange] = (),
    boycotts: Sequence[Boycott] = (),
    seed: int = 1,
) -> Scenario:
    """A scenario of so many days from the first of January 2022."""
    return Scenario(
        name="made up",
        title="made up",
        description="",
        start=START,
        end=START + timedelta(days=days),
        seed=seed,
        network=made,
        dated=tuple(sorted(dated, key=lambda change: change.day)),
        boycotts=tuple(boycotts),
        disturbances=tuple(sorted(closures, key=lambda item: (item.start, item.label, item.elements))),
    )


def world(asked: Scenario, replication: int = 0) -> World:
    return World(prepare(asked), asked.seed, replication)


def run(asked: Scenario, replication: int = 0, watch: Callable[[World], None] | None = None) -> Outcome:
    return world(asked, replication).run(watch)


def at(series: Series, day: float) -> float:
    """The value of a step series on a day; 0 before its first."""
    found = 0.0
    for begins, value in zip(series.times, series.values, strict=True):
        if begins > day:
            break
        found = value
    return found


def total(series: Series, until: float) -> float:
    """The integral of a step series up to a day."""
    corners = [*series.times, until]
    return sum(
        value * (min(b, until) - a)
        for value, (a, b) in zip(series.values, pairwise(corners), strict=True)
        if a < until
    )


def after(env: Clock, days: float, then: Callable[[], None]) -> None:
    """Do something `days` from now."""
    env.call(days, then)
