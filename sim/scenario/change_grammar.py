"""The grammar of changes, the same on the command line, in files and from Python.

    ELEMENT.FIELD=VALUE             novorossiysk.spm1.rate=9000 t/h
    ELEMENT.FIELD=VALUE @DATE       the same from a date on; `from DATE` will do, too
    ELEMENT.FIELD*=FACTOR           a multiple of what is there
    closure:LABEL.days=20           also .remaining, .from and .until; .off: it does not happen
    boycott:LABEL.share=40 %        also .premium, .from and .until; .off: it does not happen
    policy:NAME                     a policy on top

LABEL may be a pattern with `*`, and may stand in double quotes.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isfinite

from sim.errors import InputError, fail, nearest
from sim.scenario.changes import ALL_FIELDS, DATED, DATES, FIELDS, SWITCH, Change, Kind, Target, is_quoted
from sim.units import parse

EVENT = re.compile(
    rf'(closure|boycott):\s*(?:"((?:[^"\\]|\\.)*)"|(.+?))\s*\.({ALL_FIELDS})\s*(?:(\*?=)(.*))?', re.DOTALL
)
OTHER_FIELD = re.compile(r'(closure|boycott):(.*)\.([^.="]*?)\s*(\*?=.*)?', re.DOTALL)
ELEMENT = re.compile(r"([^\s=*]+)\.(\w+)\s*(?:(\*?=)(.*))?", re.DOTALL)
EXAMPLES = {
    "element": 'such as novorossiysk.spm1.rate="9000 t/h"',
    "closure": "such as closure:LABEL.days=20, .remaining=0.3, .from=2022-04-01, .until=2022-05-01, or .off",
    "boycott": "such as boycott:LABEL.share=40 %, .premium=300 USD/FEU, .from=2022-04-01, .until=, or .off",
}


def read_change(text: str) -> Change:
    """Return the change that a text describes. Raises `InputError` with what to write instead."""
    target, operator, value = _parts(text.strip())
    if target.kind == "policy":
        return Change(target)
    if target.field == SWITCH and target.kind != "element":
        if operator:
            raise fail("takes no value", value=text, advice=f"write {target}")
        return Change(target)
    if not operator or not value or value in ('""', "''"):
        raise _malformed(text, target.kind)
    if operator == "*=":
        return Change(target, _factor(target, value), is_factor=True)
    if target.kind != "element":
        return Change(target, _moment(target, value) if target.field in DATES else _unquoted(value))
    dated = None if is_quoted(value) else DATED.fullmatch(value)
    if dated is None:
        return Change(target, _unquoted(value))
    if not dated[1]:
        raise _malformed(text, target.kind)
    return Change(target, _unquoted(dated[1]), _read_moment(dated[2]))


def read_target(text: str) -> Target:
    """Return the left-hand side of a change. Raises `InputError` with what to write instead."""
    target, operator, _ = _parts(text.strip())
    if operator or target.kind == "policy":
        raise fail("not of the form element.field", value=text, advice=EXAMPLES["element"])
    return target


def _parts(text: str) -> tuple[Target, str, str]:
    """The target, operator and value of a change; the last two may be empty."""
    kind, colon, name = text.partition(":")
    if kind == "policy" and colon:
        if not name.strip():
            raise fail("names no policy", value=text, advice="such as policy:spare-mooring")
        return Target("policy", name.strip()), "", ""
    if kind in FIELDS and colon:
        return _event_parts(text, kind)
    match = ELEMENT.fullmatch(text)
    if match is None:
        raise _malformed(text, "element")
    return Target("element", match[1], match[2]), match[3] or "", (match[4] or "").strip()


def _event_parts(text: str, kind: Kind) -> tuple[Target, str, str]:
    match = EVENT.fullmatch(text)
    if match is None or match[4] not in FIELDS[kind]:
        other = OTHER_FIELD.fullmatch(text)
        field = match[4] if match else other[3] if other else ""
        if not field or (field in FIELDS[kind] and not match):
            raise _malformed(text, kind)
        advice = nearest(field, FIELDS[kind]) or f"it has {', '.join(FIELDS[kind])}"
        raise fail(f"a {kind} has no number or date of this name", value=field, advice=advice)
    label = match[3].strip() if match[2] is None else re.sub(r"\\(.)", r"\1", match[2], flags=re.DOTALL)
    if not label:
        raise _malformed(text, kind)
    return Target(kind, label, match[4]), match[5] or "", (match[6] or "").strip()


def _malformed(text: str, kind: str) -> InputError:
    forms = {
        "element": "element.field=value",
        "closure": "closure:LABEL.field=value",
        "boycott": "boycott:LABEL.field=value",
    }
    return fail(f"not of the form {forms[kind]}", value=text, advice=EXAMPLES[kind])


def _factor(target: Target, text: str) -> float:
    if target.field in DATES:
        raise fail("a date has no multiple", key=str(target), value=text, advice="write a date")
    try:
        factor = parse(_unquoted(text), "")
    except InputError:
        factor = -1.0
    if not isfinite(factor) or factor < 0:
        raise fail("a factor is a number from zero on", key=str(target), value=text, advice="such as 1.2")
    return factor


def _moment(target: Target, text: str) -> date | datetime:
    try:
        return _read_moment(_unquoted(text))
    except InputError as error:
        fault = error.faults[0]
        raise fail(fault.message, key=str(target), value=text, advice=fault.advice) from None


def _read_moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) == 10 else _local(datetime.fromisoformat(text))
    except ValueError:
        advice = "such as 2022-03-21, or 2022-03-21T06:00:00"
        raise fail("not a date of the form year-month-day", value=text, advice=advice) from None


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise ValueError
    return moment


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if is_quoted(value) else value
