"""Faults of elements, told where the element or the change of its field stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from sim.errors import Faults, Where, nearest
from sim.network.elements import Cargo, Dated, Source
from sim.network.network import Element

Described = Element | Source | Cargo | Dated
Locate = Callable[[str, str], tuple[Where, object]]


def line_key(kind: type, id: str) -> str:
    """Under which name `Network.written_at` has a row; sources, cargoes and history have ids of their own."""
    own = {Source: "source", Cargo: "cargo", Dated: "history"}.get(kind)
    return f"{own}:{id}" if own else id


def in_tables(
    lines: Mapping[str, tuple[str, int]], cells: Mapping[str, Mapping[str, str]] | None = None
) -> Locate:
    """Tells where each element's row stands and, given the cells of the rows, what it says there."""

    def locate(name: str, key: str) -> tuple[Where, object]:
        file, line = lines.get(name, (None, None))
        written = (cells or {}).get(name, {}).get(key) or None
        return Where(file=Path(file) if file else None, line=line, key=key), written

    return locate


class Findings(Faults):
    """Collects what is wrong with elements.

    `locate` says where a field of an element was written, and may say how: a number in its own unit.
    """

    def __init__(self, locate: Locate) -> None:
        super().__init__()
        self._locate = locate

    def tell(
        self, element: Described, key: str, message: str, value: object = None, advice: str = ""
    ) -> None:
        where, written = self._locate(line_key(type(element), element.id), key)
        if isinstance(value, int | float) and written is not None:
            value = written
        self.add(message, value=value, advice=advice, **where)

    def refers(self, element: Described, key: str, id: str, known: Collection[str], what: str) -> bool:
        """Whether a reference leads somewhere; tells the nearest name when it does not."""
        if id not in known:
            self.tell(element, key, f"no {what} has this id", id, nearest(id, known))
            return False
        return True
