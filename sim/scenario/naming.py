"""Names of runs and studies, which are those of the folders that their results go into."""

from __future__ import annotations

import hashlib

LONGEST = 120  # letters; file systems take some 250, and a folder on its way has a few more


def shortened(name: str) -> str:
    """The name, or of a long one the beginning and a digest that tells it from others that begin so."""
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
