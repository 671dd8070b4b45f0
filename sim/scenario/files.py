"""Scenario and policy files: their checked content, and the place of each of their tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path as File
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from sim.errors import Faults, InputError, Where, closest, fail, nearest
from sim.network.sourcing import ASSUMED
from sim.network.tables import read_text
from sim.scenario.lines import Path, key_lines, line_of
from sim.scenario.provenance import Origin
from sim.scenario.schema import ChangeTable, Closure, Described, PolicyFile, Recovery, Refusal, ScenarioFile

Content = TypeVar("Content", bound=Described)
OF_SCENARIOS = ("extends", "network", "start", "end", "cargo", "closure", "boycott")
NEEDED = ("extends", "network", "start", "end", "cargo")
TABLES = ("closure", "change", "boycott")
SOURCING = ("source", "note", "reason")
NESTED: Mapping[str | int, type[Described]] = {
    "closure": Closure,
    "change": ChangeTable,
    "boycott": Refusal,
    "recovery": Recovery,
}
MESSAGES = {
    "missing": "a value is needed here",
    "string_type": "should be a text in quotes",
    "bool_type": "should be true or false",
    "int_type": "should be a whole number",
    "greater_than_equal": "cannot be negative",
    "model_type": "should be a table",
}


@dataclass(frozen=True, slots=True)
class Reading(Generic[Content]):
    """A file's content and its origin, with those of its tables by kind and in order."""

    content: Content
    origin: Origin
    closures: tuple[Origin, ...]
    changes: tuple[Origin, ...]
    boycotts: tuple[Origin, ...]


def read_file(file: File, kind: type[Content], faults: Faults) -> Reading[Content] | None:
    """Read a file without its tables at fault, which are collected; None if too little is left.

    Raises `InputError` when the file cannot be read, is not TOML, or is of the other kind.
    """
    text = read_text(file)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _not_toml(file, error) from None
    _check_kind(file, kind, data)
    lines = key_lines(text.replace("\r\n", "\n"))
    data = _sourced(data, Origin(file=file, lines=lines), faults)
    try:
        return _reading(kind.model_validate(data), data, Origin(file=file, lines=lines))
    except ValidationError as error:
        errors = [(_path(data, item["loc"]), item) for item in error.errors(include_url=False)]
    misspelt = {(*path[:-1], name) for path, item in errors for name in _intended(path, item, kind)[:1]}
    for path, item in errors:
        if path not in misspelt:
            _add_fault(item, path, kind, Origin(file=file, lines=lines), faults)
    paths = [path for path, _ in errors]
    return _rest(kind, data, paths, Origin(file=file, lines=lines))


def _not_toml(file: File, error: Exception) -> InputError:
    match = re.search(r"^(.*?) \(at line (\d+)", str(error))
    message = match[1] if match else str(error).removesuffix(" (at end of document)")
    advice = "texts stand in quotes, dates do not"
    return fail(f"not valid TOML: {message}", file=file, line=int(match[2]) if match else None, advice=advice)


def _check_kind(file: File, kind: type[Described], data: dict[str, Any]) -> None:
    is_scenario = any(key in data for key in OF_SCENARIOS)
    if kind is PolicyFile and is_scenario:
        key = next(key for key in OF_SCENARIOS if key in data)
        advice = "a policy holds a title and changes; name a scenario as the argument"
        raise fail("this is a scenario, a policy was expected", file=file, key=key, advice=advice)
    if kind is ScenarioFile and not is_scenario and "change" in data:
        advice = "give it with --policy, after a scenario"
        raise fail("this is a policy, a scenario was expected", file=file, key="change", advice=advice)


def _sourced(data: dict[str, Any], origin: Origin, faults: Faults) -> dict[str, Any]:
    """The data with a stand-in for each missing source, a fault, so that the rest is checked."""
    complete = dict(data)
    for table in TABLES:
        entries = data.get(table)
        if isinstance(entries, list):
            complete[table] = [
                _with_source(entry, table, (table, index), origin, faults)
                for index, entry in enumerate(entries)
            ]
    return complete


def _with_source(entry: Any, table: str, path: Path, origin: Origin, faults: Faults) -> Any:
    if not isinstance(entry, dict) or "source" in entry:
        return entry
    keys = [field.alias or name for name, field in NESTED[table].model_fields.items()]
    if not any(closest(key, keys)[:1] == ["source"] for key in entry if key not in keys):
        reasoning = "reason" if table == "change" else "note"
        advice = f'"{ASSUMED}" with a {reasoning}, or an id of sources.csv'
        where = Where(file=origin.file, line=line_of(origin.lines, (*path, "source")), key="source")
        faults.add(MESSAGES["missing"], advice=advice, **where)
    missing = [key for key in SOURCING if key in keys and entry.get(key, "") == ""]
    return {**entry, **dict.fromkeys(missing, ASSUMED)}


def _path(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The path of an error in the data, without the parts that the schema adds."""
    path: list[str | int] = []
    for part in loc:
        inside = isinstance(data, dict) and (part in data or part == loc[-1])
        if not inside and not (isinstance(data, list | tuple) and isinstance(part, int)):
            break
        path.append(part)
        data = data.get(part) if isinstance(data, dict) else data[int(part)]
    return tuple(path)


def _fields(path: Path, kind: type[Described]) -> list[str]:
    """The keys that the table of a path may have."""
    owners = [NESTED[part] for part in path[:-1] if part in NESTED]
    fields = (owners[-1] if owners else kind).model_fields
    return [field.alias or name for name, field in fields.items()]


def _intended(path: Path, item: Any, kind: type[Described]) -> list[str]:
    """The keys that an unknown one may stand for; one that is missing is then not reported again."""
    return closest(str(path[-1]), _fields(path, kind)) if item["type"] == "extra_forbidden" else []


def _add_fault(item: Any, path: Path, kind: type[Described], origin: Origin, faults: Faults) -> None:
    """Add an error of the schema as a fault with its line and, for a misspelt key, the nearest one."""
    message = MESSAGES.get(item["type"], item["msg"])
    advice = item.get("ctx", {}).get("advice", "")
    value = _readable(item["input"])
    if item["type"] == "extra_forbidden":
        keys = _fields(path, kind)
        message, advice = "unknown key", nearest(str(path[-1]), keys) or f"known: {', '.join(keys)}"
    elif item["type"] == "literal_error":
        choices = re.findall(r"'([^']*)'", item["ctx"]["expected"])
        message, advice = f"should be one of {', '.join(choices)}", nearest(str(value), choices)
    key = ".".join(str(part) for part in path if part not in TABLES and isinstance(part, str))
    where = Where(file=origin.file, line=line_of(origin.lines, path), key=key or str(path[0]))
    faults.add(message, value=None if item["type"] == "missing" else value, advice=advice, **where)


def _readable(value: object) -> object:
    if isinstance(value, dict):
        return None
    return value.isoformat() if isinstance(value, date | time) else value


def _reading(content: Content, data: Mapping[str, Any], origin: Origin) -> Reading[Content]:
    closures, changes, boycotts = (
        tuple(
            Origin(file=origin.file, lines=origin.lines, path=(table, index))
            for index, entry in enumerate(data.get(table, ()))
            if entry is not None
        )
        for table in TABLES
    )
    return Reading(content, origin, closures, changes, boycotts)


def _rest(
    kind: type[Content], data: dict[str, Any], paths: list[Path], origin: Origin
) -> Reading[Content] | None:
    """The file without the tables and keys at fault, so that other faults are reported too.

    None when a fault may give rise to others.
    """
    if any(path[0] in NEEDED or (path[0] in TABLES and len(path) == 1) for path in paths):
        return None
    remaining = dict(data)
    for path in paths:
        if path[0] in TABLES:
            entries = remaining[str(path[0])]
            remaining[str(path[0])] = [
                None if index == path[1] else entry for index, entry in enumerate(entries)
            ]
        else:
            remaining.pop(str(path[0]), None)
    complete = {"title": "", **remaining}
    for table in TABLES:
        if table in complete:
            complete[table] = [entry for entry in complete[table] if entry is not None]
    return _reading(kind.model_validate(complete), remaining, origin)
