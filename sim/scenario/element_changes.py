"""A network with fields of its elements changed, from the start of a run or at a date of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from sim.errors import Faults, Where, fail
from sim.network.checks import check_edit, edited
from sim.network.findings import Findings, Locate, in_tables
from sim.network.network import Network
from sim.network.references import KnownIds, check_references
from sim.scenario.changes import Change
from sim.scenario.events import DatedChange
from sim.scenario.provenance import Provenance, Statement
from sim.scenario.situation import Horizon, day_of

StatedChange = Statement[Change]
Field = tuple[str, str]
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


def field_of(stated: StatedChange) -> Field:
    """Return the element and the field that a change is of."""
    return stated.item.target.name, stated.item.target.field


def day_from(stated: StatedChange, horizon: Horizon) -> float:
    """Return the day of the run from which a change holds; -inf: all along."""
    return -inf if stated.item.since is None else day_of(stated.item.since, horizon.start)


def in_force(changes: Sequence[StatedChange], horizon: Horizon) -> list[StatedChange]:
    """Leave out earlier changes of a field from the day on that a setting gives it a value."""
    in_order: list[StatedChange] = []
    for stated in changes:
        if stated.is_setting:
            day, field = day_from(stated, horizon), field_of(stated)
            in_order = [
                other for other in in_order if field_of(other) != field or day_from(other, horizon) < day
            ]
        in_order.append(stated)
    return in_order


def with_standing(network: Network, changes: Iterable[StatedChange], faults: Faults) -> Network:
    """Return the network with changes of fields, the references of changed elements checked."""
    changes = list(changes)
    touched: dict[str, None] = {}
    for stated in changes:
        with faults.collecting(), stated.origin.locating():
            network = with_change(network, stated)
            touched[stated.item.target.name] = None
    findings = Findings(locate_changes(network, changes))
    known_ids = KnownIds({"sources": network.sources, "cargoes": network.cargoes, **dict(network.kinds())})
    for id in touched:
        check_references(network.element(id), known_ids, findings)
    with faults.collecting():
        findings.raise_any()
    return network


def with_change(network: Network, stated: StatedChange) -> Network:
    """Return the network with a field changed, not checked yet. Raises `InputError` for a bad value."""
    id, field = field_of(stated)
    element = edited(network, id, field, stated.item.value)
    name = _table_of(network, id)
    table: Any = {**getattr(network, name), id: element}
    return replace(network, **{name: table})


def _table_of(network: Network, id: str) -> str:
    return next(name for name, table in network.kinds() if id in table)


def dated_change(network: Network, stated: StatedChange, horizon: Horizon) -> DatedChange:
    """Return a change during the run. Raises `InputError` for a field that cannot change then."""
    id, field = field_of(stated)
    value = stated.item.value
    if value is None:
        message = f"{id} has no {field} in its table to go back to during a run"
        raise fail(message, key="until", value=field, advice="leave until empty, or give it some there")
    element = edited(network, id, field, value)
    live = LIVE.get(_table_of(network, id), ())
    if field not in live:
        message = f"cannot change during a run ({', '.join(live) or 'nothing'} of {id} can)"
        raise fail(message, key="field", value=field, advice="let it hold for the whole run, without a date")
    check_edit(network.element(id), element, field, value)
    if getattr(network.element(id), field) is None:
        message = f"{id} has no {field} at first, so they cannot change during a run"
        advice = "give it some in its table, or let this hold for the whole run, without a date"
        raise fail(message, key="field", value=field, advice=advice)
    return DatedChange(
        day=day_from(stated, horizon),
        element=id,
        field=field,
        value=float(getattr(element, field)),
        provenance=stated.provenance,
    )


def locate_changes(network: Network, changes: Iterable[StatedChange]) -> Locate:
    """Return how to locate a field: in the last change of it, else of its element, else in its table."""
    tables = in_tables(network.written_at)
    last: dict[Field, StatedChange] = {}
    for stated in changes:
        id, field = field_of(stated)
        last[id, field] = last[id, ""] = stated

    def locate(name: str, key: str) -> tuple[Where, object]:
        if (name, key) in last:
            return last[name, key].origin.at("value"), last[name, key].item.value
        if (name, "") in last:
            where = last[name, ""].origin.at("value")
            return Where(file=where["file"], line=where["line"], key=f"{where['key']}, {key}"), None
        return tables(name, key)

    return locate


def provenance_of(changes: Iterable[StatedChange]) -> Mapping[Field, Provenance]:
    """Return the provenance of each field, that of its last change."""
    return {field_of(stated): stated.provenance for stated in changes}
