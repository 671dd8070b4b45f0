"""The command `chokepoint`, which the commands add themselves to in the order of their import."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="chokepoint",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What happens when a trade route shuts, who notices when, and what would have helped.",
)
