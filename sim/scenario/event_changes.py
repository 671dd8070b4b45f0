"""Closures and boycotts with other dates, lengths, shares and premiums, or switched off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from math import isfinite
from typing import TypeVar

from sim.errors import fail, nearest
from sim.network.network import Network
from sim.scenario.changes import Change
from sim.scenario.events import Boycott, Disturbance
from sim.scenario.horizon import Horizon, day_of
from sim.scenario.remaining import validate_remaining
from sim.scenario.situation import Situation
from sim.scenario.stated import StatedItem
from sim.units import parse

Event = TypeVar("Event", Disturbance, Boycott)


def labelled(events: Sequence[Event], label: str) -> list[Event]:
    """Return the events of a label; if none has it, those whose labels match it as a pattern with `*`."""
    exact = [event for event in events if event.label == label]
    return exact or [event for event in events if fnmatchcase(event.label, label)]


def check_label(events: Sequence[Event], label: str, kind: str) -> None:
    """Raise an `InputError` with the nearest labels when no event has this one."""
    if not labelled(events, label):
        labels = list(dict.fromkeys(event.label for event in events))
        there = f"labels here: {', '.join(labels)}" if labels else f"it has no {kind}s"
        raise fail(
            f"no {kind} of this run has this label",
            value=label,
            advice=nearest(label.strip("*?"), labels) or there,
        )


def with_closure_change(situation: Situation, stated: StatedItem[Change]) -> tuple[Disturbance, ...]:
    """Return the closures of a situation with a change. Raises `InputError` when it does not fit."""
    closures, change, target = situation.disturbances, stated.item, stated.item.target
    check_label(closures, target.name, "closure")
    edit = CLOSURE_EDITS[target.field]
    chosen = labelled(closures, target.name)
    edited = [edit(one, change, situation) if one in chosen else one for one in closures]
    there = [
        replace(new, provenance=stated.provenance) if old in chosen else new
        for old, new in zip(closures, edited, strict=True)
        if new is not None
    ]
    return tuple(sorted(there, key=lambda item: (item.start, item.label, item.elements)))


def with_boycott_change(situation: Situation, stated: StatedItem[Change]) -> tuple[Boycott, ...]:
    """Return the boycotts of a situation with a change. Raises `InputError` when it does not fit."""
    boycotts, change, target = situation.boycotts, stated.item, stated.item.target
    check_label(boycotts, target.name, "boycott")
    edit = BOYCOTT_EDITS[target.field]
    chosen = labelled(boycotts, target.name)
    edited = [edit(one, change, situation) if one in chosen else one for one in boycotts]
    there = [
        replace(new, provenance=stated.provenance) if old in chosen else new
        for old, new in zip(boycotts, edited, strict=True)
        if new is not None
    ]
    return tuple(sorted(there, key=lambda item: (item.start, item.label, item.elements, item.demands)))


def number_for(change: Change, current: float, unit: str, unit_needed: bool = False) -> float:
    """Return the value of a change in a unit, or the multiple of the current one that it is."""
    if change.is_factor:
        return float(str(change.value)) * current
    return parse(str(change.value), unit, unit_needed=unit_needed)


def check_share(share: float) -> None:
    """Raise an `InputError` for a number that is no share."""
    if not 0 <= share <= 1:
        raise fail("a share is 0 to 1, or 0 % to 100 %", value=share)


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


def _days(closure: Disturbance, change: Change, situation: Situation) -> Disturbance | None:
    """A closure of no length does not happen."""
    days = number_for(change, closure.until - closure.start, "day")
    if days < 0:
        raise fail("cannot be negative", value=days)
    return lasting(closure, days) if days > 0 else None


def _remaining(closure: Disturbance, change: Change, situation: Situation) -> Disturbance:
    remaining = number_for(change, closure.remaining, "")
    check_share(remaining)
    for id in closure.elements:
        message, advice = validate_remaining(situation.network, id, remaining)
        if message:
            raise fail(f"{id}: {message}", value=remaining, advice=advice)
    return leaving(closure, remaining)


def _closure_date(closure: Disturbance, change: Change, situation: Situation) -> Disturbance:
    day = _day(change, situation.horizon)
    if change.target.field == "until":
        _check_order(closure.start, day, change, situation)
        closure = lasting(closure, day - closure.start)
    else:
        _check_order(day, closure.until, change, situation)
        if closure.announced < day:
            raise fail("was announced to end before it begins", value=_written(change))
        closure = replace(closure, steps=((day, closure.remaining), *closure.steps[1:]))
    _check_inside(closure.start, closure.end, change, situation.horizon)
    return closure


def _share(boycott: Boycott, change: Change, situation: Situation) -> Boycott:
    share = number_for(change, boycott.share, "")
    check_share(share)
    return replace(boycott, share=share)


def _premium(boycott: Boycott, change: Change, situation: Situation) -> Boycott:
    unit = premium_unit(situation.network, boycott)
    premium = number_for(change, boycott.premium, unit, unit_needed=True)
    if premium < 0:
        raise fail("cannot be negative", value=premium)
    return replace(boycott, premium=premium)


def _boycott_date(boycott: Boycott, change: Change, situation: Situation) -> Boycott:
    day = _day(change, situation.horizon)
    if change.target.field == "until":
        _check_order(boycott.start, day, change, situation)
        boycott = replace(boycott, end=day)
    else:
        if isfinite(boycott.end):
            _check_order(day, boycott.end, change, situation)
        boycott = replace(boycott, start=day)
    _check_inside(boycott.start, boycott.end, change, situation.horizon)
    return boycott


def _off(event: Event, change: Change, situation: Situation) -> Event | None:
    return None


def _day(change: Change, horizon: Horizon) -> float:
    if not isinstance(change.value, date):
        raise fail("should be a date, such as 2022-03-21", value=change.value)
    return day_of(change.value, horizon.start)


def _check_order(start: float, end: float, change: Change, situation: Situation) -> None:
    if end <= start:
        raise fail(f"the {change.target.kind} ends before it begins", value=_written(change))


def _check_inside(start: float, end: float, change: Change, horizon: Horizon) -> None:
    if start >= horizon.days or end <= 0:
        message = f"the {change.target.kind} lies outside the run"
        raise fail(message, value=_written(change), advice=f"the run is {horizon}")


def _written(change: Change) -> str:
    return change.value.isoformat() if isinstance(change.value, date) else str(change.value)


CLOSURE_EDITS: Mapping[str, Callable[[Disturbance, Change, Situation], Disturbance | None]] = {
    "days": _days,
    "remaining": _remaining,
    "from": _closure_date,
    "until": _closure_date,
    "off": _off,
}
BOYCOTT_EDITS: Mapping[str, Callable[[Boycott, Change, Situation], Boycott | None]] = {
    "share": _share,
    "premium": _premium,
    "from": _boycott_date,
    "until": _boycott_date,
    "off": _off,
}
