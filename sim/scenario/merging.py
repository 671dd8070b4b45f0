"""A scenario file laid over those that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from sim.errors import Faults, InputError
from sim.scenario.files import Reading, read_file
from sim.scenario.origin import Origin
from sim.scenario.schema import Change, Closure, Refusal, ScenarioFile
from sim.scenario.shipped import find, is_file

Item = TypeVar("Item")
OVERRIDDEN = ("title", "description", "start", "end", "seed", "cargo")


@dataclass(frozen=True, slots=True)
class Said(Generic[Item]):
    """A closure, boycott or change, where it was said, and the horizon and cargoes that its file has.

    A policy has none: it is for any scenario.
    """

    item: Item
    origin: Origin
    start: date | None = None
    end: date | None = None
    cargo: tuple[str, ...] | None = None


@dataclass(slots=True)
class Merged:
    """What a scenario and all that it extends say together, and where each setting was given."""

    settings: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    closures: list[Said[Closure]] = field(default_factory=list)
    changes: list[Said[Change]] = field(default_factory=list)
    boycotts: list[Said[Refusal]] = field(default_factory=list)
    files: dict[Path, Path] = field(default_factory=dict)

    def set(self, key: str, value: object, origin: Origin) -> None:
        self.settings[key] = value
        self.origins[key] = origin


def merge(path: Path, faults: Faults) -> Merged:
    """What a scenario file says, laid over what it extends, in the order given; each file counts once.

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
    """The file that `extends` means: beside this one, or a shipped one; `.toml` may be left out."""
    for beside in (path.parent / name, path.parent / f"{name}.toml"):
        if is_file(beside):
            return beside
    with origin.telling():
        try:
            return find(name, "scenarios", beside=path.parent)
        except InputError as error:
            raise InputError(replace(fault, key="extends") for fault in error.faults) from None


def _add(read: Reading[ScenarioFile], path: Path, merged: Merged) -> None:
    content = read.content
    for key in OVERRIDDEN:
        if getattr(content, key) not in (None, ""):
            merged.set(key, getattr(content, key), read.origin)
    if content.network is not None:
        merged.set("network", path.parent / content.network, read.origin)
    run = [merged.settings.get(key) for key in ("start", "end", "cargo")]
    merged.closures += [Said(item, at, *run) for item, at in zip(content.closure, read.closures, strict=True)]
    merged.changes += [Said(item, at, *run) for item, at in zip(content.change, read.changes, strict=True)]
    merged.boycotts += [Said(item, at, *run) for item, at in zip(content.boycott, read.boycotts, strict=True)]
