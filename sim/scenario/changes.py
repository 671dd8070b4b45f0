"""One type for every change of a number: settings, varied numbers, policies and dated changes.

`change_grammar` reads a change from text, `str` writes it back.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["element", "closure", "boycott", "policy"]
Value = str | float | bool | date | datetime | None
FIELDS: dict[Kind, tuple[str, ...]] = {
    "closure": ("days", "remaining", "from", "until", "off"),
    "boycott": ("share", "premium", "from", "until", "off"),
}
DATES = ("from", "until")
SWITCH = "off"  # the field of an event that does not happen
ALL_FIELDS = "|".join(sorted({name for names in FIELDS.values() for name in names}))
UNCLEAR_LABEL = re.compile(rf'^["\s]|\s$|[\r\n]|\.(?:{ALL_FIELDS})\s*\*?=', re.DOTALL)
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
DATED = re.compile(rf"(.*?)\s*(?:@|\bfrom\b)\s*({DATE})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """The left-hand side of a change: a field of an element, of closures or of boycotts, or a policy.

    `name` is an element's id, the label of closures or boycotts (or a pattern of labels, with `*`), or the
    name of a policy, which has no `field`.
    """

    kind: Kind
    name: str
    field: str = ""

    def __str__(self) -> str:
        if self.kind == "policy":
            return f"policy:{self.name}"
        if self.kind == "element":
            return f"{self.name}.{self.field}"
        label = f'"{_escaped(self.name)}"' if UNCLEAR_LABEL.search(self.name) else self.name
        return f"{self.kind}:{label}.{self.field}"


@dataclass(frozen=True, slots=True)
class Change:
    """A number, date or switch given another value, all along or from `since` on.

    A value is a text with its unit, such as `9000 t/h`, or as TOML has it; one that `is_factor` multiplies
    what is there. An event that is switched off and a policy have none.
    """

    target: Target
    value: Value = None
    since: date | datetime | None = None
    is_factor: bool = False

    def __str__(self) -> str:
        """The text that is read back as the same change."""
        if self.value is None:
            return str(self.target)
        since = f" @{self.since.isoformat()}" if self.since else ""
        return f"{self.target}{'*' if self.is_factor else ''}={_written(self.value)}{since}"


def event_advice(target: Target, closures: Collection[str], boycotts: Collection[str]) -> str:
    """Return advice for the label of a closure or boycott in place of an element's id; else none."""
    kind = "closure" if target.name in closures else "boycott" if target.name in boycotts else ""
    return f"did you mean {kind}:{target}?" if kind else ""


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"')


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else repr(value)
    return f'"{text}"' if is_quoted(text) or DATED.fullmatch(text) else text


def is_quoted(text: str) -> bool:
    """Return whether a text stands between quotes of one kind."""
    return len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
