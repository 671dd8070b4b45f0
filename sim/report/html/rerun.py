"""How the runs of a page can be made again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.measures import Record
from sim.report.manifest import manifest
from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.scenario.shipped import shipped_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """The command that makes runs again, and what they were made from: versions, digests of the inputs."""

    command: str
    manifest: dict[str, Any]
    inputs: list[tuple[str, str]]
    own: list[str]


def rerun(scenario: Scenario, record: Record, beside: Record | None) -> Rerun:
    """How a run is made again."""
    words = ["chokepoint", "run", *asked(scenario)]
    if beside is not None:
        words += ["--beside", beside.name]
    words += ["--seed", str(record.seed), "--replication", str(record.replication)]
    return rerun_of(words, [manifest(scenario, record.seed, record.replication)], [scenario])


def rerun_request(
    request: Request, manifests: Sequence[Mapping[str, Any]], scenarios: Sequence[Scenario]
) -> Rerun:
    """Return how a request is made again, from the manifests and scenarios of its variants."""
    files = dict.fromkeys(Path(file) for scenario in scenarios for file in scenario.files)
    inputs = {file: digest for manifest in manifests for file, digest in manifest["inputs"].items()}
    return Rerun(
        command=str(request),
        manifest=dict(manifests[0]),
        inputs=sorted(inputs.items()),
        own=[file.name for file in files if not _is_shipped(file)],
    )


def rerun_of(
    words: Sequence[str], made_from: Sequence[dict[str, Any]], scenarios: Sequence[Scenario]
) -> Rerun:
    """What a command line makes again, from the manifests and scenarios that it reads."""
    files = dict.fromkeys(Path(file) for one in scenarios for file in one.files)
    return Rerun(
        command=shlex.join(words),
        manifest=made_from[0],
        inputs=sorted(
            {file: digest for made in made_from for file, digest in made["inputs"].items()}.items()
        ),
        own=[file.name for file in files if not _is_shipped(file)],
    )


def asked(scenario: Scenario) -> list[str]:
    """What names a scenario on the command line, with all that is laid over it."""
    count = len(scenario.policies)
    files = [Path(file) for file in scenario.files]
    words = [_told(files[-1 - count] if len(files) > count else Path(scenario.name))]
    for policy in _policies(scenario):
        words += ["--policy", _told(policy)]
    for setting in scenario.settings:
        words += ["--set", setting]
    return words


def _policies(scenario: Scenario) -> list[Path]:
    return [Path(file) for file in scenario.files[len(scenario.files) - len(scenario.policies) :]]


def _told(file: Path) -> str:
    """A shipped file by its name, a file of the user's own with its ending."""
    return file.stem if _is_shipped(file) else file.name


def _is_shipped(file: Path) -> bool:
    return not file.suffix or shipped_folder().resolve() in file.resolve().parents
