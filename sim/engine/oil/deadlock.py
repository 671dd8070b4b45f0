"""Tankers that have come to rest at the end of a run: SimPy ends quietly when everything waits for ever."""

from __future__ import annotations

from collections.abc import Iterable

from sim.engine.oil.ports import TankerPort

LONG_WAIT = 14.0  # days in the roads after which a ship's wait is reported


def stalled(ports: Iterable[TankerPort], now: float) -> tuple[str, ...]:
    """Return one line for each lane whose ships have waited long and find it, or all berths, closed."""
    lines = []
    for port in ports:
        waits: dict[tuple[str, str], list[float]] = {}
        for call in port.roads:
            waits.setdefault((call.lane, call.work), []).append(now - call.arrived)
        for (lane, work), days in waits.items():
            why = _closed(port, lane, work) if max(days) > LONG_WAIT else ""
            if why:
                lines.append(
                    f"{len(days)} ships of {lane} wait to {work} at {port.id}, "
                    f"one for {max(days):.0f} days: {why}"
                )
    return tuple(lines)


def _closed(port: TankerPort, lane: str, work: str) -> str:
    """Return why no ship can be worked, or nothing where a berth is open."""
    if port.lanes[lane].share == 0.0:
        return "the lane is shut"
    berths = port.serving[lane, work]
    if any(live_berth.open for live_berth in berths):
        return ""
    return f"no berth is open ({', '.join(live_berth.berth.id for live_berth in berths)})"
