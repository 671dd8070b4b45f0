"""Reader of tables of reported figures, which reports every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sim.errors import Fault, Faults, InputError, fail
from sim.measures import MEASURES, Record, find_measure
from sim.network.rows import check_columns, read_cells
from sim.network.tables import Table, read_table
from sim.scenario import Scenario, load
from sim.scenario.shipped import find, is_file, shipped_folder
from sim.studies.backtest.measured import check_element
from sim.studies.backtest.reported import Reported, ReportedRow, goal, undisturbed
from sim.studies.request import MeasureRequest, empty_record

COLUMNS = {"from": "since", "to": "until"}  # in a table, and in Python, where `from` is reserved
NAMES = {ours: theirs for theirs, ours in COLUMNS.items()}


def read_reported(file: Path | None = None) -> list[Reported]:
    """Return the figures of a table, by default the shipped one. Raises `InputError` with all faults."""
    reader = _Reader(read_table(file or shipped_folder() / "caspian" / "reported.csv", COLUMNS))
    figures = list(reader.read())
    if reader.faults:
        raise InputError(map(_in_its_names, reader.faults))
    return figures


class _Reader:
    """Reads one table; a scenario that several rows name is loaded once."""

    def __init__(self, table: Table) -> None:
        self.faults = Faults()
        self._table = table
        self._scenarios: dict[str, tuple[Scenario, Scenario]] = {}
        self._records: dict[int, Record] = {}

    def read(self) -> Iterator[Reported]:
        """Yield the figures; those of rows with faults are incomplete or left out."""
        if not check_columns(self._table, ReportedRow, self.faults):
            return
        if not self._table.rows:
            message = "has a header but no rows, so there is nothing to compare runs with"
            self.faults.add(message, file=self._table.file, line=self._table.line)
        lines: dict[str, int] = {}
        for row in self._table.rows:
            before = len(self.faults)
            cells = read_cells(ReportedRow, self._table, row, None, self.faults)
            if len(self.faults) > before:
                continue
            reported = ReportedRow(**cells)
            with self._locating(row.line, "id"):
                line = lines.setdefault(reported.id, row.line)
                if line != row.line:
                    raise fail("the id stands twice", value=reported.id, advice=f"it stands in line {line}")
            figure = self._figure(reported, row.line)
            if figure is not None:
                yield figure

    @contextmanager
    def _locating(self, line: int, key: str) -> Iterator[None]:
        """Collect the faults of an `InputError` raised inside, under this cell unless they name a file."""
        try:
            yield
        except InputError as error:
            self.faults.extend(
                InputError(
                    fault
                    if fault.file
                    else replace(fault, file=self._table.file, line=line, key=fault.key or key)
                    for fault in error.faults
                )
            )

    def _figure(self, row: ReportedRow, line: int) -> Reported | None:
        """Return the figure, or None after collecting its faults."""
        with self._locating(line, "measure"):
            find_measure(row.measure, MEASURES)
        pair: tuple[Scenario, Scenario] | None = None
        named: Scenario | None = None
        with self._locating(line, "scenario"):
            pair = self._scenario(row.scenario)
        with self._locating(line, "undisturbed"):
            named = self._scenario(row.undisturbed)[0] if row.undisturbed else None
        if row.measure not in MEASURES or pair is None:
            return None
        scenario, calm = pair
        self._check(row, scenario, line)
        if named is not None:
            self._check(row, named, line)
            with self._locating(line, "undisturbed"):
                if named.start != scenario.start:
                    advice = f"{scenario.name} starts on {scenario.start}"
                    raise fail("starts on another day", value=row.undisturbed, advice=advice)
        since, until = (float((day - scenario.start).days) for day in (row.since, row.until))
        value = tolerance = 0.0
        with self._locating(line, "value"):
            value, tolerance = goal(row, scenario, self._table.decimal_commas)
        return Reported(
            row=row,
            scenario=scenario,
            undisturbed=named or calm,
            request=MeasureRequest(measure=row.measure, element=row.element, since=since, until=until),
            value=value,
            tolerance=tolerance,
        )

    def _scenario(self, name: str) -> tuple[Scenario, Scenario]:
        """Return the scenario of a name, or of a file in the table's folder, and the same undisturbed."""
        if name not in self._scenarios:
            scenario = load(_scenario_file(name, self._table.file.parent))
            self._scenarios[name] = scenario, undisturbed(scenario)
        return self._scenarios[name]

    def _check(self, row: ReportedRow, scenario: Scenario, line: int) -> None:
        """Collect a fault if a scenario's run lacks the window or the element."""
        run = f"{scenario.name} runs from {scenario.start} to {scenario.end}"
        with self._locating(line, "until"):
            if row.until <= row.since:
                raise fail("ends before it begins", value=str(row.until), advice=f"it begins on {row.since}")
            if row.until > scenario.end:
                raise fail("lies outside the run", value=str(row.until), advice=run)
        with self._locating(line, "since"):
            if row.since < scenario.start:
                raise fail("lies outside the run", value=str(row.since), advice=run)
        with self._locating(line, "element"):
            if id(scenario) not in self._records:
                self._records[id(scenario)] = empty_record(scenario)
            check_element(self._records[id(scenario)], row.measure, row.element)


def _scenario_file(name: str, folder: Path) -> Path:
    """Return the file that a table names: in the table's folder, `.toml` being optional, or a shipped one."""
    neighbour = folder / f"{name}.toml"
    return neighbour if is_file(neighbour) else find(name, "scenarios", folder=folder)


def _in_its_names(fault: Fault) -> Fault:
    advice = fault.advice
    if fault.message == "unknown column":
        for ours, theirs in NAMES.items():
            advice = advice.replace(f" {ours}", f" {theirs}")
    return replace(fault, key=NAMES.get(fault.key or "", fault.key), advice=advice)
