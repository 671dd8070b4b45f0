"""Printing of reports, tables and progress on the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import fill
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.report.study_report import Column, ReportTable, StudyReport

FILE_WIDTH = 160  # columns, in a file or a pipe
PADDING = 3  # of a column, with its edge
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
    printed, rows = new_table(plain(table.title)), table.rows[: table.max_printed]
    main = [index for index, column in enumerate(table.columns) if column.is_main]
    texts = {index: [row.cells[index].text for row in rows] for index in main}
    numbers = {index: _number_width(table.columns[index], texts[index]) for index in main}
    words = [index for index in main if not table.columns[index].is_number]
    room = console.width - PADDING * len(main) - sum(numbers[index] for index in main if index not in words)
    for index in main:
        column = table.columns[index]
        if column.is_number:
            heading = fill(column.heading, numbers[index], break_long_words=False)
            printed.add_column(plain(heading), justify="right", no_wrap=True)
        else:
            width = max(room // len(words), 1)
            least = min(_longest_word([column.heading, *texts[index]]), width)
            printed.add_column(plain(column.heading), min_width=least, overflow="fold")
    for row in rows:
        printed.add_row(*(plain(row.cells[index].text) for index in main))
    console.print(printed)
    left_out = len(table.rows) - table.max_printed
    if left_out > 0:
        console.print(f"{left_out:,} more row{'' if left_out == 1 else 's'} in the files")


def _number_width(column: Column, texts: list[str]) -> int:
    """Return the width of a column of numbers, whose heading is broken between words."""
    return max(map(len, [*texts, *column.heading.split()]))


def _longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


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

    Prints how to resume a study that is interrupted.
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
