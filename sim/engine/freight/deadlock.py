"""Freight that has come to rest at the end of a run, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine.freight.system import Freight

LONG_WAIT = 14.0  # days after which a wait is reported


def freight_stalled(freight: Freight, now: float) -> tuple[str, ...]:
    """Return one line for each track, yard and roads where something has waited long."""
    return (
        *_on_tracks(freight, now),
        *_in_yards(freight, now),
        *_held(freight, now),
        *_in_roads(freight, now),
    )


def _on_tracks(freight: Freight, now: float) -> Iterator[str]:
    for track in freight.tracks:
        if not track.queue or now - track.queue[0].waiting_since <= LONG_WAIT:
            continue
        shut, full = track.gate.share == 0.0, track.on >= track.room
        why = "it is shut" if shut else "it is full" if full else "few paths"
        longest = now - track.queue[0].waiting_since
        yield (
            f"{len(track.queue)} trains or convoys wait for a path, or room, on {track.line.id} "
            f"to {track.place}, one for {longest:.0f} days: {why}"
        )


def _in_yards(freight: Freight, now: float) -> Iterator[str]:
    """Yield the cargo in yards while all services of its leg are shut."""
    for live_leg in freight.live_legs:
        leg, queue = live_leg.leg, live_leg.yard_queue
        first = queue.head()
        if first is None or now - first.ready <= LONG_WAIT:
            continue
        if leg.services and all(freight.gates[id].share == 0.0 for id in leg.services):
            yield (
                f"{queue.level:,.0f} of {leg.cargo} wait for {leg.id}, "
                f"the first for {now - first.ready:.0f} days: {', '.join(leg.services)} is shut"
            )


def _held(freight: Freight, now: float) -> Iterator[str]:
    for queue in freight.yard_queues:
        if queue.gate is not None and queue.held and now - queue.held[0].waiting_since > LONG_WAIT:
            longest = now - queue.held[0].waiting_since
            yield (
                f"{len(queue.held)} trains, convoys or ships cannot unload at {queue.gate.element}, "
                f"one for {longest:.0f} days: it is full of cargo for {queue.leg}"
            )


def _in_roads(freight: Freight, now: float) -> Iterator[str]:
    for port in freight.ports.values():
        waits = [now - request.since for request in port.roads]
        long = [days for days in waits if days > LONG_WAIT]
        if long:
            yield (
                f"{len(long)} ships wait for a quay at {port.place}, one for {max(long):.0f} days: "
                f"none is free and open"
            )
