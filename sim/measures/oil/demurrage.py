"""What ships that were called were kept waiting, and what they are owed for it."""

from __future__ import annotations

from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import integral
from sim.network.elements import Fleet

MILLION = 1e6
CALLED = "a sea lane of called ships"


def called_lanes(record: Record) -> list[str]:
    """The sea lanes for which a loading programme calls ships."""
    fleets = record.network.fleets.values()
    return list(dict.fromkeys(lane for fleet in fleets if fleet.vessels is None for lane in fleet.lanes))


def _waiting(record: Record, element: str, a: float, b: float) -> float:
    return integral(record.journal.step_series("waiting", element), a, min(b, record.days))


def _demurrage(record: Record, element: str, a: float, b: float) -> float:
    """Days in port beyond the laytime of a ship's size, those within a window, at its rate per day.

    A ship's size is known by its load. Storms count in full, and ships that have not left when the run
    ends are not counted.
    """
    sizes = _sizes(record, element)
    calls = [call for call in record.journal.calls if call.lane == element and call.work == "load"]
    loads = {call.load for call in calls} if sizes else ()
    size_of = {load: min(sizes, key=lambda fleet: abs(fleet.load - load)) for load in loads}
    owed = 0.0
    for call in calls:
        if call.load in size_of:
            size = size_of[call.load]
            begins = call.arrived + (size.laytime or 0.0)
            owed += max(0.0, min(call.left, b) - max(begins, a)) * (size.demurrage or 0.0)
    return owed / MILLION


def _sizes(record: Record, lane: str) -> list[Fleet]:
    """The fleets of called ships on a lane."""
    fleets = record.network.fleets.values()
    return [fleet for fleet in fleets if fleet.vessels is None and lane in fleet.lanes]


def _owing_lanes(record: Record) -> list[str]:
    return [
        lane
        for lane in called_lanes(record)
        if any(fleet.demurrage is not None for fleet in _sizes(record, lane))
    ]


DEMURRAGE = (
    Measure(
        name="days in the roads",
        title="Ship-days waiting for a berth",
        unit="days",
        better="less",
        what="The days of all ships in the roads added up, those sent back and those still there at the "
        "end included.",
        by=CALLED,
        of=_waiting,
        elements=called_lanes,
    ),
    Measure(
        name="demurrage",
        title="Demurrage of called ships",
        unit="MUSD",
        better="less",
        what="Days in port, from coming to the roads to casting off, beyond the `laytime` of the ship's "
        "fleet, times its `demurrage` a day. Storms count in full; ships still there at the end do "
        "not count.",
        by=CALLED,
        of=_demurrage,
        elements=_owing_lanes,
    ),
)
