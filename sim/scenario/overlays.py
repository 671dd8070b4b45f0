"""Policies and settings, whose changes are laid over a scenario for one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.errors import Faults, option
from sim.scenario.change_grammar import read_change
from sim.scenario.element_changes import StatedChange
from sim.scenario.files import Reading, read_file
from sim.scenario.provenance import Origin, Provenance, Statement
from sim.scenario.schema import PolicyFile, ScenarioFile
from sim.scenario.shipped import find

OPTION = "--set"
POLICY = "policy:"


def separated(settings: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names of the policies among settings, and the other settings."""
    policies: list[str] = []
    others: list[str] = []
    for text in settings:
        is_policy = text.strip().startswith(POLICY) and text.strip() != POLICY
        (policies if is_policy else others).append(text)
    return [text.strip().removeprefix(POLICY).strip() for text in policies], others


def find_policies(names: Iterable[str | Path], faults: Faults) -> list[Path]:
    """Return the files of policies, each a path or the name of a shipped one."""
    files: dict[str, Path] = {}
    for name in names:
        with faults.collecting():
            files[str(name)] = find(str(name), "policies")
    return [*files.values()]


def policy_changes(
    files: Iterable[Path], cargo: tuple[str, ...] | None, faults: Faults
) -> list[StatedChange]:
    """Return the changes of policies for a run of some cargoes; faults are collected."""
    changes: list[StatedChange] = []
    for file in files:
        with faults.collecting():
            read = read_file(file, PolicyFile, faults)
            changes += stated_changes(read, cargo) if read else []
    return changes


def stated_changes(
    read: Reading[PolicyFile] | Reading[ScenarioFile], cargo: tuple[str, ...] | None = None
) -> list[StatedChange]:
    """Return the changes of a file."""
    return [
        Statement(table.stated(), origin, origin.provenance(table.source, table.reason), cargo=cargo)
        for table, origin in zip(read.content.change, read.changes, strict=True)
    ]


def read_settings(texts: Sequence[str], faults: Faults) -> list[StatedChange]:
    """Return the changes that settings describe; those that cannot be read become faults."""
    stated = []
    for text in texts:
        with faults.collecting(), option(OPTION, text):
            change = read_change(text)
            origin = Origin(setting=f"{OPTION} {change.target}")
            stated.append(Statement(change, origin, Provenance(setting=text.strip())))
    return stated
