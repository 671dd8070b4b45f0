"""What was shut, refused or stormbound on a map, by stretches of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sim.measures import Record, Span
from sim.measures.intervals import event_intervals
from sim.plots.shut import Shut, shut_during
from sim.report.html.map_flows import touched
from sim.report.html.shown import Shown
from sim.scenario import Disturbance

STORMY = 0.25  # of a frame


def stepped(disturbances: Sequence[Disturbance]) -> list[Span]:
    """Closures as they recovered: a span for each of their steps."""
    return [
        Span(
            label=item.label,
            elements=item.elements,
            start=since,
            end=until,
            remaining=share,
            planned=item.planned,
        )
        for item in disturbances
        for (since, share), (until, _) in pairwise(item.steps)
        if share < 1.0
    ]


def shut_frames(shown: Shown, record: Record, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The ways and places that closures held shut, with what to say of the places, by stretches of frames."""
    found: list[dict[str, Any]] = []
    for number, shut in enumerate(_frames(shown, record, spans)):
        now = {"ways": sorted(shut.ways), "places": dict(sorted(shut.places.items()))}
        if found and found[-1]["until"] == number and all(found[-1][key] == now[key] for key in now):
            found[-1]["until"] = number + 1
        elif shut.ways or shut.places:
            found.append({"from": number, "until": number + 1, **now})
    return found


def _frames(shown: Shown, record: Record, spans: Sequence[Span]) -> Iterator[Shut]:
    known: dict[tuple[int, ...], Shut] = {}
    for window in pairwise((shown.edges - shown.shift(record)).tolist()):
        key = tuple(n for n, span in enumerate(spans) if span.start < window[1] and span.end > window[0])
        if key not in known:
            known[key] = shut_during(record.network, [spans[n] for n in key], window)
        yield known[key]


def refused_frames(shown: Shown, record: Record) -> list[dict[str, Any]]:
    """The ways that shippers refused, by stretches of frames."""
    return [
        {"from": first, "until": until, "ways": sorted(set(boycott.elements) & set(record.network.lines))}
        for boycott in record.boycotts
        for first, until in touched(shown, record, [(boycott.start, boycott.end)])
    ]


def storm_frames(shown: Shown, record: Record) -> dict[str, list[list[int]]]:
    """By place: the frames of which a storm took a good part."""
    told = dict.fromkeys(h.element for h in record.journal.events if h.kind == "storm")
    return {
        place: touched(
            shown,
            record,
            event_intervals(record.journal.events, "storm", "calm", place, record.days).pairs(),
            STORMY,
        )
        for place in told
        if place in record.network.places
    }
