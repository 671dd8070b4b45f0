"""The part of a scenario that changes act on, and its horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sim.errors import fail
from sim.network.network import Network
from sim.scenario.events import Boycott, DatedChange, Disturbance
from sim.scenario.provenance import Provenance

MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days from the midnight that starts `start` to the one that starts `end`."""

    start: date
    end: date

    @property
    def days(self) -> float:
        return float((self.end - self.start).days)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A network, a horizon, and what happens in it.

    `cargo` are the cargoes that move; the network has only what these need. `provenance` has the
    fields of elements, by id and name, whose value when the run begins is not that of their table.
    """

    start: date
    end: date
    network: Network
    disturbances: tuple[Disturbance, ...]
    dated: tuple[DatedChange, ...]
    boycotts: tuple[Boycott, ...] = ()
    cargo: tuple[str, ...] = ()
    provenance: Mapping[tuple[str, str], Provenance] = field(default_factory=dict, compare=False)

    @property
    def horizon(self) -> Horizon:
        return Horizon(self.start, self.end)

    @property
    def days(self) -> float:
        """The length of the horizon in days."""
        return self.horizon.days


def day_of(moment: date | datetime, start: date) -> float:
    """Return the days from the start of the run to a date (its midnight) or a date and time."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, MIDNIGHT)
    return (moment - datetime.combine(start, MIDNIGHT)).total_seconds() / 86_400


def date_of(day: float, start: date) -> date | datetime:
    """Return the date of a day of the run, with its time where it is not midnight."""
    moment = datetime.combine(start, MIDNIGHT) + timedelta(days=day)
    return moment.date() if moment.time() == MIDNIGHT else moment.replace(microsecond=0)


def check_dates(event: Disturbance | Boycott, horizon: Horizon) -> None:
    """Raise an `InputError` for an event that ends before it begins, or lies outside the run.

    Its key is `from`, `until` or `announced_until`.
    """
    kind = "closure" if isinstance(event, Disturbance) else "boycott"
    begins = f"it begins on {_iso(event.start, horizon)}"
    if event.until <= event.start:
        message, until = f"the {kind} ends before it begins", _iso(event.until, horizon)
        raise fail(message, key="until", value=until, advice=begins)
    if event.end <= 0 or event.start >= horizon.days:
        key, day = ("until", event.until) if event.end <= 0 else ("from", event.start)
        message, advice = f"the {kind} lies outside the run", f"the run is {horizon}"
        raise fail(message, key=key, value=_iso(day, horizon), advice=advice)
    if isinstance(event, Disturbance) and event.announced < event.start:
        message, announced = "was announced to end before it begins", _iso(event.announced, horizon)
        raise fail(message, key="announced_until", value=announced, advice=begins)


def is_outside(event: Disturbance | Boycott, horizon: Horizon) -> bool:
    """Return whether an event is over before the run begins, or begins when the run is over."""
    return event.end <= 0 or event.start >= horizon.days


def _iso(day: float, horizon: Horizon) -> str:
    return date_of(day, horizon.start).isoformat()
