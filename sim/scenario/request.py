"""The exact request that results answer: a command line, or a call from Python."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

PROGRAM = "chokepoint"
WITH_VALUE = ("--out", "-o", "--workers", "-w", "--cluster")  # options that change no result
WITHOUT_VALUE = ("--plots", "--no-plots", "--story")


@runtime_checkable
class Requested(Protocol):
    """An object that carries the request it was made by, such as a loaded scenario."""

    @property
    def request(self) -> Request: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A command line, or the call of a function with its arguments.

    Options that only choose a folder, the number of processes or the form of output are left out of a
    command line, so that the same request always reads the same.
    """

    command: tuple[str, ...] = ()
    call: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The request as a user would type it again."""
        if self.command:
            return shlex.join((PROGRAM, *self.command))
        arguments = ", ".join(f"{name}={_as_code(value)}" for name, value in self.arguments.items())
        return f"{self.call}({arguments})"

    def as_json(self) -> dict[str, object]:
        """The request as a manifest keeps it."""
        if self.command:
            return {"command": [PROGRAM, *self.command]}
        return {
            "call": self.call,
            "arguments": {name: _as_json(value) for name, value in self.arguments.items()},
        }


def command_request(words: Sequence[str]) -> Request:
    """Return the request of a command line, without the name of the program."""
    command: list[str] = []
    is_value = False
    for word in words:
        name = word.partition("=")[0] if word.startswith("--") else word[:2]
        if is_value or word in WITHOUT_VALUE:
            is_value = False
        elif word in WITH_VALUE:
            is_value = True
        elif not word.startswith("-") or name not in WITH_VALUE:
            command.append(word)
    return Request(command=tuple(command))


def call_request(call: str, **arguments: object) -> Request:
    """Return the request of a call such as `sim.sweep`; arguments that are None or empty are left out."""
    present = {name: value for name, value in arguments.items() if value not in (None, (), [])}
    return Request(call=call, arguments=present)


def _as_code(value: object) -> str:
    if isinstance(value, Request):
        return str(value)
    if isinstance(value, Requested):
        return str(value.request)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_as_code, value))}]"
    return repr(value) if isinstance(value, bool | int | float) else repr(str(value))


def _as_json(value: object) -> object:
    if isinstance(value, Request):
        return value.as_json()
    if isinstance(value, Requested):
        return value.request.as_json()
    if isinstance(value, list | tuple):
        return [_as_json(item) for item in value]
    return value if isinstance(value, bool | int | float) else str(value)
