"""How commands print: tables, signs of life, and what a terminal has that a file has not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

UNFOLDED = 160  # columns
INTERRUPTED = 130  # as shells have it

Advance = Callable[[str, int], None]


def new_console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = UNFOLDED  # for a file or a pipe nothing has to be cut short
    return console


def plain(text: str) -> str:
    """Text for printing in which nothing is taken for markup."""
    from rich.markup import escape

    return escape(text)


def new_table(title: str) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")


def print_lines(console: Console, title: str, lines: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
    """Print lines as a table, the first with the titles; columns of `numbers` stand to the right."""
    table = new_table(title)
    for place, head in enumerate(lines[0]):
        right = place in numbers
        table.add_column(plain(head), justify="right" if right else "left", no_wrap=right, overflow="fold")
    for line in lines[1:]:
        table.add_row(*map(plain, line))
    console.print(table)


def few(names: list[str], most: int) -> str:
    shown = ", ".join(names[:most])
    return plain(shown + (f" and {len(names) - most} more" if len(names) > most else ""))


@contextmanager
def busy(console: Console, what: str) -> Iterator[None]:
    """A sign of life on a terminal; nothing elsewhere."""
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


@contextmanager
def progress(console: Console, total: int) -> Iterator[Advance]:
    """On a terminal a bar with the time left, elsewhere nothing; gives the function that advances it.

    A study that is interrupted says how to go on.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
            task = shown.add_task("running", total=total)
            yield lambda name, count: shown.update(task, advance=count, description=plain(name))
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command goes on from what is finished", err=True)
        raise typer.Exit(INTERRUPTED) from None
