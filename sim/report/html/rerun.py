"""How the run of a page can be made again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.measures import Record
from sim.report.manifest import manifest
from sim.scenario import Scenario
from sim.scenario.shipped import shipped_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """The command that makes a run again, and what it was made from."""

    command: str
    manifest: dict[str, Any]
    inputs: list[tuple[str, str]]
    own: list[str]


def rerun(scenario: Scenario, record: Record, beside: Record | None) -> Rerun:
    """The command line, the versions, and the digests of the inputs."""
    made = manifest(scenario, record.seed, record.replication)
    count = len(scenario.policies)
    files = [Path(file) for file in scenario.files]
    main = files[-1 - count] if len(files) > count else Path(record.name)
    words = ["chokepoint", "run", _told(main)]
    for policy in files[len(files) - count :]:
        words += ["--policy", _told(policy)]
    for setting in scenario.settings:
        words += ["--set", setting]
    if beside is not None:
        words += ["--beside", beside.name]
    words += ["--seed", str(record.seed), "--replication", str(record.replication)]
    return Rerun(
        command=shlex.join(words),
        manifest=made,
        inputs=sorted(made["inputs"].items()),
        own=[file.name for file in files if not _is_shipped(file)],
    )


def _told(file: Path) -> str:
    """A shipped file by its name, a file of the user's own with its ending."""
    return file.stem if _is_shipped(file) else file.name


def _is_shipped(file: Path) -> bool:
    return not file.suffix or shipped_folder().resolve() in file.resolve().parents
