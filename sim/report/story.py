"""Story of a run: its closures, storms and their effects in order of time, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures import Record
from sim.report.freight.story import freight_story
from sim.report.oil.story import oil_story
from sim.report.story_line import StoryLine, events_of, name_of, names_of

MIN_RECOVERY_STEP = 0.25  # of capacity; smaller steps of a recovery are left out
MIN_STORM = 1.0  # days


def story(record: Record) -> list[StoryLine]:
    """Return the lines of the story of a run, in order of time."""
    lines = [*_closures(record), *oil_story(record), *_storms(record), *freight_story(record)]
    return sorted(lines, key=lambda line: line.day)


def _closures(record: Record) -> Iterator[StoryLine]:
    """Yield closures and openings; those of one cause and moment share a line."""
    groups: dict[tuple[float, str, float, str], list[str]] = {}
    for event in events_of(record, "closes", "opens"):
        key = event.time, event.kind, event.quantity, event.reason
        groups.setdefault(key, []).append(event.element)
    last_shares: dict[tuple[str, ...], float] = {}
    for (time, kind, share, reason), ids in groups.items():
        last = last_shares.get(tuple(ids), 1.0)
        if kind == "opens" and share < 1.0 and share - last < MIN_RECOVERY_STEP:
            continue
        last_shares[tuple(ids)] = share
        state = "shut" if share == 0 else "reopened" if share == 1 else f"at {share:.0%} of capacity"
        cause = f" ({reason})" if kind == "closes" and reason else ""
        yield StoryLine(time, f"{names_of(record, ids)} {state}{cause}")
    for event in events_of(record, "begins"):
        if event.quantity == 1.0:
            yield StoryLine(event.time, f"{event.element}: no capacity lost")


def _storms(record: Record) -> Iterator[StoryLine]:
    """Yield the storms of a day or more at ports."""
    network, started = record.network, dict[str, float]()
    ports = {berth.place for berth in network.berths.values()}
    ports |= {quay.place for quay in network.quays.values()}
    for event in events_of(record, "storm", "calm"):
        if event.element not in ports:
            continue
        if event.kind == "storm":
            started[event.element] = event.time
        elif event.element in started and event.time - started[event.element] >= MIN_STORM:
            start = started.pop(event.element)
            days = event.time - start
            yield StoryLine(start, f"Storm at {name_of(record, event.element)} for {days:.1f} days")
