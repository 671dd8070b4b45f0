"""Faults of elements, told where the element or the change of its field stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from sim.errors import Details, Faults, nearest
from sim.network.elements import Cargo, Dated, Element, Source

Described = Element | Source | Cargo | Dated
Locate = Callable[[str, str], Details]


def line_key(kind: type, id: str) -> str:
    """Under which name `Network.lines` has a row; sources, cargoes and history have ids of their own."""
    own = {Source: "source", Cargo: "cargo", Dated: "history"}.get(kind)
    return f"{own}:{id}" if own else id


def in_tables(
    lines: Mapping[str, tuple[str, int]], cells: Mapping[str, Mapping[str, str]] | None = None
) -> Locate:
    """Tells where each element's row stands and, given the cells of the rows, what it says there."""

    def locate(name: str, key: str) -> Details:
        file, line = lines.get(name, (None, None))
        where = Details(file=Path(file) if file else None, line=line, key=key)
        if cells and cells.get(name, {}).get(key):
            where["value"] = cells[name][key]
        return where

    return locate


class Findings(Faults):
    """Collects what is wrong with elements.

    `locate` says where a field of an element was written, and may say how, with a number's own unit.
    """

    def __init__(self, locate: Locate) -> None:
        super().__init__()
        self._locate = locate

    def tell(
        self, element: Described, key: str, message: str, value: object = None, advice: str = ""
    ) -> None:
        told: Details = {"value": value, **self._locate(line_key(type(element), element.id), key)}
        if not isinstance(value, int | float):
            told["value"] = value
        self.add(message, **{**told, "advice": advice})

    def refers(self, element: Described, key: str, id: str, known: Collection[str], what: str) -> bool:
        """Whether a reference leads somewhere; tells the nearest name when it does not."""
        if id not in known:
            self.tell(element, key, f"no {what} has this id", id, nearest(id, known))
            return False
        return True
