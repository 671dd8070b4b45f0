"""A network with some fields of some elements changed: policies, settings and dated history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import inf
from pathlib import Path
from typing import Any

from sim.errors import Faults, Where, fail
from sim.network.checks import check, check_edit
from sim.network.editing import edited
from sim.network.elements import Dated
from sim.network.findings import Findings, Locate, in_tables, line_key
from sim.network.forms import own_unit
from sim.network.network import Element, Network
from sim.network.references import Known, check_references
from sim.scenario.cargo import part_of
from sim.scenario.horizon import Horizon, day_of
from sim.scenario.origin import Origin
from sim.scenario.schema import Change, DatedChange

LIVE = {
    "links": ("capacity",),
    "stocks": ("capacity",),
    "berths": ("rate",),
    "shippers": ("rate",),
    "lines": ("paths",),
    "yards": ("capacity",),
    "quays": ("rate",),
    "demands": ("rate",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A field given another value from a day of the run on; -inf: all along."""

    element: str
    field: str
    value: object
    day: float = -inf
    origin: Origin


def edit_of(change: Change, origin: Origin, start: date) -> Edit:
    day = day_of(change.since, start) if change.since else -inf
    return Edit(element=change.element, field=change.field, value=change.value, day=day, origin=origin)


def changed(
    network: Network, edits: Sequence[Edit], cargo: Sequence[str] | None, horizon: Horizon, faults: Faults
) -> tuple[Network, tuple[DatedChange, ...]]:
    """The network as it stands at the start, checked as a whole, and the changes that come during the run.

    History comes first, so that a scenario or policy has the last word from its date on, and of
    several edits of one field at one time the last holds. What it tells of during the run is left out
    for elements that the run's `cargo` does not need.
    """
    needed = {*part_of(network, cargo).ids()}
    history = (edit for edit in _history(network, edits, horizon) if edit.day <= 0 or edit.element in needed)
    said = [*history, *edits]
    now = [edit for edit in said if edit.day <= 0]
    later = [edit for edit in said if 0 < edit.day < horizon.days]
    before = len(faults)
    standing = _standing(network, now, faults)
    dated = {}
    for edit in sorted(later, key=lambda edit: edit.day):
        with faults.collecting(), edit.origin.telling():
            dated[edit.day, edit.element, edit.field] = _dated(standing, edit)
    if len(faults) == before:
        with faults.collecting():
            check(standing, _locate(network, now))
    return standing, tuple(dated.values())


def _standing(network: Network, edits: Iterable[Edit], faults: Faults) -> Network:
    """The network with these edits, what they refer to checked."""
    touched: dict[str, None] = {}
    for edit in edits:
        with faults.collecting(), edit.origin.telling():
            network = _with(network, edited(network, edit.element, edit.field, edit.value))
            touched[edit.element] = None
    findings = Findings(_locate(network, edits))
    known = Known({"sources": network.sources, "cargoes": network.cargoes, **dict(network.kinds())})
    for id in touched:
        check_references(network.element(id), known, findings)
    with faults.collecting():
        findings.raise_any()
    return network


def _with(network: Network, element: Element) -> Network:
    name = _table(network, element.id)
    table: Any = {**getattr(network, name), element.id: element}
    return replace(network, **{name: table})


def _table(network: Network, id: str) -> str:
    return next(name for name, table in network.kinds() if id in table)


def _dated(network: Network, edit: Edit) -> DatedChange:
    """An edit during the run. Raises `InputError` for a field that cannot move then."""
    if edit.value is None:
        message = f"{edit.element} has no {edit.field} in its table to go back to during a run"
        raise fail(message, key="until", value=edit.field, advice="leave until empty, or give it some there")
    element = edited(network, edit.element, edit.field, edit.value)
    live = LIVE.get(_table(network, edit.element), ())
    if edit.field not in live:
        message = f"cannot change during a run ({', '.join(live) or 'nothing'} of {edit.element} can)"
        advice = "let it hold for the whole run, without a date"
        raise fail(message, key="field", value=edit.field, advice=advice)
    check_edit(network.element(edit.element), element, edit.field, edit.value)
    if getattr(network.element(edit.element), edit.field) is None:
        message = f"{edit.element} has no {edit.field} at first, so they cannot change during a run"
        advice = "give it some in its table, or let this hold for the whole run, without a date"
        raise fail(message, key="field", value=edit.field, advice=advice)
    value = float(getattr(element, edit.field))
    return DatedChange(day=edit.day, element=edit.element, field=edit.field, value=value)


def _history(network: Network, edits: Iterable[Edit], horizon: Horizon) -> list[Edit]:
    """The network's dated values; each that ends goes back to what the table says, unless another follows.

    A field is left alone from the day on that an edit takes it over.
    """
    taken: dict[tuple[str, str], float] = {}
    for edit in edits:
        key = edit.element, edit.field
        taken[key] = min(taken.get(key, inf), edit.day)
    found = []
    rows = sorted(network.history.values(), key=lambda row: (row.element, row.field, row.since))
    for key, group in groupby(rows, key=lambda row: (row.element, row.field)):
        said = [edit for row in group for edit in _edits_of(network, row, horizon)]
        found += [edit for edit in said if edit.day < taken.get(key, inf)]
    return found


def _edits_of(network: Network, row: Dated, horizon: Horizon) -> list[Edit]:
    since = day_of(row.since, horizon.start)
    until = inf if row.until is None else day_of(row.until, horizon.start)
    if until <= 0 or since >= horizon.days:
        return []
    file, line = network.written_at.get(line_key(Dated, row.id), ("", 0))
    origin = Origin(file=Path(file), lines={(): line})
    edits = [Edit(element=row.element, field=row.field, value=row.value, day=since, origin=origin)]
    if until < inf:
        value = _table_value(network, row)
        edits.append(Edit(element=row.element, field=row.field, value=value, day=until, origin=origin))
    return edits


def _table_value(network: Network, row: Dated) -> object:
    """What a field goes back to when a dated value ends: with its unit if it is a quantity."""
    element = network.element(row.element)
    value, unit = getattr(element, row.field), own_unit(element, row.field, network.cargoes)
    return f"{value!r} {unit}" if unit and value is not None else value


def _locate(network: Network, edits: Iterable[Edit]) -> Locate:
    """Tells where a field was written: in the last edit of it, else of its element, else in its table."""
    tables = in_tables(network.written_at)
    last: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        last[edit.element, edit.field] = last[edit.element, ""] = edit

    def locate(name: str, key: str) -> tuple[Where, object]:
        if (name, key) in last:
            return last[name, key].origin.at("value"), last[name, key].value
        if (name, "") in last:
            where = last[name, ""].origin.at("value")
            return Where(file=where["file"], line=where["line"], key=f"{where['key']}, {key}"), None
        return tables(name, key)

    return locate
