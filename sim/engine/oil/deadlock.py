"""Who waits for what when a run comes to rest: SimPy ends quietly when all wait for ever."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.oil.ports import TankerPort

PATIENCE = 14.0  # days in the roads after which a ship's wait is worth a word


def stalled(ports: Iterable[TankerPort], now: float) -> tuple[str, ...]:
    """One line for each lane whose ships have waited long and find it, or all their berths, shut."""
    found = []
    for port in ports:
        waits: dict[tuple[str, str], list[float]] = {}
        for ship in port.roads:
            waits.setdefault((ship.lane, ship.work), []).append(now - ship.arrived)
        for (lane, work), days in waits.items():
            if max(days) <= PATIENCE:
                continue
            if port.lanes[lane].share == 0.0:
                found.append(_line(len(days), max(days), lane, work, port.id, "the lane is shut"))
                continue
            berths = [m for m in port.live_berths if lane in m.berth.lanes and m.berth.work == work]
            if not any(m.open for m in berths):
                why = f"no berth is open ({', '.join(m.berth.id for m in berths)})"
                found.append(_line(len(days), max(days), lane, work, port.id, why))
    return tuple(found)


def _line(ships: int, longest: float, lane: str, work: str, port: str, why: str) -> str:
    return f"{ships} ships of {lane} wait to {work} at {port}, one for {longest:.0f} days: {why}"
