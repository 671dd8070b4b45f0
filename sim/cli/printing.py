"""Printing of reports, tables and progress on the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.report.study_report import ReportTable, StudyReport

FILE_WIDTH = 160  # columns, in a file or a pipe
INTERRUPTED = 130  # exit code of an interrupted command

Advance = Callable[[str, int], None]


def new_console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = FILE_WIDTH
    return console


def plain(text: str) -> str:
    """Return text in which nothing is read as markup."""
    from rich.markup import escape

    return escape(text)


def new_table(title: str) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")


def print_table(console: Console, table: ReportTable) -> None:
    """Print the main columns of the first rows of a table of a report."""
    if not table.rows or not table.max_printed:
        return
    printed = new_table(plain(table.title))
    main = [index for index, column in enumerate(table.columns) if column.is_main]
    for index in main:
        column = table.columns[index]
        justify = "right" if column.is_number else "left"
        printed.add_column(plain(column.heading), justify=justify, no_wrap=column.is_number, overflow="fold")
    for row in table.rows[: table.max_printed]:
        printed.add_row(*(plain(row.cells[index].text) for index in main))
    console.print(printed)
    left_out = len(table.rows) - table.max_printed
    if left_out > 0:
        console.print(f"and {left_out:,} more row{'' if left_out == 1 else 's'}, in the files")


def print_report(console: Console, report: StudyReport) -> None:
    """Print the tables, findings, notes and stalled runs of a report."""
    console.print(f"[bold]{plain(report.title)}[/bold]: {plain(report.subtitle)}", soft_wrap=True)
    for table in report.tables:
        print_table(console, table)
    if report.warning:
        console.print(f"[bold]warning:[/bold] {plain(report.warning)}", soft_wrap=True)
    for sentence in report.headlines:
        console.print(f"{plain(sentence)}.", soft_wrap=True)
    for note in report.notes:
        console.print(plain(note))
    stalled = report.stalled
    if stalled:
        label, replication, reasons = stalled[0]
        runs = f"{len(stalled)} run{'' if len(stalled) == 1 else 's'}"
        words = f"{runs}, such as replication {replication} of {label}: {reasons[0]}"
        console.print(f"[bold]stalled:[/bold] {plain(words)}", soft_wrap=True)


def first_names(names: list[str], count: int) -> str:
    """Return the first names of a list, and the number of the others."""
    text = ", ".join(names[:count])
    return plain(text + (f" and {len(names) - count} more" if len(names) > count else ""))


@contextmanager
def busy(console: Console, activity: str) -> Iterator[None]:
    """Show a spinner with the activity on a terminal; nothing elsewhere."""
    if console.is_terminal:
        with console.status(activity):
            yield
    else:
        yield


@contextmanager
def progress(console: Console, total: int) -> Iterator[Advance]:
    """Show a progress bar on a terminal, nothing elsewhere, and provide the function that advances it.

    A study that is interrupted tells the user how to resume it.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
            task = bar.add_task("running", total=total)
            yield lambda name, count: bar.update(task, advance=count, description=plain(name))
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command resumes from the finished runs", err=True)
        raise typer.Exit(INTERRUPTED) from None
