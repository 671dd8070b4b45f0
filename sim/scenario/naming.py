"""Names of runs and studies, which are those of their folders of results."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

MAX_NAME = 120  # characters; file systems take some 250, and a temporary folder adds a few
UNFIT_FOR_FOLDERS = re.compile(r"[^\w.=%-]+")


def shortened(name: str) -> str:
    """Return the name, or the beginning of a long one and a digest that sets it apart."""
    if len(name) <= MAX_NAME:
        return name
    return f"{name[: MAX_NAME - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def run_name(scenario: str, policies: Sequence[str], settings: Sequence[str]) -> str:
    """Return the name of a run: its scenario, then its policies and settings."""
    parts = [scenario, *policies, *(UNFIT_FOR_FOLDERS.sub("-", setting) for setting in settings)]
    return shortened("+".join(parts))


def run_title(title: str, policies: Sequence[str], settings: Sequence[str], is_more: bool = False) -> str:
    """Return the title of a scenario with policies and settings; `is_more` than it had already."""
    more = ", ".join([*policies, *settings])
    return f"{title}{', ' if is_more else ', with '}{more}" if more else title


def study_name(scenario: str, study: str, parts: Sequence[str] = ()) -> str:
    """Return the name of a study, `<scenario>-<study>-<parts>`, in characters that folders may have."""
    name = "-".join([scenario, study, *parts]).replace(" *", " all")
    return shortened(re.sub(r"[^\w.=%+]+", "-", name).rstrip("-."))
