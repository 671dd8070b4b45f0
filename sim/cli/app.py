"""The command `chokepoint`, to which the modules of the commands add themselves when imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from sim.scenario.request import Request


class Commands(TyperGroup):
    """The group of all commands; it keeps the words of the command line for the command that runs."""

    def main(self, args: Sequence[str] | None = None, *arguments: Any, **options: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        return super().main(words, *arguments, obj=words, **options)


app = typer.Typer(
    name="chokepoint",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Simulate closures of trade routes: who notices them, when, and what would have helped.",
)


def request_of(context: typer.Context) -> Request:
    """Return the request of the command that is running."""
    from sim.scenario.request import command_request

    return command_request(context.obj)
