"""The flat records of one run; nothing here looks at the world that wrote them.

Times are days since the start of the run. A *step* series holds each value until its next time;
a *point* series is a straight line between its points. Keys are (quantity, element):

steps   ("flow", link) cargo/day through a link; on a sea lane, what its loading berths pump
        ("exported", market) cargo/day reaching a market
        ("potential" | "produced" | "curtailed", shipper) cargo/day
        ("diverted", shipper) cargo/day above the normal limits of its contracts
        ("share", element) what a closure or storm leaves of an element, 0 to 1
        ("limit", stock) intake that a throttled tank farm still asks for, cargo/day
points  ("level", stock) cargo in a stock
        ("sold", "shipper>market") cargo delivered since the start
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Key = tuple[str, str]

# One stay of a ship that has come to load: its lane, in the roads since, at a berth from, gone at (days).
# A call has more than one where a berth closed under the ship, and its last so far where the run
# ended before the ship left. A plain tuple, as one is made for every ship.
Stay = tuple[str, float, float, float]


class Series:
    """Times and values, appended in order of time."""

    __slots__ = ("times", "values")

    def __init__(self) -> None:
        self.times: list[float] = []
        self.values: list[float] = []

    def hold(self, time: float, value: float) -> None:
        """A step: the value holds from `time` on. A repeat of the standing value is left out."""
        values = self.values
        if values:
            if values[-1] == value:
                return
            if self.times[-1] == time:
                values[-1] = value
                return
        self.times.append(time)
        values.append(value)

    def mark(self, time: float, value: float) -> None:
        """A corner of a straight-line series."""
        self.times.append(time)
        self.values.append(value)


class Happening(NamedTuple):
    """Something that happened: `element` did `kind`, `quantity` in the unit that the kind implies."""

    time: float
    kind: str
    element: str
    quantity: float
    reason: str


class Call(NamedTuple):
    """One ship's call at one place: times in days; `load` is the cargo moved."""

    lane: str
    work: str
    berth: str
    arrived: float
    berthed: float
    left: float
    load: float


class Load(NamedTuple):
    """Part of a consignment on a trip: how much of it, and when it came to wait for this leg."""

    consignment: int
    amount: float
    came: float


class Trip(NamedTuple):
    """One train or ship on one leg: its loads, and its moments one by one.

    `times` are when it was taken (made up, or its loading begun), then for each line of the leg when it
    set out on it and when it reached its end, and last when all of it was ashore or delivered. A trip
    that the run's end cut short has fewer. A ship that goes back empty has no loads.
    """

    leg: int
    service: str
    loads: tuple[Load, ...]
    times: tuple[float, ...]


class Consigned(NamedTuple):
    """A lot as it was sent: whose, by which corridor, how much, and when it was born."""

    demand: str
    corridor: str
    amount: float
    born: float


class Lost(NamedTuple):
    """Cargo that a corridor lost.

    `kind` says how: `rebooked` went by the ocean after waiting in vain since it `came`, `dropped` was not
    sent at all, `refused` found no corridor that its shippers would use.
    """

    time: float
    demand: str
    corridor: str
    amount: float
    came: float
    kind: str


class Choice(NamedTuple):
    """What part of a demand books a corridor from now on, and how many days it expects of it."""

    time: float
    demand: str
    corridor: str
    share: float
    days: float


class PortCall(NamedTuple):
    """One stay of a ship with boxes or wagons at a quay: days when it came to the roads, made fast, left.

    `worked` are the days in which cargo moved. A ship that makes way for another, or whose quay is
    closed, has more than one stay in one call at the port.
    """

    service: str
    vehicle: int
    quay: str
    arrived: float
    berthed: float
    left: float
    worked: float
    discharged: float
    loaded: float


@dataclass(slots=True)
class Journal:
    """What one run recorded, from day 0 to day `until`."""

    until: float
    steps: dict[Key, Series] = field(default_factory=dict)
    points: dict[Key, Series] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    consignments: list[Consigned] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    waiting: list[tuple[int, Load]] = field(default_factory=list)  # leg, and what waits for it at the end
    choices: list[Choice] = field(default_factory=list)
    port_calls: list[PortCall] = field(default_factory=list)
    events: int = 0

    def steps_of(self, quantity: str, element: str) -> Series:
        """The step series of that name, to be written to."""
        return self.steps.setdefault((quantity, element), Series())

    def points_of(self, quantity: str, element: str) -> Series:
        """The straight-line series of that name, to be written to."""
        return self.points.setdefault((quantity, element), Series())

    def step(self, quantity: str, element: str, time: float, value: float) -> None:
        """Record that a value holds from `time` on."""
        self.steps_of(quantity, element).hold(time, value)

    def point(self, quantity: str, element: str, time: float, value: float) -> None:
        """Record a corner of a straight-line series."""
        self.points_of(quantity, element).mark(time, value)

    def tell(self, time: float, kind: str, element: str, quantity: float = 0.0, reason: str = "") -> None:
        self.happenings.append(Happening(time, kind, element, quantity, reason))
