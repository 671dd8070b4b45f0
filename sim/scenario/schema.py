"""The keys of scenario and policy files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from sim.errors import fail
from sim.scenario.change_grammar import read_change
from sim.scenario.changes import Change, Target
from sim.scenario.values import Day, Days, Scalar, Share, SomeTexts, Steps, Texts, When, bad, read_by


def _tables(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, list | tuple):
        raise bad("should be a list of tables", f"write [[{info.field_name}]], with two brackets")
    return tuple(value)


def _table(value: object) -> object:
    if not isinstance(value, dict | Recovery):
        raise bad("should be a table", 'such as { shape = "linear", days = 7 }')
    return value


class Described(BaseModel):
    """A frozen description that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Recovery(Described):
    """The recovery of capacity once a closure ends: at once, in a line over `days`, or in `steps`.

    A line is followed in daily steps, each at the line's mean over its day; `steps` are pairs of days
    after the end and the share that is back from then on, finally 1.
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
    """A closure of elements, which are cut to a share (`remaining`) from one date until another."""

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
    """A boycott of elements from a date on: a `share` of shippers refuse them, the rest add a `premium`.

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
    def _has_effect(self) -> Refusal:
        if self.share == 0 and self.premium is None:
            raise bad("a boycott needs a share, a premium or both", 'such as share = "25 %"')
        return self


def _change(value: object) -> Change:
    if not isinstance(value, str):
        raise fail("should be a change in quotes", advice='such as "closure:SPM-3.days=20"')
    change = read_change(value)
    if change.target.kind == "policy":
        raise fail("a file holds no policies", advice="lay it over with --policy")
    return change


class ChangeTable(Described):
    """A change of a field of an element, for the whole run or `from` a date on.

    Instead of `element`, `field` and `value`, a `change` gives it in one text, for closures and boycotts too.
    """

    element: str
    field: str
    value: Scalar
    since: When | None = Field(default=None, alias="from")
    change: Annotated[Change | None, read_by(_change)] = None
    source: str
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_one_form(cls, data: object) -> object:
        if not isinstance(data, dict) or "change" not in data:
            return data
        doubled = [key for key in ("element", "field", "value", "from") if key in data]
        if doubled:
            advice = f"leave out {' and '.join(doubled)}; its date stands in it, as in a.rate=5 t @2022-03-01"
            raise bad("the change says all of it", advice)
        return {"element": "", "field": "", "value": "", **data}

    def stated(self) -> Change:
        """Return the change that the table states."""
        return self.change or Change(Target("element", self.element, self.field), self.value, self.since)


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
    change: Annotated[tuple[ChangeTable, ...], BeforeValidator(_tables)] = ()


class PolicyFile(Described):
    """The keys of a policy file."""

    title: str
    description: str = ""
    change: Annotated[tuple[ChangeTable, ...], BeforeValidator(_tables)]
