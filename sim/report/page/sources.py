"""Numbers that a run rests on, with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sim.network import Network
from sim.network.elements import Source
from sim.network.forms import forms_of, own_unit, units_of
from sim.network.sourcing import ASSUMED, citations, sourced_numbers
from sim.report.page.names import element_name
from sim.scenario import Scenario
from sim.scenario.provenance import Provenance
from sim.units import Unit

COUNT = Unit("number")
NO_COUNT = ("month",)
YEARLY = 1000.0  # t/day from which a rate is also given in Mt a year
WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A source as pages show it: its title and address, or that a figure is assumed."""

    title: str
    url: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a network, as a row of the table of numbers."""

    kind: str
    element: str
    name: str
    field: str
    value: str
    also: str
    unit: str
    source: str
    source_ref: SourceRef
    note: str


def source_ref(network: Network, id: str) -> SourceRef:
    """Return the source of an id. Only an address on the web becomes a link."""
    if id == ASSUMED:
        return SourceRef(title="assumed", assumed=True)
    source = network.sources.get(id)
    if source is None:
        return SourceRef(title=id)
    return SourceRef(title=_titled(source), url=source.url if WEB.match(source.url) else "")


def numbers(scenario: Scenario) -> list[Number]:
    """Return every number of the network when the run begins, and every one that a date changes."""
    network = scenario.network
    changed = scenario.provenance
    kinds = {id: kind for kind, table in network.kinds() for id in table}
    rows = [
        _number(network, kinds[id], id, field, value, changed.get((id, field), Provenance(source=source)))
        for id, field, value, source in sourced_numbers(network)
    ]
    return [*rows, *_counts(network, changed), *_of_cargoes(network), *_dated(network, scenario)]


def used_sources(
    network: Network, listed: list[Number], others: list[str]
) -> list[tuple[SourceRef, str, int]]:
    """Return the sources that numbers and events cite, each with its date and the count of citations."""
    counts: dict[str, int] = {}
    for id in [*(number.source for number in listed), *others]:
        counts[id] = counts.get(id, 0) + 1
    known = [source for source in network.sources.values() if source.id in counts]
    return [(source_ref(network, source.id), source.date, counts[source.id]) for source in known]


def sourced_context(scenario: Scenario | None, cited_by_events: list[str]) -> dict[str, Any]:
    """Return the numbers of a scenario for a page's template, with their kinds and the sources cited."""
    rows = numbers(scenario) if scenario else []
    return {
        "numbers": rows,
        "kinds": list(dict.fromkeys(row.kind for row in rows)),
        "sources": used_sources(scenario.network, rows, cited_by_events) if scenario else [],
    }


def _titled(source: Source) -> str:
    return source.title or source.id


def _number(network: Network, kind: str, id: str, field: str, value: float, provenance: Provenance) -> Number:
    element = network.element(id)
    is_count = field not in units_of(type(element))
    unit = COUNT.text if is_count else own_unit(element, field, network.cargoes)
    return Number(
        kind=kind,
        element=id,
        name=element_name(network, id) or "",
        field=field.replace("_", " "),
        value=format_number(value),
        also=f"{value * 365 / 1e6:.4g} Mt/yr" if unit == "t/day" and value >= YEARLY else "",
        unit=unit or "share",
        source=provenance.source,
        source_ref=source_ref(network, provenance.source),
        note=provenance.note or note_on(getattr(element, "note", ""), field, tuple(forms_of(type(element)))),
    )


def _counts(network: Network, changed: Mapping[tuple[str, str], Provenance]) -> Iterator[Number]:
    """The counts of ships, berths and trains: numbers without a unit."""
    for kind, table in network.kinds():
        for id, element in table.items():
            sources = citations(element.source)
            for field, form in forms_of(type(element)).items():
                value = getattr(element, field)
                if form.type is int and field not in NO_COUNT and value is not None:
                    source = sources.get(field, sources.get("", ASSUMED))
                    provenance = changed.get((id, field), Provenance(source=source))
                    yield _number(network, kind, id, field, value, provenance)


def format_number(value: float) -> str:
    """Return a number as text."""
    text = f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"
    return text.replace("-", "−", 1)


def note_on(note: str, field: str, names: tuple[str, ...]) -> str:
    """Return the part of a note on a field: all of it, unless of the form `capacity: …; handling: …`."""
    parts: dict[str, list[str]] = {}
    name = ""
    for part in note.split("; "):
        head, mark, rest = part.partition(": ")
        if mark and head.strip() in names:
            name, part = head.strip(), rest
        parts.setdefault(name, []).append(part)
    mine = [*parts.get("", []), *parts.get(field, [])]
    return "; ".join(mine) if len(parts) > 1 or name else note


def _of_cargoes(network: Network) -> Iterator[Number]:
    for cargo in network.cargoes.values():
        sources = citations(cargo.source)
        for spec in fields(cargo):
            unit = units_of(type(cargo)).get(spec.name)
            value = getattr(cargo, spec.name)
            if unit is not None and value is not None and value != spec.default:
                source = sources.get(spec.name, sources.get("", ASSUMED))
                yield Number(
                    kind="cargoes",
                    element=cargo.id,
                    name=cargo.name,
                    field=spec.name.replace("_", " "),
                    value=format_number(value),
                    also="",
                    unit=unit.of(cargo.unit),
                    source=source,
                    source_ref=source_ref(network, source),
                    note=cargo.note,
                )


def _dated(network: Network, scenario: Scenario) -> Iterator[Number]:
    """The dated values that begin or end during the run."""
    for row in network.history.values():
        ends = (row.since, row.until or date.max)
        if row.element in network.ids() and any(scenario.start < day < scenario.end for day in ends):
            until = f" until {row.until}" if row.until else ""
            yield Number(
                kind="dated",
                element=row.element,
                name=element_name(network, row.element) or "",
                field=f"{row.field.replace('_', ' ')}, from {row.since}{until}",
                value=row.value,
                also="",
                unit="",
                source=row.source,
                source_ref=source_ref(network, row.source),
                note=row.note,
            )
