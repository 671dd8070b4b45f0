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

EventKind = Literal[
    "begins",  # a closure of the scenario; quantity: share left open
    "closes",  # an element; quantity: share left open
    "opens",  # an element; quantity: share open
    "storm",  # at a place
    "calm",  # at a place
    "changes",  # capacity of an element for good; quantity: its new value
    "throttled",  # intake of a tank farm; quantity: its limit, cargo/day
    "full",  # a tank farm, whose intake is reduced further; quantity as before
    "eased",  # intake of a tank farm that is no longer full; quantity as before
    "released",  # intake of a tank farm; quantity: infinite
    "sent back",  # ship to the roads from a berth that closed; quantity: cargo left; reason: its lane
    "diverts",  # a shipper, to another market; quantity: its shortfall, cargo/day
    "returns",  # a shipper, from another market; quantity as before
    "held",  # trips outside a full yard; quantity: level of the yard; reason: the leg of its queue
    "freed",  # the last of these trips; quantity as before
]
LossKind = Literal["rebooked", "dropped", "refused"]

Quantity = TypeVar("Quantity", bound=str)
StepKey = tuple[StepQuantity, str]
PointKey = tuple[PointQuantity, str]

# One stay of a ship that loads: its lane, and the days when it came to the roads, berthed, and left. A call
# has several where a berth closed under the ship; where the run ended before the ship left, the last stay
# ends with the run. A plain tuple, as one is made for every ship.
BerthStay = tuple[str, float, float, float]


class Series:
    """Times and values, appended in order of time."""

    __slots__ = ("times", "values")

    def __init__(self) -> None:
        self.times: list[float] = []
        self.values: list[float] = []

    def hold(self, time: float, value: float) -> None:
        """Append a value that holds from `time` on, unless it repeats the last one."""
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
        """Append a corner of a straight-line series."""
        self.times.append(time)
        self.values.append(value)


class Event(NamedTuple):
    """An instant at which `element` changed; `kind` implies the meaning and unit of `quantity`."""

    time: float
    kind: EventKind
    element: str
    quantity: float
    reason: str


class CallRecord(NamedTuple):
    """One tanker's call at one port to `work` (load or discharge): days, and the cargo moved."""

    lane: str
    work: str
    berth: str
    arrived: float
    berthed: float
    left: float
    load: float


class Load(NamedTuple):
    """Part of a consignment on a trip: its amount, and the day since which it waited for this leg."""

    consignment: int
    amount: float
    ready: float


class TripRecord(NamedTuple):
    """One train or ship on one leg: its loads, and its moments in order.

    `times` begin with the day on which it was made up or began to load; then, for each line of the leg, the
    days on which it entered the line and reached its end; last, the day on which all cargo was set down or
    delivered. A trip cut short by the end of the run has fewer. A ship that returns empty has no loads.
    """

    leg: int
    service: str
    loads: tuple[Load, ...]
    times: tuple[float, ...]


class ConsignmentRecord(NamedTuple):
    """A lot as it was sent: its demand, corridor and amount, and the day of its creation."""

    demand: str
    corridor: str
    amount: float
    created: float


class LostCargo(NamedTuple):
    """Cargo lost to a corridor.

    Rebooked cargo went by the ocean after waiting in vain since it was `ready`, dropped cargo was not sent at
    all, refused cargo found no corridor that its shippers would use.
    """

    time: float
    demand: str
    corridor: str
    amount: float
    ready: float
    kind: LossKind


class CorridorChoice(NamedTuple):
    """Share of a demand that books a corridor from `time` on, and the days that it expects."""

    time: float
    demand: str
    corridor: str
    share: float
    days: float


class PortCall(NamedTuple):
    """One stay of a ship with dry cargo at a quay: the days when it came to the roads, berthed and left.

    `worked` is the time in which cargo moved, in days. A ship that makes way for another, or whose quay is
    closed, has several stays in one call at the port.
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
    """Records of one run, from day 0 to day `until`.

    `waiting` is the cargo in yards at the end, each with the number of the leg that it waits for.
    """

    until: float
    steps: dict[StepKey, Series] = field(default_factory=dict)
    points: dict[PointKey, Series] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    stays: list[BerthStay] = field(default_factory=list)
    trips: list[TripRecord] = field(default_factory=list)
    consignments: list[ConsignmentRecord] = field(default_factory=list)
    lost: list[LostCargo] = field(default_factory=list)
    waiting: list[tuple[int, Load]] = field(default_factory=list)
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
        self, time: float, kind: EventKind, element: str, quantity: float = 0.0, reason: str = ""
    ) -> None:
        """Log an event; `quantity` is in the unit that its kind implies."""
        self.events.append(Event(time, kind, element, quantity, reason))


def _checked(quantity: Quantity, units: Mapping[Quantity, str]) -> Quantity:
    if quantity not in units:
        raise ValueError(f"no quantity of the journal is called {quantity!r}: {', '.join(units)}")
    return quantity
