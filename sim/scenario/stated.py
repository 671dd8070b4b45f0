"""Statements of scenario files, policies and settings, with where and why each is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sim.scenario.origin import Origin
from sim.scenario.provenance import Provenance

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True, slots=True)
class StatedItem(Generic[Item]):
    """A closure, boycott or change, its place and its provenance, and the horizon and cargoes of its file.

    Policies and settings have no horizon of their own.
    """

    item: Item
    origin: Origin
    provenance: Provenance
    start: date | None = None
    end: date | None = None
    cargo: tuple[str, ...] | None = None

    @property
    def is_setting(self) -> bool:
        return bool(self.origin.setting)
