"""Lines of the story of a run, and the names in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.engine.journal import Event, EventKind
from sim.measures import Record


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of a story: the day of the run, and the text."""

    day: float
    text: str

    def dated(self, record: Record) -> str:
        """Return the text after its date and time."""
        return f"{record.when(self.day):%d %b %H:%M}  {self.text}"


def name_of(record: Record, id: str) -> str:
    """Return the name of an element, or its id if it has none."""
    try:
        name: str = getattr(record.network.element(id), "name", id)
    except KeyError:
        return id
    return name


def names_of(record: Record, ids: Iterable[str]) -> str:
    """Return up to three names, or two and the number of the others."""
    names = list(dict.fromkeys(name_of(record, id) for id in ids))
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def events_of(record: Record, *kinds: EventKind) -> list[Event]:
    """Return the events of some kinds, in order of time."""
    return [event for event in record.journal.events if event.kind in kinds]


def duration(days: float) -> str:
    """Return a length of time in words: "5 days", "36 hours"."""
    if days >= 2.0:
        return f"{days:.0f} days"
    hours = round(24 * days)
    return f"{hours} hour{'' if hours == 1 else 's'}"
