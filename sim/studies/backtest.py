"""Simulated against reported: how far a scenario's runs lie from what really happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from sim.errors import Faults, InputError, fail
from sim.measures import MEASURES, Record, find_measure
from sim.network.rows import build, check_columns
from sim.network.tables import read_table
from sim.scenario import Scenario, load
from sim.studies.replicate import Estimate, estimate, replications
from sim.units import parse

BARRELS_PER_TONNE = 7.9  # any crude's: only to see that a unit fits before the scenario is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A figure that was reported, and the measure of a scenario that it is held against.

    `tolerance` is a share of the value (3 %), or an amount in its own unit (1 day, 0.05 Mt).
    """

    id: str
    scenario: str
    measure: str
    element: str
    since: date
    until: date
    value: str
    unit: str
    tolerance: str
    source: str
    role: Literal["calibration", "held-out"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reported figure beside what was simulated, both in the measure's unit."""

    reported: Reported
    value: float
    tolerance: float
    unit: str
    simulated: Estimate | None
    missed: int

    @property
    def error(self) -> float | None:
        return None if self.simulated is None else self.simulated.mean - self.value

    @property
    def within(self) -> bool:
        return self.error is not None and abs(self.error) <= self.tolerance


def read_reported(file: Path, barrels_per_tonne: float = BARRELS_PER_TONNE) -> list[Reported]:
    """The rows of a table of reported figures, checked. Raises `InputError` with all faults."""
    faults = Faults()
    table = read_table(file, {"from": "since", "to": "until"})
    rows: list[Reported] = []
    if check_columns(table, Reported, faults):
        for row in table.rows:
            found = build(Reported, table, row, None, faults)
            if found is not None:
                try:
                    find_measure(found.measure, MEASURES)
                    goal(found, date(2000, 1, 1), barrels_per_tonne)
                except InputError as error:
                    for fault in error.faults:
                        faults.add(
                            fault.message,
                            file=file,
                            line=row.line,
                            key=fault.key or "measure",
                            value=fault.value,
                            advice=fault.advice,
                        )
                rows.append(found)
    faults.raise_any()
    return rows


def goal(reported: Reported, start: date, barrels_per_tonne: float | None) -> tuple[float, float]:
    """The reported value and its tolerance in the measure's unit; dates as days of the run."""
    unit = MEASURES[reported.measure].unit
    if unit == "date":
        moment = datetime.fromisoformat(reported.value)
        return (moment - datetime.combine(start, time())) / timedelta(days=1), parse(
            reported.tolerance, "day"
        )
    plain = "percent" if unit == "%" else unit
    value = parse(f"{reported.value} {reported.unit}", plain, barrels_per_tonne)
    if unit == "%":
        value = float(reported.value)
    if reported.tolerance.endswith("%"):
        return value, abs(value) * parse(reported.tolerance, "")
    return value, parse(reported.tolerance, plain, barrels_per_tonne)


def backtest(
    rows: list[Reported],
    count: int,
    network_of: Callable[[str], Scenario] = load,
    done: Callable[[str], None] = lambda scenario: None,
) -> list[Finding]:
    """Run each scenario named in the rows `count` times and compare; `done` is told of each run."""
    by_scenario: dict[str, list[Reported]] = {}
    for row in rows:
        by_scenario.setdefault(row.scenario, []).append(row)
    found: dict[str, Finding] = {}
    for name, wanted in by_scenario.items():
        scenario = network_of(name)
        values: dict[str, list[float]] = {row.id: [] for row in wanted}
        for record in replications(scenario, count):
            for row in wanted:
                value = _measured(row, record)
                if value is not None:
                    values[row.id].append(value)
            done(name)
        density = next(iter(scenario.network.cargoes.values())).barrels_per_tonne
        for row in wanted:
            value, tolerance = goal(row, scenario.start, density)
            got = values[row.id]
            found[row.id] = Finding(
                reported=row,
                value=value,
                tolerance=tolerance,
                unit=MEASURES[row.measure].unit,
                simulated=estimate(got) if got else None,
                missed=count - len(got),
            )
    return [found[row.id] for row in rows]


def _measured(row: Reported, record: Record) -> float | None:
    measure = MEASURES[row.measure]
    if not 0 <= record.day(row.since) < record.day(row.until) <= record.days:
        raise fail("lies outside the scenario's horizon", key=row.id, value=f"{row.since} to {row.until}")
    return measure(record, row.element, record.day(row.since), record.day(row.until))
