"""Every number that a run rests on, with where it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from sim.network import Network
from sim.network.elements import Source
from sim.network.forms import cargo_of, units_of
from sim.network.sourcing import ASSUMED, citations, sourced_numbers
from sim.report.html.names import element_name
from sim.scenario import Scenario

YEARLY = 1000.0  # t/day from which a rate is also told in Mt a year
WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Where something comes from: the title of a source and its address, or that it is assumed."""

    title: str
    url: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a network."""

    kind: str
    element: str
    name: str
    field: str
    value: str
    also: str
    unit: str
    source: str
    cited: Cited
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What another hand than the tables' gave a field: its source, and why."""

    source: str
    note: str


def cited(network: Network, id: str) -> Cited:
    """What a source's id stands for. Only an address on the web becomes a link."""
    if id == ASSUMED:
        return Cited(title="assumed", assumed=True)
    source = network.sources.get(id)
    if source is None:
        return Cited(title=id)
    return Cited(title=_titled(source), url=source.url if WEB.match(source.url) else "")


def figures(scenario: Scenario) -> list[Figure]:
    """Every number of the network as the run began with it, and every one that comes or goes at a date."""
    network = scenario.network
    given = {**_history(network, scenario.start), **_changes(scenario), **_settings(scenario)}
    kinds = {id: kind for kind, table in network.kinds() for id in table}
    found = [
        _figure(network, kinds[id], id, field, value, given.get((id, field), Basis(source=source, note="")))
        for id, field, value, source in sourced_numbers(network)
    ]
    return [*found, *_of_cargoes(network), *_dated(network, scenario)]


def used_sources(network: Network, figures: list[Figure], others: list[str]) -> list[tuple[Cited, str, int]]:
    """The sources that figures and events cite: title and address, date, and how many rest on each."""
    counts: dict[str, int] = {}
    for id in [*(figure.source for figure in figures), *others]:
        counts[id] = counts.get(id, 0) + 1
    known = [source for source in network.sources.values() if source.id in counts]
    return [(cited(network, source.id), source.date, counts[source.id]) for source in known]


def _titled(source: Source) -> str:
    return source.title or source.id


def _figure(network: Network, kind: str, id: str, field: str, value: float, basis: Basis) -> Figure:
    element = network.element(id)
    cargo = cargo_of(getattr(element, "cargo", ""), network.cargoes)
    unit = units_of(type(element))[field].of(cargo.unit if cargo else "t")
    return Figure(
        kind=kind,
        element=id,
        name=element_name(network, id) or "",
        field=field.replace("_", " "),
        value=told(value),
        also=f"{value * 365 / 1e6:.4g} Mt/yr" if unit == "t/day" and value >= YEARLY else "",
        unit=unit or "share",
        source=basis.source,
        cited=cited(network, basis.source),
        note=basis.note or note_of(getattr(element, "note", ""), field, tuple(units_of(type(element)))),
    )


def told(value: float) -> str:
    """A number to be read."""
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"


def note_of(note: str, field: str, names: tuple[str, ...]) -> str:
    """What a note says of one field: all of it, unless it goes `capacity: …; handling: …`."""
    parts: dict[str, list[str]] = {}
    name = ""
    for part in note.split("; "):
        head, mark, rest = part.partition(": ")
        if mark and head.strip() in names:
            name, part = head.strip(), rest
        parts.setdefault(name, []).append(part)
    mine = [*parts.get("", []), *parts.get(field, [])]
    return "; ".join(mine) if len(parts) > 1 or name else note


def _of_cargoes(network: Network) -> Iterator[Figure]:
    for cargo in network.cargoes.values():
        sources = citations(cargo.source)
        for spec in fields(cargo):
            unit = units_of(type(cargo)).get(spec.name)
            value = getattr(cargo, spec.name)
            if unit is not None and value is not None and value != spec.default:
                source = sources.get(spec.name, sources.get("", ASSUMED))
                yield Figure(
                    kind="cargoes", element=cargo.id, name=cargo.name, field=spec.name.replace("_", " "),
                    value=told(value), also="", unit=unit.of(cargo.unit), source=source,
                    cited=cited(network, source), note=cargo.note,
                )  # fmt: skip


def _dated(network: Network, scenario: Scenario) -> Iterator[Figure]:
    """The dated values that come or go during the run."""
    for row in network.history.values():
        ends = (row.since, row.until or date.max)
        if row.element in network.ids() and any(scenario.start < day < scenario.end for day in ends):
            until = f" until {row.until}" if row.until else ""
            yield Figure(
                kind="dated", element=row.element, name=element_name(network, row.element) or "",
                field=f"{row.field.replace('_', ' ')}, from {row.since}{until}", value=row.value, also="",
                unit="", source=row.source, cited=cited(network, row.source), note=row.note,
            )  # fmt: skip


def _history(network: Network, start: date) -> dict[tuple[str, str], Basis]:
    """The fields that a dated value holds for when the run begins."""
    rows = sorted(network.history.values(), key=lambda row: row.since)
    return {
        (row.element, row.field): Basis(source=row.source, note=f"since {row.since}: {row.note}")
        for row in rows
        if row.since <= start and (row.until is None or row.until > start)
    }


def _changes(scenario: Scenario) -> dict[tuple[str, str], Basis]:
    """The fields that scenario and policy files changed for the whole run, the last word counting."""
    found = {}
    for file, change in changes_of(scenario):
        day = change.get("from")
        if day is None or str(day)[:10] <= str(scenario.start):
            note = f"changed by {Path(file).name}: {change.get('reason', '')}".removesuffix(": ")
            source = str(change.get("source", ASSUMED))
            found[str(change["element"]), str(change["field"])] = Basis(source=source, note=note)
    return found


def basis_from(scenario: Scenario, element: str, field: str, day: date) -> Basis | None:
    """What a value rests on that comes on a date of the run."""
    for _, change in changes_of(scenario):
        if (change["element"], change["field"], str(change.get("from", ""))[:10]) == (element, field, str(day)):
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


def _settings(scenario: Scenario) -> dict[tuple[str, str], Basis]:
    found = {}
    for setting in scenario.settings:
        name = setting.partition("=")[0].strip()
        element, _, field = name.rpartition(".")
        found[element, field] = Basis(source=ASSUMED, note=f"set on the command line: {setting}")
    return found
