"""Provenance of numbers and events: the place that states them, the source, and the reason given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.network.sourcing import ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The file and line of a statement, or the setting that makes it, with its source and reason.

    `file` and `table` are names without their folder, of a scenario or policy and of a network's table.
    `since` is the date of a row of history.
    """

    source: str = ASSUMED
    reason: str = ""
    file: str = ""
    table: str = ""
    line: int | None = None
    setting: str = ""
    since: date | None = None

    @property
    def note(self) -> str:
        """The reason, led by the file or setting that makes the statement."""
        if self.setting:
            return f"set for this run: {self.setting}"
        lead = f"since {self.since}: " if self.since else f"changed by {self.file}: " if self.file else ""
        return f"{lead}{self.reason}".removesuffix(": ")
