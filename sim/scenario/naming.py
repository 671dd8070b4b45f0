"""Names of runs and studies, which are those of the folders that their results go into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

LONGEST = 120  # letters; file systems take some 250, and a folder on its way has a few more


def shortened(name: str) -> str:
    """The name, or of a long one the beginning and a digest that tells it from others that begin so."""
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def study_name(scenario: str, study: str, what: Sequence[str] = ()) -> str:
    """The name of a study: `<scenario>-<study>-<what is studied>`, of letters that folders may have."""
    told = "-".join([scenario, study, *what]).replace(" *", " all")
    return shortened(re.sub(r"[^\w.=%+]+", "-", told).rstrip("-."))
