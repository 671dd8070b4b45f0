"""What a result was made from, so that it can be made again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from math import isfinite
from pathlib import Path
from typing import Any

from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.scenario import Scenario

LIBRARIES = ("simpy", "numpy", "networkx", "matplotlib", "pydantic", "pint")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def manifest(scenario: Scenario, seed: int, replication: int) -> dict[str, Any]:
    """Inputs with their digests, the scenario as resolved, the seed, and the versions at work.

    Files are named without their folders (a second of one name is numbered) and nothing tells the time
    or the machine, so the same inputs make the same manifest anywhere.
    """
    tables = sorted(Path(scenario.network.folder).glob("*.csv"))
    numbers = list(sourced_numbers(scenario.network))
    return {
        "chokepoint": version("chokepoint"),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "libraries": {name: version(name) for name in LIBRARIES},
        "seed": seed,
        "replication": replication,
        "inputs": _digests([*map(Path, scenario.files), *tables]),
        "policies": list(scenario.policies),
        "settings": list(scenario.settings),
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "start": str(scenario.start),
            "end": str(scenario.end),
            "cargo": list(scenario.cargo),
            "disturbances": [asdict(item) for item in scenario.disturbances],
            "boycotts": [{**asdict(item), "end": _last(item.end)} for item in scenario.boycotts],
            "dated changes": [asdict(item) for item in scenario.dated],
        },
        "numbers": {"all": len(numbers), "assumed": sum(source == ASSUMED for *_, source in numbers)},
    }


def _digests(files: Sequence[Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, file in enumerate(files):
        before = [other.name for other in files[:place]].count(file.name)
        found[f"{file.name} ({before + 1})" if before else file.name] = digest(file)
    return found


def _last(day: float) -> float | None:
    return day if isfinite(day) else None  # JSON has no infinity


def version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # run from a checkout that was not installed
        return "unknown"
