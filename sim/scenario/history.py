"""Dated values of the network's table of history, as changes of a run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from math import inf
from pathlib import Path

from sim.network.elements import Dated
from sim.network.findings import line_key
from sim.network.forms import own_unit
from sim.network.network import Network
from sim.scenario.changes import Change, Target
from sim.scenario.element_changes import Field, StatedChange, day_from, field_of
from sim.scenario.provenance import Origin, Provenance, Statement
from sim.scenario.situation import Horizon, day_of


def history(network: Network, changes: Iterable[StatedChange], horizon: Horizon) -> list[StatedChange]:
    """Return the dated values that reach into the run; where one ends, the value of the table returns.

    From the day on that one of the `changes` gives a field a value, its history counts no more.
    """
    taken: dict[Field, float] = {}
    for stated in changes:
        day = day_from(stated, horizon)
        taken[field_of(stated)] = min(taken.get(field_of(stated), inf), day)
    changes_of_history: list[StatedChange] = []
    rows = sorted(network.history.values(), key=lambda row: (row.element, row.field, row.since))
    for key, group in groupby(rows, key=lambda row: (row.element, row.field)):
        dated = [stated for row in group for stated in _changes_of(network, row, horizon)]
        changes_of_history += [stated for stated in dated if day_from(stated, horizon) < taken.get(key, inf)]
    return changes_of_history


def _changes_of(network: Network, row: Dated, horizon: Horizon) -> list[StatedChange]:
    until = inf if row.until is None else day_of(row.until, horizon.start)
    if until <= 0 or day_of(row.since, horizon.start) >= horizon.days:
        return []
    file, line = network.written_at.get(line_key(Dated, row.id), ("", 0))
    origin = Origin(file=Path(file), lines={(): line})
    provenance = Provenance(
        source=row.source, reason=row.note, file=Path(file).name, line=line, since=row.since
    )
    target = Target("element", row.element, row.field)
    changes = [Statement(Change(target, row.value, row.since), origin, provenance)]
    if until < inf:
        value = _table_value(network, row)
        changes.append(Statement(Change(target, value, row.until), origin, provenance))
    return changes


def _table_value(network: Network, row: Dated) -> str | float | bool | None:
    """The value that a field goes back to when a dated value ends, with its unit if it is a quantity."""
    element = network.element(row.element)
    value, unit = getattr(element, row.field), own_unit(element, row.field, network.cargoes)
    if unit and value is not None:
        return f"{value!r} {unit}"
    plain: str | float | bool | None = value
    return plain
