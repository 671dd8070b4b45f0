"""What happens and what we do about it, as scenario and policy files say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from sim.network.network import Network
from sim.scenario.request import Request
from sim.scenario.values import Day, Days, Scalar, Share, SomeTexts, Steps, Texts, When, bad


def _tables(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, list | tuple):
        raise bad("should be a list of tables", f"write [[{info.field_name}]], with two brackets")
    return tuple(value)


def _table(value: object) -> object:
    if not isinstance(value, dict | Recovery):
        raise bad("should be a table", 'such as { shape = "linear", days = 7 }')
    return value


class Described(BaseModel):
    """A frozen description that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Recovery(Described):
    """How capacity comes back once a closure ends: at once, in a line over `days`, or in `steps`.

    A line is walked in daily steps, each the line's mean over its day; `steps` are pairs of days
    after the end and the share that is back from then on, 1 at last.
    """

    shape: Literal["at once", "linear", "steps"] = "at once"
    days: Days = 0.0
    steps: Steps = ()

    @model_validator(mode="after")
    def _fits(self) -> Recovery:
        if self.shape == "linear" and self.days <= 0:
            raise bad("a linear recovery needs its days")
        if self.shape == "steps" and not self.steps:
            raise bad("a recovery in steps needs its steps")
        if self.shape != "linear" and self.days > 0:
            raise bad("days belong to a linear recovery", 'add shape = "linear"')
        if self.shape != "steps" and self.steps:
            raise bad("steps belong to a recovery in steps", 'add shape = "steps"')
        return self


class Closure(Described):
    """Elements cut to a share of themselves (`remaining`) from one date until another."""

    element: SomeTexts
    since: When = Field(alias="from")
    until: When
    remaining: Share = 0.0
    recovery: Annotated[Recovery, BeforeValidator(_table)] = Recovery()
    announced_until: When | None = None
    planned: bool = False
    label: str = ""
    cause: str = ""
    source: str
    note: str = ""


class Refusal(Described):
    """Shippers who turn away from elements from a date on: a `share` of them, or all at a `premium`.

    The premium is in USD per unit of cargo, such as `300 USD/FEU`. Left out, `demand` means all.
    """

    element: SomeTexts
    demand: Texts = ()
    share: Share = 0.0
    premium: Scalar | None = None
    since: When = Field(alias="from")
    until: When | None = None
    label: str = ""
    cause: str = ""
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Refusal:
        if self.share == 0 and self.premium is None:
            raise bad("a boycott needs a share, a premium or both", 'such as share = "25 %"')
        return self


class Change(Described):
    """A field of an element given another value, for the whole run or `from` a date on."""

    element: str
    field: str
    value: Scalar
    since: When | None = Field(default=None, alias="from")
    source: str
    reason: str = ""


class ScenarioFile(Described):
    """The keys of a scenario file; those left out come from what it extends."""

    title: str
    description: str = ""
    extends: Texts = ()
    network: str | None = None
    start: Day | None = None
    end: Day | None = None
    seed: int | None = Field(default=None, ge=0)
    cargo: SomeTexts | None = None
    closure: Annotated[tuple[Closure, ...], BeforeValidator(_tables)] = ()
    boycott: Annotated[tuple[Refusal, ...], BeforeValidator(_tables)] = ()
    change: Annotated[tuple[Change, ...], BeforeValidator(_tables)] = ()


class PolicyFile(Described):
    """The keys of a policy file."""

    title: str
    description: str = ""
    change: Annotated[tuple[Change, ...], BeforeValidator(_tables)]


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
class Boycott:
    """Shippers who turn away from every corridor that uses one of some elements.

    From day `start` until `end` (infinity: to stay), a `share` of what the `demands` send refuses such
    corridors, and for all of them these cost `premium` more, in USD per unit of the demands' cargo.
    """

    label: str
    elements: tuple[str, ...]
    demands: tuple[str, ...]
    share: float
    premium: float
    start: float
    end: float
    cause: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """A change that takes hold during the run, its value in the field's own unit."""

    day: float
    element: str
    field: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything that a run needs: a network, a horizon, and what happens in it.

    `cargo` are the cargoes that it moves; the network has only what these need. `request` is the call
    that made it.
    """

    name: str
    title: str
    description: str
    start: date
    end: date
    seed: int
    network: Network
    disturbances: tuple[Disturbance, ...]
    dated: tuple[DatedChange, ...]
    boycotts: tuple[Boycott, ...] = ()
    cargo: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=(), compare=False)
    request: Request = field(default=Request(call="sim.Scenario"), compare=False)

    @property
    def days(self) -> float:
        """The length of the horizon in days."""
        return float((self.end - self.start).days)
