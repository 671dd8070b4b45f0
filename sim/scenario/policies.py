"""Policy files and the changes that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.errors import Faults
from sim.scenario.element_changes import StatedChange
from sim.scenario.files import Reading, read_file
from sim.scenario.schema import PolicyFile, ScenarioFile
from sim.scenario.shipped import find
from sim.scenario.stated import StatedItem


def find_policies(names: Iterable[str | Path], faults: Faults) -> list[Path]:
    """Return the files of policies, each a path or the name of a shipped one."""
    files: dict[str, Path] = {}
    for name in names:
        with faults.collecting():
            files[str(name)] = find(str(name), "policies")
    return [*files.values()]


def policy_changes(file: Path, cargo: Sequence[str] | None, faults: Faults) -> list[StatedChange]:
    """Return the changes of a policy for a run of some cargoes; faults are collected."""
    with faults.collecting():
        read = read_file(file, PolicyFile, faults)
        if read is not None:
            return stated_changes(read, cargo=None if cargo is None else tuple(cargo))
    return []


def stated_changes(
    read: Reading[PolicyFile] | Reading[ScenarioFile], cargo: tuple[str, ...] | None = None
) -> list[StatedChange]:
    """Return the changes of a file."""
    return [
        StatedItem(table.stated(), origin, origin.provenance(table.source, table.reason), cargo=cargo)
        for table, origin in zip(read.content.change, read.changes, strict=True)
    ]
