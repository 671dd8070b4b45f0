"""The place of a statement of a scenario, for the faults found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path as File

from sim.errors import InputError, Where
from sim.scenario.lines import Path, line_of
from sim.scenario.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A table of a TOML file, a row of a CSV table, or a `setting` as its faults name it."""

    file: File | None = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    path: Path = ()
    setting: str = ""

    def at(self, key: str | None) -> Where:
        """Return the file, line and key of one of its keys."""
        if self.setting:
            return Where(file=None, line=None, key=self.setting)
        path = (*self.path, key) if key else self.path
        return Where(file=self.file, line=line_of(self.lines, path), key=key)

    def provenance(self, source: str, reason: str) -> Provenance:
        """Return the provenance of what is stated here."""
        line = line_of(self.lines, self.path)
        return Provenance(source=source, reason=reason, file=self.file.name if self.file else "", line=line)

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Place the faults of an `InputError` raised inside here, unless they name a file."""
        try:
            yield
        except InputError as error:
            raise InputError(
                fault if fault.file else replace(fault, **self.at(fault.key)) for fault in error.faults
            ) from None
