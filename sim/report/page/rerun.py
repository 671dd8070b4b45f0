"""The command or call that makes the results of a page again, and the inputs that it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario import Scenario
from sim.scenario.request import Request
from sim.scenario.shipped import shipped_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """The request of a page, its manifest, the digests of its inputs, and which files are the user's."""

    command: str
    manifest: Mapping[str, Any]
    inputs: list[tuple[str, str]]
    own: list[str]


def rerun_of(
    request: Request, manifests: Sequence[Mapping[str, Any]], scenarios: Sequence[Scenario]
) -> Rerun:
    """Return how a request is made again, from its manifests and the scenarios that it reads."""
    files = dict.fromkeys(Path(file) for scenario in scenarios for file in scenario.files)
    digests = {file: digest for manifest in manifests for file, digest in manifest["inputs"].items()}
    return Rerun(
        command=str(request),
        manifest=manifests[0],
        inputs=sorted(digests.items()),
        own=[file.name for file in files if not _is_shipped(file)],
    )


def _is_shipped(file: Path) -> bool:
    return not file.suffix or shipped_folder().resolve() in file.resolve().parents
