"""Story of oil: tank farms that fill up, curtailment, diversion, and tankers sent back."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures import Record
from sim.measures.oil.flows import route_name
from sim.measures.series import step_at
from sim.network.elements import Shipper
from sim.report.story_line import StoryLine, duration, events_of, name_of

MIN_CURTAILED = 0.10  # of a shipper's rate; smaller cuts are left out
MAX_GAP = 3.0  # days without a cut after which a shipper counts as back
UNCHANGED = 0.99  # of the flow before; a smaller change of the flow is none

Cut = tuple[float, float, float]
"""Start and end (days) of a cut of constant rate, and the rate."""


def oil_story(record: Record) -> Iterator[StoryLine]:
    """Yield the lines on oil, each kind in order of time."""
    yield from _throttling(record)
    yield from _curtailment(record)
    yield from _diversion(record)
    yield from _tankers(record)


def _throttling(record: Record) -> Iterator[StoryLine]:
    """Yield the actions of tank farm operators, with the flow of the pipeline afterwards.

    The flow is what counts: a limit above it has no effect yet, and a farm that fills up in a storm takes
    nothing, whatever the limit.
    """
    for event in events_of(record, "throttled", "full", "released"):
        stock = record.network.stocks[event.element]
        if event.kind == "released":
            text = f"{stock.name} down to {stock.release_at:.0%}; pipeline no longer throttled"
            yield StoryLine(event.time, text)
            continue
        before, after = _inflow(record, stock.place, event.time)
        if after <= 0:
            effect = "intake stopped"
        elif after >= UNCHANGED * before:
            effect = f"pipeline continues at {after / 1e3:.0f} kt/day"
        else:
            effect = f"pipeline throttled to {after / before:.0%}"
        level = "full" if event.kind == "full" else f"{stock.throttle_at:.0%} full"
        yield StoryLine(event.time, f"{stock.name} {level}; {effect}")


def _inflow(record: Record, place: str, day: float) -> tuple[float, float]:
    """Return the flow into a place just before and at a moment, t/day."""
    feeding = [link.id for link in record.network.links.values() if link.destination == place]
    flows = [step_at(record.journal.step_series("flow", id), [day - 1e-6, day]) for id in feeding]
    return float(sum(flow[0] for flow in flows)), float(sum(flow[1] for flow in flows))


def _curtailment(record: Record) -> Iterator[StoryLine]:
    """Yield the start of each spell of curtailment of a shipper, and its end with the output lost."""
    for shipper in record.network.shippers.values():
        for spell in _spells(record, shipper):
            lost = sum((end - start) * rate for start, end, rate in spell)
            highest = max(rate for _, _, rate in spell)
            start, end = spell[0][0], spell[-1][1]
            yield StoryLine(start, f"{shipper.name} curtailed by up to {highest / 1e3:.0f} kt/day")
            if end < record.days:
                potential = record.journal.step_series("potential", shipper.id)
                before, after = (float(step_at(potential, [day])[0]) for day in (end - 1e-6, end))
                state = "back at full output" if after >= before else "no longer curtailed, but on an outage"
                text = f"{shipper.name} {state}, {lost / 1e3:.0f} kt lost in {duration(end - start)}"
                yield StoryLine(end, text)


def _spells(record: Record, shipper: Shipper) -> list[list[Cut]]:
    """Return the cuts of a shipper, those with short gaps between them together."""
    series = record.journal.step_series("curtailed", shipper.id)
    if series is None:
        return []
    ends = [*series.times[1:], record.days]
    spells: list[list[Cut]] = []
    for start, end, rate in zip(series.times, ends, series.values, strict=True):
        if rate > MIN_CURTAILED * shipper.rate:
            if spells and start - spells[-1][-1][1] <= MAX_GAP:
                spells[-1].append((start, end, rate))
            else:
                spells.append([(start, end, rate)])
    return spells


def _diversion(record: Record) -> Iterator[StoryLine]:
    """Yield the starts and ends of diversions; the routes of one shipper and moment share a line."""
    groups: dict[tuple[float, str, str], list[str]] = {}
    amounts: dict[tuple[float, str, str], float] = {}
    for event in events_of(record, "diverts", "returns"):
        key = (event.time, event.kind, event.element)
        market = record.network.places[event.reason.removeprefix("to ")]
        groups.setdefault(key, []).append(route_name(market))
        amounts[key] = event.quantity
    for (time, kind, shipper), routes in groups.items():
        name = name_of(record, shipper)
        if kind == "diverts":
            amount = amounts[time, kind, shipper] / 1e3
            yield StoryLine(
                time, f"{name}: {amount:.1f} kt/day of refused oil diverted to {', '.join(routes)}"
            )
        else:
            yield StoryLine(time, f"{name}: diversion ends")


def _tankers(record: Record) -> Iterator[StoryLine]:
    """Yield the tankers sent back for another cause than a storm, which sends all of them back."""
    storms = {event.time for event in events_of(record, "storm")}
    for event in events_of(record, "sent back"):
        if event.time not in storms:
            berth, short = name_of(record, event.element), event.quantity / 1e3
            yield StoryLine(event.time, f"Tanker sent back from {berth}, {short:.0f} kt short of its cargo")
