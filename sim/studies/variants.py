"""The things that a study sets beside each other, and what each one's answers depend on."""

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
PARTS = ("network", "scenario", "engine", "measures")  # of the package: what answers are made by
ALONE = ("units.py", "studies/sampling.py")
LIBRARIES = ("numpy", "simpy", "networkx")
SAYS_NOTHING = {
    "name",
    "title",
    "description",
    "policies",
    "settings",
    "files",
    "digests",
    "provenance",
    "request",
}  # about what happens
WHERE_FROM = {"folder", "sources", "written_at", "source", "note", "provenance"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A scenario with all that is laid over it; `label` is what tables and plots call it.

    The scenario's seed is the study's.
    """

    label: str
    scenario: Scenario

    @property
    def digest(self) -> str:
        """What tells answers apart: everything that they depend on, the program's own text included."""
        return digest_of(self.scenario)


def variant(scenario: Scenario | str, label: str = "", seed: int | None = None) -> Variant:
    """A variant of a scenario, or of the one of that name, with a seed of its own if none is given."""
    found = load(scenario) if isinstance(scenario, str) else scenario
    if seed is not None:
        found = replace(found, seed=seed)
    return Variant(label=label or found.name, scenario=found)


def with_policies(
    scenario: str | Path,
    policies: Sequence[str | Path],
    settings: Sequence[str] = (),
    seed: int | None = None,
) -> list[Variant]:
    """A scenario under each of some policies; `none` is without any, `one+other` is with both."""
    found = []
    for policy in policies:
        loaded = load(scenario, laid_over(policy), settings)
        label = TOGETHER.join(Path(one).stem for one in laid_over(policy)) or NONE
        found.append(variant(loaded, label, seed))
    return found


def laid_over(policy: str | Path) -> list[str | Path]:
    """The policies that one name means: none, one, or several at once."""
    if policy == NONE:
        return []
    if isinstance(policy, str) and TOGETHER in policy and not Path(policy).is_file():
        return list(policy.split(TOGETHER))
    return [policy]


def on_one_seed(variants: Sequence[Variant], seed: int | None = None) -> list[Variant]:
    """The variants on the seed of the first, or another, so that all have the same luck."""
    first = variants[0].scenario.seed if seed is None else seed
    return [replace(one, scenario=replace(one.scenario, seed=first)) for one in variants]


def check_labels(labels: Sequence[str]) -> None:
    """Raises `InputError` when two variants would be called the same."""
    label, count = Counter(labels).most_common(1)[0]
    if count > 1:
        raise fail("is given more than once", value=label, advice="name each scenario and policy once")


def digest_of(scenario: Scenario) -> str:
    """A digest of what decides a scenario's answers: its network, what happens, its seed, and the program."""
    says = {
        spec.name: _plain(getattr(scenario, spec.name))
        for spec in fields(scenario)
        if spec.name not in SAYS_NOTHING
    }
    text = json.dumps([program_digest(), says], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def program_digest() -> str:
    """A digest of the program's own text and of the libraries at work."""
    package = Path(__file__).resolve().parent.parent
    files = [file for part in PARTS for file in sorted((package / part).rglob("*.py"))]
    found = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for name in LIBRARIES:
        found.update(f"{name} {metadata.version(name)}\n".encode())
    for file in [*files, *(package / name for name in ALONE)]:
        found.update(f"{file.relative_to(package).as_posix()}\n".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, with the order of tables kept, since it decides who comes first."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = [spec.name for spec in fields(value) if spec.name not in WHERE_FROM]
        return [type(value).__name__, [_plain(getattr(value, name)) for name in kept]]
    if isinstance(value, Mapping):
        return [[str(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    return str(value) if isinstance(value, date) else value
