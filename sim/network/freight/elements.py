"""Elements that dry cargo travels on, frozen: lines, yards, quays, services, demands, corridors.

Quantities are in the unit that their field names, as in `elements`. Lines are travelled both ways, and
their limits (paths, room, a yard's capacity) hold for each way separately.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from sim.network.elements import Amount, Days, Degrees, Kilometres, Price, Rate, Share
from sim.units import Unit

LineMode = Literal["rail", "border", "road", "sea", "ocean"]
Paths = Annotated[float, Unit("train/day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A railway line, a border crossing, a road, a sea lane of ships that go back and forth, or the ocean.

    It takes `days` from end to end, in the mean: running, dwell at a border, sailing. `spread` is the
    standard deviation as a share of that (a gamma distribution; 0: always the same). `paths` are the
    trains a day that may set out each way, `room` how many may be on it each way at once, those
    included that stand at its end because they cannot go on. Blank: no limit. The ocean has no limit
    and needs no ships.
    """

    id: str
    name: str
    mode: LineMode
    origin: str
    destination: str
    country: str
    length: Kilometres
    days: Days
    spread: Share = 0.0
    paths: Paths | None = None
    room: int | None = None
    via: tuple[tuple[Degrees, Degrees], ...] = ()
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yard:
    """A yard where boxes or wagons of one cargo leave a train or ship, and wait for the next.

    `capacity` holds for each onward leg separately: cargo that waits for the ship westward takes no
    room from cargo that waits for the train eastward. A full yard holds trains on the line and ships at
    their quay.
    `handling` is the least time between arrival and departure: lifts, papers, shunting.
    """

    id: str
    name: str
    place: str
    cargo: str
    capacity: Amount
    handling: Days = 0.0
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quay:
    """A berth where ships of some sea lanes are unloaded and loaded, at `rate` either way.

    A call takes `approach`, the cargo out and in, and `cast_off`. Work stops in storms where it is
    `weather_limited`. A policy may put one in service that is not `in_service`.
    """

    id: str
    name: str
    place: str
    lines: tuple[str, ...]
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
class Service:
    """Trains or ships of one size on some lines.

    Each takes up to `load`, and sets out when full or when its first cargo has waited for
    `longest_wait`. With `vehicles`, that many ships (or sets of wagons) go back and forth, with a
    `layover` at each end; without, trains are made up as needed.
    """

    id: str
    name: str
    lines: tuple[str, ...]
    cargo: str
    load: Amount
    longest_wait: Days
    vehicles: int | None = None
    layover: Days = 0.0
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The cargo that shippers would send from one place to another, by the corridor of their choice.

    `rate` is sent in lots of `lot`. A corridor costs its rate, its premium, and `value_of_time` for each
    day that they expect it to take; `sensitivity` is the scale of the logit: that much dearer, and a
    corridor is chosen e times less often. A lot that has not left within `patience` goes by the ocean,
    or, where none leads there, is dropped.
    """

    id: str
    name: str
    origin: str
    destination: str
    country: str
    cargo: str
    rate: Rate
    lot: Amount
    value_of_time: Annotated[float, Unit("USD/cargo/day")]
    sensitivity: Price
    patience: Days
    tags: tuple[str, ...] = ()
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """A way from one place to another: its lines in order, and what it costs.

    `group` is the name that it is counted under (north, middle, ocean). `premium` is what shippers
    put on top of the `rate` for risk, paperwork and unreliability.
    """

    id: str
    name: str
    group: str
    origin: str
    destination: str
    cargo: str
    lines: tuple[str, ...]
    rate: Price
    premium: Price = 0.0
    source: str
    note: str = ""


FreightElement = Line | Yard | Quay | Service | Demand | Corridor
