"""Checks of the ids that elements name, and of the sources that their figures cite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.network.elements import Source
from sim.network.findings import Described, Findings
from sim.network.forms import forms_of
from sim.network.freight.elements import Quay
from sim.network.network import KINDS
from sim.network.sourcing import ASSUMED, citations

REFERENCES: dict[str, str] = {
    # field: what it names
    "place": "place",
    "origin": "place",
    "destination": "place",
    "feeds": "link or shipper",
    "lanes": "sea lane",
    "lines": "line",
    "cargo": "cargo",
    "shipper": "shipper",
    "market": "market",
    "element": "element",
}
OF_QUAYS = {"lines": "sea line"}
NAMED: dict[str, tuple[str, ...]] = {
    # what is named: the tables that it may stand in
    "place": ("places",),
    "link or shipper": ("links", "shippers"),
    "sea lane": ("links",),
    "line": ("lines",),
    "sea line": ("lines",),
    "cargo": ("cargoes",),
    "shipper": ("shippers",),
    "market": ("places",),
    "element": KINDS,
}


class KnownIds:
    """The ids that a reference may name.

    `broken` has the ids of rows that could not be read, and None for a table that could not; references
    to these are not reported, since the fault lies there.
    """

    def __init__(
        self, tables: Mapping[str, Mapping[str, Any]], broken: Mapping[str, set[str] | None] | None = None
    ) -> None:
        broken = broken or {}
        sources = None if broken.get("sources", set()) is None else set(tables["sources"])
        self.sources = None if sources is None else sources | {ASSUMED} | (broken.get("sources") or set())
        self.ids = {what: _ids(what, tables, broken) for what in NAMED}


def _ids(
    what: str, tables: Mapping[str, Mapping[str, Any]], broken: Mapping[str, set[str] | None]
) -> set[str] | None:
    ids: set[str] = set()
    for name in NAMED[what]:
        unread = broken.get(name, set())
        if unread is None:
            return None
        fits = [id for id, element in tables[name].items() if _is(what, element)]
        ids |= unread | set(fits)
    return ids


def _is(what: str, element: Any) -> bool:
    if what == "market":
        return bool(element.kind == "market")
    return what not in ("sea lane", "sea line") or bool(element.mode == "sea")


def check_references(element: Described, known_ids: KnownIds, findings: Findings) -> None:
    """Report the references and citations of an element that lead nowhere, with the nearest names.

    Fields that could not be read are None and passed over.
    """
    if isinstance(element, Source):
        return
    own = OF_QUAYS if isinstance(element, Quay) else {}
    for field in forms_of(type(element)):
        what = own.get(field) or REFERENCES.get(field)
        ids = known_ids.ids[what] if what else None
        if what is None or ids is None:
            continue
        value = getattr(element, field)
        for id in value if isinstance(value, tuple) else (value,):
            if id is not None:
                findings.refers(element, field, id, ids, what)
    if element.source is not None:
        _check_source(element, known_ids, findings)


def _check_source(element: Any, known_ids: KnownIds, findings: Findings) -> None:
    cited = citations(element.source)
    fields = list(forms_of(type(element)))
    if not any(cited.values()):
        findings.report(element, "source", "every row names its source", advice="a source id, or assumed")
    if len(cited) < len([part for part in element.source.split(";") if part.strip()]):
        message = "names two sources for the same figure"
        findings.report(element, "source", message, element.source, "one for the row, others as field=source")
    for name, source in cited.items():
        if name:
            findings.refers(element, "source", name, fields, "column")
        if source and known_ids.sources is not None:
            findings.refers(element, "source", source, known_ids.sources, "source")
    if ASSUMED in cited.values() and not element.note:
        findings.report(element, "note", "an assumed figure needs its reasoning in the note")
