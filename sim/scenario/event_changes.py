"""Closures and boycotts with other dates, lengths, shares and premiums, or switched off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import Generic

from sim.errors import fail, nearest, option
from sim.network.network import Network
from sim.scenario.changes import DATES, Change
from sim.scenario.closures import check_remaining
from sim.scenario.events import Boycott, Disturbance, Event, in_order
from sim.scenario.provenance import Statement
from sim.scenario.situation import Situation, check_dates, day_of
from sim.scenario.values import check_premium, check_share
from sim.units import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNumber(Generic[Event]):
    """A number of closures or of boycotts: its title and unit, and how it is read and changed.

    `changed` returns the event with another value, None if it does not happen then.
    """

    title: str
    unit: Callable[[Network, Event], str]
    value: Callable[[Event], float]
    changed: Callable[[Event, float, Network], Event | None]
    unit_needed: bool = False


def labelled(events: Sequence[Event], label: str, kind: str) -> list[Event]:
    """Return the events of a label; if none has it, those whose labels match it as a pattern with `*`.

    Raises `InputError` with the nearest labels when there is none.
    """
    exact = [event for event in events if event.label == label]
    chosen = exact or [event for event in events if fnmatchcase(event.label, label)]
    if not chosen:
        labels = list(dict.fromkeys(event.label for event in events))
        there = f"labels here: {', '.join(labels)}" if labels else f"it has no {kind}s"
        advice = nearest(label.strip("*?"), labels) or there
        raise fail(f"no {kind} of this run has this label", value=label, advice=advice)
    return chosen


def with_event_change(
    events: Sequence[Event],
    numbers: Mapping[str, EventNumber[Event]],
    with_date: Callable[[Event, str, float], Event],
    stated: Statement[Change],
    situation: Situation,
) -> tuple[Event, ...]:
    """Return closures or boycotts with a change. Raises `InputError` if it does not fit."""
    change, field = stated.item, stated.item.target.field
    chosen = labelled(events, change.target.name, change.target.kind)

    def edited(event: Event) -> Event | None:
        if field in numbers:
            with option(field, str(change) if change.is_factor else change.value):
                value = _value(numbers[field], event, change, situation.network)
                return numbers[field].changed(event, value, situation.network)
        if field not in DATES:
            return None
        if not isinstance(change.value, date):
            raise fail("should be a date, such as 2022-03-21", value=change.value)
        moved = with_date(event, field, day_of(change.value, situation.start))
        check_dates(moved, situation.horizon)
        return moved

    resolved = [edited(event) if event in chosen else event for event in events]
    return in_order(
        replace(new, provenance=stated.provenance) if old in chosen else new
        for old, new in zip(events, resolved, strict=True)
        if new is not None
    )


def with_closure_change(situation: Situation, stated: Statement[Change]) -> tuple[Disturbance, ...]:
    """Return the closures of a situation with a change. Raises `InputError` if it does not fit."""
    return with_event_change(situation.disturbances, CLOSURE_NUMBERS, _closure_on, stated, situation)


def with_boycott_change(situation: Situation, stated: Statement[Change]) -> tuple[Boycott, ...]:
    """Return the boycotts of a situation with a change. Raises `InputError` if it does not fit."""
    return with_event_change(situation.boycotts, BOYCOTT_NUMBERS, _boycott_on, stated, situation)


def lasting(closure: Disturbance, days: float) -> Disturbance:
    """Return a closure with another number of days until its recovery, which stays the same.

    An announced end that was right moves with the end; one that was wrong stays.
    """
    longer = days - (closure.until - closure.start)
    was_right = closure.announced == closure.until
    steps = [closure.steps[0], *((day + longer, share) for day, share in closure.steps[1:])]
    announced = closure.announced + (longer if was_right else 0.0)
    return replace(closure, steps=tuple(steps), announced=announced)


def leaving(closure: Disturbance, remaining: float) -> Disturbance:
    """Return a closure that leaves another share open, the steps of its recovery in proportion."""
    low = closure.remaining

    def share(back: float) -> float:
        return remaining + (1.0 - remaining) * (back - low) / (1.0 - low) if back < 1.0 else 1.0

    steps = [(closure.start, remaining), *((day, share(back)) for day, back in closure.steps[1:])]
    return replace(closure, steps=tuple(steps))


def premium_unit(network: Network, boycott: Boycott) -> str:
    """Return the unit of a boycott's premium, USD per unit of the cargo that its demands send."""
    return f"USD/{network.cargoes[network.demands[boycott.demands[0]].cargo].unit}"


def _value(number: EventNumber[Event], event: Event, change: Change, network: Network) -> float:
    """The value of a change in the number's unit, or the multiple of the current value that it is."""
    if change.is_factor:
        return float(str(change.value)) * number.value(event)
    return parse(str(change.value), number.unit(network, event), unit_needed=number.unit_needed)


def _lasting(closure: Disturbance, days: float, network: Network) -> Disturbance | None:
    """A closure of no length does not happen."""
    if days < 0:
        raise fail("cannot be negative")
    return lasting(closure, days) if days > 0 else None


def _leaving(closure: Disturbance, remaining: float, network: Network) -> Disturbance:
    check_share(remaining)
    for id in closure.elements:
        check_remaining(network, id, remaining, lead=id)
    return leaving(closure, remaining)


def _closure_on(closure: Disturbance, field: str, day: float) -> Disturbance:
    if field == "until":
        return lasting(closure, day - closure.start)
    return replace(closure, steps=((day, closure.remaining), *closure.steps[1:]))


def _boycott_on(boycott: Boycott, field: str, day: float) -> Boycott:
    return replace(boycott, end=day) if field == "until" else replace(boycott, start=day)


CLOSURE_NUMBERS: Mapping[str, EventNumber[Disturbance]] = {
    "days": EventNumber(
        title="length",
        unit=lambda network, closure: "day",
        value=lambda closure: closure.until - closure.start,
        changed=_lasting,
    ),
    "remaining": EventNumber(
        title="share left open",
        unit=lambda network, closure: "",
        value=lambda closure: closure.remaining,
        changed=_leaving,
    ),
}
BOYCOTT_NUMBERS: Mapping[str, EventNumber[Boycott]] = {
    "share": EventNumber(
        title="refusing share",
        unit=lambda network, boycott: "",
        value=lambda boycott: boycott.share,
        changed=lambda boycott, share, network: replace(boycott, share=check_share(share)),
    ),
    "premium": EventNumber(
        title="premium",
        unit=premium_unit,
        value=lambda boycott: boycott.premium,
        changed=lambda boycott, premium, network: replace(boycott, premium=check_premium(premium)),
        unit_needed=True,
    ),
}
EVENT_NUMBERS: Mapping[str, Sequence[str]] = {"closure": [*CLOSURE_NUMBERS], "boycott": [*BOYCOTT_NUMBERS]}
