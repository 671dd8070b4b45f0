"""Flat records of one run, without reference to the world that wrote them.

Times are days since the start of the run. A *step* series holds each value until its next time; a *point*
series is a straight line between its points. Both are keyed by (quantity, element): the element is a link,
a market, a shipper, a stock or, for what was sold, "shipper>market".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeVar

StepQuantity = Literal[
    "flow",  # through a link; on a sea lane, what its loading berths pump
    "exported",  # reaching a market
    "potential",  # of a shipper, had it nothing to wait for
    "produced",  # of a shipper
    "curtailed",  # of a shipper: potential less produced
    "diverted",  # of a shipper, above the normal limits of its contracts
    "limit",  # intake that a throttled tank farm still requests
    "waiting",  # ships in the roads of a sea lane
    "alongside",  # ships at the loading berths of a sea lane
    "share",  # of an element's capacity that closures and storms leave, 0 to 1
]
PointQuantity = Literal[
    "level",  # cargo in a stock
    "sold",  # cargo delivered since the start
]
STEP_UNITS: Final[Mapping[StepQuantity, str]] = {
    "flow": "t/day",
    "exported": "t/day",
    "potential": "t/day",
    "produced": "t/day",
    "curtailed": "t/day",
    "diverted": "t/day",
    "limit": "t/day",
    "waiting": "ships",
    "alongside": "ships",
    "share": "",
}
POINT_UNITS: Final[Mapping[PointQuantity, str]] = {"level": "t", "sold": "t"}

Quantity = TypeVar("Quantity", bound=str)
StepKey = tuple[StepQuantity, str]
PointKey = tuple[PointQuantity, str]

# One stay of a ship that has come to load: its lane, in the roads since, at a berth from, gone at (days).
# A call has more than one where a berth closed under the ship, and its last so far where the run
# ended before the ship left. A plain tuple, as one is made for every ship.
BerthStay = tuple[str, float, float, float]


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


class Event(NamedTuple):
    """Something that happened: `element` did `kind`, `quantity` in the unit that the kind implies."""

    time: float
    kind: str
    element: str
    quantity: float
    reason: str


class CallRecord(NamedTuple):
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
    ready: float


class TripRecord(NamedTuple):
    """One train or ship on one leg: its loads, and its moments one by one.

    `times` are when it was taken (made up, or its loading begun), then for each line of the leg when it
    set out on it and when it reached its end, and last when all of it was ashore or delivered. A trip
    that the run's end cut short has fewer. A ship that goes back empty has no loads.
    """

    leg: int
    service: str
    loads: tuple[Load, ...]
    times: tuple[float, ...]


class ConsignmentRecord(NamedTuple):
    """A lot as it was sent: whose, by which corridor, how much, and when it was born."""

    demand: str
    corridor: str
    amount: float
    created: float


class LostCargo(NamedTuple):
    """Cargo that a corridor lost.

    `kind` says how: `rebooked` went by the ocean after waiting in vain since it `came`, `dropped` was not
    sent at all, `refused` found no corridor that its shippers would use.
    """

    time: float
    demand: str
    corridor: str
    amount: float
    ready: float
    kind: str


class CorridorChoice(NamedTuple):
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
    steps: dict[StepKey, Series] = field(default_factory=dict)
    points: dict[PointKey, Series] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    stays: list[BerthStay] = field(default_factory=list)
    trips: list[TripRecord] = field(default_factory=list)
    consignments: list[ConsignmentRecord] = field(default_factory=list)
    lost: list[LostCargo] = field(default_factory=list)
    waiting: list[tuple[int, Load]] = field(default_factory=list)  # leg, and what waits for it at the end
    choices: list[CorridorChoice] = field(default_factory=list)
    port_calls: list[PortCall] = field(default_factory=list)
    event_count: int = 0

    def step_series(self, quantity: StepQuantity, element: str) -> Series | None:
        """Return a step series, None where the run wrote none. ValueError if there is no such quantity."""
        return self.steps.get((_checked(quantity, STEP_UNITS), element))

    def point_series(self, quantity: PointQuantity, element: str) -> Series | None:
        """Return a straight-line series, None where the run wrote none. ValueError as `step_series`."""
        return self.points.get((_checked(quantity, POINT_UNITS), element))

    def open_steps(self, quantity: StepQuantity, element: str) -> Series:
        """Return the step series to append to, new where there is none yet."""
        return self.steps.setdefault((_checked(quantity, STEP_UNITS), element), Series())

    def open_points(self, quantity: PointQuantity, element: str) -> Series:
        """Return the straight-line series to append to, new where there is none yet."""
        return self.points.setdefault((_checked(quantity, POINT_UNITS), element), Series())

    def log_step(self, quantity: StepQuantity, element: str, time: float, value: float) -> None:
        """Log a value that holds from `time` on."""
        self.open_steps(quantity, element).hold(time, value)

    def log_point(self, quantity: PointQuantity, element: str, time: float, value: float) -> None:
        """Log a corner of a straight-line series."""
        self.open_points(quantity, element).mark(time, value)

    def log_event(
        self, time: float, kind: str, element: str, quantity: float = 0.0, reason: str = ""
    ) -> None:
        """Log an event; `quantity` is in the unit that its kind implies."""
        self.events.append(Event(time, kind, element, quantity, reason))


def _checked(quantity: Quantity, units: Mapping[Quantity, str]) -> Quantity:
    if quantity not in units:
        raise ValueError(f"no quantity of the journal is called {quantity!r}: {', '.join(units)}")
    return quantity
