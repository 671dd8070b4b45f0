"""Waiting of called ships, and the demurrage that it costs."""

from __future__ import annotations

from sim.measures.measure import Headline, Measure, one_of
from sim.measures.record import Record
from sim.measures.series import integral
from sim.network import Network
from sim.network.elements import Fleet

MILLION = 1e6


def lanes_of_called_ships(network: Network) -> list[str]:
    """Return the sea lanes to which a loading programme calls ships."""
    fleets = network.fleets.values()
    return list(dict.fromkeys(lane for fleet in fleets if fleet.vessels is None for lane in fleet.lanes))


def called_lanes(record: Record) -> list[str]:
    """Return the sea lanes of a run to which a loading programme calls ships."""
    return lanes_of_called_ships(record.network)


CALLED_LANE = one_of("a sea lane of called ships", called_lanes)


def lane_headline(network: Network) -> dict[str, str]:
    """Return the lanes of called ships as headline elements, labelled if there are several."""
    lanes = lanes_of_called_ships(network)
    return {lane: network.links[lane].name if len(lanes) > 1 else "" for lane in lanes}


def _waiting(record: Record, element: str, a: float, b: float) -> float:
    return integral(record.journal.step_series("waiting", element), a, min(b, record.days))


def _demurrage(record: Record, element: str, a: float, b: float) -> float:
    """Return the days in port beyond the laytime, those within a window, times the rate of the ship's fleet.

    The fleet of a ship is known by its load. Storms count in full; ships that have not left when the run
    ends do not count.
    """
    fleets = _fleets(record, element)
    calls = [call for call in record.journal.calls if call.lane == element and call.work == "load"]
    loads = {call.load for call in calls} if fleets else ()
    fleet_of = {load: min(fleets, key=lambda fleet: abs(fleet.load - load)) for load in loads}
    owed = 0.0
    for call in calls:
        if call.load in fleet_of:
            fleet = fleet_of[call.load]
            start = call.arrived + (fleet.laytime or 0.0)
            owed += max(0.0, min(call.left, b) - max(start, a)) * (fleet.demurrage or 0.0)
    return owed / MILLION


def _fleets(record: Record, lane: str) -> list[Fleet]:
    """Return the fleets of called ships on a lane."""
    fleets = record.network.fleets.values()
    return [fleet for fleet in fleets if fleet.vessels is None and lane in fleet.lanes]


def _lanes_with_demurrage(record: Record) -> list[str]:
    return [
        lane
        for lane in called_lanes(record)
        if any(fleet.demurrage is not None for fleet in _fleets(record, lane))
    ]


DEMURRAGE = (
    Measure(
        name="days in the roads",
        title="Ship-days waiting for a berth",
        unit="days",
        better="less",
        definition="Days in the roads of all ships together, including those sent back and those still there "
        "at the end.",
        kind=CALLED_LANE,
        formula=_waiting,
        elements=called_lanes,
    ),
    Measure(
        name="demurrage",
        title="Demurrage",
        unit="MUSD",
        better="less",
        definition="Days in port, from arrival in the roads to casting off, beyond the `laytime` of the "
        "ship's fleet, times its `demurrage` per day. Storms count in full; ships still there at the end "
        "do not count.",
        kind=CALLED_LANE,
        formula=_demurrage,
        elements=_lanes_with_demurrage,
        headline=Headline(place=17, elements=lane_headline, decimals=1),
    ),
)
