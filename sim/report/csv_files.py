"""CSV and JSON files, with numbers to ten significant digits."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table with a header row."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def number(value: float | None) -> str:
    """Return a number for a table, empty for none."""
    return "" if value is None else f"{value:.10g}"


def rounded(value: float | None) -> float | None:
    """Return a number for JSON."""
    return None if value is None else float(f"{value:.10g}")


def short(rows: Iterable[Iterable[Any]]) -> Iterator[list[Any]]:
    """Return rows with their floats rounded."""
    return ([rounded(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)


def write_json(file: Path, content: object) -> None:
    """Write indented JSON."""
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
