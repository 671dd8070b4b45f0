"""Faults of elements, located at the element's row or at the change of its field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from sim.errors import Faults, Where, nearest
from sim.network.elements import Cargo, Dated, Source
from sim.network.network import Element, Network

Described = Element | Source | Cargo | Dated
Repeated = TypeVar("Repeated", bound=Element)
Locate = Callable[[str, str], tuple[Where, object]]


def line_key(kind: type, id: str) -> str:
    """Return the key of a row in `Network.written_at`; sources, cargoes and history have their own prefix."""
    own = {Source: "source", Cargo: "cargo", Dated: "history"}.get(kind)
    return f"{own}:{id}" if own else id


def in_tables(
    lines: Mapping[str, tuple[str, int]], cells: Mapping[str, Mapping[str, str]] | None = None
) -> Locate:
    """Return how to locate each element's row and, given the cells of the rows, its text."""

    def locate(name: str, key: str) -> tuple[Where, object]:
        file, line = lines.get(name, (None, None))
        written = (cells or {}).get(name, {}).get(key) or None
        return Where(file=Path(file) if file else None, line=line, key=key), written

    return locate


def line_text(network: Network, element: Described) -> str:
    """Return the place of an element's row for a message, as in `in links.csv, line 7`; empty for none."""
    where = network.written_at.get(line_key(type(element), element.id))
    return f" in {Path(where[0]).name}, line {where[1]}" if where else ""


def repeated(
    table: Mapping[str, Repeated], key: Callable[[Repeated], Hashable]
) -> Iterator[tuple[Repeated, Repeated]]:
    """Yield each element whose key an earlier one of its table has, with that one."""
    firsts: dict[Hashable, Repeated] = {}
    for element in table.values():
        first = firsts.setdefault(key(element), element)
        if first is not element:
            yield element, first


class Findings(Faults):
    """Collector of the faults of elements.

    `locate` gives the place where a field of an element was written, and may give its text.
    """

    def __init__(self, locate: Locate) -> None:
        super().__init__()
        self._locate = locate

    def report(
        self, element: Described, key: str, message: str, value: object = None, advice: str = ""
    ) -> None:
        where, written = self._locate(line_key(type(element), element.id), key)
        if isinstance(value, int | float) and written is not None:
            value = written
        self.add(message, value=value, advice=advice, **where)

    def refers(self, element: Described, key: str, id: str, ids: Collection[str], what: str) -> bool:
        """Return whether a reference leads somewhere; report the nearest name if not."""
        if id not in ids:
            self.report(element, key, f"no {what} has this id", id, nearest(id, ids))
            return False
        return True
