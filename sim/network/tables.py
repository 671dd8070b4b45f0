"""Reading one table that a spreadsheet wrote, whichever spreadsheet it was."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from sim.errors import fail


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line in the file and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    file: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_text(path: Path) -> str:
    """The text of a user's file, or one clear fault when it is missing, a folder, binary or empty."""
    if path.is_dir():
        raise fail("this is a folder, a file was expected", file=path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise fail("no such file", file=path) from None
    except OSError as error:
        raise fail(f"cannot be read: {error.strerror}", file=path) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fail("not a text file in UTF-8", file=path, advice="save it as CSV UTF-8") from None
    if "\0" in text:
        raise fail("not a text file in UTF-8", file=path, advice="save it as CSV UTF-8")
    if not text.strip():
        raise fail("the file is empty", file=path)
    return text


def read_table(path: Path) -> Table:
    """Read a CSV with a header row; a semicolon file may use decimal commas.

    Raises `InputError` for a file that cannot be read as a table.
    """
    text = read_text(path)
    header = text.splitlines()[0]
    delimiter = ";" if header.count(";") > header.count(",") else "\t" if "\t" in header else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    line = 1
    try:
        for record in reader:
            start, line = line, reader.line_num + 1
            cells = [cell.strip() for cell in record]
            if not columns:
                columns = tuple(cells)
                continue
            if not any(cells):
                continue
            if len(cells) > len(columns):
                raise fail(
                    f"{len(cells)} cells under {len(columns)} columns",
                    file=path,
                    line=start,
                    advice="put a cell that holds a separator in quotes",
                )
            rows.append(Row(start, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        raise fail(f"not a table: {error}", file=path, line=reader.line_num) from None
    return Table(path, columns, tuple(rows))


def decimal_point(cell: str, table: Table) -> str:
    """A numeric cell with its decimal comma turned into a point.

    `1,5` can only stand in one cell of a comma file when it is quoted, so both kinds are the same;
    `1,000` is refused rather than guessed at, since half the world would read it the other way.
    """
    number = cell.split(" ")[0]
    if "," not in number:
        return cell
    whole, _, decimals = number.partition(",")
    if "." in number or "," in decimals or (len(decimals) == 3 and whole.lstrip("+-") not in ("", "0")):
        raise fail("a comma here could mark decimals or thousands", advice="write 1.5, or 1500 for thousands")
    return cell.replace(",", ".", 1)
