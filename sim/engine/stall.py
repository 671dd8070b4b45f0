"""Who waits for what when a run comes to rest: SimPy ends quietly when all wait for ever."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.ports import Port

PATIENCE = 14.0  # days in the roads after which a ship's wait is worth a word


def stalled(ports: Iterable[Port], now: float) -> tuple[str, ...]:
    """One line for each lane whose ships have waited long with no berth open to them at the end."""
    found = []
    for port in ports:
        waits: dict[tuple[str, str], list[float]] = {}
        for ship in port.roads:
            waits.setdefault((ship.lane, ship.work), []).append(now - ship.arrived)
        for (lane, work), days in waits.items():
            berths = [m for m in port.moorings if lane in m.berth.lanes and m.berth.work == work]
            if max(days) > PATIENCE and not any(m.open for m in berths):
                shut = ", ".join(m.berth.id for m in berths) or "none built"
                found.append(
                    f"{len(days)} ships of {lane} wait to {work} at {port.id}, one for "
                    f"{max(days):.0f} days: no berth is open ({shut})"
                )
    return tuple(found)
