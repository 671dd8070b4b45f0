"""Variants of a study, and digests of all that their results depend on."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from sim.errors import fail
from sim.scenario import Scenario, load

NONE = "none"
TOGETHER = "+"
PACKAGES = ("network", "scenario", "engine", "measures")  # whose source code decides the results
MODULES = ("units.py", "studies/sampling.py")
LIBRARIES = ("numpy", "simpy", "networkx")
WITHOUT_EFFECT = {
    "name",
    "title",
    "description",
    "policies",
    "settings",
    "files",
    "digests",
    "provenance",
    "request",
}  # on results
PROVENANCE = {"folder", "sources", "written_at", "source", "note", "provenance"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A scenario with its policies and changes applied, and the label that tables and charts show.

    The seed of the scenario is that of the study.
    """

    label: str
    scenario: Scenario

    @property
    def digest(self) -> str:
        """Digest of all that the results depend on, the program's source code included."""
        return digest_of(self.scenario)


def variant(scenario: Scenario | str, label: str = "", seed: int | None = None) -> Variant:
    """Return a variant of a scenario or of the one of that name, on its own seed unless one is given."""
    scenario = load(scenario) if isinstance(scenario, str) else scenario
    if seed is not None:
        scenario = replace(scenario, seed=seed)
    return Variant(label=label or scenario.name, scenario=scenario)


def with_policies(
    scenario: str | Path,
    policies: Sequence[str | Path],
    settings: Sequence[str] = (),
    seed: int | None = None,
) -> list[Variant]:
    """Return a scenario under each policy; `none` is without any, `one+other` is with both."""
    variants = []
    for policy in policies:
        loaded = load(scenario, policies_of(policy), settings)
        label = TOGETHER.join(Path(name).stem for name in policies_of(policy)) or NONE
        variants.append(variant(loaded, label, seed))
    return variants


def policies_of(policy: str | Path) -> list[str | Path]:
    """Return the policies that one text names: none, one, or several at once."""
    if policy == NONE:
        return []
    if isinstance(policy, str) and TOGETHER in policy and not Path(policy).is_file():
        return list(policy.split(TOGETHER))
    return [policy]


def on_one_seed(variants: Sequence[Variant], seed: int | None = None) -> list[Variant]:
    """Return the variants on the seed of the first, or another, so that all have the same random draws."""
    seed = variants[0].scenario.seed if seed is None else seed
    return [replace(each, scenario=replace(each.scenario, seed=seed)) for each in variants]


def check_labels(labels: Sequence[str]) -> None:
    """Raise `InputError` when two variants have the same label."""
    label, count = Counter(labels).most_common(1)[0]
    if count > 1:
        raise fail("is given more than once", value=label, advice="name each scenario and policy once")


def digest_of(scenario: Scenario) -> str:
    """Return a digest of a scenario's network, events and seed, and of the program."""
    content = {
        spec.name: _plain(getattr(scenario, spec.name))
        for spec in fields(scenario)
        if spec.name not in WITHOUT_EFFECT
    }
    text = json.dumps([program_digest(), content], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return a digest of the program's source code and of the versions of its libraries."""
    package = Path(__file__).resolve().parent.parent
    files = [file for part in PACKAGES for file in sorted((package / part).rglob("*.py"))]
    digest = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for name in LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for file in [*files, *(package / name for name in MODULES)]:
        digest.update(f"{file.relative_to(package).as_posix()}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    """Return a value in JSON types, with the order of tables, since that decides priorities."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [spec.name for spec in fields(value) if spec.name not in PROVENANCE]
        return [type(value).__name__, [_plain(getattr(value, name)) for name in names]]
    if isinstance(value, Mapping):
        return [[str(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    return str(value) if isinstance(value, date) else value
