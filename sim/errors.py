"""What a user can get wrong, said once and said clearly.

Reading collects every fault it meets and raises them together as one `InputError`; anything else
that is raised is a bug of ours and may show its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


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
        value = f" (here: {self.value!r})" if self.value is not None else ""
        advice = f" — {self.advice}" if self.advice else ""
        return f"{where}{key}{self.message}{value}{advice}"


class InputError(Exception):
    """All faults found in what a user gave us."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """Collects faults, so that a user sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found)

    def add(self, message: str, **where: object) -> None:
        fault = Fault(message=message, **where)  # type: ignore[arg-type]
        if fault not in self.found:
            self.found.append(fault)

    def extend(self, error: InputError) -> None:
        self.found.extend(fault for fault in error.faults if fault not in self.found)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Take over the faults of an `InputError` raised inside, and go on."""
        try:
            yield
        except InputError as error:
            self.extend(error)

    def raise_any(self) -> None:
        if self.found:
            raise InputError(self.found)


def fail(message: str, **where: object) -> InputError:
    """An `InputError` of a single fault, to be raised by the caller."""
    return InputError([Fault(message=message, **where)])  # type: ignore[arg-type]


def nearest(name: str, names: Iterable[str]) -> str:
    """Advice that offers the known names closest to a misspelt one; empty if none is close."""
    known = sorted(set(names))
    close = get_close_matches(name, known, n=3, cutoff=0.6) or [n for n in known if name and name in n][:3]
    return f"did you mean {' or '.join(close)}?" if close else ""
