"""Manifest of a result: the inputs, versions and request that make it again."""

from __future__ import annotations

import sys
from dataclasses import asdict
from importlib import metadata
from math import isfinite
from typing import Any

from sim.network.sourcing import ASSUMED, sourced_numbers
from sim.scenario import Boycott, DatedChange, Disturbance, Scenario
from sim.scenario.request import Request, call_request

LIBRARIES = ("simpy", "numpy", "networkx", "matplotlib", "pydantic", "pint")


def manifest(
    scenario: Scenario, seed: int, replication: int, request: Request | None = None
) -> dict[str, Any]:
    """Return the request of a result, the digests of its inputs, its scenario as resolved, and the versions.

    Files are named without their folders (a second of one name is numbered), their digests are those of
    when they were read, and nothing depends on the time or the machine: the same inputs make the same
    manifest anywhere.
    """
    request = request or run_request(scenario, seed, replication)
    numbers = list(sourced_numbers(scenario.network))
    return {
        "request": request.as_json(),
        "chokepoint": version("chokepoint"),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "libraries": {name: version(name) for name in LIBRARIES},
        "seed": seed,
        "replication": replication,
        "inputs": dict(scenario.digests),
        "policies": list(scenario.policies),
        "settings": list(scenario.settings),
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "start": str(scenario.start),
            "end": str(scenario.end),
            "cargo": list(scenario.cargo),
            "disturbances": [_as_json(item) for item in scenario.disturbances],
            "boycotts": [_as_json(item) for item in scenario.boycotts],
            "dated_changes": [_as_json(item) for item in scenario.dated],
        },
        "numbers": {"all": len(numbers), "assumed": sum(source == ASSUMED for *_, source in numbers)},
    }


def run_request(scenario: Scenario, seed: int, replication: int) -> Request:
    """Return the request of a run made from Python."""
    return call_request("sim.run", scenario=scenario, replication=replication, seed=seed)


def _as_json(event: Disturbance | Boycott | DatedChange) -> dict[str, Any]:
    """An event as JSON holds it: no infinity, and of its provenance only what is stated."""
    values = asdict(event)
    provenance = {name: value for name, value in values.pop("provenance").items() if value}
    if "since" in provenance:
        provenance["since"] = str(provenance["since"])
    return {name: _finite(value) for name, value in values.items()} | {"stated": provenance}


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not isfinite(value) else value


def version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # run from a checkout that was not installed
        return "unknown"
