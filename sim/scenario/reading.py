"""From scenario and policy files to one checked, frozen `Scenario`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.errors import Faults, InputError
from sim.network.network import Network
from sim.network.reading import read_tables
from sim.network.refusal_scope import passed_by
from sim.scenario.boycotts import boycotts
from sim.scenario.cargo import Carried, check_cargo
from sim.scenario.changes import Edit, changed, edit_of
from sim.scenario.citing import check_source
from sim.scenario.closures import disturbances
from sim.scenario.files import read_file
from sim.scenario.horizon import Horizon, day_of
from sim.scenario.merging import Merged, Said, merge
from sim.scenario.naming import shortened
from sim.scenario.request import call_request
from sim.scenario.schema import Boycott, Change, PolicyFile, Scenario
from sim.scenario.settings import read_setting
from sim.scenario.shipped import find

IN_A_NAME = re.compile(r"[^\w.=%-]+")  # what cannot stand in the name of a folder everywhere


def load(scenario: str | Path, policies: Sequence[str | Path] = (), settings: Sequence[str] = ()) -> Scenario:
    """Read a scenario, with policies laid over it and `element.field=value` settings over those.

    Each is a path or the name of a shipped file. Raises `InputError` with all faults found.
    """
    faults = Faults()
    path = _find(scenario, "scenarios", faults)
    merged = merge(path, faults) if path else Merged()
    if path and not faults:
        _check_given(merged, path, faults)
    files = {policy: found for policy in policies if (found := _find(policy, "policies", faults))}
    cargo = merged.settings.get("cargo")
    own = [said for file in files.values() for said in _policy(file, cargo, faults)]
    changes = [*merged.changes, *own]
    given = [edit for text in settings for edit in _setting(text, faults)]
    horizon = _horizon(merged, faults)
    network = _network(merged, faults)
    if path is None or network is None or horizon is None:
        raise InputError(faults)
    edits = [*_edits(network, changes, horizon, faults), *given]
    before = len(faults)
    standing, dated = changed(network, edits, merged.settings.get("cargo"), horizon, faults)
    is_sound = len(faults) == before
    carried = _carried(standing, merged, changes, given, faults)
    closed = disturbances(standing, merged.closures, carried, horizon, faults)
    refused: tuple[Boycott, ...] = ()
    if merged.boycotts and is_sound:
        passed = passed_by(standing)
        refused = boycotts(standing, passed, merged.boycotts, carried, horizon, faults)
    faults.raise_any()
    names = tuple(file.stem for file in files.values())
    laid_over = f", with {', '.join([*names, *settings])}" if names or settings else ""
    return Scenario(
        name=shortened("+".join([path.stem, *names, *(IN_A_NAME.sub("-", setting) for setting in settings)])),
        title=merged.settings["title"] + laid_over,
        description=merged.settings.get("description", ""),
        start=horizon.start,
        end=horizon.end,
        seed=merged.settings.get("seed", 0),
        network=carried.network,
        disturbances=closed,
        dated=tuple(change for change in dated if carried.has(change.element)),
        boycotts=refused,
        cargo=carried.cargo,
        policies=names,
        settings=tuple(settings),
        files=tuple(str(file) for file in [*merged.files.values(), *files.values()]),
        request=call_request(
            "sim.load", scenario=str(scenario), policies=[*map(str, policies)], settings=[*settings]
        ),
    )


def _find(name: str | Path, kind: str, faults: Faults) -> Path | None:
    found = None
    with faults.collecting():
        found = find(str(name), kind)
    return found


def _check_given(merged: Merged, path: Path, faults: Faults) -> None:
    for key in ("network", "start", "end"):
        if key not in merged.settings:
            faults.add("neither this scenario nor what it extends gives it", file=path, key=key)


def _policy(file: Path, cargo: tuple[str, ...] | None, faults: Faults) -> list[Said[Change]]:
    read = None
    with faults.collecting():
        read = read_file(file, PolicyFile, faults)
    if read is None:
        return []
    pairs = zip(read.content.change, read.changes, strict=True)
    return [Said(change, origin, cargo=cargo) for change, origin in pairs]


def _setting(text: str, faults: Faults) -> list[Edit]:
    edits = []
    with faults.collecting():
        edits.append(read_setting(text))
    return edits


def _horizon(merged: Merged, faults: Faults) -> Horizon | None:
    start, end = merged.settings.get("start"), merged.settings.get("end")
    if start is None or end is None:
        return None
    if end <= start:
        where = merged.origins["end"].at("end")
        advice = f"it starts on {start}"
        faults.add("the run ends before it starts", value=end.isoformat(), advice=advice, **where)
        return None
    return Horizon(start, end)


def _network(merged: Merged, faults: Faults) -> Network | None:
    folder = merged.settings.get("network")
    if folder is None:
        return None
    where = merged.origins["network"].at("network")
    try:
        return read_tables(folder)
    except InputError as error:
        told = (replace(f, value=folder.name, **where) if f.file == folder else f for f in error.faults)
        faults.extend(InputError(told))
    return None


def _edits(network: Network, changes: list[Said[Change]], horizon: Horizon, faults: Faults) -> list[Edit]:
    """The changes of scenario and policies, with their sources checked.

    A policy is for any scenario, so what it changes later than a run's end is no fault.
    """
    for said in changes:
        change = said.item
        check_source(network, change.source, {"reason": change.reason}, said.origin, faults)
        if change.since and said.end and day_of(change.since, said.end) >= 0:
            where = said.origin.at("from")
            advice = f"the run ends on {said.end}"
            faults.add("takes hold after the run", value=change.since.isoformat(), advice=advice, **where)
    return [edit_of(said.item, said.origin, horizon.start) for said in changes]


def _carried(
    standing: Network, merged: Merged, changes: list[Said[Change]], given: list[Edit], faults: Faults
) -> Carried:
    """What the run carries, with changes of what it does not carry told."""
    cargo = merged.settings.get("cargo")
    if cargo is not None and not check_cargo(standing, cargo, merged.origins["cargo"], faults):
        cargo = None
    carried = Carried(standing, cargo)
    named = [(said.item.element, said.cargo, said.origin) for said in changes]
    for id, own, origin in [*named, *((edit.element, cargo, edit.origin) for edit in given)]:
        if id in standing.ids():
            carried.keep([id], own, id, "element", origin, faults)
    return carried
