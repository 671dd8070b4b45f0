"""What fields rest on that have another value than their table's: by history, files, or settings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.network import Network
from sim.network.sourcing import ASSUMED
from sim.scenario import Scenario

Field = tuple[str, str]
"""An element and one of its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What another hand than the tables' gave a field: its source, and why."""

    source: str
    note: str


def given_bases(scenario: Scenario) -> dict[Field, Basis]:
    """The fields that had another value than their table's when the run began; the last word counts."""
    return {**_history(scenario.network, scenario.start), **_changes(scenario), **_settings(scenario)}


def basis_from(scenario: Scenario, element: str, field: str, day: date) -> Basis | None:
    """What a value rests on that comes on a date of the run."""
    for _, change in changes_of(scenario):
        meant = change["element"] == element and change["field"] == field
        if meant and str(change.get("from", ""))[:10] == str(day):
            return Basis(source=str(change.get("source", ASSUMED)), note=str(change.get("reason", "")))
    for row in scenario.network.history.values():
        if (row.element, row.field) == (element, field) and day in (row.since, row.until):
            return Basis(source=row.source, note=row.note)
    return None


def changes_of(scenario: Scenario) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The `[[change]]` tables of a scenario's files and policies, in order."""
    for file in scenario.files:
        read = tomllib.loads(Path(file).read_text(encoding="utf-8-sig"))
        for change in read.get("change", []):
            yield file, change


def _history(network: Network, start: date) -> dict[Field, Basis]:
    """The fields that a dated value holds for when the run begins."""
    rows = sorted(network.history.values(), key=lambda row: row.since)
    return {
        (row.element, row.field): Basis(source=row.source, note=f"since {row.since}: {row.note}")
        for row in rows
        if row.since <= start and (row.until is None or row.until > start)
    }


def _changes(scenario: Scenario) -> dict[Field, Basis]:
    """The fields that scenario and policy files changed for the whole run, the last word counting."""
    found = {}
    for file, change in changes_of(scenario):
        day = change.get("from")
        if day is None or str(day)[:10] <= str(scenario.start):
            note = f"changed by {Path(file).name}: {change.get('reason', '')}".removesuffix(": ")
            source = str(change.get("source", ASSUMED))
            found[str(change["element"]), str(change["field"])] = Basis(source=source, note=note)
    return found


def _settings(scenario: Scenario) -> dict[Field, Basis]:
    found = {}
    for setting in scenario.settings:
        name = setting.partition("=")[0].strip()
        element, _, field = name.rpartition(".")
        found[element, field] = Basis(source=ASSUMED, note=f"set on the command line: {setting}")
    return found
