"""Reported figures: observations, and the scenarios that they are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from sim.errors import InputError, fail
from sim.measures import MEASURES, OIL
from sim.network.elements import Source
from sim.scenario import Scenario
from sim.studies.request import MeasureRequest
from sim.units import parse

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """A row of a table of figures: a measure of an element of a scenario between two dates.

    `scenario` is a shipped one, or a file in the table's folder. `tolerance` is a share of the value (3 %),
    or an amount in its own unit (1 day, 0.05 Mt). `role` records whether the figure was used to set a
    parameter. `undisturbed` names the undisturbed scenario, by default the same one without its boycotts
    and unplanned closures.
    """

    id: str
    scenario: str
    undisturbed: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reported:
    """A figure with its scenario and the undisturbed one.

    `value` and `tolerance` are in the measure's unit; a date is a day of the run.
    """

    row: ReportedRow
    scenario: Scenario
    undisturbed: Scenario
    request: MeasureRequest
    value: float
    tolerance: float

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.scenario.name

    @property
    def unit(self) -> str:
        return self.request.unit

    @property
    def days(self) -> float:
        """Length of its window."""
        return (self.row.until - self.row.since) / DAY

    @property
    def is_of_oil(self) -> bool:
        return any(self.row.measure == measure.name for measure in OIL)

    @property
    def is_held_out(self) -> bool:
        return self.row.role == "held-out"

    @property
    def source(self) -> Source:
        """Source of the figure, from the network's table of sources if it is listed there."""
        cited = self.row.source
        return self.scenario.network.sources.get(cited, Source(id=cited, title=cited))

    def moment(self, day: float) -> datetime:
        """Return the date and time of a day of the run."""
        return datetime.combine(self.scenario.start, time()) + day * DAY


def undisturbed(scenario: Scenario) -> Scenario:
    """Return the scenario without its boycotts and unplanned closures.

    Planned maintenance, ordinary weather and all dated changes stay. For the shipped scenarios of 2022
    the result is `baseline-2022` and `corridors-2022-undisturbed`, for `year-2022` both on one network.
    """
    planned = tuple(closure for closure in scenario.disturbances if closure.planned)
    name = f"{scenario.name}, undisturbed"
    return replace(scenario, name=name, disturbances=planned, boycotts=())


def goal(row: ReportedRow, scenario: Scenario, decimal_commas: bool | None = False) -> tuple[float, float]:
    """Return the reported value and its tolerance in the measure's unit; a date as a day of the run.

    Raises `InputError` when either does not suit the measure.
    """
    unit = MEASURES[row.measure].unit
    cargoes = scenario.network.cargoes.values()
    density = next((cargo.barrels_per_tonne for cargo in cargoes if cargo.barrels_per_tonne), None)

    def read(key: str, text: str, unit: str) -> float:
        try:
            return parse(text, unit, density, decimal_commas)
        except InputError as error:
            raise InputError(replace(fault, key=key, value=text) for fault in error.faults) from None

    if unit == "date":
        return _day(row.value, scenario), _positive(read("tolerance", row.tolerance, "day"), row)
    plain = "percent" if unit == "%" else unit
    value = read("value", f"{row.value} {row.unit}", plain)
    if row.tolerance.endswith("%"):
        return value, _positive(abs(value) * read("tolerance", row.tolerance, ""), row)
    return value, _positive(read("tolerance", row.tolerance, plain), row)


def _day(text: str, scenario: Scenario) -> float:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise fail("should be a date", value=text, advice="such as 2022-03-21, or 2022-03-21 08:00") from None
    return (moment - datetime.combine(scenario.start, time())) / DAY


def _positive(tolerance: float, row: ReportedRow) -> float:
    if tolerance <= 0.0:
        advice = "an amount in the unit of the value, since a share of 0 is 0"
        raise fail("should be more than 0", key="tolerance", value=row.tolerance, advice=advice)
    return tolerance
