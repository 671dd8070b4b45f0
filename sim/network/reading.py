"""From a folder of tables to a checked, frozen `Network`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import Faults, fail
from sim.network.checks import check
from sim.network.elements import (
    Berth,
    Cargo,
    Contract,
    Dated,
    Fleet,
    Link,
    Network,
    Place,
    Shipper,
    Source,
    Stock,
    Weather,
)
from sim.network.rows import build, check_columns
from sim.network.tables import read_table

TABLES: dict[str, type] = {
    "sources": Source,
    "cargoes": Cargo,
    "places": Place,
    "links": Link,
    "stocks": Stock,
    "berths": Berth,
    "fleets": Fleet,
    "shippers": Shipper,
    "contracts": Contract,
    "weather": Weather,
    "history": Dated,
}


def read_network(folder: Path) -> Network:
    """Read the tables of a network folder and check them against each other.

    Raises `InputError` with every fault found, in all tables.
    """
    if not folder.is_dir():
        raise fail("no such network folder", file=folder)
    faults = Faults()
    lines: dict[str, tuple[str, int]] = {}
    tables: dict[str, dict[str, Any]] = {}
    for name, kind in TABLES.items():
        tables[name] = {}
        with faults.collecting():
            tables[name] = _read(folder / f"{name}.csv", kind, tables.get("cargoes", {}), faults, lines)
    faults.raise_any()
    network = Network(folder=str(folder), lines=lines, **tables)
    check(network)
    return network


def _read(
    file: Path,
    kind: type,
    cargoes: dict[str, Cargo],
    faults: Faults,
    lines: dict[str, tuple[str, int]],
) -> dict[str, Any]:
    table = read_table(file)
    found: dict[str, Any] = {}
    if not check_columns(table, kind, faults):
        return found
    default_cargo = next((c for c in cargoes.values() if c.barrels_per_tonne), None)
    for row in table.rows:
        element = build(kind, table, row, cargoes, faults, default_cargo)
        if element is None:
            continue
        where = element.id if kind not in (Source, Cargo, Dated) else f"{file.stem}:{element.id}"
        if where in lines:
            other, line = lines[where]
            faults.add(
                f"this id stands already in {Path(other).name}, line {line}",
                file=file,
                line=row.line,
                key="id",
                value=element.id,
            )
            continue
        lines[where] = (str(file), row.line)
        found[element.id] = element
    return found
