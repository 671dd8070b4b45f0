"""Networks read from a folder of tables, checked and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from sim.errors import Faults, InputError, fail, nearest
from sim.network.checks import check
from sim.network.elements import (
    Berth,
    Cargo,
    Contract,
    Dated,
    Fleet,
    Link,
    Place,
    Quotation,
    Shipper,
    Source,
    Stock,
    Weather,
)
from sim.network.findings import Described, Findings, in_tables, line_key
from sim.network.forms import cargo_of, forms_of
from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard
from sim.network.network import Network
from sim.network.references import KnownIds, check_references
from sim.network.rows import check_columns, read_cells
from sim.network.tables import Row, Table, read_table
from sim.network.value_checks import check_values

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
    "lines": Line,
    "yards": Yard,
    "quays": Quay,
    "services": Service,
    "demands": Demand,
    "corridors": Corridor,
    "prices": Quotation,
    "history": Dated,
}
MAY_BE_EMPTY = (
    *("sources", "links", "stocks", "berths", "fleets", "shippers", "contracts", "weather", "history"),
    *("lines", "yards", "quays", "services", "demands", "corridors", "prices"),
)
SENDERS = ("shippers", "demands")
UNREAD = Cargo(id="", name="", unit="t", barrels_per_tonne=1.0, source="")


def read_network(folder: Path) -> Network:
    """Read the tables of a network folder and check them, one by one and against each other.

    Raises `InputError` with the faults of all tables.
    """
    network = read_tables(folder)
    check(network)
    return network


def read_tables(folder: Path) -> Network:
    """Read the tables of a network folder, each row checked for itself.

    `checks.check` checks them together, once a scenario has made its changes. Raises `InputError` with
    the faults of all tables: in cells, in figures, in references and sources.
    """
    _check_folder(folder)
    reader = _Reader(folder)
    for name, kind in TABLES.items():
        reader.read(name, kind)
    known_ids = KnownIds(reader.tables, reader.broken)
    findings = Findings(in_tables(reader.lines, reader.cells))
    for element in reader.elements():
        check_values(element, findings)
    for element in [*reader.elements(), *reader.partial_rows]:
        check_references(element, known_ids, findings)
    with reader.faults.collecting():
        findings.raise_any()
    if not reader.faults and not any(reader.tables[name] for name in SENDERS):
        message = "nothing is sent here: neither this table nor demands.csv has a row"
        reader.faults.add(message, file=folder / "shippers.csv", line=1)
    reader.faults.raise_any()
    return Network(folder=str(folder), written_at=reader.lines, **reader.tables)


def _check_folder(folder: Path) -> None:
    try:
        if folder.is_dir():
            return
        neighbours = sorted(path.parent.name for path in folder.parent.glob("*/places.csv"))
    except (OSError, ValueError):
        neighbours = []
    advice = nearest(folder.name, neighbours) or "a folder with places.csv and the other tables"
    raise fail("no such network folder", file=folder, advice=advice)


def _unit(row: Row) -> Literal["t", "TEU"]:
    return "TEU" if any("TEU" in cell or "FEU" in cell for cell in row.cells.values()) else "t"


class _Reader:
    """Reader of the tables of a folder, with their faults and the place of each row.

    `partial_rows` are the elements of rows at fault, None in each field that could not be read; their
    references are checked all the same.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = Faults()
        self.tables: dict[str, dict[str, Any]] = {}
        self.broken: dict[str, set[str] | None] = {}
        self.partial_rows: list[Described] = []
        self.lines: dict[str, tuple[str, int]] = {}
        self.cells: dict[str, dict[str, str]] = {}

    def elements(self) -> Iterator[Described]:
        for table in self.tables.values():
            yield from table.values()

    def read(self, name: str, kind: type) -> None:
        self.tables[name], self.broken[name] = {}, None
        file = self.folder / f"{name}.csv"
        try:
            table = read_table(file)
        except InputError as error:
            self.faults.extend(self._missing(file, kind) if not file.exists() else error)
            return
        if not check_columns(table, kind, self.faults):
            return
        if not table.rows and name not in MAY_BE_EMPTY:
            self.faults.add(f"has a header but no rows; a network has {name}", file=file, line=table.line)
        broken = self.broken[name] = set[str]()
        for row in table.rows:
            before = len(self.faults)
            values = read_cells(kind, table, row, self._cargo(kind, row), self.faults)
            is_sound = len(self.faults) == before
            if self._is_new(kind, table, row):
                if is_sound:
                    self.tables[name][values["id"]] = kind(**values)
                elif "id" in values:
                    broken.add(values["id"])
                    self.partial_rows.append(kind(**{**dict.fromkeys(forms_of(kind)), **values}))
            elif "id" in values:
                broken.add(values["id"])

    def _missing(self, file: Path, kind: type) -> InputError:
        strays = [path.name for path in self.folder.glob("*.csv") if path.stem not in TABLES]
        advice = nearest(file.name, strays)
        columns = ",".join(name for name, form in forms_of(kind).items() if form.needed)
        if file.stem in MAY_BE_EMPTY:
            advice = advice or f"an empty table is one line: {columns}"
        return fail("this table is missing", file=file, advice=advice or f"it needs the columns {columns}")

    def _cargo(self, kind: type, row: Row) -> Cargo | None:
        """The cargo whose unit a row's quantities are in, guessed where it could not be read."""
        if kind is Cargo:
            return replace(UNREAD, unit=_unit(row), barrels_per_tonne=None)
        named = row.cells.get("cargo", "")
        if self.broken.get("cargoes") != set() or (named and named not in self.tables["cargoes"]):
            return replace(UNREAD, unit=_unit(row))
        return cargo_of(named, self.tables["cargoes"])

    def _is_new(self, kind: type, table: Table, row: Row) -> bool:
        """Record the place of a row, and return whether its id is new."""
        id = row.cells.get("id", "")
        key = line_key(kind, id)
        if id and key in self.lines:
            other, line = self.lines[key]
            message = f"this id is already in {Path(other).name}, line {line}"
            self.faults.add(message, file=table.file, line=row.line, key="id", value=id)
            return False
        self.lines[key] = (str(table.file), row.line)
        self.cells[key] = row.cells
        return True
