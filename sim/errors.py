"""Faults in a user's input, with file, line, key, value and advice.

Reading collects all faults and raises them together as one `InputError`; any other exception is a bug of
the program and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TypedDict, Unpack

MAX_SHOWN_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault in the input: its place, the value there, and advice."""

    message: str
    file: Path | None = None
    line: int | None = None
    key: str | None = None
    value: object = None
    advice: str = ""

    def __str__(self) -> str:
        where = "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        key = f"{self.key}: " if self.key else ""
        value = f" (here: {_shortened(repr(self.value))})" if self.value is not None else ""
        advice = f" — {self.advice}" if self.advice else ""
        return f"{_shortened(where, 300)}{key}{self.message}{value}{advice}"


class Where(TypedDict, total=False):
    """Place of a fault; see `Fault`."""

    file: Path | None
    line: int | None
    key: str | None


class Details(Where, total=False):
    """Details of a fault, in addition to its message; see `Fault`."""

    value: object
    advice: str


class InputError(Exception):
    """All faults found in a user's input."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Faults:
    """Collector of faults, each once, so that a user sees all of them together."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def __len__(self) -> int:
        return len(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults.values())

    def add(self, message: str, **details: Unpack[Details]) -> None:
        self._add(Fault(message=message, **details))

    def extend(self, error: InputError) -> None:
        for fault in error.faults:
            self._add(fault)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Collect the faults of an `InputError` raised inside, and go on."""
        try:
            yield
        except InputError as error:
            self.extend(error)

    def raise_any(self) -> None:
        """Raise an `InputError` of all faults found so far, if there are any."""
        if self._faults:
            raise InputError(self)

    def _add(self, fault: Fault) -> None:
        self._faults.setdefault(repr(fault), fault)


def fail(message: str, **details: Unpack[Details]) -> InputError:
    """Return an `InputError` of a single fault, for the caller to raise."""
    return InputError([Fault(message=message, **details)])


def nearest(name: str, names: Iterable[str]) -> str:
    """Return advice with the names closest to a misspelt one; empty if none is close."""
    close = closest(name, names)
    return f"did you mean {' or '.join(close)}?" if close else ""


def closest(name: str, names: Iterable[str]) -> list[str]:
    """Return at most three names close to a misspelt one, the closest first."""
    if not name or len(name) > MAX_SHOWN_LENGTH:
        return []
    by_folded = {other.casefold(): other for other in sorted(set(names), reverse=True)}
    folded = name.casefold()
    close = get_close_matches(folded, by_folded) or [one for one in sorted(by_folded) if folded in one][:3]
    return [by_folded[one] for one in close]


def _shortened(text: str, length: int = MAX_SHOWN_LENGTH) -> str:
    return text if len(text) <= length else f"{text[: length // 2]} … {text[-length // 2 :]}"


@contextmanager
def option(key: str, value: object = "") -> Iterator[None]:
    """Report faults raised inside as those of an option, with `value` for those without one."""
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(fault, file=None, line=None, key=key, value=value if fault.value is None else fault.value)
            for fault in error.faults
        ) from None
