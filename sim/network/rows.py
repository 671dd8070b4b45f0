"""Rows of tables read into frozen elements; each fault has its file, line and column."""

from __future__ import annotations

from typing import Any

from sim.errors import Faults, InputError, Where, closest, nearest
from sim.network.elements import Cargo
from sim.network.forms import forms_of, read_value
from sim.network.tables import Row, Table


def check_columns(table: Table, kind: type, faults: Faults) -> bool:
    """Return whether a table has the columns of its kind: each required one, and none unknown or twice.

    A missing column that a misspelt one stands for is reported once.
    """
    forms = forms_of(kind)
    before = len(faults)
    for column in dict.fromkeys(table.columns):
        if not column:
            faults.add("a column without a name", file=table.file, line=table.line)
        elif column not in forms:
            advice = nearest(column, forms) or f"known: {', '.join(forms)}"
            faults.add("unknown column", file=table.file, line=table.line, key=column, advice=advice)
        elif table.columns.count(column) > 1:
            faults.add("the column appears twice", file=table.file, line=table.line, key=column)
    intended = {
        name for column in table.columns if column not in forms for name in closest(column, forms)[:1]
    }
    for column in [
        name for name, form in forms.items() if form.needed and name not in {*table.columns, *intended}
    ]:
        faults.add("missing column", file=table.file, line=table.line, key=column)
    return len(faults) == before


def read_cells(kind: type, table: Table, row: Row, cargo: Cargo | None, faults: Faults) -> dict[str, Any]:
    """Return the values of a row's cells, without those at fault."""
    values: dict[str, Any] = {}
    if row.surplus:
        message = f"more cells than the {len(table.columns)} columns"
        advice = "put a cell that holds a separator in quotes"
        faults.add(message, file=table.file, line=row.line, value=row.surplus[0], advice=advice)
    for name, form in forms_of(kind).items():
        where = Where(file=table.file, line=row.line, key=name)
        cell = row.cells.get(name, "")
        if cell:
            try:
                values[name] = read_value(form, cell, cargo, table.decimal_commas)
            except InputError as error:
                for fault in error.faults:
                    faults.add(fault.message, value=cell, advice=fault.advice, **where)
        elif form.needed:
            faults.add("a value is needed here", **where)
    return values
