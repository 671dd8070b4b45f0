"""Digests of the files that a scenario is read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


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
