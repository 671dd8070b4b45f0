"""From scenario and policy files to one checked, frozen `Scenario`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.errors import Fault, Faults, InputError, fail, nearest
from sim.network import Network, read_network
from sim.network.tables import read_text
from sim.scenario.changes import apply, history, split, value_of
from sim.scenario.closures import day_of, disturbance
from sim.scenario.lines import key_lines
from sim.scenario.schema import (
    Change,
    Closure,
    DatedChange,
    Described,
    Disturbance,
    PolicyFile,
    Scenario,
    ScenarioFile,
)
from sim.scenario.selection import select
from sim.scenario.shipped import find

File = TypeVar("File", bound=Described)
SETTING = re.compile(r"^\s*([\w.:>-]+)\.(\w+)\s*=\s*(.+?)\s*$")


@dataclass(slots=True)
class _Merged:
    """What a scenario and all that it extends say together."""

    settings: dict[str, Any] = field(default_factory=dict)
    closures: list[tuple[Closure, Fault]] = field(default_factory=list)
    changes: list[tuple[Change, Fault]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def load(scenario: str | Path, policies: Sequence[str | Path] = (), settings: Sequence[str] = ()) -> Scenario:
    """Read a scenario, with policies laid over it and `element.field=value` settings over those.

    Raises `InputError` with all faults found.
    """
    path = find(str(scenario), "scenarios")
    merged = _Merged()
    _merge(path, merged, ())
    for key in ("network", "start", "end"):
        if merged.settings.get(key) is None:
            raise fail("neither this scenario nor what it extends gives it", file=path, key=key)
    start, end = merged.settings["start"], merged.settings["end"]
    if end <= start:
        raise fail("the end comes before the start", file=path, key="end", value=str(end))
    network = read_network(merged.settings["network"])
    faults = Faults()
    names = []
    for policy in policies:
        with faults.collecting():
            policy_path = find(str(policy), "policies")
            read, places = _read(policy_path, PolicyFile)
            names.append(policy_path.stem)
            merged.files.append(policy_path)
            merged.changes += zip(read.change, places["change"], strict=True)
    for text in settings:
        with faults.collecting():
            merged.changes.append((_setting(text), Fault(message="", key=f"--set {text}")))
    faults.raise_any()
    network, dated = _changed(network, merged.changes, start, float((end - start).days), faults)
    faults.raise_any()
    disturbances = _disturbances(network, merged.closures, start, end, faults)
    faults.raise_any()
    return Scenario(
        name="+".join([path.stem, *names]),
        title=merged.settings["title"],
        description=merged.settings.get("description", ""),
        start=start,
        end=end,
        seed=merged.settings.get("seed") or 0,
        network=network,
        disturbances=disturbances,
        dated=dated,
        policies=tuple(names),
        settings=tuple(settings),
        files=tuple(str(file) for file in merged.files),
    )


def _merge(path: Path, merged: _Merged, chain: tuple[Path, ...]) -> None:
    """Lay a scenario file over those it extends, which come first; each file counts once."""
    if path in chain:
        loop = " → ".join(file.name for file in [*chain[chain.index(path) :], path])
        raise fail("the scenarios extend each other in a circle", file=path, key="extends", value=loop)
    if path in merged.files:
        return
    read, places = _read(path, ScenarioFile)
    for base in read.extends:
        base_path = path.parent / (base if base.endswith(".toml") else f"{base}.toml")
        if not base_path.is_file():
            try:
                base_path = find(base, "scenarios", beside=path.parent)
            except InputError as error:
                fault = error.faults[0]
                line = places["extends"][0].line
                raise fail(fault.message, file=path, line=line, key="extends", value=base, advice=fault.advice) from None
        _merge(base_path, merged, (*chain, path))
    merged.files.append(path)
    for key in ("title", "description", "start", "end", "seed"):
        if getattr(read, key) not in (None, ""):
            merged.settings[key] = getattr(read, key)
    if read.network is not None:
        merged.settings["network"] = path.parent / read.network
    merged.closures += zip(read.closure, places["closure"], strict=True)
    merged.changes += zip(read.change, places["change"], strict=True)


def _read(path: Path, kind: type[File]) -> tuple[File, dict[str, list[Fault]]]:
    """A file's content, checked, and where each of its tables stands."""
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise fail(f"not a valid TOML file: {error}", file=path, line=int(line[1]) if line else None) from None
    lines = key_lines(text)
    try:
        read = kind.model_validate(data)
    except ValidationError as error:
        raise InputError(_fault(path, kind, item, lines) for item in error.errors()) from None
    places = {
        table: [
            Fault(message="", file=path, line=lines.get((table, index, "")))
            for index in range(len(data.get(table, ())) if isinstance(data.get(table), list) else 0)
        ]
        for table in ("closure", "change")
    }
    places["extends"] = [Fault(message="", file=path, line=lines.get(("", 0, "extends")))]
    return read, places


def _fault(path: Path, kind: type[Described], item: Any, lines: dict[tuple[str, int, str], int]) -> Fault:
    """One finding of the schema as a fault with its line and, for a misspelt key, the nearest one."""
    loc = [part for part in item["loc"] if part not in ("date", "datetime")]
    table = str(loc[0]) if len(loc) > 1 and isinstance(loc[1], int) else ""
    index = loc[1] if table else 0
    rest = [str(part) for part in (loc[2:] if table else loc) if not isinstance(part, int)]
    key = rest[0] if rest else ""
    line = lines.get((table, index, key)) or lines.get((table, index, ""))
    message = item["msg"].replace("Input should", "should").removeprefix("Value error, ")
    advice, value = "", item.get("input")
    if item["type"] == "extra_forbidden":
        owner: Any = {"closure": Closure, "change": Change}.get(table, kind)
        known = {spec.alias or name for name, spec in owner.model_fields.items()}
        message, advice = "unknown key", nearest(key, known) or f"known: {', '.join(sorted(known))}"
        value = None
    elif item["type"] == "missing":
        message, value = "a value is needed here", None
    elif isinstance(value, dict | list):
        value = None
    else:
        value = str(value) if value is not None else None
    return Fault(message=message, file=path, line=line, key=".".join(rest) or None, value=value, advice=advice)


def _setting(text: str) -> Change:
    match = SETTING.match(text)
    if match is None:
        raise fail(
            "not of the form element.field=value",
            key="--set",
            value=text,
            advice='such as --set novorossiysk.spm1.rate="9000 t/h"',
        )
    return Change(element=match[1], field=match[2], value=match[3].strip("\"'"))


def _placed(error: InputError, place: Fault) -> InputError:
    """The same faults, told at the file and line of the table that they were found in."""
    return InputError(
        Fault(
            message=fault.message,
            file=fault.file or place.file,
            line=fault.line or place.line,
            key=place.key or fault.key,
            value=fault.value,
            advice=fault.advice,
        )
        for fault in error.faults
    )


def _changed(
    network: Network, changes: list[tuple[Change, Fault]], start: date, days: float, faults: Faults
) -> tuple[Network, tuple[DatedChange, ...]]:
    """The network as it stands at the start, and the changes that come during the run.

    History comes first, so that a scenario or policy has the last word.
    """
    file = Path(network.folder) / "history.csv"
    rows = [(change, Fault(message="", file=file)) for change in history(network, start)]
    standing: list[Change] = []
    dated: list[DatedChange] = []
    overridden = {(change.element, change.field) for change, _ in changes if change.since is None}
    for change, place in [*rows, *changes]:
        if place.file == file and (change.element, change.field) in overridden:
            continue
        try:
            now, later = split(network, [change], start)
            for one in now:
                value_of(network, one)
        except InputError as error:
            faults.extend(_placed(error, place))
        else:
            standing += now
            dated += [one for one in later if one.day < days]
    with faults.collecting():
        network = apply(network, standing)
    return network, tuple(sorted(dated, key=lambda change: change.day))


def _disturbances(
    network: Network, closures: list[tuple[Closure, Fault]], start: date, end: date, faults: Faults
) -> tuple[Disturbance, ...]:
    found: dict[Disturbance, None] = {}
    horizon = float((end - start).days)
    for closure, place in closures:
        ids: dict[str, None] = {}
        for pattern in closure.element:
            try:
                ids.update(dict.fromkeys(select(network, pattern)))
            except InputError as error:
                faults.extend(_placed(error, place))
        where = {"file": place.file, "line": place.line}
        since, until = day_of(closure.since, start), day_of(closure.until, start)
        if until <= since:
            faults.add("a closure ends after it begins", key="until", value=str(closure.until), **where)
        elif since >= horizon or until <= 0:
            span = f"the run is {start} to {end}"
            faults.add("the closure lies outside the run", key="from", value=str(closure.since), advice=span, **where)
        elif closure.announced_until and day_of(closure.announced_until, start) < since:
            faults.add(
                "was announced to end before it begins",
                key="announced_until",
                value=str(closure.announced_until),
                **where,
            )
        elif ids:
            found[disturbance(closure, tuple(ids), start)] = None
    return tuple(sorted(found, key=lambda item: (item.start, item.label, item.elements)))


