"""Closures, refusals and storms on a page's map, by intervals of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypedDict

from sim.charts.map.closed import Closed, closed_during
from sim.measures import Record, Span
from sim.measures.intervals import event_intervals
from sim.measures.sides import Side
from sim.report.page.map_flows import touched
from sim.report.page.page_runs import PageRuns
from sim.scenario import Disturbance

MIN_STORM = 0.25  # of a frame

ClosedFrames = TypedDict(
    "ClosedFrames", {"from": int, "until": int, "ways": list[str], "places": dict[str, str]}
)
RefusedFrames = TypedDict("RefusedFrames", {"from": int, "until": int, "ways": list[str]})


def stepped(disturbances: Sequence[Disturbance]) -> list[Span]:
    """Return closures as they recover: a span for each of their steps."""
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


def closed_frames(runs: PageRuns, record: Record, spans: Sequence[Span], side: Side) -> list[ClosedFrames]:
    """Return the ways and places that closures concern, with a note for each place."""
    stretches: list[ClosedFrames] = []
    for number, closed in enumerate(_by_frame(runs, record, spans, side)):
        ways, places = sorted(closed.ways), dict(sorted(closed.places.items()))
        last = stretches[-1] if stretches else None
        if last and last["until"] == number and last["ways"] == ways and last["places"] == places:
            last["until"] = number + 1
        elif ways or places:
            stretches.append({"from": number, "until": number + 1, "ways": ways, "places": places})
    return stretches


def _by_frame(runs: PageRuns, record: Record, spans: Sequence[Span], side: Side) -> Iterator[Closed]:
    by_spans: dict[tuple[int, ...], Closed] = {}
    for window in pairwise((runs.edges - runs.shift(record)).tolist()):
        key = tuple(n for n, span in enumerate(spans) if span.start < window[1] and span.end > window[0])
        if key not in by_spans:
            by_spans[key] = closed_during(record.network, [spans[n] for n in key], window, side)
        yield by_spans[key]


def refused_frames(runs: PageRuns, record: Record) -> list[RefusedFrames]:
    """Return the lines that shippers refuse."""
    return [
        {"from": first, "until": until, "ways": sorted(set(boycott.elements) & set(record.network.lines))}
        for boycott in record.boycotts
        for first, until in touched(runs, record, [(boycott.start, boycott.end)])
    ]


def storm_frames(runs: PageRuns, record: Record) -> dict[str, list[list[int]]]:
    """Return by place the frames of which a storm takes a good part."""
    events = record.journal.events
    stormy = dict.fromkeys(event.element for event in events if event.kind == "storm")
    return {
        place: touched(
            runs,
            record,
            event_intervals(events, "storm", "calm", place, record.days).pairs(),
            MIN_STORM,
        )
        for place in stormy
        if place in record.network.places
    }
