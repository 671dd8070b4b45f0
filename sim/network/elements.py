"""Elements of a transport network, frozen, as its tables describe them.

Every quantity is kept in the unit that its field names (`Unit`); tables may give it in any other.
`cargo` in a unit stands for the unit of the element's cargo: t for crude, TEU for containers.
A share is a number from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from sim.units import Unit

Rate = Annotated[float, Unit("cargo/day")]
Amount = Annotated[float, Unit("cargo")]
Days = Annotated[float, Unit("day")]
Share = Annotated[float, Unit("")]
Price = Annotated[float, Unit("USD/cargo")]
Kilometres = Annotated[float, Unit("km")]
Degrees = float

PlaceKind = Literal["field", "tank farm", "terminal", "port", "border", "station", "market", "region"]
Mode = Literal["pipeline", "rail", "sea"]
Work = Literal["load", "discharge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of figures."""

    id: str
    title: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """A kind of cargo and its unit.

    One with `barrels_per_tonne` is a liquid and flows; others travel, and weigh `tonnes` a unit.
    """

    id: str
    name: str
    unit: Literal["t", "TEU"]
    barrels_per_tonne: Annotated[float, Unit("bbl/t")] | None = None
    tonnes: Annotated[float, Unit("t/cargo")] = 1.0
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node: field, tank farm, terminal, port, border, station, market, or a region that trades.

    A market has the `route` that its sales are counted under and its `price` as a differential
    to the marker crude, so that netbacks can be ranked. `berths_at_once` limits how many of the
    place's berths can work at the same time.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    latitude: Degrees
    longitude: Degrees
    route: str = ""
    price: Annotated[float, Unit("USD/cargo")] | None = None
    berths_at_once: int | None = None
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge: a pipeline or rail line with a capacity, or a sea lane that fleets sail."""

    id: str
    name: str
    mode: Mode
    origin: str
    destination: str
    cargo: str
    country: str
    length: Kilometres
    capacity: Rate | None = None
    tariff: Price = 0.0
    via: tuple[tuple[Degrees, Degrees], ...] = ()
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A tank farm at a place, which feeds one link or one shipper's exports.

    `feeds` is the link that draws from it, or the shipper whose field it serves. At `throttle_at`
    of its capacity the operator holds intake down to what can leave, until it is down to
    `release_at`. `reserve` is the room, in days of normal intake, that a loading programme leaves
    free for storms.
    """

    id: str
    name: str
    place: str
    feeds: str
    cargo: str
    capacity: Amount
    initial: Share = 0.0
    throttle_at: Share = 1.0
    release_at: Share = 1.0
    reserve: Days | None = None
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """A berth where ships of some lanes load or discharge; a mooring is a berth at sea.

    A call takes `approach`, then the cargo at `rate`, then `cast_off`. A berth that is
    `weather_limited` closes in its place's storms. A policy may put one in service that is not
    `in_service`.
    """

    id: str
    name: str
    place: str
    lanes: tuple[str, ...]
    work: Work
    cargo: str
    rate: Rate
    approach: Days
    cast_off: Days
    weather_limited: bool = True
    in_service: bool = True
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Ships of one size on some lanes.

    With `vessels`, a finite fleet that goes back and forth at `speed`, spending `layover` (papers,
    waiting, bunkers) on each round trip. Without, ships of the world market: a loading programme
    calls them `lead` ahead, they arrive with a spread of `jitter` (standard deviation), and `mix`
    is this size's share of the calls. Such a ship is owed `demurrage` for each day that it is kept
    in port beyond its `laytime`.
    """

    id: str
    name: str
    lanes: tuple[str, ...]
    cargo: str
    load: Amount
    vessels: int | None = None
    speed: Annotated[float, Unit("km/day")] | None = None
    layover: Days = 0.0
    lead: Days | None = None
    jitter: Days = 0.0
    mix: Share = 1.0
    demurrage: Annotated[float, Unit("USD/day")] | None = None
    laytime: Days | None = None
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipper:
    """A shipper that sends the output of a field.

    `rate` is the export potential without any limit; `restart` the days from shut in to full output;
    `evacuation` the rate at which a backlog can be sent, as a share of `rate` (1.1: a tenth faster than
    it is produced).
    """

    id: str
    name: str
    place: str
    country: str
    cargo: str
    rate: Rate
    restart: Days
    evacuation: Share = 1.0
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The limit of a shipper's exports to one market: normally, and when it diverts.

    After its oil has been turned away elsewhere for `lag`, the limit climbs from `normal` to `surge`
    within `ramp`; it goes back the same way. Blank `normal`: no limit but the links'.
    """

    id: str
    shipper: str
    market: str
    cargo: str
    normal: Rate | None = None
    surge: Rate | None = None
    lag: Days = 0.0
    ramp: Days = 0.0
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """The storms of a place in a calendar month: their number and their mean length."""

    id: str
    place: str
    month: int
    storms: Annotated[float, Unit("storm")]
    duration: Days
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The mean spot price of a marker crude in a month, such as 2022-04.

    Markets' prices are differentials to it. Its id is marker and month: `brent.2022-04`.
    """

    id: str
    marker: str
    month: str
    price: Annotated[float, Unit("USD/bbl")]
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A value of an element's field, in place of its table's, from a date on (until another)."""

    id: str
    element: str
    field: str
    since: date
    until: date | None = None
    value: str
    source: str
    note: str = ""
