"""A network with some fields of some elements changed: policies, settings and dated history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from sim.errors import Faults, InputError, fail, nearest
from sim.network.checks import check
from sim.network.elements import Network
from sim.network.rows import convert, units_of, validated
from sim.scenario.closures import day_of
from sim.scenario.schema import Change, DatedChange

LIVE = {"links": ("capacity",), "stocks": ("capacity",), "berths": ("rate",), "shippers": ("rate",)}
FIXED = ("id", "cargo")


def table_of(network: Network, id: str) -> str:
    """The name of the table that an element stands in. Raises `InputError` with the nearest name."""
    for name, table in network.kinds():
        if id in table:
            return name
    raise fail("no element has this id", key="element", value=id, advice=nearest(id, network.ids()))


def value_of(network: Network, change: Change) -> Any:
    """A change's value in its field's own unit. Raises `InputError`."""
    element = getattr(network, table_of(network, change.element))[change.element]
    known = [spec.name for spec in fields(element) if spec.name not in FIXED]
    if change.field not in known:
        raise fail(
            f"{change.element} has no such field",
            key="field",
            value=change.field,
            advice=nearest(change.field, known) or f"it has {', '.join(known)}",
        )
    if isinstance(change.value, str):
        cargo = network.cargoes.get(getattr(element, "cargo", "")) or next(iter(network.cargoes.values()))
        try:
            return convert(type(element), change.field, change.value, cargo)
        except InputError as error:
            fault = error.faults[0]
            raise fail(fault.message, key="value", value=change.value, advice=fault.advice) from None
    return change.value


def split(network: Network, changes: Iterable[Change], start: date) -> tuple[list[Change], list[DatedChange]]:
    """Those that hold from the start, and those that take hold during the run.

    Raises `InputError` for a dated change of a field that cannot move during a run.
    """
    standing: list[Change] = []
    dated: list[DatedChange] = []
    for change in changes:
        day = day_of(change.since, start) if change.since else 0.0
        if day <= 0:
            standing.append(change)
            continue
        value = value_of(network, change)
        live = LIVE.get(table_of(network, change.element), ())
        if change.field not in live:
            raise fail(
                f"cannot change during a run ({', '.join(live) or 'nothing'} of this element can)",
                key="field",
                value=change.field,
                advice="leave out `from` to change it for the whole run",
            )
        if not isinstance(value, int | float) or value < 0:
            raise fail("cannot be negative", key="value", value=change.value)
        dated.append(DatedChange(day=day, element=change.element, field=change.field, value=float(value)))
    return standing, dated


def history(network: Network, start: date) -> list[Change]:
    """The network's dated values as changes; one that ends goes back to what the table says."""
    changes = []
    for row in sorted(network.history.values(), key=lambda row: row.since):
        if row.until is not None and row.until <= start:
            continue
        said = {"element": row.element, "field": row.field, "source": row.source}
        changes.append(Change(**said, value=row.value, since=row.since))
        if row.until is not None:
            standing = getattr(network.element(row.element), row.field)
            changes.append(Change(**said, value=standing, since=row.until))
    return changes


def apply(network: Network, changes: Iterable[Change]) -> Network:
    """The network with these changes, checked as a whole. Raises `InputError`."""
    tables = {name: dict(table) for name, table in network.kinds()}
    faults = Faults()
    touched = False
    for change in changes:
        with faults.collecting():
            value = value_of(network, change)
            name = table_of(network, change.element)
            element = tables[name][change.element]
            given = {spec.name: getattr(element, spec.name) for spec in fields(element)}
            given[change.field] = value
            own = Faults()
            if validated(type(element), given, own, Path(), None, {change.field: change.value}) is None:
                raise fail(own.found[0].message, key="value", value=change.value)
            if change.field in units_of(type(element)) and value is not None and value < 0:
                if change.field != "price":
                    raise fail("cannot be negative", key="value", value=change.value)
            tables[name][change.element] = replace(element, **{change.field: value})
            touched = True
    faults.raise_any()
    if not touched:
        return network
    changed = replace(network, **tables)
    check(changed)
    return changed
