"""Lines of a story, and how they name things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.engine import Event
from sim.measures import Record


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: the day of the run, and the words."""

    day: float
    text: str

    def dated(self, record: Record) -> str:
        return f"{record.when(self.day):%d %b %H:%M}  {self.text}"


def name_of(record: Record, id: str) -> str:
    """What an element is called; its id where it has no name."""
    try:
        name: str = getattr(record.network.element(id), "name", id)
    except KeyError:
        return id
    return name


def names_of(record: Record, ids: Iterable[str]) -> str:
    """Up to three names, or two and how many more."""
    names = list(dict.fromkeys(name_of(record, id) for id in ids))
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def told(record: Record, *kinds: str) -> list[Event]:
    """The events of some kinds, in order."""
    return [event for event in record.journal.events if event.kind in kinds]


def lasting(days: float) -> str:
    """A length of time in words."""
    if days >= 2.0:
        return f"{days:.0f} days"
    hours = round(24 * days)
    return f"{hours} hour{'' if hours == 1 else 's'}"
