"""What happens and what we do about it, as scenario and policy files say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sim.errors import InputError
from sim.network.elements import Network
from sim.units import parse


def _share(value: object) -> object:
    if isinstance(value, str):
        try:
            return parse(value, "")
        except InputError as error:
            raise ValueError(error.faults[0].message) from None
    return value


def _days(value: object) -> object:
    if isinstance(value, str):
        try:
            return parse(value, "day")
        except InputError as error:
            raise ValueError(error.faults[0].message) from None
    return value


def _many(value: object) -> object:
    return [value] if isinstance(value, str) else value


Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]
Days = Annotated[float, BeforeValidator(_days), Field(ge=0)]
Moment = date | datetime
Ids = Annotated[tuple[str, ...], BeforeValidator(_many), Field(min_length=1)]


class Described(BaseModel):
    """A frozen description that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Recovery(Described):
    """How capacity comes back once a closure ends: at once, in a line over `days`, or in `steps`.

    A line is walked in daily steps, each the line's mean over its day; `steps` are pairs of days
    after the end and the share that is back from then on.
    """

    shape: Literal["at once", "linear", "steps"] = "at once"
    days: Days = 0.0
    steps: tuple[tuple[Days, Share], ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Recovery:
        if self.shape == "linear" and self.days <= 0:
            raise ValueError("a linear recovery needs its days")
        if self.shape == "steps" and not self.steps:
            raise ValueError("a recovery in steps needs its steps")
        if list(self.steps) != sorted(self.steps):
            raise ValueError("steps of a recovery must come in order of their days, each with more back")
        return self


class Closure(Described):
    """Elements cut to a share of themselves (`remaining`) from one date until another."""

    element: Ids
    since: Moment = Field(alias="from")
    until: Moment
    remaining: Share = 0.0
    recovery: Recovery = Recovery()
    announced_until: Moment | None = None
    planned: bool = False
    label: str = ""
    cause: str = ""
    source: str
    note: str = ""


class Change(Described):
    """A field of an element given another value, for the whole run or `from` a date on."""

    element: str
    field: str
    value: str | float | int | bool
    since: Moment | None = Field(default=None, alias="from")
    source: str = ""
    reason: str = ""


class ScenarioFile(Described):
    """The keys of a scenario file; those left out come from what it extends."""

    title: str
    description: str = ""
    extends: Annotated[tuple[str, ...], BeforeValidator(_many)] = ()
    network: str | None = None
    start: date | None = None
    end: date | None = None
    seed: int | None = Field(default=None, ge=0)
    closure: tuple[Closure, ...] = ()
    change: tuple[Change, ...] = ()


class PolicyFile(Described):
    """The keys of a policy file."""

    title: str
    description: str = ""
    change: tuple[Change, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """A closure resolved against the network: which elements, when, and down to what.

    `steps` are (day, share) with days since the start of the run, the last one back to 1.
    `announced` is the day that shippers believe it ends.
    """

    label: str
    elements: tuple[str, ...]
    steps: tuple[tuple[float, float], ...]
    announced: float
    planned: bool
    cause: str
    source: str

    @property
    def start(self) -> float:
        return self.steps[0][0]

    @property
    def end(self) -> float:
        return self.steps[-1][0]

    @property
    def remaining(self) -> float:
        return self.steps[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """A change that takes hold during the run, its value in the field's own unit."""

    day: float
    element: str
    field: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything that a run needs: a network, a horizon, and what happens in it."""

    name: str
    title: str
    description: str
    start: date
    end: date
    seed: int
    network: Network
    disturbances: tuple[Disturbance, ...]
    dated: tuple[DatedChange, ...]
    policies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=(), compare=False)

    @property
    def days(self) -> float:
        """The length of the horizon in days."""
        return float((self.end - self.start).days)
