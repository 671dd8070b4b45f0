"""What a user can get wrong, said once and said clearly.

Reading collects every fault it meets and raises them together as one `InputError`; anything else
that is raised is a bug of ours and may show its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TypedDict, Unpack

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One mistake in the input: where it stands, what stands there, and what would help."""

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
    """Where a fault stands; see `Fault`."""

    file: Path | None
    line: int | None
    key: str | None


class Details(Where, total=False):
    """What may be said of a fault besides its message; see `Fault`."""

    value: object
    advice: str


class InputError(Exception):
    """All faults found in what a user gave us."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Faults:
    """Collects faults, each once, so that a user sees all of them together."""

    def __init__(self) -> None:
        self._found: dict[str, Fault] = {}

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._found.values())

    def add(self, message: str, **details: Unpack[Details]) -> None:
        self._take(Fault(message=message, **details))

    def extend(self, error: InputError) -> None:
        for fault in error.faults:
            self._take(fault)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Take over the faults of an `InputError` raised inside, and go on."""
        try:
            yield
        except InputError as error:
            self.extend(error)

    def raise_any(self) -> None:
        """Raise an `InputError` of all faults found so far, if there are any."""
        if self._found:
            raise InputError(self)

    def _take(self, fault: Fault) -> None:
        self._found.setdefault(repr(fault), fault)


def fail(message: str, **details: Unpack[Details]) -> InputError:
    """An `InputError` of a single fault, to be raised by the caller."""
    return InputError([Fault(message=message, **details)])


def nearest(name: str, names: Iterable[str]) -> str:
    """Advice that offers the known names closest to a misspelt one; empty if none is close."""
    close = closest(name, names)
    return f"did you mean {' or '.join(close)}?" if close else ""


def closest(name: str, names: Iterable[str]) -> list[str]:
    """At most three known names close to a misspelt one, the closest first."""
    if not name or len(name) > LONGEST_SHOWN:
        return []
    known = {known.casefold(): known for known in sorted(set(names), reverse=True)}
    sought = name.casefold()
    close = get_close_matches(sought, known) or [other for other in sorted(known) if sought in other][:3]
    return [known[word] for word in close]


def _shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    return text if len(text) <= most else f"{text[: most // 2]} … {text[-most // 2 :]}"


@contextmanager
def option(key: str, given: str = "") -> Iterator[None]:
    """Report faults raised inside as those of an option, with `given` as the value of those without."""
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(fault, file=None, line=None, key=key, value=given if fault.value is None else fault.value)
            for fault in error.faults
        ) from None
