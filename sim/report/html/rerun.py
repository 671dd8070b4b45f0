"""The command or call that makes the results of a page again, and the inputs that it reads."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario import Scenario
from sim.scenario.request import Request, call_request
from sim.scenario.shipped import shipped_folder
from sim.studies.compare import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """The request of a page, its manifest, the digests of its inputs, and which files are the user's."""

    command: str
    manifest: dict[str, Any]
    inputs: list[tuple[str, str]]
    own: list[str]


def rerun_of(
    request: Request | Sequence[str], made_from: Sequence[dict[str, Any]], scenarios: Sequence[Scenario]
) -> Rerun:
    """Return how a request is made again, from its manifests and the scenarios that it reads."""
    files = dict.fromkeys(Path(file) for scenario in scenarios for file in scenario.files)
    digests = {file: digest for made in made_from for file, digest in made["inputs"].items()}
    return Rerun(
        command=str(request) if isinstance(request, Request) else shlex.join(request),
        manifest=made_from[0],
        inputs=sorted(digests.items()),
        own=[file.name for file in files if not _is_shipped(file)],
    )


def comparison_request(found: Comparison, scenarios: Sequence[Scenario | None]) -> Request:
    """Return the request of a comparison made from Python."""
    known = scenarios or [None] * len(found.ensembles)
    compared = [
        scenario or call_request("sim.read_ensemble", folder=ensemble.label)
        for scenario, ensemble in zip(known, found.ensembles, strict=True)
    ]
    return call_request("sim.compare", scenarios=compared, replications=len(found.base), seed=found.base.seed)


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
