"""A scenario file laid over those that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.errors import Faults, InputError
from sim.scenario.changes import Change
from sim.scenario.files import Reading, read_file
from sim.scenario.overlays import stated_changes
from sim.scenario.provenance import Origin, Statement
from sim.scenario.schema import Closure, Refusal, ScenarioFile
from sim.scenario.shipped import find, is_file

OVERRIDDEN = ("title", "description", "start", "end", "seed", "cargo")


@dataclass(slots=True)
class Merged:
    """The statements of a scenario and of all that it extends, and the origin of each key."""

    settings: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    closures: list[Statement[Closure]] = field(default_factory=list)
    changes: list[Statement[Change]] = field(default_factory=list)
    boycotts: list[Statement[Refusal]] = field(default_factory=list)
    files: dict[Path, Path] = field(default_factory=dict)

    def set(self, key: str, value: object, origin: Origin) -> None:
        self.settings[key] = value
        self.origins[key] = origin


def merge(path: Path, faults: Faults) -> Merged:
    """Return a scenario file laid over those that it extends, in their order; each file counts once.

    A later file has the last word on title, dates, seed, cargo and network; closures, boycotts and
    changes add up.
    """
    merged = Merged()
    with faults.collecting():
        _lay(path, merged, (), faults)
    return merged


def _lay(path: Path, merged: Merged, chain: tuple[Path, ...], faults: Faults) -> None:
    if path.resolve() in merged.files:
        return
    read = read_file(path, ScenarioFile, faults)
    if read is None:
        return
    chain = (*chain, path.resolve())
    for name in read.content.extends:
        with faults.collecting():
            base = _base(name, path, read.origin)
            if base.resolve() in chain:
                loop = [*chain[chain.index(base.resolve()) :], base]
                value = " → ".join(file.name for file in loop)
                message = "scenarios extend each other in a circle"
                faults.add(message, value=value, **read.origin.at("extends"))
            else:
                _lay(base, merged, chain, faults)
    merged.files[path.resolve()] = path
    _add(read, path, merged)


def _base(name: str, path: Path, origin: Origin) -> Path:
    """The file that `extends` names, next to this one or shipped; `.toml` may be left out."""
    for file in (path.parent / name, path.parent / f"{name}.toml"):
        if is_file(file):
            return file
    with origin.locating():
        try:
            return find(name, "scenarios", folder=path.parent)
        except InputError as error:
            raise InputError(replace(fault, key="extends") for fault in error.faults) from None


def _add(read: Reading[ScenarioFile], path: Path, merged: Merged) -> None:
    content = read.content
    for key in OVERRIDDEN:
        if getattr(content, key) not in (None, ""):
            merged.set(key, getattr(content, key), read.origin)
    if content.network is not None:
        merged.set("network", path.parent / content.network, read.origin)
    start, end, cargo = (merged.settings.get(key) for key in ("start", "end", "cargo"))
    for closure, at in zip(content.closure, read.closures, strict=True):
        provenance = at.provenance(closure.source, closure.note)
        merged.closures.append(Statement(closure, at, provenance, start, end, cargo))
    for refusal, at in zip(content.boycott, read.boycotts, strict=True):
        provenance = at.provenance(refusal.source, refusal.note)
        merged.boycotts.append(Statement(refusal, at, provenance, start, end, cargo))
    for stated in stated_changes(read):
        merged.changes.append(replace(stated, start=start, end=end, cargo=cargo))
