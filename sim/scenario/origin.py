"""Where a statement of a scenario was made, to be told when it proves wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path as File

from sim.errors import InputError, Where
from sim.scenario.lines import Path, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A table of a TOML file, a row of a CSV table, or, when `given` says so, the command line."""

    file: File | None = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    path: Path = ()
    given: str = ""

    def at(self, key: str | None) -> Where:
        """File, line and key of one of its keys."""
        if self.given:
            return Where(file=None, line=None, key=self.given)
        path = (*self.path, key) if key else self.path
        return Where(file=self.file, line=line_of(self.lines, path), key=key)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell the faults of an `InputError` raised inside to stand here, unless they name a file."""
        try:
            yield
        except InputError as error:
            raise InputError(
                fault if fault.file else replace(fault, **self.at(fault.key)) for fault in error.faults
            ) from None
