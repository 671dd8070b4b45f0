"""Closures and boycotts by their labels, and numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

from sim.errors import fail, nearest
from sim.scenario import Boycott, Disturbance

Labelled = TypeVar("Labelled", Disturbance, Boycott)


def meant(some: Sequence[Labelled], label: str) -> list[Labelled]:
    """Those of a label; if none has it, those whose labels it is a pattern of, with `*`."""
    exact = [one for one in some if one.label == label]
    return exact or [one for one in some if fnmatchcase(one.label, label)]


def check_meant(some: Sequence[Labelled], label: str, what: str) -> None:
    """Raises `InputError` with the nearest labels when none is meant."""
    if not meant(some, label):
        known = list(dict.fromkeys(one.label for one in some))
        told = f"labels here: {', '.join(known)}" if known else f"it has no {what}s"
        advice = nearest(label.strip("*?"), known) or told
        raise fail(f"no {what} of this run has this label", value=label, advice=advice)


def check_share(share: float, name: str) -> None:
    """Raises `InputError` for what is no share."""
    if not 0 <= share <= 1:
        raise fail("a share is 0 to 1, or 0 % to 100 %", key=name, value=share)


def rounded(value: float) -> float:
    """A value without what only the reckoning has added to it: 0.9, not 0.8999999999999999."""
    return float(f"{value:.12g}")


def spelled(unit: str) -> str:
    """A unit as it is read behind a number."""
    return "days" if unit == "day" else unit


def as_text(value: float, unit: str = "") -> str:
    """A number with its unit as text that is read back as the same one."""
    whole = float(value).is_integer() and abs(value) < 1e15
    return f"{value:.0f} {unit}".strip() if whole else f"{float(value)!r} {unit}".strip()
