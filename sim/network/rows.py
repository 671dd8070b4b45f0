"""From the cells of a row to a frozen element, every fault told with its file, line and column."""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sim.errors import Faults, InputError, nearest
from sim.network.elements import Cargo
from sim.network.tables import Row, Table, decimal_point
from sim.units import Unit, parse

YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@cache
def units_of(kind: type) -> dict[str, Unit]:
    """The unit of each numeric field of a described element."""
    found = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        parts = [hint, *getattr(hint, "__args__", ())]
        for part in parts:
            for mark in getattr(part, "__metadata__", ()):
                if isinstance(mark, Unit):
                    found[name] = mark
    return found


@cache
def adapter_of(kind: type) -> TypeAdapter[Any]:
    kind.__pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)  # type: ignore[attr-defined]
    return TypeAdapter(kind)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def check_columns(table: Table, kind: type, faults: Faults) -> bool:
    """Whether a table has the columns of its kind: each needed one, and none unknown or twice."""
    known = {field.name for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    before = len(faults.found)
    for column in table.columns:
        if column not in known:
            faults.add("unknown column", file=table.file, line=1, key=column, advice=nearest(column, known))
        elif table.columns.count(column) > 1:
            faults.add("the column stands twice", file=table.file, line=1, key=column)
    for column in sorted(needed - set(table.columns)):
        faults.add("missing column", file=table.file, line=1, key=column)
    return len(faults.found) == before


def convert(kind: type, name: str, cell: str, cargo: Cargo | None) -> Any:
    """The value of a cell for one field, in the field's own unit. Raises `InputError`."""
    unit = units_of(kind).get(name)
    if unit is not None:
        cargo_unit = cargo.unit if cargo else "t"
        density = cargo.barrels_per_tonne if cargo else None
        return parse(cell, unit.of(cargo_unit), density)
    hint = str(_hints(kind)[name])
    if "tuple[tuple" in hint:
        pairs = [point.split() for point in cell.split(";") if point.strip()]
        return tuple(tuple(pair) for pair in pairs)
    if "tuple" in hint:
        return tuple(cell.split())
    if "bool" in hint:
        return YES.get(cell.lower(), cell)
    return cell


def build(
    kind: type, table: Table, row: Row, cargoes: dict[str, Cargo], faults: Faults, default_cargo: Cargo | None
) -> Any | None:
    """The element that a row describes, or None after telling its faults."""
    cargo = cargoes.get(row.cells.get("cargo", "")) or default_cargo
    values: dict[str, Any] = {}
    bad = False
    numeric = units_of(kind)
    for name, cell in row.cells.items():
        if cell == "":
            continue
        try:
            values[name] = convert(kind, name, decimal_point(cell, table) if name in numeric else cell, cargo)
        except InputError as error:
            bad = True
            for fault in error.faults:
                faults.add(
                    fault.message, file=table.file, line=row.line, key=name, value=cell, advice=fault.advice
                )
    if bad:
        return None
    return validated(kind, values, faults, table.file, row.line, row.cells)


def validated(
    kind: type, values: dict[str, Any], faults: Faults, file: Path, line: int | None, given: dict[str, Any]
) -> Any | None:
    """The element of these values, checked against its types, or None after telling its faults."""
    try:
        return adapter_of(kind).validate_python(values)
    except ValidationError as error:
        for item in error.errors():
            key = str(item["loc"][0]) if item["loc"] else ""
            missing = item["type"] == "missing"
            faults.add(
                "a value is needed here" if missing else item["msg"].replace("Input should", "should"),
                file=file,
                line=line,
                key=key,
                value=None if missing else given.get(key),
            )
        return None
