"""Whose boxes and ships have come to rest at the end of a run, and on what they wait."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine.freight.system import Freight

PATIENCE = 14.0  # days after which a wait is worth a word


def freight_stalled(freight: Freight, now: float) -> tuple[str, ...]:
    """One line for each queue, yard and roads where somebody has waited long."""
    return (*_trains(freight, now), *_left(freight, now), *_held(freight, now), *_roads(freight, now))


def _trains(freight: Freight, now: float) -> Iterator[str]:
    for way in freight.ways:
        if way.queue and now - way.queue[0].times[-1] > PATIENCE:
            why = (
                "it is shut" if way.gate.share == 0.0 else "it is full" if way.on >= way.room else "few paths"
            )
            longest = now - way.queue[0].times[-1]
            yield (
                f"{len(way.queue)} trains or convoys wait for a path, or room, on {way.line.id} "
                f"to {way.place}, one for {longest:.0f} days: {why}"
            )


def _left(freight: Freight, now: float) -> Iterator[str]:
    """Cargo that lies in a yard, all services of its leg being shut."""
    for stretch in freight.stretches:
        first = stretch.pile.head()
        if first is None or now - first.came <= PATIENCE:
            continue
        if stretch.leg.services and all(freight.gates[id].share == 0.0 for id in stretch.leg.services):
            yield (
                f"{stretch.pile.level:,.0f} of {stretch.leg.cargo} wait for {stretch.leg.id}, "
                f"the first for {now - first.came:.0f} days: {', '.join(stretch.leg.services)} is shut"
            )


def _held(freight: Freight, now: float) -> Iterator[str]:
    for pile in freight.piles:
        if pile.held and pile.gate is not None and now - pile.held[0].times[-1] > PATIENCE:
            longest = now - pile.held[0].times[-1]
            yield (
                f"{len(pile.held)} trains, convoys or ships cannot unload at {pile.gate.element}, "
                f"one for {longest:.0f} days: it is full of what waits for {pile.stretch}"
            )


def _roads(freight: Freight, now: float) -> Iterator[str]:
    for harbour in freight.harbours.values():
        long = [now - since for *_, since in harbour.roads if now - since > PATIENCE]
        if long:
            yield (
                f"{len(long)} ships wait for a quay at {harbour.place}, one for {max(long):.0f} days: "
                f"none is free and open"
            )
