"""A scenario: everything that a run needs, frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.errors import Faults
from sim.scenario.apply import apply_stated
from sim.scenario.changes import Change
from sim.scenario.naming import run_name, run_title
from sim.scenario.overlays import find_policies, policy_changes, read_settings, separated
from sim.scenario.provenance import check_sources
from sim.scenario.request import Request, call_request
from sim.scenario.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Situation):
    """A situation with its name, its seed, and the files, policies and settings that it was made of.

    `digests` are those of its files and tables when they were read, by name. `request` is the call that
    made it.
    """

    name: str
    title: str
    description: str
    seed: int
    policies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=(), compare=False)
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    request: Request = field(default=Request(call="sim.Scenario"), compare=False)

    @property
    def base_files(self) -> set[str]:
        """Names of the files of its bases: all files but its own and those of its policies."""
        return {Path(file).name for file in self.files[: -1 - len(self.policies)]}

    def with_changes(self, *changes: str | Change) -> Scenario:
        """Return the scenario with changes such as `closure:SPM-3.off`, `policy:spare-mooring` applied.

        They are applied in order and checked together, like settings of `load`. Raises `InputError`.
        """
        faults = Faults()
        names, settings = separated(map(str, changes))
        files = find_policies(names, faults)
        stated = policy_changes(files, self.cargo, faults)
        check_sources(self.network, stated, faults)
        stated += read_settings(settings, faults)
        faults.raise_any()
        policies = tuple(file.stem for file in files)
        return replace(
            apply_stated(self, stated),
            name=run_name(self.name, policies, settings),
            title=run_title(self.title, policies, settings, is_more=bool(self.policies or self.settings)),
            policies=(*self.policies, *policies),
            settings=(*self.settings, *settings),
            files=(*self.files, *map(str, files)),
            digests=with_digests(self.digests, files),
            request=self._request_with(names, settings),
        )

    def _request_with(self, policies: Sequence[str], settings: Sequence[str]) -> Request:
        more = {"policies": [*policies], "settings": [*settings]}
        earlier = self.request.arguments
        return call_request(
            self.request.call,
            **{**earlier, **{key: [*_texts(earlier.get(key)), *value] for key, value in more.items()}},
        )


def _texts(value: object) -> list[str]:
    return [*map(str, value)] if isinstance(value, list | tuple) else []


def with_digests(digests: Mapping[str, str], files: Iterable[Path]) -> dict[str, str]:
    """Return digests by file name with those of more files; a second file of one name is numbered."""
    all_digests = dict(digests)
    for file in files:
        name, count = file.name, 1
        while name in all_digests:
            count += 1
            name = f"{file.name} ({count})"
        all_digests[name] = digest(file)
    return all_digests


def digest(file: Path) -> str:
    """Return the SHA-256 digest of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
