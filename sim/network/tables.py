"""Tables as spreadsheets write them: separators, decimal commas, encodings."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, fail
from sim.units import has_decimal_comma, has_decimal_point

TEXTS = ("name", "note")  # columns whose numbers do not show how the others are written


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its first line in the file, its cells by column, and cells beyond the columns."""

    line: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written: the line of its header, its columns and rows.

    `decimal_commas` is whether its numbers are written as `0,5`, as its separator and at least one of
    its numbers show; None if nothing shows whether as `0,5` or as `0.5`.
    """

    file: Path
    line: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_commas: bool | None


def read_text(path: Path) -> str:
    """Return the text of a user's file.

    Raises `InputError` when it is missing, not a file, binary, not in UTF-8, or empty.
    """
    try:
        if path.is_dir():
            raise fail("this is a folder, a file was expected", file=path)
        if path.exists() and not path.is_file():
            raise fail("this is not a file", file=path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise fail("no such file", file=path) from None
    except (OSError, ValueError) as error:
        raise fail(f"cannot be read: {getattr(error, 'strerror', error)}", file=path) from None
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    advice = "save it as UTF-8; a spreadsheet calls it CSV UTF-8"
    if b"\0" in data:
        raise fail("not a text file", file=path, advice=advice)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 1]
        raise fail("not a text file in UTF-8", file=path, line=line, value=bad, advice=advice) from None
    if not text.strip():
        raise fail("the file is empty", file=path)
    return text


def read_table(path: Path, names: Mapping[str, str] | None = None) -> Table:
    """Read a CSV with a header row, separated by commas, semicolons or tabs.

    `names` gives columns other names than they have in the file, such as `since` for `from`. Raises
    `InputError` for a file that cannot be read as a table.
    """
    text = read_text(path)
    separator = _separator(text)
    records = _records(text, separator, path)
    if not records:
        raise fail("the file is empty", file=path)
    (line, header), *rest = records
    written = _columns(header, [cells for _, cells in rest])
    columns = tuple((names or {}).get(column, column) for column in written)
    rows = tuple(
        Row(start, dict(zip(columns, cells, strict=False)), tuple(filter(None, cells[len(columns) :])))
        for start, cells in rest
    )
    return Table(path, line, columns, rows, _decimal_commas(rows, separator))


def _decimal_commas(rows: tuple[Row, ...], separator: str) -> bool | None:
    """Return whether numbers have decimal commas; None if nothing shows it."""
    if separator == ",":
        return False
    cells = [cell for row in rows for column, cell in row.cells.items() if column not in TEXTS]
    if any(map(has_decimal_comma, cells)):
        return True
    return False if any(map(has_decimal_point, cells)) else None


def _separator(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _records(text: str, separator: str, path: Path) -> list[tuple[int, list[str]]]:
    """The first line and the cells of each record that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records = []
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(error, path, line) from None
    return records


def _unreadable(error: csv.Error, path: Path, line: int) -> InputError:
    if "end of data" in str(error):
        return fail("a quote opened here is never closed", file=path, line=line)
    return fail(f"not a table: {error}", file=path, line=line, advice="write a quote inside a cell twice")


def _columns(header: list[str], rows: list[list[str]]) -> tuple[str, ...]:
    """The names of the columns, without the empty ones that spreadsheets leave at the end."""
    used = max([index + 1 for cells in [header, *rows] for index, cell in enumerate(cells) if cell])
    width = max(index + 1 for index, name in enumerate(header) if name)
    return tuple(header[: max(width, min(used, len(header)))])
