"""Statements of scenarios: the place, source and reason of each closure, boycott and change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path as File
from typing import Generic, TypeVar

from sim.errors import Faults, InputError, Where, nearest
from sim.network.network import Network
from sim.network.sourcing import ASSUMED
from sim.scenario.changes import Change
from sim.scenario.lines import Path, line_of

Item = TypeVar("Item", covariant=True)


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


@dataclass(frozen=True, slots=True)
class Statement(Generic[Item]):
    """A closure, boycott or change, its place and its provenance, and the horizon and cargoes of its file.

    Policies and settings have no horizon of their own.
    """

    item: Item
    origin: Origin
    provenance: Provenance
    start: date | None = None
    end: date | None = None
    cargo: tuple[str, ...] | None = None

    @property
    def is_setting(self) -> bool:
        return bool(self.origin.setting)


def check_source(
    network: Network, source: str, reasoning: Mapping[str, str], origin: Origin, faults: Faults
) -> None:
    """Collect a fault for a source that the network lacks, and for `assumed` without its reasoning.

    `reasoning` has the texts that may give it, by their keys.
    """
    where = origin.at("source")
    if source == ASSUMED:
        if not any(reason.strip() for reason in reasoning.values()):
            keys = " or ".join(reasoning)
            faults.add(f"an assumption needs its reasoning, in {keys}", value=source, **where)
    elif source not in network.sources:
        advice = nearest(source, [*network.sources, ASSUMED]) or "add it to sources.csv, or write assumed"
        faults.add("no source has this id", value=source, advice=advice, **where)


def check_sources(network: Network, changes: Iterable[Statement[Change]], faults: Faults) -> None:
    """Collect the faults in the sources of changes."""
    for stated in changes:
        reasoning = {"reason": stated.provenance.reason}
        check_source(network, stated.provenance.source, reasoning, stated.origin, faults)
